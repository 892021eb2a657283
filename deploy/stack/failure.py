"""Why an operation on the stack failed: the first reason, which the others follow from."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.aws.errors import CALL_ERRORS
from desktop.aws.reasons import explain_reason
from desktop.core.errors import AppError
from desktop.core.texts import Text

from .parts import part_name
from .stack_events import StackEvent

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient


_FAILED = frozenset({"CREATE_FAILED", "UPDATE_FAILED", "DELETE_FAILED"})


@dataclass(frozen=True, slots=True)
class Failure:
    """What failed, as a person reads it, and why, in AWS's words."""

    part: Text | str
    reason: str
    logical_id: str = ""
    is_name_taken: bool = False

    def cause(self, act: Text) -> AppError:
        """The reason in words, with what helps. `act` completes "This user may not …"."""
        return explain_reason(self.reason, act, self.logical_id)


def find_failure(
    cloudformation: CloudFormationClient,
    stack_id: str,
    stack_name: str,
    events: Sequence[StackEvent],
) -> Failure:
    """The first failure among an operation's events.

    CloudFormation checks a template before it creates anything; what it finds then is not in the
    stack's events, which say only that there is something to be read with DescribeEvents.
    """
    failed = [e for e in events if e.status in _FAILED and "cancelled" not in e.reason.lower()]
    for event in failed:
        if event.part != stack_name:
            taken = event.part == "Copies" and _means_taken(event.reason)
            return Failure(part_name(event.part, stack_name), event.reason, event.part, taken)
    with contextlib.suppress(*CALL_ERRORS):  # the policy may not allow it
        answer = cloudformation.describe_events(StackName=stack_id, Filters={"FailedEvents": True})
        for found in answer["OperationEvents"]:
            if found["EventType"] == "VALIDATION_ERROR":
                logical_id = found.get("LogicalResourceId", "")
                return Failure(
                    part_name(logical_id, stack_name),
                    found.get("ValidationStatusReason", ""),
                    logical_id,
                    found.get("ValidationName") == "NAME_CONFLICT_VALIDATION",
                )
    reason = next((e.reason for e in failed if e.reason), "")
    return Failure(part_name(stack_name, stack_name), reason)


def report(cause: AppError, events: Sequence[StackEvent]) -> Text:
    """What is worth copying of a failure: what its cause has, or else all that happened."""
    if cause.detail_text.template:
        return cause.detail_text
    lines = [f"{e.time:%Y-%m-%d %H:%M:%S} {e.part} {e.status} {e.reason}".rstrip() for e in events]
    return Text("{lines}", lines="\n".join(lines))


def _means_taken(reason: str) -> bool:
    return any(
        words in reason
        for words in (
            "already exists",
            "BucketAlreadyExists",
            "name is not available",
            "conflicting conditional operation",  # a bucket of this name was deleted just before
        )
    )
