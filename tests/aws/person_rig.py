"""A person at the real program, with Amazon, its sign-in and a browser standing behind it.

surroundings    what leads the program to the emulator and the stand-in, and its keychain there
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.aws.rig import Emulator
from tests.aws.signin_rig import SignInStandin
from tests.keychain import entries, keychain_env

# As a person in front of it: goes where the page leads.
BROWSER = """#!{python}
import sys, urllib.request
open({log!r}, "a").write(sys.argv[1] + "\\n")
urllib.request.urlopen(sys.argv[1], timeout=20).read()
"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The environment of a program that has no AWS credentials but those it gets."""

    env: dict[str, str]
    keychain: Path
    links: Path
    """The addresses that the browser was given, one a line."""

    def secrets(self) -> dict[str, str]:
        """The keychain's entries."""
        return entries(self.keychain)


@pytest.fixture
def surroundings(tmp_path: Path, emulator: Emulator, signin: SignInStandin) -> Surroundings:
    """A computer in Berlin with a browser and a keychain."""
    browser, links, keychain = (tmp_path / n for n in ("browser", "links", "keychain.json"))
    browser.write_text(BROWSER.format(python=sys.executable, log=str(links)))
    browser.chmod(0o755)
    env = {
        "AWS_ENDPOINT_URL": emulator.url,
        "BROWSER": str(browser),
        "TZ": "Europe/Berlin",
        **signin.env,
        **keychain_env(keychain),
    }
    return Surroundings(env, keychain, links)
