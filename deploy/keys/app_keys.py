"""The app's own key: wait until a new one works, check one, use it."""

from __future__ import annotations

import contextlib
import threading
import time

from boto3 import Session

from desktop.backends.aws import AwsBackend, connect, open_session
from desktop.core.credentials import AccessKey, load_key
from desktop.core.errors import AppError, Cancelled
from desktop.core.settings import Connection

WORKS_AFTER_S = 120.0
"""A new key is unknown for some seconds, and its user's rights are; after this it is an error."""
IN_A_ROW = 5
"""A new key that worked may fail again, as IAM's servers do not all know it at once."""
PAUSE_S = 0.5


def wait_until_works(connection: Connection, key: AccessKey, cancel: threading.Event) -> None:
    """Wait until the key may do what labelling needs, several times in a row.

    Raises the last AppError, or Cancelled.
    """
    ends_at = time.monotonic() + WORKS_AFTER_S
    worked = 0
    with contextlib.closing(connect(connection, key)) as backend:
        while True:
            try:
                try_key(backend)
                worked += 1
            except AppError:
                worked = 0
                if time.monotonic() >= ends_at:
                    raise
            if worked == IN_A_ROW:
                return
            if cancel.wait(PAUSE_S):
                raise Cancelled


def check_key(connection: Connection, key: AccessKey | None) -> None:
    """Raise the AppError that labelling with this key would run into; costs no money.

    None: as it would be labelled without a new one.
    """
    with contextlib.closing(connect(connection, key)) as backend:
        try_key(backend)


def try_key(backend: AwsBackend) -> None:
    """The calls of `check_key`, with a backend that has the key."""
    backend.check()
    list(backend.poll(["a-name-that-no-photo-has"]))


def app_session(connection: Connection) -> Session:
    """A boto3 Session with the kept key, or the person's AWS credentials where there is none."""
    return open_session(connection, load_key(connection))
