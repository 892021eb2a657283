"""Repair: what somebody deleted or changed by hand comes back, and the rest stays as it is."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy import connect
from deploy.stack import stack, stack_events
from desktop.backends import aws
from desktop.core.backend import Answer
from desktop.core.credentials import AccessKey
from desktop.core.errors import Cancelled
from desktop.core.photo.prepare import Prepared
from desktop.core.settings import Connection
from tests.rig import ROOT
from tests.rig.aws import side as damage
from tests.rig.aws.controls import Emulator, Rekognition
from tests.rig.aws.side import DAMAGES, NEVER, Side
from tests.rig.processes import until

pytestmark = pytest.mark.aws

PHOTO = next((ROOT / "samples").glob("coffee*")).read_bytes()
ITEM = {"ImageName": {"S": "old.jpg"}, "Status": {"S": "done"}, "Sequencer": {"S": "1"}}
ITEM |= {"Labels": {"L": []}}

MAY_CHANGE: dict[Callable[..., None], set[str]] = {
    damage.delete_bucket: {"Copies", "CopiesPolicy"},
    damage.delete_table: {"Labels"},
    damage.delete_function: {"Labeller", "Trigger", "LabellerRetries", "FailuresSource"},
    damage.delete_user: {"AppUser"},
    damage.delete_rights: set(),
    damage.delete_role: {"LabellerRole"},
    damage.widen_rights: set(),
    damage.delete_users_rights: set(),
    damage.delete_bucket_policy: {"CopiesPolicy"},
    damage.widen_bucket_policy: {"CopiesPolicy"},
    damage.cut_trigger: set(),
    damage.forbid_trigger: {"Trigger"},
    damage.delete_retries: {"LabellerRetries"},
    damage.delete_queue: {"Failures", "FailuresSource"},
    damage.delete_source: {"FailuresSource"},
    damage.delete_dead_letters: {"DeadLetters"},
    damage.delete_log: {"LabellerLog"},
    damage.rewrite_by_hand: set(),
    damage.delete_everything_inside: {
        *("Copies", "CopiesPolicy", "Labels", "Labeller", "Trigger", "LabellerRetries"),
        *("AppUser", "Failures", "FailuresSource"),
    },
}
"""What is damaged -> the parts that are made again; all others keep their physical ids."""


@pytest.fixture
def side(
    emulator: Emulator, tmp_path: Path, keychain: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Side]:
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
    monkeypatch.setattr(stack_events, "FIRST_TICK_S", 0.05)
    side = Side(emulator, tmp_path / "data")
    side.set_up(retention_days=9)
    yield side
    side.remove()


class Computer:
    """Another one, with a key of its own and the connection as it was when that was made."""

    def __init__(self, side: Side) -> None:
        self.connection = side.connection
        self.key = connect.add_computer(side.access, side.connection, side.data_dir, NEVER)

    def label(self, name: str) -> Answer:
        """Label a photo the whole way, with the connection that it knows."""
        return label(self.connection, self.key, name, keep=self._keep)

    def _keep(self, connection: Connection | None = None, **_: object) -> None:
        self.connection = connection or self.connection


def label(connection: Connection, key: AccessKey, name: str, **options: Any) -> Answer:
    with contextlib.closing(aws.connect(connection, key, **options)) as backend:
        backend.check()
        assert list(backend.poll([name])) == []
        backend.submit(name, Prepared(PHOTO), cancel=threading.Event())
        found: list[tuple[str, Answer]] = []
        until(lambda: found.extend(backend.poll([name])) or found, "its labels", pause_s=0.2)
        backend.forget([name], cancel=threading.Event())
        return found[0][1]


def put_item(side: Side) -> None:
    side.client("dynamodb").put_item(TableName=side.connection.table, Item=ITEM)


def has_item(side: Side) -> bool:
    found = side.client("dynamodb").get_item(
        TableName=side.connection.table, Key={"ImageName": ITEM["ImageName"]}
    )
    return bool(found.get("Item") == ITEM)


@pytest.mark.parametrize(
    "break_it", [*DAMAGES, damage.rewrite_by_hand], ids=lambda damage: damage.__name__
)
def test_a_lost_part_comes_back_and_the_others_stay(
    side: Side, break_it: Callable[[Side, dict[str, str]], None], rekognition: Rekognition
) -> None:
    other, old, parts = Computer(side), side.connection, side.parts()
    put_item(side)
    break_it(side, parts)

    events = side.set_up()

    now = side.parts()
    assert set(now) == set(parts)
    assert {part for part in parts if parts[part] != now[part]} <= MAY_CHANGE[break_it]
    assert side.connection.bucket == old.bucket
    assert has_item(side) is (parts["Labels"] == now["Labels"])
    assert (side.name, "DELETE_COMPLETE") not in {(e.part, e.status) for e in events}
    (found,) = side.client("cloudformation").describe_stacks(StackName=side.name)["Stacks"]
    assert {"ParameterKey": "RetentionDays", "ParameterValue": "9"} in found["Parameters"]
    assert side.set_up() == []  # all is well
    assert label(side.connection, side.key, "a.jpg").records
    if "AppUser" not in MAY_CHANGE[break_it]:
        assert other.label("b.jpg").records
        assert other.connection == side.connection


class Killed(BaseException):
    """The process ends here."""


def test_a_run_that_was_killed_between_the_two_steps_is_finished_by_the_next(
    side: Side, monkeypatch: pytest.MonkeyPatch, rekognition: Rekognition
) -> None:
    parts = side.parts()
    put_item(side)
    damage.delete_function(side, parts)
    update, calls = stack._update, 0

    def first_step_only(*args: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise Killed
        return update(*args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(stack, "_update", first_step_only)
        with pytest.raises(Killed):
            side.set_up()
    assert "Labeller" not in side.parts()
    assert connect.find(side.access, side.wanted) == side.connection  # by the outputs as before

    side.set_up()

    now = side.parts()
    assert set(now) == set(parts)
    assert now["Labels"] == parts["Labels"]
    assert has_item(side)
    assert label(side.connection, side.key, "a.jpg").records


@pytest.mark.parametrize("step", [1, 2])
def test_a_repair_that_is_cancelled_can_be_done_later(
    side: Side, step: int, monkeypatch: pytest.MonkeyPatch, rekognition: Rekognition
) -> None:
    parts, update, begun = side.parts(), stack._update, []
    put_item(side)
    damage.delete_queue(side, parts)
    cancel = threading.Event()

    def cancel_at_step(*args: Any, **options: Any) -> Iterator[Any]:
        begun.append(args)
        for event in update(*args, **options):
            yield event
            if len(begun) == step:
                cancel.set()

    def repair() -> None:
        list(connect.set_up(side.access, side.wanted, side.data_dir, cancel))

    with monkeypatch.context() as patched, side.emulator.taking_its_time(0.1):
        patched.setattr(stack, "_update", cancel_at_step)
        with pytest.raises(Cancelled):
            repair()
    assert has_item(side)
    assert side.key.key_id in side.key_ids()

    side.set_up()

    now = side.parts()
    changed = {part for part in parts if now[part] != parts[part]}
    assert changed == {"Failures", "FailuresSource"}
    assert side.set_up() == []
    assert label(side.connection, side.key, "a.jpg").records


def test_a_bucket_whose_name_somebody_else_has_by_now_gets_another(
    side: Side, monkeypatch: pytest.MonkeyPatch, rekognition: Rekognition
) -> None:
    other, parts, s3, update = Computer(side), side.parts(), side.client("s3"), stack._update
    put_item(side)
    damage.delete_bucket(side, parts)
    taken = iter([True])

    def take_the_name(*args: Any, **options: Any) -> Any:
        done = yield from update(*args, **options)
        if next(taken, False):  # the first step is done
            where = {"LocationConstraint": side.emulator.region}
            s3.create_bucket(Bucket=parts["Copies"], CreateBucketConfiguration=where)
        return done

    with monkeypatch.context() as patched:
        patched.setattr(stack, "_update", take_the_name)
        side.set_up()

    assert side.connection.bucket != parts["Copies"]
    assert side.parts()["Labels"] == parts["Labels"]
    assert has_item(side)
    assert label(side.connection, side.key, "a.jpg").records
    assert other.label("b.jpg").records
    assert other.connection == side.connection
    s3.delete_bucket(Bucket=parts["Copies"])
