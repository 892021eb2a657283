"""Every state that a stack can be in: what set-up, update, status and removal make of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import boto3
import pytest

from deploy.stack import stack, stack_events
from deploy.stack.stack_status import StackStatus, meaning_of
from desktop.core.errors import AppError, BackendMissingError, Remedy
from tests.unit.cloudformation import (
    CREATED,
    DELETED,
    TAKEN_BACK,
    UPDATED,
    FakeCloudFormation,
    FakeSession,
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What is asked of CloudFormation. `update` None: there is nothing to update.

    `ends`: how the operation ends that is running.
    """

    setup: list[str]
    update: list[str] | None
    remove: list[str]
    ends: str = ""


ANEW, LOST = ["delete", "create"], None
STATES = {
    "CREATE_IN_PROGRESS": Expected(["update"], ["update"], ["delete"], "CREATE_COMPLETE"),
    "CREATE_FAILED": Expected(ANEW, LOST, ["delete"]),
    "CREATE_COMPLETE": Expected(["update"], ["update"], ["delete"]),
    "ROLLBACK_IN_PROGRESS": Expected(ANEW, LOST, ["delete"], "ROLLBACK_COMPLETE"),
    "ROLLBACK_FAILED": Expected(ANEW, LOST, ["delete"]),
    "ROLLBACK_COMPLETE": Expected(ANEW, LOST, ["delete"]),
    "DELETE_IN_PROGRESS": Expected(["create"], LOST, [], "DELETE_COMPLETE"),
    "DELETE_FAILED": Expected(ANEW, LOST, ["delete"]),
    "DELETE_COMPLETE": Expected(["create"], LOST, []),
    "UPDATE_IN_PROGRESS": Expected(["update"], ["update"], ["delete"], "UPDATE_COMPLETE"),
    "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS": Expected(
        ["update"], ["update"], ["delete"], "UPDATE_COMPLETE"
    ),
    "UPDATE_COMPLETE": Expected(["update"], ["update"], ["delete"]),
    "UPDATE_FAILED": Expected(["rollback", "update"], ["rollback", "update"], ["delete"]),
    "UPDATE_ROLLBACK_IN_PROGRESS": Expected(
        ["update"], ["update"], ["delete"], "UPDATE_ROLLBACK_COMPLETE"
    ),
    "UPDATE_ROLLBACK_FAILED": Expected(["continue", "update"], ["continue", "update"], ["delete"]),
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS": Expected(
        ["update"], ["update"], ["delete"], "UPDATE_ROLLBACK_COMPLETE"
    ),
    "UPDATE_ROLLBACK_COMPLETE": Expected(["update"], ["update"], ["delete"]),
    "REVIEW_IN_PROGRESS": Expected(ANEW, LOST, ["delete"]),
    "IMPORT_IN_PROGRESS": Expected(["update"], ["update"], ["delete"], "IMPORT_COMPLETE"),
    "IMPORT_COMPLETE": Expected(["update"], ["update"], ["delete"]),
    "IMPORT_ROLLBACK_IN_PROGRESS": Expected(
        ["update"], ["update"], ["delete"], "IMPORT_ROLLBACK_COMPLETE"
    ),
    "IMPORT_ROLLBACK_FAILED": Expected(ANEW, LOST, ["delete"]),
    "IMPORT_ROLLBACK_COMPLETE": Expected(["update"], ["update"], ["delete"]),
}
every_state = pytest.mark.parametrize("state", STATES)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack_events, "FIRST_TICK_S", 0.001)


def in_state(state: str) -> FakeCloudFormation:
    ends = STATES[state].ends
    return FakeCloudFormation(
        state,
        goes_on=[("tagdrop", ends, "")] if ends else None,
        create=[CREATED],
        update=[UPDATED],
        delete=[DELETED],
        rollback=[TAKEN_BACK],
        **{"continue": [TAKEN_BACK]},
    )


def run(verb: Any, cloudformation: FakeCloudFormation, **options: Any) -> list[stack.StackEvent]:
    session = FakeSession(cloudformation)
    return list(verb(session, "tagdrop", cancel=threading.Event(), **options))


def test_the_table_holds_every_state_there_is() -> None:
    client = boto3.client("cloudformation", region_name="eu-central-1")
    states = client.meta.service_model.shape_for("StackStatus").enum
    assert set(STATES) == set(states)
    assert all(meaning_of(state) is not StackStatus.UNKNOWN for state in states)


