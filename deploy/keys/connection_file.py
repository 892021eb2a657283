"""The file that connects another computer: where the AWS side is and a key, under a passphrase.

scrypt makes a key of the passphrase, AES-256-GCM encrypts with it. The file is JSON, so that one
who finds it can tell what it is; what it connects to shows only with the passphrase.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import unicodedata
from dataclasses import asdict
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from desktop.core.credentials import AccessKey
from desktop.core.errors import AppError, CredentialsError, Remedy, StorageError
from desktop.core.settings import Connection
from desktop.core.whole_file import write_whole

from ..chosen_file import read_chosen

VERSION = 1
MIN_PASSPHRASE = 8
"""Characters. Guessing one costs 128 MB of memory and half a second; short words are still few."""

MAX_BYTES = 64 * 1024
"""A file of ours has less than 1,000."""
_KIND = "Tagdrop connection"
_PARTS = ("salt", "nonce", "data")
_HEAD = f"{_KIND} {VERSION}".encode()
"""Encrypted with the content in the sense of GCM: another version's content is not taken for ours.
The parameters of scrypt belong to the version, so that no file can ask for gigabytes of memory."""


def write_connection_file(
    path: Path, connection: Connection, key: AccessKey, passphrase: str
) -> None:
    """Write it; after a crash there is a whole file or none. Only this user may read it.

    Takes half a second. Raises AppError for a passphrase that is too short, StorageError.
    """
    if len(passphrase) < MIN_PASSPHRASE:
        raise AppError(
            "The passphrase is too short", "Use at least {count} characters.", count=MIN_PASSPHRASE
        )
    where = {name: value for name, value in asdict(connection).items() if name != "profile"}
    content = json.dumps({"connection": where, "key": asdict(key)}).encode()
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    data = AESGCM(_stretch(passphrase, salt)).encrypt(nonce, content, _HEAD)
    body = {
        "kind": _KIND,
        "version": VERSION,
        "salt": _to_text(salt),
        "nonce": _to_text(nonce),
        "data": _to_text(data),
        "digest": _digest(salt, nonce, data),
    }
    _write(path, json.dumps(body, indent=1).encode())


def read_connection_file(path: Path, passphrase: str) -> tuple[Connection, AccessKey]:
    """What the file holds. Takes half a second.

    Raises CredentialsError for a wrong passphrase, AppError for a file that is damaged, not one of
    ours or of a newer Tagdrop, StorageError when it cannot be read.
    """
    salt, nonce, data = _parse(_read(path))
    try:
        content = AESGCM(_stretch(passphrase, salt)).decrypt(nonce, data, _HEAD)
    except ValueError as error:  # no nonce has this length
        raise _damaged() from error
    except InvalidTag as error:
        raise CredentialsError(
            "Wrong passphrase",
            "Type the one chosen when the file was created.",
            remedy=Remedy.TRY_AGAIN,
        ) from error
    try:
        found = json.loads(content)
        connection, key = Connection(**found["connection"]), AccessKey(**found["key"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _damaged() from error
    values = (*found["connection"].values(), *asdict(key).values())
    if connection.profile or not all(isinstance(value, str) and value for value in values):
        raise _damaged()
    return connection, key


def _stretch(passphrase: str, salt: bytes) -> bytes:
    """The key that encrypts. One computer types an umlaut as one sign, another as two."""
    same = unicodedata.normalize("NFC", passphrase)
    return Scrypt(salt=salt, length=32, n=2**17, r=8, p=1).derive(same.encode())


def _parse(text: bytes) -> tuple[bytes, bytes, bytes]:
    """Salt, nonce and what is encrypted. Damage is told from a wrong passphrase by the digest."""
    try:
        body = json.loads(text)
        if body["kind"] != _KIND:
            raise _not_ours()
        version = int(body["version"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise _not_ours() from error
    if version > VERSION:
        raise AppError(
            "This file was made by a newer Tagdrop",
            "Update Tagdrop on this computer, then open the file again.",
            remedy=Remedy.UPDATE_APP,
        )
    try:
        parts = tuple(base64.b64decode(body[name], validate=True) for name in _PARTS)
        if _digest(*parts) != body["digest"]:
            raise _damaged()
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged() from error
    salt, nonce, data = parts
    return salt, nonce, data


def _digest(salt: bytes, nonce: bytes, data: bytes) -> str:
    return hashlib.sha256(salt + nonce + data).hexdigest()


def _to_text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _read(path: Path) -> bytes:
    data = read_chosen(path, MAX_BYTES)
    if len(data) > MAX_BYTES:
        raise _not_ours()
    return data


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data, private=True)
    except OSError as error:
        raise StorageError(
            "The file cannot be written",
            "{path}: {reason}. Is the disk full or write-protected?",
            path=str(path),
            reason=error.strerror or str(error),
        ) from error


def _not_ours() -> AppError:
    return AppError(
        "This is not a Tagdrop connection file",
        'To create one, choose "Add another computer" in the settings of Tagdrop on the other'
        " computer.",
    )


def _damaged() -> AppError:
    return AppError(
        "This connection file is damaged",
        "Copy it again from the other computer, or make a new one there.",
    )
