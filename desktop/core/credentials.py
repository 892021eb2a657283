"""The program's own AWS key: in the system's keychain, or nowhere."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field

import keyring
import keyring.errors

from .errors import StorageError
from .settings import Connection

log = logging.getLogger(__name__)

SERVICE = "Tagdrop"


@dataclass(frozen=True, slots=True)
class AccessKey:
    """An AWS access key. Its secret is not part of its repr, so that no log shows it."""

    key_id: str
    secret: str = field(repr=False)


def load_key(connection: Connection) -> AccessKey | None:
    """The key for this connection, or None where the keychain has none or there is no keychain."""
    try:
        text = keyring.get_password(SERVICE, _entry(connection))
    except keyring.errors.KeyringError as error:
        log.info("no key from the keychain: %s", type(error).__name__)
        return None
    if text is None:
        return None
    try:
        data = json.loads(text)
        return AccessKey(data["key_id"], data["secret"])
    except (ValueError, KeyError, TypeError):
        log.info("the keychain's entry for this connection is not one of ours")
        return None


def save_key(connection: Connection, key: AccessKey) -> None:
    """Put the key into the keychain. Raises StorageError where there is none."""
    text = json.dumps({"key_id": key.key_id, "secret": key.secret})
    try:
        keyring.set_password(SERVICE, _entry(connection), text)
    except keyring.errors.KeyringError as error:
        raise StorageError(
            "This computer has no keychain to keep the key in",
            "The key was not saved anywhere. Unlock or install a keychain and try again.",
        ) from error


def delete_key(connection: Connection) -> None:
    """Take the key out of the keychain, if it is there."""
    try:
        keyring.delete_password(SERVICE, _entry(connection))
    except keyring.errors.KeyringError as error:  # also: there was none
        log.info("no key deleted from the keychain: %s", type(error).__name__)


def _entry(connection: Connection) -> str:
    return f"{connection.account}/{connection.region}/{connection.stack}"
