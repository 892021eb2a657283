"""The doctor and its test photo: what is well, what is not, and what helps."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import pytest

from deploy.doctor import checks, failed_tries
from deploy.doctor.checks import CheckName
from deploy.doctor.doctor import Check, examine
from deploy.doctor.probe import label_test_photo
from deploy.stack import stack_events
from deploy.stack.parts import CHECKS
from desktop.core.credentials import delete_key
from desktop.core.errors import AppError, BackendMissingError, Cancelled, LimitError, Remedy
from desktop.core.settings import Connection, load_settings
from tests.rig.aws import side as damage
from tests.rig.aws.controls import Emulator, Rekognition
from tests.rig.aws.fixtures import Stack
from tests.rig.aws.side import NEVER, Side

pytestmark = pytest.mark.aws


@pytest.fixture(autouse=True)
def at_the_emulator(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testclient")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setattr(stack_events, "FIRST_TICK_S", 0.05)
    quick = partial(label_test_photo, wait_s=4)
    monkeypatch.setattr(checks, "label_test_photo", quick)


@pytest.fixture
def connection(stack: Stack) -> Connection:
    """The connection with the service that all tests share; its key is the tester's own."""
    connection = load_settings(stack.data_dir).connection
    assert connection is not None
    return connection


@pytest.fixture
def side(emulator: Emulator, tmp_path: Path, keychain: Path) -> Iterator[Side]:
    """A service of the test's own, to be broken."""
    side = Side(emulator, tmp_path / "data")
    side.set_up()
    yield side
    side.remove()


def look(connection: Connection, **options: Any) -> dict[str, Check]:
    found = list(examine(connection, cancel=NEVER, **options))
    assert sorted(check.name for check in found) == sorted(get_args(CheckName))
    assert all((check.error is None) == (check.verdict == "ok") for check in found)
    return {check.name: check for check in found}


def not_ok(found: dict[str, Check]) -> dict[str, str]:
    return {name: check.verdict for name, check in found.items() if check.verdict != "ok"}


def remedies(found: dict[str, Check]) -> set[Remedy | None]:
    return {
        check.error.remedy for check in found.values() if check.error and check.verdict == "bad"
    }


def test_every_check_has_a_name_for_people() -> None:
    assert set(CHECKS) == set(get_args(CheckName))


def test_the_test_photo_is_labelled_counted_and_leaves_nothing_behind(
    connection: Connection, emulator: Emulator, rekognition: Rekognition
) -> None:
    def reserve() -> None:
        assert rekognition.counts()["calls"] == 0
        counted.append(1)

    counted: list[int] = []
    for _ in range(2):
        rekognition.reset()
        records = label_test_photo(connection, NEVER, reserve=reserve)
        assert "Cat" in {record.label for record in records}
        assert records[0].confidence >= records[-1].confidence
    assert counted == [1, 1]
    left = emulator.client("s3").list_objects_v2(Bucket=connection.bucket, Prefix="images/")
    assert not [o["Key"] for o in left.get("Contents", ()) if "tagdrop-test" in o["Key"]]


def test_a_test_photo_beyond_the_limit_is_not_sent(
    connection: Connection, rekognition: Rekognition
) -> None:
    def refuse() -> None:
        raise LimitError("Your limit is reached", remedy=Remedy.RAISE_LIMIT)

    with pytest.raises(LimitError):
        label_test_photo(connection, NEVER, reserve=refuse)
    found = look(connection, reserve=refuse)
    assert found["photo"].verdict == "unknown"
    assert found["photo"].error is not None
    assert found["photo"].error.remedy is Remedy.RAISE_LIMIT
    assert rekognition.counts()["calls"] == 0


def test_a_test_photo_that_rekognition_refuses_says_why(
    connection: Connection, rekognition: Rekognition
) -> None:
    rekognition.fail("tagdrop-test", "AccessDeniedException")
    with pytest.raises(AppError) as caught:
        label_test_photo(connection, NEVER)
    assert caught.value.remedy is Remedy.REPAIR


def test_all_is_well_for_the_owner(side: Side, rekognition: Rekognition) -> None:
    assert not_ok(look(side.connection, access=side.access)) == {}


