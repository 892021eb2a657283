"""The program's own key: in the keychain or in this run's memory, and never in a text."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from desktop.core import credentials
from desktop.core.credentials import AccessKey, Kept, delete_key, load_key, save_key
from desktop.core.errors import CredentialsError
from desktop.core.settings import Connection

HERE = Connection("123456789012", "eu-central-1", "tagdrop", "bucket", "table")
ELSEWHERE = Connection("123456789012", "us-east-1", "tagdrop", "bucket", "table")
KEY = AccessKey("AKIAEXAMPLE", "very secret")


class MemoryKeyring(KeyringBackend):
    """A keychain for one test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.failure: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._fail()
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def keychain() -> MemoryKeyring:
    keychain = MemoryKeyring()
    keyring.set_keyring(keychain)
    return keychain


def begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the program had ended and been started again."""
    monkeypatch.setattr(credentials, "_this_run", {})


def test_a_key_belongs_to_its_connection(
    keychain: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_key(HERE) is None
    assert save_key(HERE, KEY) is Kept.KEYCHAIN
    begin_anew(monkeypatch)
    assert load_key(HERE) == KEY
    assert load_key(ELSEWHERE) is None
    delete_key(HERE)
    delete_key(HERE)
    assert load_key(HERE) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"key_id": 1}', "5"])
def test_a_strange_entry_is_no_key(keychain: MemoryKeyring, text: str) -> None:
    save_key(HERE, KEY)
    (entry,) = keychain.entries
    keychain.entries[entry] = text
    assert load_key(HERE) is None


def test_the_secret_is_in_no_repr() -> None:
    assert KEY.secret not in f"{KEY!r} {KEY}"


def test_without_a_keychain_a_key_lives_as_long_as_the_program(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    assert load_key(HERE) is None  # the tests' surroundings have a keychain that refuses
    assert save_key(HERE, KEY) is Kept.MEMORY
    assert load_key(HERE) == KEY
    assert load_key(ELSEWHERE) is None
    assert [path for path in home.rglob("*") if path.is_file()] == []
    begin_anew(monkeypatch)
    assert load_key(HERE) is None


def test_a_key_in_memory_can_be_forgotten() -> None:
    save_key(HERE, KEY)
    delete_key(HERE)
    assert load_key(HERE) is None


def test_a_newer_key_in_memory_comes_before_an_older_one_in_the_keychain(
    keychain: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer, newest = AccessKey("AKIANEWER", "newer"), AccessKey("AKIANEWEST", "newest")
    save_key(HERE, KEY)
    keychain.failure = OSError("the D-Bus is gone")
    assert save_key(HERE, newer) is Kept.MEMORY
    assert load_key(HERE) == newer
    keychain.failure = None
    assert save_key(HERE, newest) is Kept.KEYCHAIN
    assert load_key(HERE) == newest
    begin_anew(monkeypatch)
    assert load_key(HERE) == newest


def test_a_keychain_that_keeps_nothing_is_noticed() -> None:
    keyring.set_keyring(keyring.backends.null.Keyring())
    assert save_key(HERE, KEY) is Kept.MEMORY


def test_a_keychain_that_is_a_file_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_file = type("PlaintextKeyring", (MemoryKeyring,), {"__module__": "keyrings.alt.file"})()
    keyring.set_keyring(in_a_file)
    assert save_key(HERE, KEY) is Kept.MEMORY
    assert in_a_file.entries == {}
    begin_anew(monkeypatch)
    assert load_key(HERE) is None
    delete_key(HERE)

    chain = MemoryKeyring()
    chain.backends = [in_a_file, real := MemoryKeyring()]  # type: ignore[attr-defined]
    keyring.set_keyring(chain)
    assert save_key(HERE, KEY) is Kept.KEYCHAIN
    assert real.entries
    assert in_a_file.entries == {}


def test_a_keychain_that_stays_locked_is_told(keychain: MemoryKeyring) -> None:
    save_key(HERE, KEY)
    keychain.failure = KeyringLocked("dismissed")
    with pytest.raises(CredentialsError, match="locked"):
        load_key(HERE)
    with pytest.raises(CredentialsError, match="locked"):
        delete_key(HERE)
    assert save_key(HERE, KEY) is Kept.MEMORY
    assert load_key(HERE) == KEY


def test_a_keychain_that_fails_otherwise_has_no_key(
    keychain: MemoryKeyring, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keychain.failure = OSError(f"could not do it with {KEY.secret}")
    assert load_key(HERE) is None
    assert save_key(HERE, KEY) is Kept.MEMORY
    delete_key(HERE)
    assert load_key(HERE) is None
    assert "OSError" in caplog.text
    assert KEY.secret not in caplog.text
