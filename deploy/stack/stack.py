"""Set up, update and remove the stack: generators of stack events, without any printing.

Every function takes a boto3 Session, so that profile, region and endpoint are the caller's, and
raises AppError (or Cancelled) and nothing else.
"""

from __future__ import annotations

import dataclasses
import secrets
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from boto3 import Session
from botocore.exceptions import ClientError

from desktop.aws.errors import aws_errors, code_of, message_of
from desktop.core.errors import AppError, BackendMissingError, Cancelled, Remedy
from desktop.core.texts import Text

from ..sign_in.access import CONFIG
from .failure import Failure, find_failure, report
from .lost_parts import find_damage
from .policies import DEFAULT_NAME
from .regions import check_region
from .remaining import remaining_template
from .removal import remove
from .render import is_newer, render_template
from .rollback import take_back_operation, take_back_update
from .stack_events import (
    StackEvent,
    StackState,
    cloudformation_client,
    find_stack,
    follow,
    last_event_id,
)
from .stack_status import StackStatus

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_cloudformation.type_defs import ParameterTypeDef, TagTypeDef


__all__ = ["DEFAULT_NAME", "StackEvent", "StackState", "remove", "setup", "status", "update"]

SET_UP = Text("set up the labelling service")
UPDATE = Text("update the labelling service")
NAME_TRIES = 3
BUCKET_NAME = "BucketName"
NAMESPACE, ACCOUNT_REGIONAL = "BucketNamespace", "account-regional"
PROJECT_TAG = {"project": "tagdrop"}
"""What CloudFormation gives to the stack and to all of its parts; a company may ask for more."""


