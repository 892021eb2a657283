"""What the set-up says and does where AWS behaves in ways the emulator cannot be brought to."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from botocore.exceptions import NoRegionError

from deploy.stack import stack, stack_events
from desktop.core.errors import AppError, Remedy, ThrottledError
from tests.unit.cloudformation import (
    CREATED,
    DELETED,
    NOT_EMPTY,
    FakeCloudFormation,
    FakeSession,
    answer,
)


def run(verb: Any, cloudformation: FakeCloudFormation) -> list[stack.StackEvent]:
    return list(verb(FakeSession(cloudformation), "tagdrop", cancel=threading.Event()))


def test_all_events_come_in_order_however_many_pages_they_fill() -> None:
    events = run(stack.setup, FakeCloudFormation(None, create=[CREATED]))
    assert [(e.part, e.status, e.reason) for e in events] == CREATED


def test_an_amazon_that_is_busy_while_it_works_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stack_events, "FIRST_TICK_S", 0.001)
    cloudformation = FakeCloudFormation(None, create=[CREATED])
    cloudformation.busy_after_create = [answer("Throttling", "Rate exceeded")] * 5
    assert [(e.part, e.status, e.reason) for e in run(stack.setup, cloudformation)] == CREATED


def test_who_is_busy_for_too_long_is_waited_for_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack_events, "GIVE_UP_S", 0.0)
    cloudformation = FakeCloudFormation(None, create=[CREATED])
    cloudformation.busy_after_create = [answer("Throttling", "Rate exceeded")] * 5
    with pytest.raises(ThrottledError):
        run(stack.setup, cloudformation)


def test_the_first_failure_is_told_and_not_what_followed_from_it() -> None:
    failed = [
        ("tagdrop", "CREATE_IN_PROGRESS", "User Initiated"),
        ("Labels", "CREATE_FAILED", "Resource creation cancelled"),
        ("AppUser", "CREATE_FAILED", "x is not authorized to perform: iam:CreateUser on y"),
        ("Copies", "CREATE_FAILED", "Resource creation cancelled"),
        ("tagdrop", "ROLLBACK_COMPLETE", ""),
    ]
    cloudformation = FakeCloudFormation(None, create=[failed], delete=[DELETED])
    with pytest.raises(AppError) as caught:
        run(stack.setup, cloudformation)
    assert caught.value.title == 'Set-up stopped at "Labelling-only user"'
    assert "iam:CreateUser" in caught.value.message
    assert caught.value.remedy is Remedy.COPY_PERMISSION
    assert '"iam:CreateUser"' in caught.value.detail
    assert cloudformation.calls == ["create", "delete"]


def test_an_update_that_fails_says_that_the_version_before_still_works() -> None:
    failed = [
        ("tagdrop", "UPDATE_IN_PROGRESS", "User Initiated"),
        ("Labeller", "UPDATE_FAILED", "Code storage limit exceeded"),
        ("tagdrop", "UPDATE_ROLLBACK_COMPLETE", ""),
    ]
    with pytest.raises(AppError) as caught:
        run(stack.update, FakeCloudFormation("CREATE_COMPLETE", update=[failed]))
    assert "Labelling program" in caught.value.title
    assert caught.value.remedy is Remedy.RAISE_QUOTA
    assert "works as it did before" in caught.value.message


def test_a_copy_that_came_during_the_removal_does_not_stop_it() -> None:
    cloudformation = FakeCloudFormation("CREATE_COMPLETE", delete=[NOT_EMPTY, DELETED])
    run(stack.remove, cloudformation)
    assert cloudformation.calls == ["delete", "delete"]


def test_what_cannot_be_removed_is_named() -> None:
    cloudformation = FakeCloudFormation("CREATE_COMPLETE", delete=[NOT_EMPTY] * 3)
    with pytest.raises(AppError) as caught:
        run(stack.remove, cloudformation)
    assert caught.value.title == '"Storage for copies" could not be removed'
    assert "is not empty" in caught.value.message
    assert caught.value.remedy is Remedy.SAVE_REPORT
    assert caught.value.detail.count("DELETE_FAILED") == 2


@pytest.mark.parametrize("verb", [stack.setup, stack.update, stack.remove])
def test_a_missing_location_is_said_by_every_verb(verb: Any) -> None:
    class NoRegion(FakeSession):
        def client(self, service: str, **_: object) -> Any:
            raise NoRegionError

    with pytest.raises(AppError, match="Amazon's location is missing"):
        list(verb(NoRegion(FakeCloudFormation(None)), "tagdrop", cancel=threading.Event()))
