"""Set up, update and remove the stack: generators of stack events, without any printing.

Every function takes a boto3 Session, so that profile, region and endpoint are the caller's, and
raises AppError (or Cancelled) and nothing else.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Generator, Iterator
from typing import Any

from botocore.exceptions import ClientError

from desktop.backends.aws_errors import aws_errors, code_of, explain_reason, message_of
from desktop.core.errors import AppError, BackendMissingError, Cancelled
from desktop.core.texts import Text

from .failure import find_failure
from .removal import remove
from .render import render_template
from .watch import StackEvent, StackState, connect, find_stack, follow, last_event_id

__all__ = ["StackEvent", "StackState", "remove", "setup", "status", "update"]

DEFAULT_NAME = "tagdrop"
SET_UP = Text("set up the labelling service")
UPDATE = Text("update the labelling service")
NAME_TRIES = 3

_HALF_MADE = frozenset(
    {"REVIEW_IN_PROGRESS", "CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"}
)


def status(session: Any, stack_name: str) -> StackState | None:
    """How the stack stands; None when there is none."""
    found = find_stack(connect(session), stack_name)
    return None if found is None or found.status == "REVIEW_IN_PROGRESS" else found


def setup(
    session: Any,
    stack_name: str,
    *,
    cancel: threading.Event,
    retention_days: int | None = None,
    choose_suffix: Callable[[], str] = lambda: secrets.token_hex(4),
) -> Iterator[StackEvent]:
    """Make the stack, or bring the one that is there up to date. Ends when it works.

    Joins an operation that is running and clears away what a failed one left. When `cancel` is
    set, what this set-up began is taken back (its events come too) before Cancelled is raised.
    """
    _check_region(session)
    try:
        yield from _bring_up(session, stack_name, retention_days, choose_suffix, cancel)
    except Cancelled:
        yield from _take_back(session, stack_name)
        raise


def update(
    session: Any, stack_name: str, *, cancel: threading.Event, retention_days: int | None = None
) -> Iterator[StackEvent]:
    """Bring the stack up to date; no event comes when it is. What is not given stays as it is."""
    cloudformation = connect(session)
    stack = find_stack(cloudformation, stack_name)
    if stack is not None and stack.is_busy:
        yield from follow(cloudformation, stack.stack_id, after="", cancel=cancel)
        stack = find_stack(cloudformation, stack_name)
    if stack is None or not stack.works:
        raise BackendMissingError("There is nothing to update", "Set up the labelling first.")
    try:
        yield from _update(cloudformation, stack, retention_days, cancel)
    except Cancelled:
        yield from _take_back(session, stack_name)
        raise


def _check_region(session: Any) -> None:
    region = connect(session).meta.region_name
    if region not in session.get_available_regions("rekognition"):
        raise AppError(
            "Amazon cannot label photos in {region}",
            "Choose another location, eu-central-1 (Frankfurt) or us-east-1 (Virginia) say.",
            region=region,
        )


def _bring_up(
    session: Any,
    stack_name: str,
    retention_days: int | None,
    choose_suffix: Callable[[], str],
    cancel: threading.Event,
) -> Iterator[StackEvent]:
    cloudformation = connect(session)
    names_left = NAME_TRIES
    while True:
        if cancel.is_set():
            raise Cancelled
        stack = find_stack(cloudformation, stack_name)
        if stack is None:
            names_left -= 1
            bucket = _choose_bucket_name(session, choose_suffix)
            done = yield from _create(
                session, stack_name, bucket, retention_days, cancel, last=names_left <= 0
            )
            if done:
                return
        elif stack.is_busy:
            yield from follow(cloudformation, stack.stack_id, after="", cancel=cancel)
        elif stack.status in _HALF_MADE:
            yield from remove(session, stack.stack_id, cancel=cancel)
        elif stack.status == "UPDATE_ROLLBACK_FAILED":
            yield from _finish_rollback(cloudformation, stack, cancel)
        else:
            yield from _update(cloudformation, stack, retention_days, cancel)
            return


def _choose_bucket_name(session: Any, choose_suffix: Callable[[], str]) -> str:
    with aws_errors(SET_UP):
        account = session.client("sts").get_caller_identity()["Account"]
    return f"tagdrop-{account}-{connect(session).meta.region_name}-{choose_suffix()}"


def _create(
    session: Any,
    stack_name: str,
    bucket: str,
    retention_days: int | None,
    cancel: threading.Event,
    *,
    last: bool,
) -> Generator[StackEvent, None, bool]:
    """Returns whether the stack was made; not, when another bucket name has to be tried."""
    cloudformation = connect(session)
    parameters = [{"ParameterKey": "BucketName", "ParameterValue": bucket}]
    if retention_days is not None:
        parameters.append(_retention(retention_days))
    with aws_errors(SET_UP):
        try:
            stack_id = cloudformation.create_stack(
                StackName=stack_name,
                TemplateBody=render_template().body,
                Parameters=parameters,
                Capabilities=["CAPABILITY_IAM"],
                OnFailure="ROLLBACK",
            )["StackId"]
        except ClientError as error:
            if code_of(error) == "AlreadyExistsException":
                return False  # somebody was quicker: join them
            raise
    events = yield from _followed(follow(cloudformation, stack_id, after="", cancel=cancel))
    stack = find_stack(cloudformation, stack_id)
    if stack is not None and stack.works:
        return True
    failure = find_failure(cloudformation, stack_id, stack_name, events)
    yield from remove(session, stack_id, cancel=threading.Event())
    if failure.is_name_taken and not last:
        return False
    raise AppError(
        'Set-up stopped at "{part}"',
        "{reason} Nothing was left behind.",
        part=failure.part,
        reason=explain_reason(failure.reason, SET_UP),
    )


def _update(
    cloudformation: Any, stack: StackState, retention_days: int | None, cancel: threading.Event
) -> Iterator[StackEvent]:
    parameters: list[dict[str, Any]] = [
        {"ParameterKey": name, "UsePreviousValue": True}
        for name in stack.parameters
        if retention_days is None or name != "RetentionDays"
    ]
    if retention_days is not None:
        parameters.append(_retention(retention_days))
    after = last_event_id(cloudformation, stack.stack_id)
    with aws_errors(UPDATE):
        try:
            cloudformation.update_stack(
                StackName=stack.stack_id,
                TemplateBody=render_template().body,
                Parameters=parameters,
                Capabilities=["CAPABILITY_IAM"],
            )
        except ClientError as error:
            if "No updates are to be performed" in message_of(error):
                return
            raise
    events = yield from _followed(
        follow(cloudformation, stack.stack_id, after=after, cancel=cancel)
    )
    now = find_stack(cloudformation, stack.stack_id)
    if now is None or not now.status.startswith("UPDATE_COMPLETE"):
        failure = find_failure(cloudformation, stack.stack_id, stack.name, events)
        raise AppError(
            'The update stopped at "{part}"',
            "{reason} What was there before works as it did.",
            part=failure.part,
            reason=explain_reason(failure.reason, UPDATE),
        )


def _followed(events: Iterator[StackEvent]) -> Generator[StackEvent, None, list[StackEvent]]:
    """Hand the events on, and keep them to find the reason of a failure."""
    kept = []
    for event in events:
        kept.append(event)
        yield event
    return kept


def _retention(days: int) -> dict[str, Any]:
    return {"ParameterKey": "RetentionDays", "ParameterValue": str(days)}


def _finish_rollback(
    cloudformation: Any, stack: StackState, cancel: threading.Event
) -> Iterator[StackEvent]:
    after = last_event_id(cloudformation, stack.stack_id)
    with aws_errors(UPDATE):
        cloudformation.continue_update_rollback(StackName=stack.stack_id)
    yield from follow(cloudformation, stack.stack_id, after=after, cancel=cancel)
    now = find_stack(cloudformation, stack.stack_id)
    if now is not None and now.status == "UPDATE_ROLLBACK_FAILED":
        raise AppError(
            "An earlier update left the labelling service broken",
            "Remove it and set it up again; your labels stay. {reason}",
            reason=explain_reason(now.reason, UPDATE),
        )


def _take_back(session: Any, stack_name: str) -> Iterator[StackEvent]:
    """Undo the operation that is running, to its end, whether or not `cancel` is set."""
    cloudformation = connect(session)
    stack = find_stack(cloudformation, stack_name)
    if stack is None:
        return
    if stack.status == "CREATE_IN_PROGRESS":
        yield from remove(session, stack.stack_id, cancel=threading.Event())
    elif stack.status == "UPDATE_IN_PROGRESS":
        after = last_event_id(cloudformation, stack.stack_id)
        with aws_errors(UPDATE):
            cloudformation.cancel_update_stack(StackName=stack.stack_id)
        yield from follow(cloudformation, stack.stack_id, after=after, cancel=threading.Event())
