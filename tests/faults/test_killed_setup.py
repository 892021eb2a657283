"""`python -m deploy` killed at events of the stack and at each later step: no orphan is left.

Amazon goes on with what it was asked for. The next set-up joins that or clears it away, and a
removal leaves the account as it was.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy import connect
from deploy.stack import stack, stack_events
from desktop.core.credentials import load_key
from desktop.core.settings import load_settings
from tests.rig.aws.account import everything
from tests.rig.aws.controls import Emulator
from tests.rig.aws.side import NEVER, Side
from tests.rig.command import HURRIED, ROOT
from tests.rig.keychain import keychain_env
from tests.rig.processes import until

pytestmark = pytest.mark.aws

PACE_S = 0.05
"""What each part of the stack takes, so that a test can strike in between."""
PARTS = (
    "DeadLetters",
    "Failures",
    "LabellerLog",
    "Labels",
    "AppPolicy",
    "AppUser",
    "LabellerRole",
    "Labeller",
    "LabellerRetries",
    "FailuresSource",
    "Trigger",
    "Copies",
    "CopiesPolicy",
    "",  # the stack itself
)


def by_turns(first: str, second: str) -> list[tuple[str, str]]:
    """Each part in one of these, and the stack itself in both; of the parts half, unless all are
    asked for: `make killed-setups`.
    """
    parts = [part for part in PARTS if part]
    turns = [(part, (first, second)[n % 2]) for n, part in enumerate(parts)]
    if "EVERY_EVENT" not in os.environ:
        turns = [turn for n, turn in enumerate(turns) if n % 8 in (0, 7)]  # some of either
    return [*turns, ("", first), ("", second)]


@dataclass(frozen=True, slots=True)
class Victim:
    """A side whose deploy script runs as a process, to be killed."""

    side: Side
    keychain: Path

    @contextmanager
    def running(self, verb: str, *options: str) -> Iterator[subprocess.Popen[bytes]]:
        """The script, killed at the end if it still runs."""
        emulator = self.side.emulator
        deploy = [sys.executable, "-m", HURRIED, "deploy"]
        command = [*deploy, verb, "--stack", self.side.name, *options]
        process = subprocess.Popen(
            [*command, "--region", emulator.region, "--json", "--data-dir", self.side.data_dir],
            env={**emulator.env, **keychain_env(self.keychain)},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait(10)

    def kill_when(self, condition: Callable[[], bool], verb: str, *options: str) -> None:
        """Run the script and kill it as soon as this is so."""
        with self.running(verb, *options) as process:

            def is_reached() -> bool:
                reached = condition()
                assert reached or process.poll() is None, "it ended before it came to that"
                return reached

            until(is_reached, "the moment to kill it")

    def saw(self, part: str, status: str) -> Callable[[], bool]:
        """Whether the emulator has told of this event of the newest operation."""
        cloudformation, name = self.side.client("cloudformation"), self.side.name
        wanted = (part or name, status)

        def look() -> bool:
            try:
                events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
            except cloudformation.exceptions.ClientError:  # not there yet, or not any more
                return status == "DELETE_COMPLETE" and part == ""
            return wanted in {(e["LogicalResourceId"], e["ResourceStatus"]) for e in events}

        return look


@pytest.fixture
def victim(
    emulator: Emulator, tmp_path: Path, keychain: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Victim]:
    """Nothing of it is left in the account when the test has removed it."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
    monkeypatch.setattr(stack_events, "FIRST_TICK_S", 0.02)
    before = everything(emulator)
    side = Side(emulator, tmp_path / "data")
    yield Victim(side, keychain)
    side.remove()
    assert everything(emulator) == before
    assert load_settings(side.data_dir).connection is None
    assert keychain_is_empty(keychain)


def keychain_is_empty(keychain: Path) -> bool:
    return not keychain.exists() or keychain.read_text() == "{}"


def check_that_it_goes_on(side: Side) -> None:
    """A set-up ends with a service that works and exactly one key, which is in the keychain."""
    side.set_up()
    assert side.key_ids() == {side.key.key_id}
    assert len(side.users()) == 2  # with the one of version 1
    assert load_key(side.connection) == side.key
    assert side.connection.bucket == side.parts()["Copies"]


