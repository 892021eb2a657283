"""The program's own key: in the keychain or nowhere, and never in a text."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from desktop.core.credentials import AccessKey, delete_key, load_key, save_key
from desktop.core.errors import StorageError
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

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def keychain() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    keychain = MemoryKeyring()
    keyring.set_keyring(keychain)
    yield keychain
    keyring.set_keyring(before)


def test_a_key_belongs_to_its_connection(keychain: MemoryKeyring) -> None:
    assert load_key(HERE) is None
    save_key(HERE, KEY)
    assert load_key(HERE) == KEY
    assert load_key(ELSEWHERE) is None
    delete_key(HERE)
    delete_key(HERE)
    assert load_key(HERE) is None


def test_a_strange_entry_is_no_key(keychain: MemoryKeyring) -> None:
    save_key(HERE, KEY)
    (entry,) = keychain.entries
    for text in ("", "{", "[]", '{"key_id": 1}', "5"):
        keychain.entries[entry] = text
        assert load_key(HERE) is None


def test_the_secret_is_in_no_repr() -> None:
    assert KEY.secret not in f"{KEY!r} {KEY}"


def test_without_a_keychain_there_is_no_key_and_none_is_kept() -> None:
    assert load_key(HERE) is None  # the tests' surroundings have a keychain that refuses
    with pytest.raises(StorageError, match="keychain"):
        save_key(HERE, KEY)