def test_with_the_apps_key_alone_the_photo_proves_what_it_may_not_see(
    side: Side, rekognition: Rekognition
) -> None:
    found = look(side.connection)
    assert not_ok(found) == {"failures": "unknown"}
    assert found["failures"].error is not None
    assert found["failures"].error.remedy is Remedy.SIGN_IN


BROKEN: dict[Callable[..., None], set[str]] = {
    damage.delete_bucket: {"bucket"},
    damage.delete_table: {"table"},
    damage.delete_function: {"function"},
    damage.delete_user: {"stack"},
    damage.delete_rights: {"function"},
    damage.cut_trigger: {"trigger"},
    damage.forbid_trigger: {"trigger"},
    damage.delete_queue: {"failures"},
    damage.delete_log: {"function"},
}


@pytest.mark.parametrize("break_it", BROKEN, ids=lambda damage: damage.__name__)
def test_the_owner_sees_what_is_broken(
    side: Side, break_it: Callable[..., None], rekognition: Rekognition
) -> None:
    break_it(side, side.parts())
    found = look(side.connection, access=side.access)
    bad = {name for name, verdict in not_ok(found).items() if verdict == "bad"}
    assert bad >= BROKEN[break_it]
    assert remedies(found) == {Remedy.REPAIR}


@pytest.mark.parametrize(
    ("break_it", "bad"),
    [
        (damage.delete_bucket, {"bucket"}),
        (damage.delete_table, {"table"}),
        (damage.delete_function, {"photo"}),
        (damage.cut_trigger, {"photo"}),
    ],
    ids=["bucket", "table", "function", "trigger"],
)
def test_the_apps_key_alone_finds_out_that_something_is_broken(
    side: Side, break_it: Callable[..., None], bad: set[str], rekognition: Rekognition
) -> None:
    break_it(side, side.parts())
    found = look(side.connection)
    assert {name for name, verdict in not_ok(found).items() if verdict == "bad"} == bad
    assert remedies(found) == {Remedy.REPAIR}
    assert found["trigger"].verdict == found["function"].verdict == "unknown"


def test_a_photo_without_an_answer_does_not_wait_for_ever(
    side: Side, rekognition: Rekognition
) -> None:
    damage.cut_trigger(side, side.parts())
    with pytest.raises(BackendMissingError, match="no labels") as caught:
        label_test_photo(side.connection, NEVER, wait_s=1)
    assert caught.value.remedy is Remedy.REPAIR


def test_a_trigger_that_becomes_active_after_minutes_is_waited_for_and_paid_once(
    side: Side, emulator: Emulator, rekognition: Rekognition
) -> None:
    counted: list[int] = []
    waited: list[int] = []
    with emulator.not_notifying() as begin:

        def on_wait() -> None:
            waited.append(1)
            begin()

        records = label_test_photo(
            side.connection,
            NEVER,
            reserve=lambda: counted.append(1),
            wait_s=60,
            again_s=5,  # as in earnest, longer than the function takes: a third one would be paid
            on_wait=on_wait,
        )
    assert "Cat" in {record.label for record in records}
    assert waited == [1]
    assert counted == [1]
    assert rekognition.counts()["calls"] == 1


def give_up(side: Side, count: int) -> str:
    queue = side.parts()["DeadLetters"]
    for i in range(count):
        reason = "Out of paint" if i % 3 else "No canvas"
        body = {"requestPayload": {"Records": []}, "responsePayload": {"errorMessage": reason}}
        side.client("sqs").send_message(QueueUrl=queue, MessageBody=json.dumps(body | {"i": i}))
    return queue


def messages_in(side: Side, queue: str) -> int:
    asked = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    found = side.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=asked)
    return sum(map(int, found["Attributes"].values()))


