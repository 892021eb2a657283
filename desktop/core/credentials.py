"""The program's own AWS key: in the system's keychain, or in memory for this run. Never in a file.

A locked keychain may ask the person for a password and answer only then: call these functions in a
worker, never on the thread that paints the window.
"""

from __future__ import annotations

import contextlib
import json
import logging
from dataclasses import dataclass, field
from enum import Enum

import keyring
import keyring.backend
import keyring.errors

from .errors import CredentialsError, Remedy
from .settings import Connection

log = logging.getLogger(__name__)

SERVICE = "Tagdrop"
_FILES = "keyrings.alt"
"""Keychains of this package are files, some in plain text; keyring takes one when it finds it."""

_PROBE = "is a key kept here"

_this_run: dict[str, AccessKey] = {}


class Kept(Enum):
    """Where a key was put: for good, or until the program ends."""

    KEYCHAIN = "keychain"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class AccessKey:
    """An AWS access key. Its secret is not part of its repr, so that no log shows it."""

    key_id: str
    secret: str = field(repr=False)


def load_key(connection: Connection) -> AccessKey | None:
    """The key for this connection; None where neither this run nor a keychain has one.

    Raises CredentialsError when there is a keychain and it stayed locked.
    """
    entry = _entry(connection)
    if entry in _this_run:
        return _this_run[entry]
    text = _read(entry)
    if text is None:
        return None
    try:
        data = json.loads(text)
        key_id, secret = data["key_id"], data["secret"]
    except (ValueError, KeyError, TypeError):
        log.info("the keychain's entry for this connection is not one of ours")
        return None
    return AccessKey(str(key_id), str(secret))


def save_key(connection: Connection, key: AccessKey) -> Kept:
    """Put the key into the keychain; where that does not work, keep it until the program ends.

    The caller tells the person when it is Kept.MEMORY.
    """
    entry = _entry(connection)
    if _write(entry, json.dumps({"key_id": key.key_id, "secret": key.secret})):
        _this_run.pop(entry, None)
        return Kept.KEYCHAIN
    _this_run[entry] = key
    return Kept.MEMORY


def kept_where(connection: Connection) -> Kept | None:
    """Where the key for this connection is; None where there is none. Raises as load_key does."""
    if _entry(connection) in _this_run:
        return Kept.MEMORY
    return Kept.KEYCHAIN if load_key(connection) else None


def has_keychain() -> bool:
    """Whether a key would be kept for good. The only way to know is to put something in."""
    keychain = _keychain()
    if keychain is None or not _write(_PROBE, _PROBE):
        return False
    with contextlib.suppress(Exception):  # see _read
        keychain.delete_password(SERVICE, _PROBE)
    return True


def delete_key(connection: Connection) -> None:
    """Forget the key, wherever it is. Raises CredentialsError when the keychain stayed locked."""
    entry = _entry(connection)
    _this_run.pop(entry, None)
    keychain = _keychain()
    if keychain is None:
        return
    try:
        keychain.delete_password(SERVICE, entry)
    except keyring.errors.KeyringLocked as error:
        raise _locked() from error
    except Exception as error:  # noqa: BLE001 - see _read; also: there was none
        log.info("no key deleted from the keychain: %s", type(error).__name__)


def _read(entry: str) -> str | None:
    keychain = _keychain()
    if keychain is None:
        return None
    try:
        return keychain.get_password(SERVICE, entry)
    except keyring.errors.KeyringLocked as error:
        raise _locked() from error
    except Exception as error:  # noqa: BLE001 - D-Bus, pywin32 and the like let theirs through
        log.info("no key from the keychain: %s", type(error).__name__)
        return None


def _write(entry: str, text: str) -> bool:
    """Whether the keychain has it now: keyring's null keychain takes everything and keeps nothing.

    No exception is shown or logged with its text, which might hold what was to be written.
    """
    keychain = _keychain()
    if keychain is None:
        return False
    try:
        keychain.set_password(SERVICE, entry, text)
        return keychain.get_password(SERVICE, entry) == text
    except Exception as error:  # noqa: BLE001 - see _read
        log.info("no key put into the keychain: %s", type(error).__name__)
        return False


def _keychain() -> keyring.backend.KeyringBackend | None:
    """The system's keychain; none of those that are only a file."""
    chosen = keyring.get_keyring()
    each = getattr(chosen, "backends", None) or [chosen]  # a chain of several, the best one first
    return next((k for k in each if not type(k).__module__.startswith(_FILES)), None)


def _locked() -> CredentialsError:
    return CredentialsError(
        "This computer's keychain is locked",
        "The key for Amazon is in it. Unlock the keychain and try again.",
        remedy=Remedy.TRY_AGAIN,
    )


def _entry(connection: Connection) -> str:
    return f"{connection.account}/{connection.region}/{connection.stack}"
