"""A person at the real program, with Amazon, its sign-in and a browser standing behind it.

surroundings    what leads the program to the emulator and the stand-in, and its keychain there
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.rig.aws.controls import Emulator
from tests.rig.aws.fixtures import RunDeploy
from tests.rig.aws.signin_fixtures import SignInStandin

from .keychain import entries, keychain_env
from .person import Person

# As a person in front of it: goes where the page leads.
BROWSER = """#!{python}
import sys, urllib.request
open({log!r}, "a").write(sys.argv[1] + "\\n")
urllib.request.urlopen(sys.argv[1], timeout=20).read()
"""


KEY_ID, SECRET = "AKIAMARKEDMARKED0001", "MarkedSecretOfThePersonMarkedSecret00001"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The environment of a program that has no AWS credentials but those it gets."""

    env: dict[str, str]
    keychain: Path
    links: Path
    """The addresses that the browser was given, one a line."""
    key_file: Path
    """As Amazon's console gives it, under a name of the browser's."""

    def secrets(self) -> dict[str, str]:
        """The keychain's entries."""
        return entries(self.keychain)


@pytest.fixture
def surroundings(
    tmp_path: Path, emulator: Emulator, signin: SignInStandin, run_deploy: RunDeploy
) -> Iterator[Surroundings]:
    """A computer in Berlin with a browser, a keychain, a profile and a key file.

    What the program sets up under its usual name is removed when the test ends.
    """
    browser, links, keychain = (tmp_path / n for n in ("browser", "links", "keychain.json"))
    profiles, key_file = tmp_path / "credentials", tmp_path / "rootkey (1).csv.txt"
    profiles.write_text(f"[work]\naws_access_key_id={KEY_ID}\naws_secret_access_key={SECRET}\n")
    key_file.write_text(f"Access key ID,Secret access key\n{KEY_ID},{SECRET}\n")
    browser.write_text(BROWSER.format(python=sys.executable, log=str(links)))
    browser.chmod(0o755)
    env = {
        "AWS_ENDPOINT_URL": emulator.url,
        "AWS_SHARED_CREDENTIALS_FILE": str(profiles),
        "BROWSER": str(browser),
        "TZ": "Europe/Berlin",
        **signin.env,
        **keychain_env(keychain),
    }
    yield Surroundings(env, keychain, links, key_file)
    done = run_deploy(
        "remove", "--yes", "--region", emulator.region, "--data-dir", tmp_path / "gone"
    )
    assert done.returncode == 0, done.stderr


def press(person: Person, text: str) -> None:
    """Click a button, as soon as it is there."""
    person.click(person.see(text, kind="Button"))


def choose_amazon(person: Person) -> None:
    """Turn from this computer to Amazon, at the top of the window."""
    person.click(person.see("On this computer", kind="QComboBox"))
    person.click(person.see("With Amazon", item=True))
    person.see("Sign in to Amazon")


def type_key(person: Person) -> None:
    """Type the person's key on the page of the other ways to sign in."""
    person.see("Use this profile")  # what stands below it keeps its place from here on
    person.turn_to("Settings")
    person.click(person.see("Key id", kind="QLineEdit"))
    person.type(KEY_ID)
    person.press("Tab")
    person.type(SECRET)
    person.press("Return")