def test_photos_that_were_given_up_are_counted_with_all_their_reasons_and_stay(
    side: Side, rekognition: Rekognition
) -> None:
    queue = give_up(side, 24)
    found = look(side.connection, access=side.access)
    assert not_ok(found) == {"failures": "bad"}
    assert found["failures"].error is not None
    assert "24" in found["failures"].error.title
    assert "Out of paint (16); No canvas (8)" in found["failures"].error.message
    assert remedies(found) == {Remedy.REPLAY}
    assert messages_in(side, queue) == 24
    assert not_ok(look(side.connection, access=side.access)) == {"failures": "bad"}


def test_what_was_given_up_is_tried_again(side: Side) -> None:
    queue = give_up(side, 12)
    events = list(failed_tries.replay(side.access, side.name, NEVER))
    assert [event.count for event in events] == [10, 12]
    assert messages_in(side, queue) == 0
    again = list(failed_tries.replay(side.access, side.name, NEVER))
    assert again == []


def test_nothing_is_lost_by_a_replay_that_ends_in_the_middle(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def be_killed(**_: object) -> None:
        raise Killed

    give_up(side, 1)
    session = side.emulator.session()
    session.events.register("before-call.sqs.DeleteMessage", be_killed)
    with pytest.raises(Killed):
        list(failed_tries.replay(replace(side.access, session=session), side.name, NEVER))
    assert messages_in(side, side.parts()["DeadLetters"]) == 1


def test_a_service_that_is_gone_can_be_repaired(connection: Connection) -> None:
    found = look(replace(connection, stack="never-made", bucket="never-made", table="never-made"))
    assert {"stack", "bucket", "table"} <= set(not_ok(found))
    assert remedies(found) == {Remedy.REPAIR}


def test_a_service_that_was_made_anew_by_another_computer_is_noticed(
    connection: Connection, rekognition: Rekognition
) -> None:
    found = look(replace(connection, bucket="the-bucket-of-before"))
    assert found["stack"].verdict == "bad"
    assert "set up again after" in str(found["stack"].error)


def test_a_key_of_another_account_is_noticed(connection: Connection) -> None:
    found = look(replace(connection, account="999999999999"))
    assert found["account"].verdict == "bad"
    assert found["account"].error is not None
    assert found["account"].error.remedy is Remedy.SIGN_IN
    assert found["photo"].verdict == "unknown"


def test_a_location_where_nothing_can_be_labelled_is_noticed(connection: Connection) -> None:
    assert look(replace(connection, region="af-south-1"))["region"].verdict == "bad"


def test_without_any_key_one_has_to_sign_in(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    found = look(connection)
    assert found["key"].verdict == "bad"
    assert remedies(found) == {Remedy.SIGN_IN}
    assert found["photo"].verdict == "unknown"


def test_the_owner_sees_the_service_of_a_computer_without_a_key(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    delete_key(side.connection)
    found = look(side.connection, access=side.access)
    assert not_ok(found) == {"key": "bad", "account": "unknown", "photo": "unknown"}


def test_without_a_network_nothing_else_is_tried(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")  # nobody listens there
    found = look(connection)
    assert found["network"].verdict == "bad"
    assert found["region"].verdict == "ok"
    others = set(found) - {"network", "region"}
    assert {found[name].verdict for name in others} == {"unknown"}
    assert remedies(found) == {Remedy.TRY_AGAIN}


@pytest.mark.parametrize(("minutes", "verdict"), [(20, "bad"), (0, "ok"), (None, "unknown")])
def test_the_clock_is_compared_with_amazons(
    connection: Connection, minutes: int | None, verdict: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = datetime.now(UTC) + timedelta(minutes=minutes or 0)
    date = "" if minutes is None else format_datetime(there, usegmt=True)
    monkeypatch.setattr(checks, "fetch", lambda *_: SimpleNamespace(headers={"date": date}))
    found = look(connection)
    assert found["clock"].verdict == verdict
    if verdict == "bad":
        assert Remedy.CLOCK in remedies(found)


def test_an_examination_can_be_cancelled(connection: Connection, rekognition: Rekognition) -> None:
    cancel, seen = threading.Event(), []

    def follow() -> None:
        for check in examine(connection, cancel=cancel):
            seen.append(check.name)
            cancel.set()

    with pytest.raises(Cancelled):
        follow()
    assert seen == ["network"]
    assert rekognition.counts()["calls"] == 0