@every_state
def test_set_up_ends_with_a_stack_that_works(state: str) -> None:
    cloudformation = in_state(state)
    run(stack.setup, cloudformation)
    assert cloudformation.calls == STATES[state].setup
    found = stack.status(FakeSession(cloudformation), "tagdrop")
    assert found is not None
    assert found.works


@every_state
def test_set_up_anew_removes_first_whatever_is_there(state: str) -> None:
    cloudformation = in_state(state)
    run(stack.setup, cloudformation, anew=True)
    there = STATES[state].ends != "DELETE_COMPLETE" and state != "DELETE_COMPLETE"
    assert cloudformation.calls == (ANEW if there else ["create"])


@every_state
def test_update_brings_a_stack_up_to_date_or_says_that_there_is_none(state: str) -> None:
    cloudformation, expected = in_state(state), STATES[state].update
    if expected is None:
        with pytest.raises(BackendMissingError, match="There is nothing to update") as caught:
            run(stack.update, cloudformation)
        assert caught.value.remedy is Remedy.REPAIR
    else:
        run(stack.update, cloudformation)
    assert cloudformation.calls == (expected or [])


@every_state
def test_status_changes_nothing_and_tells_the_state(state: str) -> None:
    cloudformation = in_state(state)
    found = stack.status(FakeSession(cloudformation), "tagdrop")
    assert cloudformation.calls == []
    is_there = state not in ("DELETE_COMPLETE", "REVIEW_IN_PROGRESS")
    assert (found.status if found else None) == (state if is_there else None)


@every_state
def test_removal_ends_with_no_stack(state: str) -> None:
    cloudformation = in_state(state)
    run(stack.remove, cloudformation)
    assert cloudformation.calls == STATES[state].remove
    assert stack.status(FakeSession(cloudformation), "tagdrop") is None


def test_a_state_that_is_younger_than_this_program_is_left_alone_but_can_be_removed() -> None:
    for verb in (stack.setup, stack.update):
        cloudformation = FakeCloudFormation("TELEPORT_COMPLETE")
        with pytest.raises(AppError) as caught:
            run(verb, cloudformation)
        assert caught.value.remedy is Remedy.UPDATE_APP
        assert cloudformation.calls == []
    cloudformation = FakeCloudFormation("TELEPORT_COMPLETE", delete=[DELETED])
    run(stack.remove, cloudformation)
    assert cloudformation.calls == ["delete"]


@pytest.mark.parametrize("state", STATES)
def test_a_stack_of_a_newer_program_is_never_taken_back(state: str) -> None:
    for verb in (stack.setup, stack.update):
        cloudformation = FakeCloudFormation(state, version="999999")
        if meaning_of(state) is StackStatus.ABSENT:
            continue  # there is no version yet, or none any more
        with pytest.raises(AppError, match="set up by a newer Tagdrop") as caught:
            run(verb, cloudformation)
        assert caught.value.remedy is Remedy.UPDATE_APP
        assert cloudformation.calls == []


def test_an_update_that_stays_stuck_ends_in_a_repair() -> None:
    stuck = [("tagdrop", "UPDATE_ROLLBACK_FAILED", "The following resource(s) failed: [Copies]")]

    def begin() -> FakeCloudFormation:
        return FakeCloudFormation(
            "UPDATE_ROLLBACK_FAILED",
            create=[CREATED],
            delete=[DELETED],
            **{"continue": [stuck]},
        )

    with pytest.raises(BackendMissingError) as caught:
        run(stack.update, begin())
    assert caught.value.remedy is Remedy.REPAIR
    cloudformation = begin()
    run(stack.setup, cloudformation)
    assert cloudformation.calls == ["continue", "delete", "create"]


def test_what_is_made_anew_keeps_its_days() -> None:
    cloudformation = in_state("ROLLBACK_COMPLETE")
    run(stack.setup, cloudformation)
    assert cloudformation.parameters["RetentionDays"] == "7"
    cloudformation = in_state("ROLLBACK_COMPLETE")
    run(stack.setup, cloudformation, parameters={"RetentionDays": "3"})
    assert cloudformation.parameters["RetentionDays"] == "3"
