"""How a stack is made and brought up to date: what is asked for, what is told, what is undone."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest

from deploy.sign_in.access import CONFIG
from deploy.stack import stack, stack_events
from deploy.stack.lost_parts import Damage
from deploy.stack.render import render_template
from desktop.core.errors import AppError, Cancelled
from tests.unit.cloudformation import (
    CREATED,
    DELETED,
    STACK_ID,
    TAKEN_BACK,
    UPDATED,
    FakeCloudFormation,
    FakeSession,
    Play,
    answer,
)

TAKEN: Play = [
    ("tagdrop", "CREATE_IN_PROGRESS", "User Initiated"),
    ("Copies", "CREATE_FAILED", "tagdrop-x already exists"),
    ("tagdrop", "ROLLBACK_COMPLETE", ""),
]
BEGUN: Play = CREATED[:2]
UPDATING: Play = UPDATED[:1]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack_events, "FIRST_TICK_S", 0.001)
    monkeypatch.setattr(stack_events, "TICK_S", 0.001)


def run(verb: Any, cloudformation: FakeCloudFormation, **options: Any) -> list[tuple[str, str]]:
    session = FakeSession(cloudformation)
    events = list(verb(session, "tagdrop", cancel=threading.Event(), **options))
    # Each gives up in time.
    assert set(session.clients) <= {("cloudformation", CONFIG), ("sts", CONFIG)}
    return told(events)


def told(events: list[stack.StackEvent]) -> list[tuple[str, str]]:
    return [(event.part, event.status) for event in events]


def of(*plays: Play) -> list[tuple[str, str]]:
    return [(part, status) for play in plays for part, status, _ in play]


def run_until_cancelled(
    verb: Any,
    cloudformation: FakeCloudFormation,
    status: str,
    then: Callable[[stack.StackEvent], None] = lambda event: None,
    **options: Any,
) -> list[tuple[str, str]]:
    """Cancel when an event with this status comes; the events, up to Cancelled."""
    cancel = threading.Event()
    events: list[stack.StackEvent] = []

    def follow() -> None:
        session = FakeSession(cloudformation)
        for event in verb(session, "tagdrop", cancel=cancel, **options):
            events.append(event)
            then(event)
            if event.status == status:
                cancel.set()

    with pytest.raises(Cancelled):
        follow()
    return told(events)


def test_a_stack_is_made_with_a_bucket_that_is_known_before() -> None:
    cloudformation = FakeCloudFormation(None, create=[CREATED])
    known: list[tuple[str, int]] = []
    run(
        stack.setup,
        cloudformation,
        parameters={"RetentionDays": "3"},
        before_create=lambda bucket: known.append((bucket, len(cloudformation.calls))),
        choose_suffix=lambda: "cafe",
    )
    bucket = "tagdrop-111122223333-eu-central-1-cafe"
    assert known == [(bucket, 0)]
    assert cloudformation.asked == [
        {
            "StackName": "tagdrop",
            "TemplateBody": render_template().body,
            "Parameters": [
                {"ParameterKey": "BucketName", "ParameterValue": bucket},
                {"ParameterKey": "RetentionDays", "ParameterValue": "3"},
            ],
            "Tags": [{"Key": "project", "Value": "tagdrop"}],
            "Capabilities": ["CAPABILITY_IAM"],
            "OnFailure": "ROLLBACK",
        }
    ]


def test_who_says_no_more_gets_what_the_template_says_and_a_name_nobody_guesses() -> None:
    buckets = set()
    for _ in range(3):
        cloudformation = FakeCloudFormation(None, create=[CREATED])
        run(stack.setup, cloudformation)
        (parameter,) = cloudformation.asked[0]["Parameters"]
        assert parameter["ParameterKey"] == "BucketName"
        buckets.add(parameter["ParameterValue"])
    assert len(buckets) == 3
    name = re.compile(r"tagdrop-111122223333-eu-central-1-[0-9a-f]{8}")
    assert all(name.fullmatch(bucket) for bucket in buckets)


def test_a_bucket_in_the_accounts_namespace_is_named_as_s3_wants_and_stays_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cloudformation = FakeCloudFormation(None, create=[CREATED], update=[UPDATED, UPDATED])
    regional = {"BucketNamespace": "account-regional"}
    run(stack.setup, cloudformation, parameters=regional, choose_suffix=lambda: "cafe")
    assert cloudformation.parameters == {
        "BucketName": "tagdrop-cafe-111122223333-eu-central-1-an",
        **regional,
    }
    run(stack.setup, cloudformation, parameters={"BucketNamespace": "global"})
    kept = [{"ParameterKey": name, "UsePreviousValue": True} for name in cloudformation.parameters]
    assert cloudformation.asked[-1]["Parameters"] == kept  # a bucket cannot change it


def test_a_companys_tags_are_given_to_all_and_stay() -> None:
    cloudformation = FakeCloudFormation(
        None, create=[CREATED, CREATED], update=[UPDATED], delete=[DELETED]
    )
    known = {"project": "tagdrop", "cost-center": "7"}

    def given(**options: Any) -> dict[str, str]:
        run(stack.setup, cloudformation, **options)
        return {tag["Key"]: tag["Value"] for tag in cloudformation.asked[-1]["Tags"]}

    assert given(tags={"cost-center": "7"}) == known
    cloudformation.tags = known
    assert given(tags={"owner": "me"}) == {**known, "owner": "me"}
    assert given(tags={"owner": "me"}, anew=True) == {**known, "owner": "me"}


def test_what_a_new_one_replaces_is_shown_before_and_stays_if_that_is_not_wished() -> None:
    cloudformation = FakeCloudFormation("ROLLBACK_COMPLETE", create=[CREATED], delete=[DELETED])

    def refuse(found: stack.StackState) -> None:
        assert found.stack_id == STACK_ID
        raise Cancelled

    with pytest.raises(Cancelled):
        run(stack.setup, cloudformation, before_remove=refuse)
    assert "delete" not in cloudformation.calls


@pytest.mark.parametrize("verb", [stack.setup, stack.update])
@pytest.mark.parametrize("days", [None, 3])
def test_an_update_keeps_what_it_is_not_given(verb: Any, days: int | None) -> None:
    cloudformation = FakeCloudFormation("CREATE_COMPLETE", update=[UPDATED])
    run(verb, cloudformation, parameters={} if days is None else {"RetentionDays": str(days)})
    kept = [{"ParameterKey": "BucketName", "UsePreviousValue": True}]
    if days is None:
        kept.append({"ParameterKey": "RetentionDays", "UsePreviousValue": True})
    else:
        kept.append({"ParameterKey": "RetentionDays", "ParameterValue": "3"})  # type: ignore[dict-item]
    assert cloudformation.asked == [
        {
            "StackName": STACK_ID,
            "TemplateBody": render_template().body,
            "Parameters": kept,
            "Tags": [{"Key": "project", "Value": "tagdrop"}],
            "Capabilities": ["CAPABILITY_IAM"],
        }
    ]


@pytest.mark.parametrize("verb", [stack.setup, stack.update])
def test_nothing_to_change_is_no_event_and_a_refusal_is_said(verb: Any) -> None:
    cloudformation = FakeCloudFormation("CREATE_COMPLETE")
    cloudformation.refusals = [answer("ValidationError", "No updates are to be performed.")]
    assert run(verb, cloudformation) == []
    cloudformation.refusals = [answer("AccessDenied", "not authorized to perform: x:Y on z")]
    with pytest.raises(AppError) as caught:
        run(verb, cloudformation)
    assert "stopped" not in caught.value.title  # it was never begun


def test_each_operation_tells_its_own_events_once() -> None:
    cloudformation = FakeCloudFormation(
        None, create=[CREATED, CREATED], update=[UPDATED, UPDATED], delete=[DELETED]
    )
    assert run(stack.setup, cloudformation) == of(CREATED)
    assert run(stack.setup, cloudformation) == of(UPDATED)
    assert run(stack.update, cloudformation) == of(UPDATED)
    assert run(stack.setup, cloudformation, anew=True) == of(DELETED, CREATED)


@pytest.mark.parametrize("verb", [stack.setup, stack.update])
def test_an_operation_that_runs_is_joined_from_its_beginning(verb: Any) -> None:
    cloudformation = FakeCloudFormation(None, create=[CREATED], update=[UPDATED])
    run(stack.setup, cloudformation)
    cloudformation._tell(UPDATING)
    cloudformation.stand("UPDATE_IN_PROGRESS", UPDATED[1:])
    assert run(verb, cloudformation) == of(UPDATED, UPDATED)


def test_a_set_up_that_runs_is_joined_from_its_beginning() -> None:
    cloudformation = FakeCloudFormation(None, create=[CREATED], update=[UPDATED], delete=[DELETED])
    run(stack.setup, cloudformation)
    run(stack.remove, cloudformation)
    cloudformation._tell(BEGUN)
    cloudformation.stand("CREATE_IN_PROGRESS", CREATED[2:])
    assert run(stack.setup, cloudformation) == of(CREATED, UPDATED)


def test_an_update_that_ends_without_a_stack_has_failed() -> None:
    cloudformation = FakeCloudFormation("CREATE_COMPLETE", update=[[*UPDATING, DELETED[1]]])
    with pytest.raises(AppError, match="The update stopped"):
        run(stack.update, cloudformation)


def test_a_set_up_that_ends_without_a_stack_has_failed() -> None:
    cloudformation = FakeCloudFormation(None, create=[[*BEGUN, DELETED[1]]])
    with pytest.raises(AppError, match="Set-up stopped"):
        run(stack.setup, cloudformation)


def test_a_name_that_is_taken_is_tried_with_two_others() -> None:
    cloudformation = FakeCloudFormation(None, create=[TAKEN, TAKEN, CREATED], delete=[DELETED] * 2)
    events = run(stack.setup, cloudformation)
    assert events == of(TAKEN, DELETED, TAKEN, DELETED, CREATED)
    made = [asked["Parameters"][0]["ParameterValue"] for asked in cloudformation.asked[::2]]
    assert len(set(made)) == 3
    cloudformation = FakeCloudFormation(None, create=[TAKEN] * 9, delete=[DELETED] * 9)
    with pytest.raises(AppError, match='Set-up stopped at "Storage for copies"'):
        run(stack.setup, cloudformation)
    assert cloudformation.calls == ["create", "delete"] * 3


@pytest.mark.parametrize("anew", [False, True])
def test_who_was_quicker_is_joined_and_never_removed(anew: bool) -> None:
    cloudformation = FakeCloudFormation(None, update=[UPDATED])
    cloudformation.refusals = [answer("AlreadyExistsException", "Stack [tagdrop] already exists")]

    def other(bucket: str) -> None:
        cloudformation._tell(CREATED)

    events = run(stack.setup, cloudformation, anew=anew, before_create=other)
    assert cloudformation.calls == ["create", "update"]
    assert events == of(UPDATED)


def test_another_refusal_to_make_it_is_said() -> None:
    cloudformation = FakeCloudFormation(None)
    cloudformation.refusals = [answer("LimitExceededException", "Too many stacks")]
    with pytest.raises(AppError):
        run(stack.setup, cloudformation)
    assert cloudformation.calls == ["create"]


@pytest.mark.parametrize("verb", [stack.setup, stack.update])
def test_a_lost_part_is_made_again_in_two_steps(verb: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    found = ({"Failures": "https://sqs/1/old", "Labels": "table"}, {"Failures": Damage.GONE})
    monkeypatch.setattr(stack, "find_damage", lambda *_: found)
    cloudformation = FakeCloudFormation("CREATE_COMPLETE", update=[UPDATED, UPDATED])
    assert run(verb, cloudformation) == of(UPDATED, UPDATED)
    without, whole = (asked["TemplateBody"] for asked in cloudformation.asked)
    assert whole == render_template().body
    assert "\n  Failures:\n" not in without
    assert 'Destination: "arn:aws:sqs:eu-central-1:111122223333:old"' in without
    assert cloudformation.parameters["RetentionDays"] == "7"


def test_a_lost_bucket_whose_name_is_taken_gets_another(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ({"Copies": "b"}, {"Copies": Damage.GONE})
    monkeypatch.setattr(stack, "find_damage", lambda *_: found)
    taken: Play = [UPDATED[0], TAKEN[1], ("tagdrop", "UPDATE_ROLLBACK_COMPLETE", "")]
    cloudformation = FakeCloudFormation("CREATE_COMPLETE", update=[UPDATED, taken, UPDATED])
    run(stack.setup, cloudformation)
    first, second, third = (asked["Parameters"] for asked in cloudformation.asked)
    kept = {"ParameterKey": "BucketName", "UsePreviousValue": True}
    assert kept in first
    assert kept in second
    assert third[-1]["ParameterValue"].startswith("tagdrop-111122223333-")
    cloudformation = FakeCloudFormation("CREATE_COMPLETE", update=[UPDATED, *[taken] * 9])
    with pytest.raises(AppError, match='The update stopped at "Storage for copies"'):
        run(stack.setup, cloudformation)
    assert len(cloudformation.calls) == 4
    cloudformation = FakeCloudFormation("CREATE_COMPLETE", update=[taken] * 9)
    with pytest.raises(AppError, match="The update stopped"):  # where no bucket is to be made
        run(stack.setup, cloudformation)
    assert len(cloudformation.calls) == 1


def test_a_stack_without_days_is_made_anew_without() -> None:
    cloudformation = FakeCloudFormation("ROLLBACK_COMPLETE", create=[CREATED], delete=[DELETED])
    del cloudformation.parameters["RetentionDays"]
    run(stack.setup, cloudformation)
    assert list(cloudformation.parameters) == ["BucketName"]


@pytest.mark.parametrize("verb", [stack.setup, stack.update])
def test_what_was_cancelled_before_changes_nothing(verb: Any) -> None:
    cancel = threading.Event()
    cancel.set()
    for status in (None, "CREATE_COMPLETE"):
        cloudformation = FakeCloudFormation(status)
        with pytest.raises(Cancelled):
            list(verb(FakeSession(cloudformation), "tagdrop", cancel=cancel))
        assert cloudformation.calls == []


class SlowlyDeleted(FakeCloudFormation):
    """The removal still runs when it is looked at, and when it is looked at again."""

    def __init__(self, status: str | None, **scripts: list[Play]) -> None:
        super().__init__(status, delete=[DELETED[:1]], **scripts)
        self._looks = 0

    def describe_stacks(self, StackName: str) -> dict[str, Any]:  # noqa: N803
        if "delete" in self.calls:
            self._looks += 1
            if self._looks == 3:
                self._goes_on = DELETED[1:]
        return super().describe_stacks(StackName)


@pytest.mark.parametrize("is_whole", [False, True])
def test_a_cancelled_set_up_leaves_nothing_behind(is_whole: bool) -> None:
    """Also where the stack is whole by the time."""
    cloudformation = SlowlyDeleted(None, create=[BEGUN])

    def go_on(event: stack.StackEvent) -> None:
        if is_whole and event.status == "CREATE_IN_PROGRESS":
            cloudformation.stand("CREATE_COMPLETE")

    events = run_until_cancelled(stack.setup, cloudformation, "CREATE_IN_PROGRESS", go_on)
    assert events == of(BEGUN, DELETED)
    assert cloudformation.calls == ["create", "delete"]
    assert stack.status(FakeSession(cloudformation), "tagdrop") is None  # type: ignore[arg-type]


@pytest.mark.parametrize("is_whole", [False, True])
def test_a_set_up_that_was_joined_is_removed_when_it_is_cancelled(is_whole: bool) -> None:
    cloudformation = SlowlyDeleted(None)
    cloudformation._tell(BEGUN)

    def go_on(event: stack.StackEvent) -> None:
        if is_whole and event.status == "CREATE_IN_PROGRESS":
            cloudformation.stand("CREATE_COMPLETE")

    events = run_until_cancelled(stack.setup, cloudformation, "CREATE_IN_PROGRESS", go_on)
    assert events == of(BEGUN, DELETED)
    assert cloudformation.calls == ["delete"]


def test_what_failed_is_cleared_away_though_it_is_cancelled_now() -> None:
    cloudformation = SlowlyDeleted(None, create=[TAKEN])
    events = run_until_cancelled(stack.setup, cloudformation, "ROLLBACK_COMPLETE")
    assert events == of(TAKEN, DELETED)


@pytest.mark.parametrize("verb", [stack.setup, stack.update])
def test_a_cancelled_update_is_taken_back(verb: Any) -> None:
    cloudformation = FakeCloudFormation("CREATE_COMPLETE", update=[UPDATING], cancel=[TAKEN_BACK])
    events = run_until_cancelled(verb, cloudformation, "UPDATE_IN_PROGRESS")
    assert events == of(UPDATING, TAKEN_BACK)
    assert cloudformation.calls == ["update", "cancel"]


@pytest.mark.parametrize("verb", [stack.setup, stack.update])
def test_the_wait_for_somebody_elses_operation_can_be_cancelled(verb: Any) -> None:
    cloudformation = FakeCloudFormation("UPDATE_ROLLBACK_IN_PROGRESS")
    cloudformation._tell([("tagdrop", "UPDATE_ROLLBACK_IN_PROGRESS", "")])
    run_until_cancelled(verb, cloudformation, "UPDATE_ROLLBACK_IN_PROGRESS")
    assert cloudformation.calls == []


def test_a_removal_for_a_new_one_can_be_cancelled() -> None:
    cloudformation = FakeCloudFormation("ROLLBACK_COMPLETE", delete=[DELETED[:1]])
    run_until_cancelled(stack.setup, cloudformation, "DELETE_IN_PROGRESS")
    assert cloudformation.calls == ["delete"]


def test_where_photos_cannot_be_labelled_nothing_is_made() -> None:
    class Elsewhere(FakeSession):
        class meta:  # noqa: N801
            region_name = "mars-north-1"

    cloudformation = FakeCloudFormation(None, create=[CREATED])
    with pytest.raises(AppError, match="mars-north-1"):
        list(stack.setup(Elsewhere(cloudformation), "tagdrop", cancel=threading.Event()))  # type: ignore[arg-type]
    assert cloudformation.calls == []


def test_what_it_hands_out_is_there() -> None:
    assert [name for name in stack.__all__ if not hasattr(stack, name)] == []
