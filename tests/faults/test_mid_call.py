"""`tagdrop label` with Amazon ended, or put to sleep, in the middle of a call."""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path

import pytest

from tests.rig.aws.controls import Emulator, Rekognition
from tests.rig.aws.proxy import Faults
from tests.rig.command import Computer
from tests.rig.photos import make_photos
from tests.rig.processes import until

pytestmark = pytest.mark.aws

CALLS = {
    "asks who it is": "GetCallerIdentity",
    "asks for labels": "BatchGetItem",
    "puts a photo": "PUT /tagdrop-",
    "deletes copies": "POST /tagdrop-",
}


def most_puts(emulator: Emulator) -> int:
    """How often the photo was put that was put most often."""
    put = Counter(r.operation for r in emulator.requests() if r.operation.startswith("PUT /"))
    return max(put.values(), default=0)


@pytest.mark.parametrize("call", CALLS)
def test_killed_while_it(
    call: str, computer: Computer, emulator: Emulator, rekognition: Rekognition, tmp_path: Path
) -> None:
    """What Amazon has done by then is neither lost nor paid twice."""
    make_photos(tmp_path, 4, seed=1500 + 4 * list(CALLS).index(call))
    emulator.forget_requests()
    with emulator.holding_back(CALLS[call]) as is_held, computer.start(tmp_path) as process:
        until(is_held, call)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
    run = computer.label(tmp_path)
    assert (run.code, run.states()) == (0, {"done": 4}), run.errors
    assert most_puts(emulator) <= 2
    assert set(rekognition.counts()["keys"].values()) == {1}


def test_quit_while_it_puts_a_photo(
    computer: Computer, emulator: Emulator, rekognition: Rekognition, tmp_path: Path
) -> None:
    """Nobody waits for an answer that does not come."""
    make_photos(tmp_path, 4, seed=1520)
    with emulator.holding_back("PUT /tagdrop-") as is_held, computer.start(tmp_path) as process:
        until(is_held, "a put")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        assert process.returncode == 130
        assert "resumes where it stopped" in errors
    run = computer.label(tmp_path)
    assert (run.code, run.states()) == (0, {"done": 4}), run.errors
    assert set(rekognition.counts()["keys"].values()) == {1}


def test_a_lid_is_closed_and_opened_when_no_connection_of_before_is_left(
    computer: Computer, emulator: Emulator, faults: Faults, rekognition: Rekognition, tmp_path: Path
) -> None:
    make_photos(tmp_path, 6, seed=1530)
    with computer.start(tmp_path) as process:
        with emulator.holding_back("BatchGetItem") as is_held:
            until(is_held, "a question")
            process.send_signal(signal.SIGSTOP)
            faults.set({"service": "*", "times": 4, "reset": True})
        process.send_signal(signal.SIGCONT)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.splitlines()[1:]) == (0, []), errors
    assert faults.fired() == 4
    assert set(rekognition.counts()["keys"].values()) == {1}
