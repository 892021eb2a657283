"""InFlight: one image of a job between submit and answer, with every item that waits for it."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ..events import State
from ..library.rows import ImageRow, ItemRow
from ..money.spending import Reservation
from ..photo.prepare import Stamp


class Identified(NamedTuple):
    """Which image a file holds, and its stamp and its content when that was found."""

    image: ImageRow
    stamp: Stamp
    content: bytes | None = None


@dataclass(slots=True, eq=False)
class InFlight:
    """An image between identify and its answer; equal files of the job share one.

    `stamp` is that of the file at `path` when it was identified, `content` what it held then, kept
    until it is prepared unless that is too much. `baseline` is the version of the answer that was
    there before, so that Label again does not take the old one for the new.
    `resumed`: the submit lies before this start of the program, or was another's. `submitted_at`
    and `overdue_at` are in `time.monotonic()` seconds. `waits` counts how often it has waited for
    an answer. `reserved` is the money of its last put.
    """

    image: ImageRow
    stamp: Stamp
    content: bytes | None
    items: list[ItemRow]
    baseline: str
    resumed: bool
    submitted_at: float
    overdue_at: float = math.inf
    waits: int = 0
    reserved: Reservation | None = None

    @classmethod
    def of(cls, identified: Identified, item: ItemRow) -> InFlight:
        """The image of an item, picked up where an earlier start left it."""
        waited_s = max(0.0, time.time() - (item.submitted_at or 0.0))
        return cls(
            image=identified.image,
            stamp=identified.stamp,
            content=identified.content,
            items=[item],
            baseline=item.baseline,
            resumed=item.state is State.WAITING,
            submitted_at=time.monotonic() - waited_s,
        )

    @property
    def kept_bytes(self) -> int:
        """What is kept of its file."""
        return len(self.content or b"")

    @property
    def path(self) -> Path:
        """The file that is read for all items."""
        return self.items[0].path