def _random_suffix() -> str:
    return secrets.token_hex(4)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a set-up was asked for; `parameters` are the template's, but for the bucket's name."""

    session: Session
    stack_name: str
    parameters: Mapping[str, str]
    tags: Mapping[str, str]
    before_create: Callable[[str], object] = lambda _: None
    choose_suffix: Callable[[], str] = _random_suffix
    before_remove: Callable[[StackState], object] = lambda _: None


def status(session: Session, stack_name: str) -> StackState | None:
    """How the stack stands; None when there is none."""
    found = find_stack(cloudformation_client(session), stack_name)
    return None if found is None or found.meaning is StackStatus.ABSENT else found


def setup(
    session: Session,
    stack_name: str,
    *,
    cancel: threading.Event,
    parameters: Mapping[str, str] = MappingProxyType({}),
    tags: Mapping[str, str] = MappingProxyType({}),
    anew: bool = False,
    before_create: Callable[[str], object] = lambda _: None,
    choose_suffix: Callable[[], str] = _random_suffix,
    before_remove: Callable[[StackState], object] = lambda _: None,
) -> Iterator[StackEvent]:
    """Make the stack, or bring the one that is there up to date. Ends when it works.

    Joins an operation that is running, and clears away what a failed one left. A part that is lost
    is made again, and the others stay; with `anew`, whatever is there is removed first. Of the
    template's `parameters`, those not given stay as they are in the account, and so do `tags`.
    `before_create` gets the bucket name of a new stack, by which it is known as this computer's
    even when Amazon's answer is lost; `before_remove` gets the stack that a new one is to replace,
    and may raise. When `cancel` is set, what this set-up began is taken back (its events come too)
    before Cancelled is raised.
    """
    check_region(session)
    try:
        plan = _Plan(
            session, stack_name, parameters, tags, before_create, choose_suffix, before_remove
        )
        yield from _bring_up(plan, cancel, anew=anew)
    except Cancelled:
        yield from take_back_operation(session, stack_name)
        raise


def update(
    session: Session,
    stack_name: str,
    *,
    cancel: threading.Event,
    parameters: Mapping[str, str] = MappingProxyType({}),
    tags: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[StackEvent]:
    """Bring the stack up to date; no event comes when it is. What is not given stays as it is."""
    try:
        yield from _bring_up_to_date(_Plan(session, stack_name, parameters, tags), cancel)
    except Cancelled:
        yield from take_back_operation(session, stack_name)
        raise


def _bring_up(plan: _Plan, cancel: threading.Event, *, anew: bool) -> Iterator[StackEvent]:
    cloudformation = cloudformation_client(plan.session)
    names_left, was_stuck = NAME_TRIES, False
    while True:
        stack = _look(cloudformation, plan.stack_name, cancel)
        if stack is None:
            anew = False
            names_left -= 1
            if (yield from _create(plan, cancel, last=names_left <= 0)):
                return
        elif stack.status == "CREATE_IN_PROGRESS":
            yield from _creation(plan, stack.stack_id, cancel)
        elif stack.meaning is StackStatus.BUSY:
            yield from follow(cloudformation, stack.stack_id, after="", cancel=cancel)
        elif stack.meaning is StackStatus.STUCK and not (was_stuck or anew):
            was_stuck = True
            yield from take_back_update(cloudformation, stack, cancel)
        elif stack.meaning is StackStatus.WORKS and not anew:
            yield from _renew(plan, stack, cancel)
            return
        else:
            plan.before_remove(stack)
            kept = {name: value for name, value in stack.parameters.items() if name != BUCKET_NAME}
            plan = dataclasses.replace(
                plan,
                parameters=kept | dict(plan.parameters),
                tags={**stack.tags, **plan.tags},
            )
            yield from remove(plan.session, stack.stack_id, cancel=cancel)


def _bring_up_to_date(plan: _Plan, cancel: threading.Event) -> Iterator[StackEvent]:
    cloudformation = cloudformation_client(plan.session)
    was_stuck = False
    while True:
        stack = _look(cloudformation, plan.stack_name, cancel)
        meaning = StackStatus.ABSENT if stack is None else stack.meaning
        if stack is not None and meaning is StackStatus.BUSY:
            yield from follow(cloudformation, stack.stack_id, after="", cancel=cancel)
        elif stack is not None and meaning is StackStatus.STUCK and not was_stuck:
            was_stuck = True
            yield from take_back_update(cloudformation, stack, cancel)
        elif stack is not None and meaning is StackStatus.WORKS:
            yield from _renew(plan, stack, cancel)
            return
        elif meaning is StackStatus.STUCK:
            raise BackendMissingError(
                "An earlier update left the labelling service broken",
                "Repair it; your labels are safe.",
                remedy=Remedy.REPAIR,
            )
        else:
            raise BackendMissingError(
                "There is nothing to update",
                "Set up the labelling service first.",
                remedy=Remedy.REPAIR,
            )


def _look(
    cloudformation: CloudFormationClient, stack_name: str, cancel: threading.Event
) -> StackState | None:
    """The stack, if it is one that this program may change."""
    if cancel.is_set():
        raise Cancelled
    stack = find_stack(cloudformation, stack_name)
    if stack is not None and (is_newer(stack.version) or stack.meaning is StackStatus.UNKNOWN):
        raise AppError(
            "The labelling service was set up by a newer Tagdrop",
            "Update Tagdrop on this computer. Nothing was changed.",
            remedy=Remedy.UPDATE_APP,
        )
    return stack


def _create(
    plan: _Plan, cancel: threading.Event, *, last: bool
) -> Generator[StackEvent, None, bool]:
    """Returns whether the stack was made; not, when another bucket name has to be tried."""
    cloudformation = cloudformation_client(plan.session)
    bucket = _choose_bucket_name(plan, plan.parameters.get(NAMESPACE))
    plan.before_create(bucket)
    with aws_errors(SET_UP):
        try:
            stack_id = cloudformation.create_stack(
                StackName=plan.stack_name,
                TemplateBody=render_template().body,
                Parameters=_given({BUCKET_NAME: bucket, **plan.parameters}),
                Tags=_tags(plan.tags),
                Capabilities=["CAPABILITY_IAM"],
                OnFailure="ROLLBACK",
            )["StackId"]
        except ClientError as error:
            if code_of(error) == "AlreadyExistsException":
                return False  # somebody was quicker, or an answer was lost: join what is there
            raise
    events = yield from _creation(plan, stack_id, cancel)
    stack = find_stack(cloudformation, stack_id)
    if stack is not None and stack.works:
        return True
    failure = find_failure(cloudformation, stack_id, plan.stack_name, events)
    yield from remove(plan.session, stack_id, cancel=threading.Event())
    if failure.is_name_taken and not last:
        return False
    outcome = Text("Nothing was left behind.")
    raise _stopped(Text("Set-up"), SET_UP, failure, events, outcome=outcome)


def _choose_bucket_name(plan: _Plan, namespace: str | None) -> str:
    """A name nobody guesses; in the account's own namespace, S3 says how it ends."""
    with aws_errors(SET_UP):
        sts = plan.session.client("sts", config=CONFIG)
        account = sts.get_caller_identity()["Account"]
    if namespace == ACCOUNT_REGIONAL:
        return f"tagdrop-{plan.choose_suffix()}-{account}-{sts.meta.region_name}-an"
    return f"tagdrop-{account}-{sts.meta.region_name}-{plan.choose_suffix()}"


