"""The list of failed tries: what the function could not do in any of its tries."""

from __future__ import annotations

import contextlib
import json
from typing import Final

from boto3 import Session
from botocore.exceptions import ClientError

from desktop.aws.errors import aws_errors, code_of
from desktop.core.errors import ImageError, Remedy
from desktop.core.texts import Text

from ..sign_in.access import CONFIG
from ..stack.stack_events import StackState, cloudformation_client

READ = Text("read the list of failed attempts")


def take_failures(session: Session, stack: StackState) -> None:
    """Raise ImageError when there are some; they are off the list then, as they have been told."""
    with aws_errors(READ):
        queue = cloudformation_client(session).describe_stack_resources(
            StackName=stack.stack_id, LogicalResourceId="Failures"
        )["StackResources"][0]["PhysicalResourceId"]
        sqs = session.client("sqs", config=CONFIG)
        counted: Final = "ApproximateNumberOfMessages"
        answer = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=[counted])
        count = int(answer["Attributes"][counted])
        if not count:
            return
        messages = sqs.receive_message(QueueUrl=queue, VisibilityTimeout=0).get("Messages", ())
        try:
            sqs.purge_queue(QueueUrl=queue)
        except ClientError as error:
            if not code_of(error).endswith("PurgeQueueInProgress"):  # once a minute
                raise
    raise ImageError(
        "Photos that Amazon could not label in any attempt: {count}",
        'One of them failed with "{reason}". Label the failed photos again; this list has been'
        " cleared.",
        remedy=Remedy.TRY_AGAIN,
        count=count,
        reason=_reason(messages[0]["Body"]) if messages else "",
    )


def _reason(body: str) -> str:
    """What the function said, by the record that Lambda writes of a failed invocation."""
    with contextlib.suppress(ValueError, KeyError, TypeError):
        return str(json.loads(body)["responsePayload"]["errorMessage"])
    return "unknown"
