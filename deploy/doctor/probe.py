"""Label one small photo the whole way through Amazon: the proof that everything works together."""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from collections.abc import Callable
from pathlib import Path

from desktop.backends.aws import AwsBackend, connect
from desktop.core.backend import Answer
from desktop.core.credentials import AccessKey
from desktop.core.errors import AppError, BackendMissingError, Cancelled, Remedy
from desktop.core.job.retry import retry
from desktop.core.photo.prepare import Prepared
from desktop.core.records import LabelRecord, make_image_name
from desktop.core.settings import Connection

PHOTO = Path(__file__).with_name("probe.jpg")
"""A cat, from samples/chelsea.png by Stefan van der Walt (CC0), smaller and without metadata."""
WAIT_S = 75.0
"""A function's first run takes some seconds; after a failure the next one comes after a minute."""


def label_test_photo(
    connection: Connection,
    cancel: threading.Event,
    *,
    key: AccessKey | None = None,
    reserve: Callable[[], object] = lambda: None,
    wait_s: float = WAIT_S,
) -> tuple[LabelRecord, ...]:
    """The photo's labels, surest first. Costs what one photo costs.

    `reserve` is called just before the photo is sent, to count it; what it raises goes to the
    caller, and nothing is sent then. `key` is used instead of the kept one. Raises AppError, and
    Cancelled when `cancel` is set.
    """
    data = PHOTO.read_bytes()
    name = make_image_name(hashlib.sha256(data).hexdigest(), "tagdrop-test.jpg")
    with contextlib.closing(connect(connection, key)) as backend:
        before = retry(lambda: _look(backend, name), cancel=cancel)
        reserve()
        backend.submit(name, Prepared(data), cancel=cancel)
        answer = _wait_for(backend, name, before, cancel, wait_s)
        with contextlib.suppress(AppError):  # the copy goes in a day by itself
            backend.forget([name], cancel=cancel)
    if answer.error is not None:
        raise answer.error
    return answer.records


def _wait_for(
    backend: AwsBackend, name: str, before: Answer | None, cancel: threading.Event, wait_s: float
) -> Answer:
    ends_at = time.monotonic() + wait_s
    while time.monotonic() < ends_at:
        if cancel.wait(backend.tick_s):
            raise Cancelled
        answer = retry(lambda: _look(backend, name), cancel=cancel)
        if answer is not None and (before is None or answer.version != before.version):
            return answer
    raise BackendMissingError(
        "The test photo got no labels",
        "It was sent, and nothing came back within {seconds} seconds. Repair the labelling"
        " service; your labels are safe.",
        remedy=Remedy.REPAIR,
        seconds=round(wait_s),
    )


def _look(backend: AwsBackend, name: str) -> Answer | None:
    return next((answer for found, answer in backend.poll([name]) if found == name), None)
