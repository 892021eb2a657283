"""Label one small photo the whole way through Amazon: the proof that everything works together."""

from __future__ import annotations

import contextlib
import hashlib
import math
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from desktop.aws.errors import is_unknown_key
from desktop.backends.aws import AwsBackend, connect
from desktop.core.backend import Answer
from desktop.core.credentials import AccessKey
from desktop.core.errors import AppError, BackendMissingError, Cancelled, Remedy
from desktop.core.job.retry import retry
from desktop.core.photo.prepare import Prepared
from desktop.core.records import LabelRecord, make_image_name
from desktop.core.settings import Connection

T = TypeVar("T")

PHOTO = Path(__file__).with_name("probe.jpg")
"""A cat, from samples/chelsea.png by Stefan van der Walt (CC0), smaller and without metadata."""
WAIT_S = 75.0
"""A function's first run takes some seconds; after a failure the next one comes after a minute."""
NEW_WAIT_S = 360.0
NEW_AGAIN_S = 30.0
"""A new service's trigger "usually takes about five minutes" to become active, and an event before
is lost (S3's guide, how-to-enable-disable-notification-intro): so the photo is put again."""
NEW_KEY_S = 120.0
"""So long a new key may be unknown to a server of Amazon's now and then."""


def label_test_photo(
    connection: Connection,
    cancel: threading.Event,
    *,
    key: AccessKey | None = None,
    reserve: Callable[[], object] = lambda: None,
    wait_s: float = WAIT_S,
    again_s: float = math.inf,
    on_wait: Callable[[], object] = lambda: None,
) -> tuple[LabelRecord, ...]:
    """The photo's labels, surest first. Costs what one photo costs.

    `reserve` is called just before the photo is sent, to count it; what it raises goes to the
    caller, and nothing is sent then. `key` is used instead of the kept one. Of a new service, wait
    `NEW_WAIT_S` and put the photo again every `NEW_AGAIN_S`: what was lost was not recognised, so
    it is paid once. `on_wait` is called before each of these. Raises AppError, and Cancelled when
    `cancel` is set.
    """
    data = PHOTO.read_bytes()
    name = make_image_name(hashlib.sha256(data).hexdigest(), "tagdrop-test.jpg")
    with contextlib.closing(connect(connection, key)) as backend:
        probe = _Probe(backend, name, Prepared(data), cancel)
        before = probe.look()
        reserve()
        probe.put()
        answer = probe.wait(before, wait_s, again_s, on_wait)
        with contextlib.suppress(AppError):  # the copy goes in a day by itself
            backend.forget([name], cancel=cancel)
    if answer.error is not None:
        raise answer.error
    return answer.records


class _Probe:
    """The photo on its way. What a new key meets is tried again until the key is old enough."""

    def __init__(
        self, backend: AwsBackend, name: str, photo: Prepared, cancel: threading.Event
    ) -> None:
        self._backend = backend
        self._name = name
        self._photo = photo
        self._cancel = cancel
        self._began_at = time.monotonic()

    def put(self) -> None:
        """Fire the trigger, also where an earlier copy lies."""
        self._patiently(
            lambda: self._backend.submit(self._name, self._photo, cancel=self._cancel, again=True)
        )

    def look(self) -> Answer | None:
        """What the table says of it."""
        return self._patiently(lambda: dict(self._backend.poll([self._name])).get(self._name))

    def wait(
        self, before: Answer | None, wait_s: float, again_s: float, on_wait: Callable[[], object]
    ) -> Answer:
        """The answer that is not the one of `before`."""
        put_at = began_at = time.monotonic()
        while (now := time.monotonic()) < began_at + wait_s:
            if now >= put_at + again_s:
                on_wait()
                self.put()
                put_at = now
            if self._cancel.wait(self._backend.tick_s):
                raise Cancelled
            answer = self.look()
            if answer is not None and (before is None or answer.version != before.version):
                return answer
        raise BackendMissingError(
            "The test photo got no labels",
            "It was sent, and nothing came back within {seconds} seconds. Repair the labelling"
            " service; your labels are safe.",
            remedy=Remedy.REPAIR,
            seconds=round(wait_s),
        )

    def _patiently(self, call: Callable[[], T]) -> T:
        while True:
            try:
                return retry(call, cancel=self._cancel)
            except AppError as error:
                is_old = time.monotonic() > self._began_at + NEW_KEY_S
                if is_old or not is_unknown_key(error):
                    raise
            if self._cancel.wait(self._backend.tick_s):
                raise Cancelled
