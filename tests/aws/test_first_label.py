"""From the first start to the first label through Amazon, by mouse and keys: four ways to sign in.

Each takes at most six clicks; where a click is counted, it is one of xdotool's.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.events import State
from tests.rig.aws.controls import Rekognition
from tests.rig.aws.signin_fixtures import SignInStandin
from tests.rig.person import Person, person_at
from tests.rig.person_fixtures import KEY_ID, SECRET, Surroundings, choose_amazon, type_key

pytestmark = [
    pytest.mark.aws,
    pytest.mark.skipif(sys.platform != "linux", reason="real X events need Linux"),
]
MOST_CLICKS = 6
PAGES = ["sign-in", "waiting", "account", "progress", "ready", "connected"]


@pytest.fixture
def person(
    tmp_path: Path, surroundings: Surroundings, rekognition: Rekognition
) -> Iterator[Person]:
    with person_at(tmp_path / "data", surroundings.env) as person:
        yield person


def set_up(person: Person) -> None:
    """From the account's page to a photo with labels of Amazon's."""
    person.see("Signed in to account 0000-0000-0000")
    person.click(person.see("Set up", kind="QPushButton"))
    person.see("Ready. This cost less than 1 cent.")
    assert any(text.startswith("Tabby Cat") for text in person.items("Labels of this photo"))


def label_samples(person: Person) -> None:
    person.click(person.see("Label 13 sample photos (about $0.02)"))
    person.until(lambda: person.states() == [State.DONE] * 13, "13 labelled photos")
    assert person.origins() == {"aws"}


def test_with_the_browser(
    person: Person, tmp_path: Path, surroundings: Surroundings, signin: SignInStandin
) -> None:
    def take_picture(page: str) -> None:
        person.take_picture(tmp_path / "pages" / f"{page}.png")

    choose_amazon(person)
    take_picture("sign-in")
    signin.change(delay_s=1)
    person.click(person.see("Sign in with the browser"))
    person.see("Waiting for you to sign in")
    take_picture("waiting")
    person.see("Signed in to account 0000-0000-0000")
    take_picture("account")
    person.click(person.see("Set up", kind="QPushButton"))
    person.see("Setting up")
    take_picture("progress")
    person.see("Ready. This cost less than 1 cent.")
    assert any(text.startswith("Tabby Cat") for text in person.items("Labels of this photo"))
    take_picture("ready")
    label_samples(person)
    assert person.clicks <= MOST_CLICKS
    assert person.typed == ""
    assert signin.log()["refused"] == []
    assert len(surroundings.secrets()) == 1
    person.turn_to("Tagdrop")
    person.press("ctrl+comma")
    person.see("Amazon is set up")
    take_picture("connected")
    pictures = {path.stem: path.read_bytes() for path in (tmp_path / "pages").iterdir()}
    assert sorted(pictures) == sorted(PAGES)
    assert len(set(pictures.values())) == len(PAGES)


def test_with_a_profile(person: Person, surroundings: Surroundings) -> None:
    choose_amazon(person)
    person.click(person.see("Another way to sign in"))
    person.click(person.see("Use this profile"))
    set_up(person)
    label_samples(person)
    assert person.clicks <= MOST_CLICKS
    assert person.typed == ""
    assert not surroundings.links.exists()


def test_with_a_key_file_dropped_on_the_window(person: Person, surroundings: Surroundings) -> None:
    person.see("Drop photos or folders here")
    person.drag("files", surroundings.key_file)
    set_up(person)
    label_samples(person)
    assert person.clicks <= MOST_CLICKS
    assert person.typed == ""


def test_with_a_key_that_was_copied(person: Person, surroundings: Surroundings) -> None:
    choose_amazon(person)
    person.click(person.see("Another way to sign in"))
    person.copy(surroundings.key_file.read_text())
    person.click(person.see("Paste", kind="QPushButton"))
    set_up(person)
    label_samples(person)
    assert person.clicks <= MOST_CLICKS
    assert person.typed == ""


def test_with_a_key_that_is_typed(person: Person) -> None:
    choose_amazon(person)
    person.click(person.see("Another way to sign in"))
    type_key(person)
    set_up(person)
    label_samples(person)
    assert person.clicks <= MOST_CLICKS
    assert person.typed == KEY_ID + SECRET
