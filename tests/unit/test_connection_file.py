"""The file that connects another computer: only with the passphrase, and never half of it."""

from __future__ import annotations

import base64
import hashlib
import json
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from deploy.keys.connection_file import MIN_PASSPHRASE, read_connection_file, write_connection_file
from desktop.core.credentials import AccessKey
from desktop.core.errors import AppError, CredentialsError, Remedy, StorageError
from desktop.core.settings import Connection

CONNECTION = Connection("123456789012", "eu-central-1", "tagdrop", "tagdrop-x", "tagdrop-table")
KEY = AccessKey("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
PASSPHRASE = "vier grüne Äpfel"
ENDLESS = b'{"kind": "Tagdrop connection", "version": 1e999}'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Meine Fotos.tagdrop"
    write_connection_file(path, CONNECTION, KEY, PASSPHRASE)
    return path


def test_the_other_computer_gets_what_was_written(file: Path) -> None:
    assert read_connection_file(file, PASSPHRASE) == (CONNECTION, KEY)


def test_it_says_nothing_without_the_passphrase(file: Path) -> None:
    text = file.read_text()
    for told in (KEY.key_id, KEY.secret, PASSPHRASE, CONNECTION.account, CONNECTION.bucket):
        assert told not in text
    again = file.with_name("again.tagdrop")
    write_connection_file(again, CONNECTION, KEY, PASSPHRASE)
    assert json.loads(again.read_text())["data"] != json.loads(text)["data"]


def test_only_its_owner_may_read_it(file: Path) -> None:
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    "passphrase", ["", "vier grüne Äpfe", "Vier grüne Äpfel", PASSPHRASE + " "]
)
def test_a_wrong_passphrase_is_told(file: Path, passphrase: str) -> None:
    with pytest.raises(CredentialsError, match="Wrong passphrase") as raised:
        read_connection_file(file, passphrase)
    assert raised.value.remedy is Remedy.TRY_AGAIN
    assert KEY.secret not in repr(raised.value)


def test_an_umlaut_may_be_typed_as_two_signs(file: Path) -> None:
    assert read_connection_file(file, "vier gru\u0308ne A\u0308pfel") == (CONNECTION, KEY)


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.tagdrop"
    with pytest.raises(AppError, match="at least 8"):
        write_connection_file(path, CONNECTION, KEY, "a" * (MIN_PASSPHRASE - 1))
    assert not path.exists()


def _changed(file: Path, **changes: Any) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def test_damage_is_not_taken_for_a_wrong_passphrase(file: Path) -> None:
    whole = json.loads(file.read_text())
    for name in ("salt", "nonce", "data", "digest"):
        value = whole[name]
        for damaged in (
            value[:-4],
            value[::-1],
            "",
            "ä",
            None,
            5,
            ("A", "B")[value[0] == "A"] + value[1:],
        ):
            _changed(file, **{name: damaged})
            with pytest.raises(AppError, match="is damaged"):
                read_connection_file(file, PASSPHRASE)
        file.write_text(json.dumps({k: v for k, v in whole.items() if k != name}))
        with pytest.raises(AppError, match="is damaged"):
            read_connection_file(file, PASSPHRASE)
        file.write_text(json.dumps(whole))
    assert read_connection_file(file, PASSPHRASE) == (CONNECTION, KEY)


@pytest.mark.parametrize("nonce", [b"", b"short", bytes(200)])
def test_a_nonce_that_nothing_is_encrypted_with_is_damage(file: Path, nonce: bytes) -> None:
    whole = json.loads(file.read_text())
    salt, data = (base64.b64decode(whole[name]) for name in ("salt", "data"))
    digest = hashlib.sha256(salt + nonce + data).hexdigest()
    _changed(file, nonce=base64.b64encode(nonce).decode(), digest=digest)
    with pytest.raises(AppError, match="is damaged"):
        read_connection_file(file, PASSPHRASE)


def test_half_a_file_is_told(file: Path) -> None:
    text = file.read_bytes()
    file.write_bytes(text[: len(text) // 2])
    with pytest.raises(AppError, match="not a Tagdrop connection file"):
        read_connection_file(file, PASSPHRASE)


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"5", b"\xff\xfe", b"\x89PNG", b'{"kind": "x"}', b"[" * 60_000, ENDLESS],
)
def test_another_file_is_told(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    with pytest.raises(AppError, match="not a Tagdrop connection file"):
        read_connection_file(file, PASSPHRASE)


def test_a_large_file_is_not_read(file: Path) -> None:
    with file.open("wb") as large:
        large.truncate(100_000_000)
    with pytest.raises(AppError, match="not a Tagdrop connection file"):
        read_connection_file(file, PASSPHRASE)


def test_a_newer_tagdrops_file_is_told(file: Path) -> None:
    _changed(file, version=2, salt=None)
    with pytest.raises(AppError, match="newer Tagdrop") as raised:
        read_connection_file(file, PASSPHRASE)
    assert raised.value.remedy is Remedy.UPDATE_APP


def test_a_place_that_cannot_be_written_or_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "x.tagdrop"
    with pytest.raises(StorageError, match="cannot be written"):
        write_connection_file(path, CONNECTION, KEY, PASSPHRASE)
    with pytest.raises(StorageError, match="cannot be read"):
        read_connection_file(path, PASSPHRASE)
    path.parent.write_text("")
    with pytest.raises(StorageError, match="cannot be written"):
        write_connection_file(path, CONNECTION, KEY, PASSPHRASE)
