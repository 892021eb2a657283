"""What lies in the storage and has no answer is labelled, counted and paced."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deploy import backfill
from deploy.stack import stack_events
from desktop.core.errors import Cancelled, LimitError
from tests.rig import ROOT
from tests.rig.aws.controls import Emulator, Rekognition
from tests.rig.aws.side import NEVER, Side, cut_trigger
from tests.rig.processes import run_python, until

pytestmark = pytest.mark.aws

PHOTO = next((ROOT / "samples").glob("coffee*")).read_bytes()


@pytest.fixture
def side(
    emulator: Emulator, tmp_path: Path, keychain: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Side]:
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
    monkeypatch.setattr(stack_events, "FIRST_TICK_S", 0.05)
    monkeypatch.setattr(backfill, "ON_THE_WAY", timedelta())
    side = Side(emulator, tmp_path / "data")
    side.set_up()
    yield side
    side.remove()


def put_unlabelled(side: Side, count: int) -> list[str]:
    """Put images while nothing calls the function, as before a set-up's trigger works."""
    cut_trigger(side, side.parts())
    names = [f"photo {i:03}.jpg" for i in range(count)]
    for name in (*names, "folder/"):
        side.client("s3").put_object(
            Bucket=side.connection.bucket, Key=f"images/{name}", Body=PHOTO
        )
    side.set_up()  # repairs the trigger
    return names


def test_what_has_no_answer_is_labelled_and_counted_once(
    side: Side, rekognition: Rekognition
) -> None:
    names = put_unlabelled(side, 45)
    found = backfill.find_backlog(side.connection, NEVER)
    assert (sorted(found.names), found.on_the_way) == (names, 0)
    counted: list[int] = []

    told = list(
        backfill.backfill(side.connection, found.names, NEVER, reserve=lambda: counted.append(1))
    )

    assert told[-1] == len(counted) == len(names)
    assert rekognition.counts()["answered"] == len(names)
    assert backfill.find_backlog(side.connection, NEVER) == backfill.Backlog((), 0)


def test_what_was_just_put_is_on_its_way(
    side: Side, monkeypatch: pytest.MonkeyPatch, rekognition: Rekognition
) -> None:
    put_unlabelled(side, 3)
    monkeypatch.setattr(backfill, "ON_THE_WAY", timedelta(hours=1))
    assert backfill.find_backlog(side.connection, NEVER) == backfill.Backlog((), 3)


def test_it_stops_at_the_limit_and_goes_on_with_the_rest(
    side: Side, rekognition: Rekognition
) -> None:
    names = put_unlabelled(side, 30)
    room = iter(range(7))

    def reserve() -> None:
        if next(room, None) is None:
            raise LimitError("Your limit is reached")

    found = backfill.find_backlog(side.connection, NEVER)
    with pytest.raises(LimitError):
        list(backfill.backfill(side.connection, found.names, NEVER, reserve=reserve))

    def rest() -> tuple[str, ...]:
        return backfill.find_backlog(side.connection, NEVER).names

    until(lambda: len(rest()) == len(names) - 7, "the answers of what was fired", pause_s=0.2)
    cancel = threading.Event()
    fired = itertools.count(7)

    def cancel_soon() -> None:
        for _ in backfill.backfill(side.connection, rest(), cancel, reserve=lambda: next(fired)):
            cancel.set()

    with pytest.raises(Cancelled):
        cancel_soon()
    left = len(names) - next(fired)
    assert 0 < left < len(names) - 7
    until(lambda: len(rest()) == left, "the answers of what was fired", pause_s=0.2)
    list(backfill.backfill(side.connection, rest(), NEVER, reserve=lambda: None))
    assert rest() == ()
    assert rekognition.counts()["answered"] == len(names)


def test_the_script_says_what_it_costs_and_labels_when_it_may(
    side: Side, emulator: Emulator, rekognition: Rekognition
) -> None:
    """Here nothing is old enough to be fired."""
    put_unlabelled(side, 2)
    command = ["-m", "deploy", "backfill", "--data-dir", side.data_dir, "--json"]
    done = run_python(*command, env=emulator.env, code=0)
    backlog, end = (json.loads(line) for line in done.stdout.splitlines())
    assert backlog == {"event": "backlog", "images": 0, "on_the_way": 2, "dollars": 0.0}
    assert end == {"event": "done", "verb": "backfill", "labelled": 0}
