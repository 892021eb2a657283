"""Outbox: the one door to a backend: what costs money or leaves is counted and noted first."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from ..backend import AlreadyThereError, Backend, CopyKeeper, Place
from ..errors import AppError, Cancelled
from ..library.library import note_baseline_in, note_refusal_in
from ..library.rows import ImageRow
from ..library.store import Store
from ..money.spending import Reservation, Spending
from ..money.upload_log import UploadLog, expiry
from ..photo.prepare import Prepared
from ..recognisers import Recogniser
from ..settings import Settings
from .inflight_window import FLOOR, InFlightWindow

UPLOADS = 14
"""The most puts at a time: at 0.25 s each, on a fast line to a far region, 56 a second, more than
any region recognises. A slow line is full with two; more would share it until all time out."""


@dataclass(frozen=True, slots=True)
class _Noted:
    """What was written before a put: the money, and the copy in `place` in place of `before`."""

    reserved: Reservation | None
    place: Place | None
    before: sqlite3.Row | None
    expires_at: float


class Outbox:
    """Puts images of one job. `settings` is asked before each put, so that a change counts at once.

    The money and what leaves are written for good before the put, in one step. Killed at any
    moment, the counter may show a put more than there was, and never one less.
    """

    def __init__(
        self,
        store: Store,
        backend: Backend,
        recogniser: Recogniser,
        settings: Callable[[], Settings],
        *,
        job_id: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._backend = backend
        self._recogniser = recogniser
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
        again: bool = False,
    ) -> Reservation | None:
        """Hand it in, once. Raises LimitError before anything is sent, or what the backend raises.

        Returns the money that it costs, None when it costs nothing. Raises AlreadyThereError, which
        is free, when it was there and `again` is not wished. With its items' `baseline` written
        before, the answer is known for ours at the next start, even if this program is killed
        before it can note that they wait.
        """
        noted = self._note(image, prepared, item_ids, baseline)
        began_at = time.monotonic()
        try:
            told = self._backend.submit(image.image_name, prepared, cancel=cancel, again=again)
        except AlreadyThereError:
            self._take_back(image, noted)
            raise
        except (AppError, Cancelled) as error:
            if isinstance(error, AppError) and error.retryable:
                self._uplink.throttled(time.monotonic())
            if isinstance(error, Cancelled) or not error.may_have_worked:
                self._take_back(image, noted)
            raise
        self._uplink.answered(began_at, time.monotonic())
        if noted.place:
            self._upload_log.confirm(
                image.id, noted.place, noted.expires_at if told is None else told
            )
        return noted.reserved

    def refused(self, reserved: Reservation | None, item_ids: Sequence[int], version: str) -> None:
        """What was put was not recognised: its money is free, and its items have to be put again.

        `version` is that of the answer which said so.
        """
        with self._store.write() as db:
            if reserved:
                self._spending.give_back_in(db, reserved)
            note_refusal_in(db, item_ids, version)

    def _note(
        self, image: ImageRow, prepared: Prepared, item_ids: Sequence[int], baseline: str
    ) -> _Noted:
        now, who = self._settings(), self._recogniser
        if who.price is None and not who.keeps_copies and not who.answers_last:
            return _Noted(None, None, None, 0.0)
        reserved = place = before = None
        with self._store.write(sync="FULL") as db:
            if who.price:
                reserved = self._spending.reserve_in(
                    db,
                    dollars_per_1000=who.price(now),
                    limit_dollars=now.monthly_limit_dollars,
                    job_id=self._job_id,
                )
            sent_at = self._clock()
            expires_at = expiry(sent_at, now.retention_days)
            if who.keeps_copies:
                place = cast(CopyKeeper, self._backend).place_of(image.image_name)
                before = self._upload_log.note_in(
                    db, image.id, place, prepared.data, sent_at=sent_at, expires_at=expires_at
                )
            note_baseline_in(db, item_ids, baseline)
        return _Noted(reserved, place, before, expires_at)

    def _take_back(self, image: ImageRow, noted: _Noted) -> None:
        """It was certainly not put."""
        with self._store.write() as db:
            if noted.reserved:
                self._spending.give_back_in(db, noted.reserved)
            if noted.place:
                self._upload_log.take_back_in(db, image.id, noted.place, noted.before)
