"""Connecting this computer: stack, key and settings, and what breaks in between."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy import connect
from deploy.flow import change_flow, load_flow
from deploy.keys import app_keys, computer_key
from deploy.keys.app_users import make_user
from deploy.set_up import SetUp
from deploy.stack import stack_events
from deploy.stack.parts import CHECK, KEY
from deploy.stack.stack_events import StackEvent
from desktop.core import credentials
from desktop.core.credentials import AccessKey, Kept, kept_where, load_key
from desktop.core.errors import (
    AppError,
    BackendMissingError,
    Cancelled,
    CredentialsError,
    NetworkError,
    Remedy,
)
from desktop.core.settings import Connection, load_settings
from tests.rig.aws.account import everything
from tests.rig.aws.controls import Emulator
from tests.rig.aws.price_list_service import PER_IMAGE
from tests.rig.aws.proxy import Faults
from tests.rig.aws.side import DAMAGES, NEVER, Side

pytestmark = pytest.mark.aws


@pytest.fixture
def side(
    emulator: Emulator, tmp_path: Path, keychain: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Side]:
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
    monkeypatch.setattr(stack_events, "FIRST_TICK_S", 0.05)
    before = everything(emulator)
    side = Side(emulator, tmp_path / "data")
    yield side
    side.remove()
    assert everything(emulator) <= before
    assert load_settings(side.data_dir).connection is None


def said(events: list[StackEvent]) -> list[tuple[str, str]]:
    return [(event.part, event.status) for event in events]


def test_a_set_up_ends_with_a_key_that_works_and_a_second_one_changes_nothing(side: Side) -> None:
    events = said(side.set_up())
    assert events[-4:] == [
        (KEY, "CREATE_IN_PROGRESS"),
        (KEY, "CREATE_COMPLETE"),
        (CHECK, "CREATE_IN_PROGRESS"),
        (CHECK, "CREATE_COMPLETE"),
    ]
    key = side.key
    assert kept_where(side.connection) is Kept.KEYCHAIN
    assert side.key_ids() == {key.key_id}
    assert side.connection.bucket == side.parts()["Copies"]
    before = everything(side.emulator)

    assert side.set_up() == []
    assert side.key == key
    assert side.key_ids() == {key.key_id}
    assert everything(side.emulator) == before


def test_where_no_key_can_be_kept_none_is_made_unless_the_program_goes_on(side: Side) -> None:
    assert KEY not in dict(said(side.set_up(make_key=False)))
    assert side.key_ids() == set()
    assert load_key(side.connection) is None


def test_a_key_that_was_in_memory_only_is_replaced_by_the_next_run(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "_keychain", lambda: None)
    side.set_up()
    assert kept_where(side.connection) is Kept.MEMORY
    first = side.key
    monkeypatch.setattr(credentials, "_this_run", {})  # the program was ended and started again
    side.set_up()
    assert side.key.key_id != first.key_id
    assert side.key_ids() == {side.key.key_id}


@pytest.mark.parametrize("last", ["create_user", "attach_user_policy", "create_access_key"])
def test_a_user_that_a_killed_run_made_and_could_not_keep_is_deleted(
    side: Side, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    side.set_up(make_key=False)

    def make_until(session: Any, *args: Any) -> AccessKey:
        client = session.client

        def die_after(service: str, **options: Any) -> Any:
            made = client(service, **options)
            call = getattr(made, last)

            def call_and_die(**parameters: Any) -> None:
                call(**parameters)
                raise KeyboardInterrupt

            setattr(made, last, call_and_die)
            return made

        monkeypatch.setattr(session, "client", die_after)
        return make_user(session, *args)

    with monkeypatch.context() as patched:
        patched.setattr(computer_key, "make_user", make_until)
        with pytest.raises(KeyboardInterrupt):
            side.set_up()
    (_, orphan) = side.users()
    monkeypatch.undo()
    monkeypatch.setenv("AWS_ENDPOINT_URL", side.emulator.url)
    side.set_up()
    assert orphan not in side.users()
    assert side.key_ids() == {side.key.key_id}
    assert load_flow(side.data_dir).new_user == ""


def test_a_name_that_a_killed_run_did_not_come_to_use_is_forgotten(side: Side) -> None:
    side.set_up(make_key=False)
    change_flow(side.data_dir, new_user="tagdrop-never-made")
    side.set_up()
    assert load_flow(side.data_dir).new_user == ""


def test_a_key_that_was_kept_and_not_noted_is_no_orphan(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = credentials.save_key

    def save_and_die(*args: Any) -> None:
        save(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(credentials, "save_key", save_and_die)
        with pytest.raises(KeyboardInterrupt):
            side.set_up()
    (key_id,) = side.key_ids()
    assert side.set_up() == []
    assert side.key_ids() == {key_id}


def test_another_computers_key_is_no_orphan(side: Side) -> None:
    side.set_up(make_key=False)
    theirs = side.make_key()
    side.set_up()
    assert side.key_ids() == {theirs, side.key.key_id}


def test_a_key_that_does_not_work_is_replaced(side: Side) -> None:
    side.set_up()
    first = side.key
    user = side.keys()[first.key_id]
    iam = side.client("iam")
    iam.update_access_key(UserName=user, AccessKeyId=first.key_id, Status="Inactive")
    assert [part for part, _ in said(side.set_up())] == [KEY, KEY, CHECK, CHECK]
    assert side.key.key_id != first.key_id
    assert side.key_ids() == {side.key.key_id}


def test_a_new_key_ends_the_old_one(side: Side) -> None:
    side.set_up()
    first = side.key
    connect.new_key(side.access, side.connection, side.data_dir, NEVER)
    assert side.key.key_id != first.key_id
    assert side.key_ids() == {side.key.key_id}


def test_each_computer_has_a_user_of_its_own_that_names_the_service(side: Side) -> None:
    side.set_up()
    theirs = [
        connect.add_computer(side.access, side.connection, side.data_dir, NEVER) for _ in range(3)
    ]
    assert side.key_ids() == {side.key.key_id, *(key.key_id for key in theirs)}
    assert len(set(side.keys().values())) == 4
    iam = side.client("iam")
    (policy,) = {
        each["PolicyArn"]
        for user in side.keys().values()
        for each in iam.list_attached_user_policies(UserName=user)["AttachedPolicies"]
    }
    assert policy == side.parts()["AppPolicy"]
    user = iam.get_user(UserName=side.keys()[side.key.key_id])["User"]
    assert user["Path"] == f"/tagdrop/{side.emulator.region}/{side.name}/"


def test_a_key_of_version_1_goes_on_beside_users_and_a_new_one_takes_its_place(side: Side) -> None:
    side.set_up(make_key=False)
    iam = side.client("iam")
    made = iam.create_access_key(UserName=side.parts()["AppUser"])["AccessKey"]
    old, other = AccessKey(made["AccessKeyId"], made["SecretAccessKey"]), side.make_old_key()
    connect.connect_with(side.connection, old, side.data_dir)
    assert side.set_up() == []
    assert side.key == old

    connect.new_key(side.access, side.connection, side.data_dir, NEVER)
    assert side.key_ids() == {other, side.key.key_id}
    assert side.keys()[side.key.key_id] != side.keys()[other] == side.parts()["AppUser"]


def test_a_user_that_lost_the_policy_gets_it_back(side: Side) -> None:
    side.set_up()
    iam, user = side.client("iam"), side.keys()[side.key.key_id]
    iam.detach_user_policy(UserName=user, PolicyArn=side.parts()["AppPolicy"])
    assert side.set_up() == []
    (attached,) = iam.list_attached_user_policies(UserName=user)["AttachedPolicies"]
    assert attached["PolicyArn"] == side.parts()["AppPolicy"]


def test_a_new_key_beside_another_computers_leaves_that_one_alone(side: Side) -> None:
    side.set_up()
    first, theirs = side.key.key_id, side.make_key()
    connect.new_key(side.access, side.connection, side.data_dir, NEVER)
    assert side.key_ids() == {theirs, side.key.key_id}
    assert side.key.key_id != first


def test_another_computer_gets_a_key_of_its_own(side: Side) -> None:
    side.set_up()
    theirs = connect.add_computer(side.access, side.connection, side.data_dir, NEVER)
    assert side.key_ids() == {side.key.key_id, theirs.key_id}
    connect.discard_key(side.access, side.connection, theirs)
    assert side.key_ids() == {side.key.key_id}


def test_a_computer_that_is_not_added_leaves_no_key(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    side.set_up()

    def never(*_: object) -> None:
        raise Cancelled

    monkeypatch.setattr(connect, "wait_until_works", never)
    with pytest.raises(Cancelled):
        connect.add_computer(side.access, side.connection, side.data_dir, NEVER)
    assert side.key_ids() == {side.key.key_id}


def cancel_at(side: Side, part: str, status: str) -> list[StackEvent]:
    """Set up and cancel as soon as this event comes; what was told until the end."""
    cancel, events = threading.Event(), list[StackEvent]()

    def follow() -> None:
        for event in connect.set_up(side.access, side.wanted, side.data_dir, cancel):
            events.append(event)
            if (event.part, event.status) == (part, status):
                cancel.set()

    with pytest.raises(Cancelled):
        follow()
    return events


def unknown(*_: object) -> None:
    """A key that is not known yet."""
    raise CredentialsError("Amazon does not know this key")


def test_a_set_up_that_is_cancelled_while_its_key_is_waited_for_is_taken_back(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.keys.app_keys.try_key", unknown)
    before = everything(side.emulator)
    events = said(cancel_at(side, CHECK, "CREATE_IN_PROGRESS"))
    assert events[-1] == (side.name, "DELETE_COMPLETE")
    assert everything(side.emulator) == before
    assert load_settings(side.data_dir).connection is None


def test_cancelling_beside_a_service_that_was_there_takes_only_the_new_key_back(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    side.set_up(make_key=False)
    monkeypatch.setattr("deploy.keys.app_keys.try_key", unknown)
    cancel_at(side, CHECK, "CREATE_IN_PROGRESS")
    assert side.key_ids() == set()
    assert load_key(side.connection) is None
    assert side.parts()


@pytest.mark.parametrize("times", [1, 2], ids=["once", "at the repeat too"])
def test_a_set_up_whose_answer_got_lost_is_taken_back_when_it_is_cancelled(
    side: Side, faults: Faults, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", faults.url)
    monkeypatch.setattr("deploy.keys.app_keys.try_key", unknown)
    before = everything(side.emulator)
    order = {"service": "cloudformation", "operation": "CreateStack", "times": times}
    faults.set({**order, "response": {"abort_frac": 0.3}})
    least = times
    try:
        events = said(cancel_at(side, CHECK, "CREATE_IN_PROGRESS"))
    except NetworkError:  # the repeat may be cut off as well, by the fault or with its connection
        least = 1  # with its connection, it never got as far as the fault
        events = said(cancel_at(side, CHECK, "CREATE_IN_PROGRESS"))
    assert least <= faults.fired() <= times
    assert events[-1] == (side.name, "DELETE_COMPLETE")
    assert everything(side.emulator) == before


def test_cancelling_leaves_a_service_alone_that_another_computer_was_quicker_to_make(
    side: Side, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slower = Side(side.emulator, tmp_path / "slower")
    slower.name, slower.wanted = side.name, side.wanted
    monkeypatch.setattr("deploy.keys.app_keys.try_key", unknown)
    with monkeypatch.context() as patched:

        def set_up_meanwhile(_: int) -> str:
            patched.undo()
            side.set_up(make_key=False)
            return "slower"

        patched.setattr("deploy.stack.stack.secrets.token_hex", set_up_meanwhile)
        cancel_at(slower, CHECK, "CREATE_IN_PROGRESS")
    assert side.connection.bucket == side.parts()["Copies"]
    assert side.key_ids() == set()


def take_back(side: Side) -> list[tuple[str, str]]:
    return said(list(connect.take_back(side.access, side.wanted, side.data_dir, NEVER)))


@pytest.fixture
def second(side: Side, tmp_path: Path) -> Side:
    """Another computer of the same service, which is set up and has its key elsewhere."""
    side.set_up(make_key=False)
    side.make_key()
    second = Side(side.emulator, tmp_path / "second")
    second.name, second.wanted = side.name, side.wanted
    return second


def test_a_second_computer_that_cancels_takes_back_its_own_key_alone_even_when_it_fails_at_first(
    side: Side, second: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offline(*_: object) -> None:
        raise NetworkError("Cannot reach Amazon")

    theirs, before = side.key_ids(), everything(side.emulator)
    with monkeypatch.context() as patched:
        patched.setattr("deploy.keys.app_keys.try_key", unknown)
        patched.setattr(computer_key, "delete_user", offline)
        with pytest.raises(NetworkError):
            cancel_at(second, CHECK, "CREATE_IN_PROGRESS")
    assert len(side.key_ids()) == 2
    assert take_back(second) == [(KEY, "DELETE_COMPLETE")]
    assert side.key_ids() == theirs
    assert everything(side.emulator) == before
    assert take_back(second) == []


def be_killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_a_killed_run_of_this_computer_made_is_taken_back_by_the_next(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(side.emulator)
    with monkeypatch.context() as patched:
        patched.setattr(computer_key, "wait_until_works", be_killed)
        with pytest.raises(KeyboardInterrupt):
            side.set_up()
    assert side.key_ids()
    assert take_back(side)[-1] == (side.name, "DELETE_COMPLETE")
    assert everything(side.emulator) == before


def test_what_a_killed_run_made_stays_when_another_computer_uses_it_by_then(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(computer_key, "wait_until_works", be_killed)
        with pytest.raises(KeyboardInterrupt):
            side.set_up()
    theirs = side.make_key()
    assert take_back(side) == [(KEY, "DELETE_COMPLETE")]
    assert side.key_ids() == {theirs}


def test_a_cancelled_set_up_takes_along_what_a_killed_one_could_not_keep(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, cancel = everything(side.emulator), threading.Event()
    with monkeypatch.context() as patched:
        patched.setattr(credentials, "save_key", be_killed)
        with pytest.raises(KeyboardInterrupt):
            side.set_up()
    assert side.key_ids()
    cancel.set()
    with pytest.raises(Cancelled):
        list(connect.set_up(side.access, side.wanted, side.data_dir, cancel))
    assert everything(side.emulator) == before
    assert load_flow(side.data_dir).new_user == ""


def test_a_cancelled_set_up_leaves_the_key_alone_that_another_tagdrop_here_is_making(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(computer_key, "note_user", be_killed)
        with pytest.raises(KeyboardInterrupt):
            side.set_up()
    theirs, save, cancel = side.make_key(), credentials.save_key, threading.Event()
    cancel.set()

    def save_after_a_cancel(connection: Connection, key: AccessKey) -> None:
        with pytest.raises(Cancelled):
            list(connect.set_up(side.access, side.wanted, side.data_dir, cancel))
        save(connection, key)

    monkeypatch.setattr(credentials, "save_key", save_after_a_cancel)
    side.set_up()
    assert side.key_ids() == {theirs, side.key.key_id}


def test_what_was_set_up_to_its_end_is_not_taken_back_later(side: Side) -> None:
    side.set_up()
    connect.forget(side.connection, side.data_dir)
    take_back(side)
    assert side.parts()


def test_a_new_key_that_is_cancelled_leaves_the_old_one_at_work(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    side.set_up()
    key, cancel = side.key, threading.Event()

    def cancelled(*_: object) -> None:
        cancel.set()
        unknown()

    with monkeypatch.context() as patched:
        patched.setattr("deploy.keys.app_keys.try_key", cancelled)
        with pytest.raises(Cancelled):
            connect.new_key(side.access, side.connection, side.data_dir, cancel)
    assert side.key == key
    assert side.key_ids() == {key.key_id}
    assert side.set_up() == []


def test_a_new_key_that_is_cancelled_without_a_network_leaves_the_old_one_at_work(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offline(*_: object) -> None:
        raise NetworkError("Cannot reach Amazon")

    def cancelled(*_: object) -> None:
        raise Cancelled

    side.set_up()
    key = side.key
    with monkeypatch.context() as patched:
        patched.setattr(computer_key, "wait_until_works", cancelled)
        patched.setattr(computer_key, "delete_user", offline)
        with pytest.raises(NetworkError):
            connect.new_key(side.access, side.connection, side.data_dir, NEVER)
    assert side.key == key
    assert side.set_up() == []
    assert side.key_ids() == {key.key_id}


def test_a_new_key_is_waited_for(side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    fine = range(app_keys.IN_A_ROW)
    answers = [unknown, *(int for _ in fine[1:]), unknown, *(int for _ in fine)]

    def check(*_: object) -> None:
        answers.pop(0)()

    monkeypatch.setattr("deploy.keys.app_keys.try_key", check)
    assert said(side.set_up())[-1] == (CHECK, "CREATE_COMPLETE")
    assert answers == []  # it works when it has worked so often in a row


def test_a_key_that_never_works_is_told(side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.keys.app_keys.try_key", unknown)
    monkeypatch.setattr("deploy.keys.app_keys.WORKS_AFTER_S", 0.0)
    with pytest.raises(CredentialsError, match="does not know this key"):
        side.set_up()


def test_what_seems_whole_but_refuses_its_own_key_is_made_anew_only_when_that_was_asked(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    side.set_up()
    bucket, table = side.connection.bucket, side.connection.table
    items = [
        {"ImageName": {"S": "a.jpg"}, "Sequencer": {"S": "8"}, "Labels": {"L": []}},
        {"ImageName": {"S": "spent-2026-11/"}, "Analyses": {"N": "41"}},
    ]
    for item in items:
        side.client("dynamodb").put_item(TableName=table, Item=item)

    def refuse(*_: object) -> None:
        raise CredentialsError("This computer's key may not …", remedy=Remedy.REPAIR)

    with monkeypatch.context() as patched:
        patched.setattr(computer_key, "check_key", refuse)
        patched.setattr(computer_key, "wait_until_works", refuse)
        with pytest.raises(BackendMissingError, match="cannot be repaired") as caught:
            side.set_up()
    assert caught.value.remedy is Remedy.CREATE_ANEW
    assert side.parts()["Copies"] == bucket

    side.set_up(anew=True)

    assert side.connection.bucket != bucket
    assert side.connection.table != table
    assert side.key.key_id in side.key_ids()
    found = side.client("dynamodb").scan(TableName=side.connection.table)["Items"]
    by_name = {item["ImageName"]["S"]: item for item in found}
    assert by_name["a.jpg"] == items[0] | {"Sequencer": {"S": "0"}}
    assert by_name["spent-2026-11/"] == items[1]
    assert not list(side.data_dir.rglob("*.jsonl"))


def test_answers_that_a_killed_run_has_kept_are_put_back_by_the_next(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def be_killed(*_: object) -> None:
        raise Killed

    def put(name: str, **values: dict[str, str]) -> None:
        item = {"ImageName": {"S": name}, **values}
        side.client("dynamodb").put_item(TableName=side.parts()["Labels"], Item=item)

    side.set_up()
    put("a.jpg", Sequencer={"S": "8"})
    put("b.jpg", Sequencer={"S": "8"})
    put("spent-2026-10/", Analyses={"N": "41"})
    put("spent-2026-11/", Analyses={"N": "41"})
    with monkeypatch.context() as patched:
        patched.setattr(connect, "put_answers_back", be_killed)
        with pytest.raises(Killed):
            side.set_up(anew=True)
    put("b.jpg", Sequencer={"S": "3"})  # another computer has labelled by now
    put("spent-2026-10/", Analyses={"N": "9"})
    put("spent-2026-11/", Analyses={"N": "42"})

    side.set_up()

    found = side.client("dynamodb").scan(TableName=side.connection.table)["Items"]
    assert {item.pop("ImageName")["S"]: item for item in found} == {
        "a.jpg": {"Sequencer": {"S": "0"}},
        "b.jpg": {"Sequencer": {"S": "3"}},
        "spent-2026-10/": {"Analyses": {"N": "41"}},
        "spent-2026-11/": {"Analyses": {"N": "42"}},
    }


by_hand = pytest.mark.parametrize("break_it", DAMAGES, ids=lambda damage: damage.__name__)


@by_hand
def test_what_was_broken_by_hand_can_be_removed(
    side: Side, break_it: Callable[[Side, dict[str, str]], None]
) -> None:
    before = everything(side.emulator)
    side.set_up()
    break_it(side, side.parts())
    assert said(side.remove())[-1] == (side.name, "DELETE_COMPLETE")
    assert everything(side.emulator) == before


def test_removal_tells_what_is_gone_and_forgets_the_key(side: Side, keychain: Path) -> None:
    side.set_up()
    s3, connection = side.client("s3"), side.connection
    s3.put_bucket_versioning(
        Bucket=connection.bucket, VersioningConfiguration={"Status": "Enabled"}
    )
    for _ in range(3):
        s3.put_object(Bucket=connection.bucket, Key="a", Body=b"")
    s3.delete_object(Bucket=connection.bucket, Key="a")
    parts = set(side.parts())

    events = side.remove()

    gone = {event.part for event in events if event.status == "DELETE_COMPLETE"}
    assert gone == parts | {side.name, KEY}
    assert [event.count for event in events if event.count] == [4]
    assert load_key(connection) is None
    assert connection.stack not in keychain.read_text()


def test_an_update_keeps_the_key_and_the_connection(side: Side) -> None:
    side.set_up()
    key, connection = side.key, side.connection
    wanted = SetUp(side.name, side.emulator.region, retention_days=3)
    events = said(list(connect.update(side.access, wanted, side.data_dir, NEVER)))
    assert events[-1] == (side.name, "UPDATE_COMPLETE")
    assert (side.key, side.connection) == (key, connection)


def test_amazons_price_list_counts_where_it_may_be_asked_and_can_be_believed(side: Side) -> None:
    def price_by(listed: float | None) -> float:
        side.emulator.cost(listed)
        list(connect.update(side.access, side.wanted, side.data_dir, NEVER))
        return load_settings(side.data_dir).dollars_per_1000

    try:
        side.emulator.cost(None)
        side.set_up(make_key=False)
        assert load_settings(side.data_dir).dollars_per_1000 == 1.2  # the table's
        assert price_by(0.0015) == 1.5
        assert price_by(None) == 1.5
        assert price_by(0.0) == 1.5
        assert price_by(0.5) == 1.5
        assert price_by(0.0011) == 1.1
    finally:
        side.emulator.cost(PER_IMAGE)


def test_this_computer_can_forget_what_stays_in_the_account(side: Side) -> None:
    side.set_up()
    key, connection, parts = side.key, side.connection, side.parts()
    connect.forget(connection, side.data_dir)
    assert load_settings(side.data_dir).connection is None
    assert load_key(connection) is None
    assert side.parts() == parts
    side.set_up()  # and come back: the key that nobody has any more is replaced
    assert side.key_ids() == {side.key.key_id}
    assert side.key != key


def test_forgetting_another_service_keeps_this_one(side: Side) -> None:
    side.set_up()
    other = Connection(side.emulator.account, "us-east-1", side.name, "", "")
    connect.forget(other, side.data_dir)
    assert side.key


def test_a_bucket_of_the_same_name_keeps_what_is_in_it(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = f"tagdrop-{side.emulator.account}-{side.emulator.region}-aaaaaaaa"
    s3 = side.client("s3")
    where = {"LocationConstraint": side.emulator.region}
    s3.create_bucket(Bucket=taken, CreateBucketConfiguration=where)
    s3.put_object(Bucket=taken, Key="precious", Body=b"photo")
    suffixes = iter(["aaaaaaaa", "bbbbbbbb"])
    monkeypatch.setattr("deploy.stack.stack.secrets.token_hex", lambda _: next(suffixes))
    side.set_up()
    assert side.connection.bucket.endswith("bbbbbbbb")
    assert s3.get_object(Bucket=taken, Key="precious")["Body"].read() == b"photo"
    s3.delete_object(Bucket=taken, Key="precious")
    s3.delete_bucket(Bucket=taken)


def test_what_is_not_there_cannot_get_a_key(side: Side) -> None:
    connection = Connection(side.emulator.account, side.emulator.region, side.name, "b", "t")
    with pytest.raises(BackendMissingError) as caught:
        connect.new_key(side.access, connection, side.data_dir, NEVER)
    assert caught.value.remedy is Remedy.REPAIR


def test_a_key_that_a_killed_run_gave_to_no_computer_is_ended_by_the_next(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def be_killed(*_: object) -> None:
        raise Killed

    side.set_up()
    with monkeypatch.context() as patched:
        patched.setattr(connect, "wait_until_works", be_killed)
        with pytest.raises(Killed):
            connect.add_computer(side.access, side.connection, side.data_dir, NEVER)
    assert len(side.key_ids()) == 2
    theirs = connect.add_computer(side.access, side.connection, side.data_dir, NEVER)
    assert side.key_ids() == {side.key.key_id, theirs.key_id}


def tags_of(found: list[dict[str, str]]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in found}


def test_the_stack_its_parts_and_the_users_have_tags_that_an_update_adds_to(side: Side) -> None:
    side.set_up(tags={"cost-center": "42"})
    connect.update(side.access, side.wanted, side.data_dir, NEVER)
    wanted = SetUp(side.name, side.emulator.region, tags={"owner": "me"})
    list(connect.update(side.access, wanted, side.data_dir, NEVER))
    expected = {"project": "tagdrop", "cost-center": "42", "owner": "me"}
    (stack,) = side.client("cloudformation").describe_stacks(StackName=side.name)["Stacks"]
    assert tags_of(stack["Tags"]) == expected
    role = side.client("iam").get_role(RoleName=side.parts()["LabellerRole"])["Role"]
    assert expected.items() <= tags_of(role["Tags"]).items()
    connect.new_key(side.access, side.connection, side.data_dir, NEVER)
    user = side.client("iam").list_user_tags(UserName=side.keys()[side.key.key_id])["Tags"]
    assert tags_of(user) == expected


def test_a_permissions_boundary_bounds_every_user(side: Side) -> None:
    """The role, too, as test_template.py shows: the emulator leaves that out of a stack's role."""
    iam = side.client("iam")
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [everything]})
    boundary = iam.create_policy(PolicyName="company-boundary", PolicyDocument=document)["Policy"]
    side.set_up(permissions_boundary=boundary["Arn"])
    for name in side.users():
        user = iam.get_user(UserName=name)["User"]
        assert user["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary["Arn"]
    side.remove()
    iam.delete_policy(PolicyArn=boundary["Arn"])


def test_where_a_company_allows_no_users_none_is_made(side: Side) -> None:
    side.set_up(with_user=False)
    iam = side.client("iam")
    assert "AppUser" not in side.parts()
    assert not [u for u in iam.list_users()["Users"] if side.name in u["Path"] + u["UserName"]]
    assert load_key(side.connection) is None
    for ask in (connect.new_key, connect.add_computer):
        with pytest.raises(AppError, match="This labelling service has no keys"):
            ask(side.access, side.connection, side.data_dir, NEVER)
    assert side.set_up() == []


def test_a_bucket_may_have_a_name_that_no_other_account_can_take(side: Side) -> None:
    account, region = side.emulator.account, side.emulator.region
    side.set_up(account_bucket=True)
    bucket = side.connection.bucket
    assert re.fullmatch(rf"tagdrop-[0-9a-f]{{8}}-{account}-{region}-an", bucket)
    assert side.set_up() == []
    side.client("s3").delete_bucket(Bucket=bucket)
    side.set_up()
    assert side.connection.bucket == bucket


def test_a_bucket_that_is_there_keeps_its_namespace(side: Side) -> None:
    side.set_up()
    bucket = side.connection.bucket
    assert side.set_up(account_bucket=True) == []
    assert side.connection.bucket == bucket
