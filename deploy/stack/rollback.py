"""Take back what was begun: an operation that is running, or an update that ended in the middle."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from boto3 import Session
from botocore.exceptions import ClientError

from desktop.aws.errors import aws_errors, code_of
from desktop.core.texts import Text

from .removal import remove
from .stack_events import (
    StackEvent,
    StackState,
    cloudformation_client,
    find_stack,
    follow,
    last_event_id,
)

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient


TAKE_BACK = Text("undo the update")


def take_back_update(
    cloudformation: CloudFormationClient, stack: StackState, cancel: threading.Event
) -> Iterator[StackEvent]:
    """Bring a stuck stack to its version before the update; it may still be stuck afterwards."""
    after = last_event_id(cloudformation, stack.stack_id)
    with aws_errors(TAKE_BACK):
        if stack.status == "UPDATE_FAILED":
            cloudformation.rollback_stack(StackName=stack.stack_id)
        else:
            cloudformation.continue_update_rollback(StackName=stack.stack_id)
    yield from follow(cloudformation, stack.stack_id, after=after, cancel=cancel)


def take_back_operation(session: Session, stack_name: str) -> Iterator[StackEvent]:
    """Undo the operation that is running, to its end, whether or not a person cancels."""
    cloudformation = cloudformation_client(session)
    stack = find_stack(cloudformation, stack_name)
    if stack is None:
        return
    if stack.status == "CREATE_IN_PROGRESS":
        yield from remove(session, stack.stack_id, cancel=threading.Event())
    elif stack.status == "UPDATE_IN_PROGRESS":
        after = last_event_id(cloudformation, stack.stack_id)
        with aws_errors(TAKE_BACK):
            try:
                cloudformation.cancel_update_stack(StackName=stack.stack_id)
            except ClientError as error:
                if code_of(error) != "ValidationError":  # it has ended by itself meanwhile
                    raise
        yield from follow(cloudformation, stack.stack_id, after=after, cancel=threading.Event())
