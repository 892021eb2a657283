"""The events of a stack: find it, and follow an operation on it, event by event."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from boto3 import Session
from botocore.exceptions import ClientError

from desktop.aws.errors import aws_errors, code_of, message_of
from desktop.core.errors import AppError, Cancelled
from desktop.core.texts import Text

from ..sign_in.access import CONFIG
from .stack_status import StackStatus, meaning_of

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_cloudformation.type_defs import StackEventTypeDef


FIRST_TICK_S, TICK_S = 0.5, 2.0
"""Seconds between two looks: soon at first, then as often as AWS's own tools look."""

GIVE_UP_S = 120.0
"""So long nobody has to answer; what was begun goes on at Amazon, and the next set-up joins it."""

LOOK = Text("view the labelling service")

OURS = "Tagdrop:"
"""How the description of every version of template.yaml starts."""

_STARTS = frozenset({"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"})


@dataclass(frozen=True, slots=True)
class StackEvent:
    """Something happened to one part of the stack, or to the stack itself.

    `part` is the logical id in the template, the stack's name, or one of the steps of parts.py;
    `status` and `reason` are CloudFormation's own words. `count` copies are deleted by now.
    """

    time: datetime
    part: str
    status: str
    reason: str = ""
    event_id: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class StackState:
    """How the stack stands; `status` is CloudFormation's own word."""

    stack_id: str
    name: str
    status: str
    reason: str
    parameters: dict[str, str]
    outputs: dict[str, str]
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def account(self) -> str:
        """The account's number, from arn:aws:cloudformation:<region>:<account>:stack/…"""
        return self.stack_id.split(":")[4]

    @property
    def region(self) -> str:
        """The region's name."""
        return self.stack_id.split(":")[3]

    @property
    def meaning(self) -> StackStatus:
        """What the status means."""
        return meaning_of(self.status)

    @property
    def is_busy(self) -> bool:
        """Whether an operation is running."""
        return self.meaning is StackStatus.BUSY

    @property
    def works(self) -> bool:
        """Whether all parts are there, while the rest of an earlier version is cleared away too."""
        return self.meaning is StackStatus.WORKS or self.status in (
            "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
            "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
        )

    @property
    def app_user(self) -> str:
        """The name of the one user for all of version 1; empty while it is not made."""
        return self.outputs.get("AppUser", "")

    @property
    def has_users(self) -> bool:
        """Whether each computer has a user of its own; those of version 1 share one."""
        return self.parameters.get("WithUser") == "yes"

    @property
    def version(self) -> str:
        """What set it up, as render.py numbers it; empty while it is not made."""
        return self.outputs.get("Version", "")


def cloudformation_client(session: Session) -> CloudFormationClient:
    """A client of CloudFormation."""
    with aws_errors(LOOK):
        return session.client("cloudformation", config=CONFIG)


def find_stack(cloudformation: CloudFormationClient, name_or_id: str) -> StackState | None:
    """The stack's state; None when there is none, or only the trace of a deleted one.

    Raises AppError when there is one of this name that is somebody else's: whoever comes from here
    may update it or remove it.
    """
    with aws_errors(LOOK):
        try:
            answer = cloudformation.describe_stacks(StackName=name_or_id)
        except ClientError as error:
            if _is_missing(error):
                return None
            raise
    found = answer["Stacks"][0]
    if found["StackStatus"] == "DELETE_COMPLETE":
        return None
    planned_only = meaning_of(found["StackStatus"]) is StackStatus.ABSENT  # has no description yet
    if not planned_only and not found.get("Description", "").startswith(OURS):
        raise AppError(
            'The stack "{name}" in this account is not Tagdrop\'s',
            "Nothing was changed. Choose another name.",
            name=found["StackName"],
        )
    return StackState(
        found["StackId"],
        found["StackName"],
        found["StackStatus"],
        found.get("StackStatusReason", ""),
        {p["ParameterKey"]: p.get("ParameterValue", "") for p in found.get("Parameters", ())},
        {o["OutputKey"]: o["OutputValue"] for o in found.get("Outputs", ())},
        {t["Key"]: t["Value"] for t in found.get("Tags", ())},
    )


def _is_missing(error: ClientError) -> bool:
    """Whether CloudFormation said that there is no such stack."""
    return code_of(error) == "ValidationError" and "does not exist" in message_of(error)


def last_event_id(cloudformation: CloudFormationClient, stack_id: str) -> str:
    """The newest event's id, to follow only what comes after it."""
    with aws_errors(LOOK):
        events = cloudformation.describe_stack_events(StackName=stack_id)["StackEvents"]
    return str(events[0]["EventId"]) if events else ""


def follow(
    cloudformation: CloudFormationClient, stack_id: str, *, after: str, cancel: threading.Event
) -> Iterator[StackEvent]:
    """The events of the running operation, oldest first, until it has ended.

    Starts after the event with the id `after`, or with the operation's own first event when
    `after` is empty. Raises Cancelled when `cancel` is set meanwhile; the operation goes on. A
    network that fails, or an Amazon that is too busy, is waited for, but not for ever.
    """
    tick_s, answered_at = FIRST_TICK_S, time.monotonic()
    while True:
        try:
            stack = find_stack(cloudformation, stack_id)  # first, so that no event is missed
            events = _events_after(cloudformation, stack_id, after)
        except AppError as error:
            if not error.retryable or time.monotonic() - answered_at > GIVE_UP_S:
                raise
        else:
            answered_at = time.monotonic()
            for event in events:
                after = event.event_id
                yield event
            if stack is None or not stack.is_busy:
                return
        if cancel.wait(tick_s):
            raise Cancelled
        tick_s = min(TICK_S, tick_s * 1.5)


def _events_after(
    cloudformation: CloudFormationClient, stack_id: str, after: str
) -> list[StackEvent]:
    new: list[StackEvent] = []
    pages = cloudformation.get_paginator("describe_stack_events").paginate(StackName=stack_id)
    with aws_errors(LOOK):
        for entry in (entry for page in pages for entry in page["StackEvents"]):
            if entry["EventId"] == after:
                break
            event = _to_event(entry)
            new.append(event)
            if not after and event.status in _STARTS and event.part == entry["StackName"]:
                break
    return new[::-1]


def _to_event(entry: StackEventTypeDef) -> StackEvent:
    return StackEvent(
        entry["Timestamp"],
        entry["LogicalResourceId"],
        entry.get("ResourceStatus", ""),
        entry.get("ResourceStatusReason", ""),
        entry["EventId"],
    )
