"""Fixtures for signing in: the stand-in as a process, and a person's browser.

signin        the stand-in's controls and its log, reset around each test; AWS_ENDPOINT_URL_…
              in this process lead to it and to the emulator
"""

from __future__ import annotations

import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .controls import Emulator, http_json
from .running import running_module

ALLOWED = "Done here"  # what the program's own page says at the end


@dataclass(frozen=True, slots=True)
class SignInStandin:
    """The stand-in's controls."""

    url: str

    @property
    def env(self) -> dict[str, str]:
        """What leads a program to it."""
        names = ("SIGNIN", "SSO", "SSO_OIDC")
        return {f"AWS_ENDPOINT_URL_{name}": self.url for name in names}

    def change(self, **settings: Any) -> None:
        """Any of `signin_service.Settings`' fields."""
        http_json("PUT", f"{self.url}/_control", settings)

    def log(self) -> dict[str, Any]:
        """pages, tokens (grant type -> count), refused (reasons), secrets, settings."""
        log: dict[str, Any] = http_json("GET", f"{self.url}/_control")
        return log

    def adopt(self, refresh: str, jwk: dict[str, str]) -> None:
        """Know a refresh token that another program got with this public key."""
        http_json("POST", f"{self.url}/_control/adopt", {"refresh": refresh, "jwk": jwk})

    def reset(self) -> None:
        """Somebody allows everything; nothing has happened."""
        http_json("DELETE", f"{self.url}/_control")

    def visit(self, url: str) -> bool:
        """Be the browser: go where the page leads. As `webbrowser.open`, True."""
        read(url)
        return True


def read(url: str) -> tuple[int, str]:
    """Status and text of the page that an address leads to in the end."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.fixture(scope="session")
def _signin(
    emulator: Emulator, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SignInStandin]:
    with standing_in(emulator, tmp_path_factory.mktemp("signin")) as standin:
        yield standin


@contextmanager
def standing_in(emulator: Emulator, directory: Path) -> Iterator[SignInStandin]:
    """Run the stand-in, with its log in this folder, as long as the block runs."""
    log = directory / "signin.log"
    module = "tests.rig.aws.signin_standin"
    with running_module(module, emulator.env, log, subprocess.PIPE) as process:
        assert process.stdout
        standin = SignInStandin(process.stdout.readline().strip())
        assert standin.url, f"the stand-in did not start:\n{log.read_text()}"
        yield standin


@pytest.fixture
def signin(
    _signin: SignInStandin, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SignInStandin]:
    """The sign-in stand-in, in its first state when the test starts and when it ends."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
    for name, value in _signin.env.items():
        monkeypatch.setenv(name, value)
    _signin.reset()
    yield _signin
    _signin.reset()
