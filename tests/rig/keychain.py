"""A keychain that a test and the processes it starts can share: one JSON file.

The fixture `keychain` opens it for the test itself; `keychain_env` leads a process to it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

VARIABLE = "TEST_KEYCHAIN"


@pytest.fixture
def keychain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file of a keychain that this test has for itself, and is empty."""
    path = tmp_path_factory.mktemp("keychain") / "keychain.json"
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring(path))
    yield path
    keyring.set_keyring(before)


def keychain_env(path: Path) -> dict[str, str]:
    """What to add to a process's environment, so that it keeps its secrets in this file."""
    return {"PYTHON_KEYRING_BACKEND": "tests.rig.keychain.FileKeyring", VARIABLE: str(path)}


def entries(path: Path) -> dict[str, str]:
    """User name -> password."""
    return dict(json.loads(path.read_text())) if path.exists() else {}


class FileKeyring(KeyringBackend):
    """Never for people: whoever can read the file has the secrets."""

    priority = 1

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._path = path or Path(os.environ[VARIABLE])

    def get_password(self, service: str, username: str) -> str | None:
        return entries(self._path).get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(entries(self._path) | {username: password})

    def delete_password(self, service: str, username: str) -> None:
        found = entries(self._path)
        if found.pop(username, None) is None:
            raise PasswordDeleteError
        self._write(found)

    def _write(self, found: dict[str, str]) -> None:
        partial = self._path.with_suffix(".part")
        partial.write_text(json.dumps(found))
        partial.replace(self._path)
