"""The keys of the app's own user, one for each computer: list, make, delete, wait for one."""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass
from datetime import datetime

from boto3 import Session
from botocore.exceptions import ClientError

from desktop.aws.errors import aws_errors, code_of
from desktop.backends.aws import connect, open_session
from desktop.core.credentials import AccessKey, load_key
from desktop.core.errors import AppError, Cancelled, Remedy
from desktop.core.settings import Connection
from desktop.core.texts import Text

from ..sign_in.access import CONFIG

MAX_KEYS = 2
"""Of one user, by IAM's quotas; nobody can have it raised."""
WORKS_AFTER_S = 120.0
"""A new key is unknown for some seconds, and its user's rights are; after this it is an error."""
IN_A_ROW = 5
"""A new key that worked may fail again, as IAM's servers do not all know it at once."""
PAUSE_S = 0.5

LIST = Text("look at the app's keys")
MAKE = Text("create a key for the app")
DELETE = Text("delete one of the app's keys")


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A key as IAM lists it: never its secret."""

    key_id: str
    is_active: bool
    made_at: datetime


def list_keys(session: Session, user: str) -> list[KeyEntry]:
    """All keys of the user, oldest first."""
    with aws_errors(LIST):
        pages = (
            session.client("iam", config=CONFIG)
            .get_paginator("list_access_keys")
            .paginate(UserName=user)
        )
        found = [
            KeyEntry(key["AccessKeyId"], key["Status"] == "Active", key["CreateDate"])
            for page in pages
            for key in page["AccessKeyMetadata"]
        ]
    return sorted(found, key=lambda key: key.made_at)


def make_key(session: Session, user: str) -> AccessKey:
    """A new key; the only moment at which its secret can be had."""
    with aws_errors(MAKE):
        try:
            made = session.client("iam", config=CONFIG).create_access_key(UserName=user)[
                "AccessKey"
            ]
        except ClientError as error:
            if code_of(error) == "LimitExceeded":  # another computer was quicker
                raise no_room() from error
            raise
    return AccessKey(made["AccessKeyId"], made["SecretAccessKey"])


def delete_key(session: Session, user: str, key_id: str) -> None:
    """End a key. That it is gone already is a success."""
    with aws_errors(DELETE):
        try:
            session.client("iam", config=CONFIG).delete_access_key(
                UserName=user, AccessKeyId=key_id
            )
        except ClientError as error:
            if code_of(error) != "NoSuchEntity":
                raise


def least_used(session: Session, keys: list[KeyEntry]) -> KeyEntry:
    """The key that was used longest ago; one that was never used counts from when it was made."""
    iam = session.client("iam", config=CONFIG)

    def used_at(key: KeyEntry) -> datetime:
        with aws_errors(LIST):
            answer = iam.get_access_key_last_used(AccessKeyId=key.key_id)
        return answer["AccessKeyLastUsed"].get("LastUsedDate") or key.made_at

    return min(keys, key=used_at)


def no_room() -> AppError:
    """What to say when the user has as many keys as IAM allows."""
    return AppError(
        "Two computers already use this labelling service",
        "Amazon does not allow a third key. A new key can replace the least recently used one"
        " (in a terminal: setup --new-key). The computer that had it then needs a new key too.",
        remedy=Remedy.REPLACE_KEY,
    )


def wait_until_works(connection: Connection, key: AccessKey, cancel: threading.Event) -> None:
    """Wait until the key may do what labelling needs, several times in a row.

    Raises the last AppError, or Cancelled.
    """
    ends_at = time.monotonic() + WORKS_AFTER_S
    worked = 0
    while True:
        try:
            check_key(connection, key)
            worked += 1
        except AppError:
            worked = 0
            if time.monotonic() >= ends_at:
                raise
        if worked == IN_A_ROW:
            return
        if cancel.wait(PAUSE_S):
            raise Cancelled


def check_key(connection: Connection, key: AccessKey) -> None:
    """Raise the AppError that labelling with this key would run into; costs no money."""
    with contextlib.closing(connect(connection, key)) as backend:
        backend.check()
        list(backend.poll(["a-name-that-no-photo-has"]))


def app_session(connection: Connection) -> Session:
    """A boto3 Session with the kept key, or the person's AWS credentials where there is none."""
    return open_session(connection, load_key(connection))
