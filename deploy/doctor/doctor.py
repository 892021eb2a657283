"""Look through everything that labelling needs, one thing after another, with what helps each.

The app's own key may see only what labelling needs. With it alone, the parts behind the storage are
judged by the test photo; whoever signs in sees them one by one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.core.credentials import AccessKey
from desktop.core.errors import AppError, Cancelled
from desktop.core.settings import Connection

from ..sign_in.access import Access, in_region
from .checks import (
    STEPS,
    STEPS_SIGNED_IN,
    CheckName,
    Look,
    Patient,
    Unknown,
    check_not_lost,
    not_tried,
)

Verdict = Literal["ok", "bad", "unknown"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `error` says what is wrong, or why it is not known."""

    name: CheckName
    verdict: Verdict
    error: AppError | None
    seconds: float


def examine(
    connection: Connection,
    key: AccessKey | None = None,
    access: Access | None = None,
    *,
    cancel: threading.Event,
    reserve: Callable[[], object] = lambda: None,
) -> Iterator[Check]:
    """A Check for every CheckName, as each is done. Costs one photo, which `reserve` counts.

    `key` is used instead of the kept one. `access` is of the same account; with it, failed tries
    that are told are taken off their list. Raises Cancelled when `cancel` is set, and AppError only
    when a sign-in has ended.
    """
    if access is not None:
        access = in_region(access, connection.region)
    patient = Patient(connection, key, access, cancel, reserve)
    steps = STEPS_SIGNED_IN if access is not None else STEPS
    for name, look in steps:
        if cancel.is_set():
            raise Cancelled
        started_at = time.monotonic()
        verdict, error = _judge(patient, name, look)
        if verdict == "ok":
            patient.fine.add(name)
        yield Check(name, verdict, error, time.monotonic() - started_at)


def _judge(patient: Patient, name: CheckName, look: Look) -> tuple[Verdict, AppError | None]:
    if name not in ("network", "region") and "network" not in patient.fine:
        return "unknown", not_tried()
    try:
        check_not_lost(patient, name)
        look(patient)
        check_not_lost(patient, name)  # what was found out just now
    except Unknown as unknown:
        return "unknown", unknown.error
    except AppError as error:
        return "bad", error
    return "ok", None
