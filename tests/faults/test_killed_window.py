"""The real program killed wherever Amazon works for it, and at every second event of the stack.

The next start comes back to the same place and goes on there; after "Delete everything from Amazon"
the account is as it was, with what was the person's own before. Pages that only wait for the person
come back in tests/ui/amazon; tests/faults/test_killed_setup.py strikes at more events.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.stack.parts import PARTS
from desktop.core.settings import load_settings
from tests.rig.aws.account import everything
from tests.rig.aws.controls import Emulator, Rekognition
from tests.rig.aws.side import OPTIONS
from tests.rig.aws.signin_fixtures import SignInStandin
from tests.rig.person import Person, person_at
from tests.rig.person_fixtures import Surroundings, choose_amazon, press

pytestmark = [
    pytest.mark.aws,
    pytest.mark.skipif(sys.platform != "linux", reason="real X events need Linux"),
]
OWN = "somebodys-own-photos"
SIGN_IN = "Sign in with the browser"
UNFINISHED = "Something is not finished at Amazon"
DELETE = "Delete everything from Amazon"


@pytest.fixture
def person(
    tmp_path: Path, emulator: Emulator, surroundings: Surroundings, rekognition: Rekognition
) -> Iterator[Person]:
    """In whose account there is something else, too. Nothing else is left there in the end."""
    s3 = emulator.client("s3")
    s3.create_bucket(Bucket=OWN, CreateBucketConfiguration={"LocationConstraint": emulator.region})
    s3.put_object(Bucket=OWN, Key="cat.jpg", Body=b"mine")
    before = everything(emulator)
    with person_at(tmp_path / "data", surroundings.env) as person:
        yield person
    assert everything(emulator) == before
    assert s3.get_object(Bucket=OWN, Key="cat.jpg")["Body"].read() == b"mine"
    person.until(
        lambda: load_settings(person.data_dir).connection is None, "the connection forgotten"
    )
    assert surroundings.secrets() == {}
    s3.delete_object(Bucket=OWN, Key="cat.jpg")
    s3.delete_bucket(Bucket=OWN)


def kill_and_start(person: Person) -> None:
    person.kill()
    person.start_again()


def come_back(person: Person) -> None:
    """Kill the program, start it and open the page."""
    kill_and_start(person)
    press(person, "Settings")
    person.click(person.see("Amazon account", view="Pages of the settings"))


def come_back_to_what_is_begun(person: Person) -> None:
    """The same; but the start has said that something is not finished."""
    kill_and_start(person)
    person.see(UNFINISHED)
    press(person, "Show")


def use_profile(person: Person) -> None:
    press(person, "Another way to sign in")
    press(person, "Use this profile")


def test_wherever_amazon_works(
    person: Person, emulator: Emulator, signin: SignInStandin, surroundings: Surroundings
) -> None:
    choose_amazon(person)
    leave_at_the_sign_in(person, signin)
    with emulator.taking_its_time(0.05):  # else it answers nobody meanwhile, at times for over 10 s
        leave_at_the_set_up(person, emulator)
    come_back(person)
    person.see("Amazon is set up")
    person.see("With Amazon", kind="QComboBox")
    leave_at_the_removal(person, emulator)


def leave_at_the_sign_in(person: Person, signin: SignInStandin) -> None:
    signin.change(delay_s=600)
    press(person, SIGN_IN)
    person.see("Waiting for you to sign in")
    come_back(person)
    signin.change(delay_s=0)
    press(person, SIGN_IN)
    person.see("Signed in to account 0000-0000-0000")


def leave_at_the_set_up(person: Person, emulator: Emulator) -> None:
    come_back(person)
    person.see("You are no longer signed in to account 0000-0000-0000")
    press(person, "Sign in again")
    press(person, SIGN_IN)
    with emulator.holding_back("CreateStack") as is_held:
        press(person, "Set up")
        person.until(is_held, "the stack")
        person.kill()
    with emulator.holding_back("CreateAccessKey") as is_held:
        person.start_again()
        person.see(UNFINISHED)
        press(person, "Show")
        press(person, "Sign in again")
        person.see("Sign in to see how the set-up is going.")
        come_back_to_what_is_begun(person)
        press(person, SIGN_IN)
        person.until(is_held, "the key")
        person.kill()
    with emulator.holding_back("PUT /tagdrop-") as is_held:
        person.start_again()
        press(person, "Show")
        press(person, "Sign in again")
        press(person, SIGN_IN)
        person.until(is_held, "the test photo")
        person.kill()


def leave_at_the_removal(person: Person, emulator: Emulator) -> None:
    press(person, DELETE)
    press(person, SIGN_IN)
    person.see("Delete everything from Amazon?")
    come_back(person)
    person.see("Delete everything from Amazon?")
    press(person, "Sign in again")
    press(person, SIGN_IN)
    person.see("Delete everything from Amazon?")
    with emulator.holding_back("DeleteStack") as is_held:
        press(person, DELETE)
        person.until(is_held, "the end")
        person.kill()
    person.start_again()
    person.see(UNFINISHED)
    press(person, "Show")
    person.see("Not everything has been deleted from Amazon yet")
    press(person, "Sign in again")
    press(person, SIGN_IN)
    person.see("Everything has been deleted from Amazon")
    come_back(person)
    person.see("Label with Amazon")


@pytest.mark.skipif(
    "EVERY_EVENT" not in os.environ, reason="takes a minute; make killed-setups runs it"
)
def test_at_every_second_event_of_the_stack(person: Person, emulator: Emulator) -> None:
    choose_amazon(person)
    use_profile(person)
    with emulator.part_by_part() as let_go:
        press(person, "Set up")
        die_after_every_second_part(person, let_go, "Setting up")
    person.see("Ready. This cost less than 1 cent.")
    press(person, "Done")
    press(person, "Settings")
    press(person, DELETE)
    use_profile(person)
    with emulator.part_by_part() as let_go:
        press(person, DELETE)
        die_after_every_second_part(person, let_go, "Deleting everything from Amazon")
    person.see("Everything has been deleted from Amazon")


def die_after_every_second_part(person: Person, let_go: Callable[[], None], words: str) -> None:
    """Amazon does two parts while nobody looks; the next start tells of all that were done."""
    for count in range(0, len(set(PARTS) - OPTIONS), 2):
        person.see(words)
        person.until(lambda count=count: ticks(person) >= count, f"{count} parts that are done")
        person.kill()
        let_go()
        let_go()
        person.start_again()
        person.see(UNFINISHED)
        press(person, "Show")
    let_go()


def ticks(person: Person) -> int:
    return sum(each["text"].endswith(": done") for each in person.look())
