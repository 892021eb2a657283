"""Outbox: the one door through which images leave this computer, each counted and noted first."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from ..backend import RemoteBackend
from ..errors import AppError, Cancelled
from ..library.library import note_baseline_in
from ..library.rows import ImageRow
from ..library.store import Store
from ..money.spending import Spending
from ..money.upload_log import UploadLog, expiry
from ..photo.prepare import Prepared
from ..settings import Settings
from .inflight_window import FLOOR, InFlightWindow

UPLOADS = 16
"""The most puts at a time: at 0.25 s each, on a fast line to a far region, 64 a second, more than
any region recognises. A slow line is full with two; more would share it until all time out."""


class Outbox:
    """Puts images of one job. `settings` is asked before each put, so that a change counts at once.

    The money and what leaves are written for good before the put, in one step. Killed at any
    moment, the counter may show a put more than there was, and never one less.
    """

    def __init__(
        self,
        store: Store,
        backend: RemoteBackend,
        settings: Callable[[], Settings],
        *,
        job_id: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._backend = backend
        self._settings = settings
        self._job_id = job_id
        self._clock = clock
        self._spending = Spending(store)
        self._upload_log = UploadLog(store)
        self._uplink = InFlightWindow(UPLOADS, start=FLOOR)

    @contextmanager
    def turn(self, cancel: threading.Event) -> Iterator[None]:
        """Wait for the turn to put, as the line allows, and hold it. Raises Cancelled."""
        self._uplink.enter(cancel)
        try:
            yield
        finally:
            self._uplink.leave()

    def put(
        self,
        image: ImageRow,
        prepared: Prepared,
        *,
        cancel: threading.Event,
        item_ids: Sequence[int] = (),
        baseline: str = "",
    ) -> None:
        """Try once. Raises LimitError before anything is sent, or what the backend raises.

        With its items' `baseline` written before, the answer is known for ours at the next start,
        even if this program is killed before it can note that they wait.
        """
        now = self._settings()
        place = self._backend.place_of(image.image_name)
        with self._store.write(sync="FULL") as db:
            reserved = self._spending.reserve_in(
                db,
                dollars_per_1000=now.dollars_per_1000,
                limit_dollars=now.monthly_limit_dollars,
                job_id=self._job_id,
            )
            sent_at = self._clock()
            expires_at = expiry(sent_at, now.retention_days)
            before = self._upload_log.note_in(
                db, image.id, place, prepared.data, sent_at=sent_at, expires_at=expires_at
            )
            note_baseline_in(db, item_ids, baseline)
        began_at = time.monotonic()
        try:
            told = self._backend.submit(image.image_name, prepared, cancel=cancel)
        except (AppError, Cancelled) as error:
            if isinstance(error, AppError) and error.retryable:
                self._uplink.throttled(time.monotonic())
            if isinstance(error, Cancelled) or not error.may_have_worked:
                with self._store.write() as db:
                    self._spending.give_back_in(db, reserved)
                    self._upload_log.take_back_in(db, image.id, place, before)
            raise
        self._uplink.answered(began_at, time.monotonic())
        self._upload_log.confirm(image.id, place, expires_at if told is None else told)