def go_on_or_remove(side: Side, status: str) -> None:
    """After a beginning the set-up goes on; after an end all is removed, by the fixture.

    A part begins right after another has ended: so each has one of both, by turns.
    """
    if status.endswith("_IN_PROGRESS"):
        check_that_it_goes_on(side)


@pytest.mark.parametrize(("part", "status"), by_turns("CREATE_IN_PROGRESS", "CREATE_COMPLETE"))
def test_a_set_up_killed_at_an_event(victim: Victim, part: str, status: str) -> None:
    with victim.side.emulator.taking_its_time(PACE_S):
        victim.kill_when(victim.saw(part, status), "setup")
    go_on_or_remove(victim.side, status)


LATER = {  # an access key and an operation: the owner's, then the app's
    "the owner is asked for": "testclient GetCallerIdentity",
    "the stack was ordered": "testclient CreateStack",
    "keys are listed": "testclient ListAccessKeys",
    "the user was made": "testclient CreateUser",
    "the user got its policy": "testclient AttachUserPolicy",
    "the key was made": "testclient CreateAccessKey",
    "the key is tried": "AKIA",
    "the table is tried": "BatchGetItem",
}


@pytest.mark.parametrize("then", ["set up", "take back", "remove"])
@pytest.mark.parametrize("step", LATER)
def test_a_set_up_killed_between_two_steps(victim: Victim, step: str, then: str) -> None:
    with victim.side.emulator.holding_back(LATER[step]) as is_held:
        victim.kill_when(is_held, "setup")
    if then == "set up":
        check_that_it_goes_on(victim.side)
    if then == "take back":
        side = victim.side
        list(connect.take_back(side.access, side.wanted, side.data_dir, NEVER))
        assert stack.status(side.access.session, side.name) is None


@pytest.mark.parametrize("then", ["set up", "remove"])
@pytest.mark.parametrize(
    "step",
    ["the key is tried", "the key was made", "the old key was ended", "the old user was deleted"],
)
def test_a_new_key_killed_between_two_steps(victim: Victim, step: str, then: str) -> None:
    steps = {
        **LATER,
        "the old key was ended": "testclient DeleteAccessKey",
        "the old user was deleted": "testclient DeleteUser",
    }
    victim.side.set_up()
    before = victim.side.key_ids()
    with victim.side.emulator.holding_back(steps[step]) as is_held:
        # The old key is tried first, but not when a new one is wanted.
        victim.kill_when(is_held, "setup", "--new-key")
    assert victim.side.key_ids() - before
    if then == "set up":
        check_that_it_goes_on(victim.side)


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("", "UPDATE_IN_PROGRESS"),
        ("Copies", "UPDATE_IN_PROGRESS"),
        ("Copies", "UPDATE_COMPLETE"),
        ("", "UPDATE_COMPLETE"),
    ],
)
def test_an_update_killed_at_an_event(victim: Victim, part: str, status: str) -> None:
    victim.side.set_up()
    key, connection = victim.side.key, victim.side.connection
    with victim.side.emulator.taking_its_time(PACE_S):
        victim.kill_when(victim.saw(part, status), "update", "--retention-days", "4")
    check_that_it_goes_on(victim.side)
    assert (victim.side.key, victim.side.connection) == (key, connection)


@pytest.mark.parametrize(("part", "status"), by_turns("DELETE_IN_PROGRESS", "DELETE_COMPLETE"))
def test_a_removal_killed_at_an_event(victim: Victim, part: str, status: str) -> None:
    victim.side.set_up()
    with victim.side.emulator.taking_its_time(PACE_S):
        victim.kill_when(victim.saw(part, status), "remove", "--yes")
    go_on_or_remove(victim.side, status)


@pytest.mark.parametrize("then", ["set up", "remove"])
@pytest.mark.parametrize("step", ["POST /tagdrop-", "DeleteAccessKey", "DeleteStack"])
def test_a_removal_killed_between_two_steps(victim: Victim, step: str, then: str) -> None:
    victim.side.set_up()
    bucket = victim.side.connection.bucket
    victim.side.client("s3").put_object(Bucket=bucket, Key="a", Body=b"")
    with victim.side.emulator.holding_back(f"testclient {step}") as is_held:
        victim.kill_when(is_held, "remove", "--yes")
    if then == "set up":
        check_that_it_goes_on(victim.side)
