"""Bar 1 and 2: from the first start to the first label through Amazon, by mouse and keys."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.events import State
from tests.aws.person_rig import Surroundings
from tests.aws.rig import Rekognition
from tests.aws.signin_rig import SignInStandin
from tests.ui.person import Person, person_at

pytestmark = [
    pytest.mark.aws,
    pytest.mark.skipif(sys.platform != "linux", reason="real X events need Linux"),
]
MOST_CLICKS = 6


@pytest.fixture
def person(tmp_path: Path, surroundings: Surroundings) -> Iterator[Person]:
    with person_at(tmp_path / "data", surroundings.env) as person:
        yield person


def choose_amazon(person: Person) -> None:
    person.click(person.see("On this computer", kind="QComboBox"))
    person.click(person.see("With Amazon", item=True))
    person.see("Sign in to Amazon")


def finish(person: Person) -> None:
    """From the account's page to the labels of the samples."""
    person.see("Signed in to account 0000-0000-0000")
    person.click(person.see("Set up", kind="QPushButton"))
    person.see("Ready. This cost $0.001.")
    assert any(text.startswith("Cat") for text in person.items("Labels of this photo"))
    person.click(person.see("Label the sample photos"))
    person.click(person.see("Start", kind="QPushButton"))
    person.until(lambda: person.origins() == {"aws"}, "labels from Amazon")


def test_with_the_browser_in_six_clicks(
    person: Person, surroundings: Surroundings, rekognition: Rekognition, signin: SignInStandin
) -> None:
    choose_amazon(person)
    person.click(person.see("Sign in with the browser"))
    finish(person)
    assert person.clicks <= MOST_CLICKS
    assert person.typed == ""
    person.until(lambda: person.states() == [State.DONE] * 13, "13 labelled photos")
    assert signin.log()["refused"] == []
