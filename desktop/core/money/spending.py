"""Spending: counts what recognising elsewhere costs, by month, and stops at the person's limit."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..errors import LimitError, Remedy
from ..library.store import Store

MICRO = 1_000_000
"""Money is counted in whole millionths of a dollar: a thousand times 0.001 is not 1 in binary."""


@dataclass(frozen=True, slots=True)
class Spent:
    """So many images were put, and cost so much at the prices of their time."""

    images: int
    dollars: float


@dataclass(frozen=True, slots=True)
class Reservation:
    """Money that is counted for a put about to be made; what `give_back_in` takes."""

    month: str
    job_id: int
    images: int
    microdollars: int


class Spending:
    """The counter in the library; safe from any thread and any process. May raise StorageError.

    Every put counts, since every put is recognised anew. A month is one of UTC, as Amazon bills
    it. What was counted under a later month, before the clock was set back, counts for this one
    too, so that a wrong clock never gives room for more than the limit.
    """

    def __init__(
        self, store: Store, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._store = store
        self._now = now

    def this_month(self) -> Spent:
        """What this month has cost until now."""
        return _spent(self._store.read(_SUMS + " WHERE month >= ?", self._month()))

    def of_job(self, job_id: int) -> Spent:
        """What one job has cost, whenever that was."""
        return _spent(self._store.read(_SUMS + " WHERE job_id = ?", job_id))

    def of_watched(self, watched_id: int) -> Spent:
        """What the photos that arrived in a watched folder have cost this month until now."""
        return _spent(self._store.read(_WATCHED, self._month(), watched_id))

    def reserve(
        self, images: int = 1, *, dollars_per_1000: float, limit_dollars: float, job_id: int = 0
    ) -> Reservation:
        """Count `images` before they are put: written for good when this returns.

        Raises LimitError, with nothing counted, when they would cost more than the month has left,
        or the month's limit of the watched folder that the job is for.
        """
        with self._store.write(sync="FULL") as db:
            return self.reserve_in(
                db,
                images,
                dollars_per_1000=dollars_per_1000,
                limit_dollars=limit_dollars,
                job_id=job_id,
            )

    def reserve_in(
        self,
        db: sqlite3.Connection,
        images: int = 1,
        *,
        dollars_per_1000: float,
        limit_dollars: float,
        job_id: int,
    ) -> Reservation:
        """The same inside the caller's transaction, which has to be durable (sync FULL)."""
        month, cost = self._month(), images * _price(dollars_per_1000)
        spent = _spent(db.execute(_SUMS + " WHERE month >= ?", (month,)).fetchall())
        left = photos_left(spent, dollars_per_1000, limit_dollars)
        if left is not None and images > left:
            raise _limit_reached(limit_dollars)
        self._check_watched(db, images, dollars_per_1000, job_id)
        db.execute(
            "INSERT INTO spending VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " images = images + excluded.images,"
            " microdollars = microdollars + excluded.microdollars",
            (month, job_id, images, cost),
        )
        return Reservation(month, job_id, images, cost)

    def _check_watched(
        self, db: sqlite3.Connection, images: int, dollars_per_1000: float, job_id: int
    ) -> None:
        agreed = db.execute(
            "SELECT w.id, w.dollars FROM jobs j JOIN watched w ON w.id = j.watched_id"
            " WHERE j.id = ? AND w.dollars NOT NULL",
            (job_id,),
        ).fetchone()
        if agreed is None:
            return
        spent = _spent(db.execute(_WATCHED, (self._month(), agreed["id"])).fetchall())
        left = photos_left(spent, dollars_per_1000, agreed["dollars"])
        if left is not None and images > left:
            raise LimitError(
                "Your limit of ${limit} a month for a watched folder is reached",
                "The remaining photos are waiting. Raise it under Folders in the menu; otherwise"
                " they continue next month.",
                remedy=Remedy.TRY_AGAIN,
                limit=float(agreed["dollars"]),
            )

    def give_back_in(self, db: sqlite3.Connection, unused: Reservation) -> None:
        """What was reserved was certainly not put; inside the caller's transaction."""
        db.execute(
            "UPDATE spending SET images = images - ?, microdollars = microdollars - ?"
            " WHERE month = ? AND job_id = ?",
            (unused.images, unused.microdollars, unused.month, unused.job_id),
        )

    def _month(self) -> str:
        return f"{self._now().astimezone(UTC):%Y-%m}"


def photos_left(spent: Spent, dollars_per_1000: float, limit_dollars: float) -> int | None:
    """How many more photos this month's limit lets through; None when they cost nothing."""
    price = _price(dollars_per_1000)
    left = round(limit_dollars * MICRO) - round(spent.dollars * MICRO)
    return max(0, left // price) if price else None


def _limit_reached(limit_dollars: float) -> LimitError:
    """What to say when no more may be put."""
    return LimitError(
        "Your limit of ${limit} a month is reached",
        "The remaining photos are waiting. Raise the limit to continue now; otherwise they"
        " continue next month.",
        remedy=Remedy.RAISE_LIMIT,
        limit=float(limit_dollars),
    )


_SUMS = "SELECT coalesce(sum(images), 0), coalesce(sum(microdollars), 0) FROM spending"
_WATCHED = (
    _SUMS + " WHERE month >= ? AND job_id IN (SELECT id FROM jobs WHERE watched_id = ?)"  # noqa: S608
)


def _spent(rows: list[Any]) -> Spent:
    images, microdollars = rows[0]
    return Spent(images, microdollars / MICRO)


def _price(dollars_per_1000: float) -> int:
    """Millionths of a dollar for one image, rounded up."""
    return math.ceil(round(dollars_per_1000 * MICRO / 1000, 3))