def _stopped(
    what: Text, act: Text, failure: Failure, events: list[StackEvent], *, outcome: Text
) -> AppError:
    cause = failure.cause(act)
    return AppError(
        '{what} stopped at "{part}"',
        "{reason} {outcome}",
        remedy=cause.remedy,
        detail="{report}",
        what=what,
        outcome=outcome,
        part=failure.part,
        reason=cause.text,
        report=report(cause, events),
    )


def _renew(plan: _Plan, stack: StackState, cancel: threading.Event) -> Iterator[StackEvent]:
    """Bring a stack that works up to date, in two steps where it has lost parts.

    CloudFormation makes a part anew only after a template without it. Ended between the two steps,
    the stack works as far as before, and the second one alone is left to do.
    """
    ids, damage = find_damage(plan.session, stack, cancel)
    body, parameters = render_template().body, dict(plan.parameters)
    parameters.pop(NAMESPACE, None)  # a bucket cannot change it
    if damage:
        without = remaining_template(body, stack, ids, damage)
        yield from _update(plan, stack, without, parameters, cancel)
    for names_left in reversed(range(NAME_TRIES)):
        last = names_left == 0
        if (yield from _update(plan, stack, body, parameters, cancel, last=last)):
            return
        parameters[BUCKET_NAME] = _choose_bucket_name(plan, stack.parameters.get(NAMESPACE))


def _update(
    plan: _Plan,
    stack: StackState,
    body: str,
    parameters: Mapping[str, str],
    cancel: threading.Event,
    *,
    last: bool = True,
) -> Generator[StackEvent, None, bool]:
    """Returns whether it was done; not, when a lost bucket's name has come to somebody else."""
    cloudformation = cloudformation_client(plan.session)
    kept: list[ParameterTypeDef] = [
        {"ParameterKey": name, "UsePreviousValue": True}
        for name in stack.parameters
        if name not in parameters
    ]
    after = last_event_id(cloudformation, stack.stack_id)
    with aws_errors(UPDATE):
        try:
            cloudformation.update_stack(
                StackName=stack.stack_id,
                TemplateBody=body,
                Parameters=kept + _given(parameters),
                Tags=_tags({**stack.tags, **plan.tags}),
                Capabilities=["CAPABILITY_IAM"],
            )
        except ClientError as error:
            if "No updates are to be performed" in message_of(error):
                return True
            raise
    events = yield from _followed(
        follow(cloudformation, stack.stack_id, after=after, cancel=cancel)
    )
    now = find_stack(cloudformation, stack.stack_id)
    if now is not None and now.status.startswith("UPDATE_COMPLETE"):
        return True
    failure = find_failure(cloudformation, stack.stack_id, stack.name, events)
    if failure.is_name_taken and not last:
        return False
    outcome = Text("Everything works as it did before.")
    raise _stopped(Text("The update"), UPDATE, failure, events, outcome=outcome)


def _creation(
    plan: _Plan, stack_id: str, cancel: threading.Event
) -> Generator[StackEvent, None, list[StackEvent]]:
    """Follow the making of a stack; when cancelled it is removed, be it whole by then."""
    try:
        return (
            yield from _followed(
                follow(cloudformation_client(plan.session), stack_id, after="", cancel=cancel)
            )
        )
    except Cancelled:
        yield from remove(plan.session, stack_id, cancel=threading.Event())
        raise


def _followed(events: Iterator[StackEvent]) -> Generator[StackEvent, None, list[StackEvent]]:
    """Hand the events on, and keep them to find the reason of a failure."""
    kept = []
    for event in events:
        kept.append(event)
        yield event
    return kept


def _given(parameters: Mapping[str, str]) -> list[ParameterTypeDef]:
    return [{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()]


def _tags(tags: Mapping[str, str]) -> list[TagTypeDef]:
    return [{"Key": key, "Value": value} for key, value in {**PROJECT_TAG, **tags}.items()]
