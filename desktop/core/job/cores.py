"""Cores: how many processor cores a job works on, and whose turn on them it is."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

from . import power

LOOK_AFTER_S = 10.0
"""How often it is looked at what has changed: the plug, or the person's wish."""


def count_cores() -> int:
    """The cores that this process may use, at least one."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux knows of a share
        return os.cpu_count() or 1


class Cores:
    """A semaphore with as many places as there are cores to work on.

    All of them: the threads give way to others (`priority`). One fewer on battery, or where
    `spares_one` says so, as long as one is left. It is asked by whoever takes a place, at most
    every 10 s, and may raise an AppError.
    """

    def __init__(
        self,
        spares_one: Callable[[], bool],
        *,
        count: int | None = None,
        on_battery: Callable[[], bool] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.count = count_cores() if count is None else count
        self._spares_one = spares_one
        self._on_battery = on_battery or power.on_battery
        self._clock = clock
        self._look_at = float("-inf")
        self._places = self.count
        self._taken = 0
        self._changed = threading.Condition()

    @property
    def places(self) -> int:
        """How many there were when it was looked last."""
        return self._places

    def acquire(self) -> None:
        """Wait for a place and take it."""
        places = self._look()
        with self._changed:
            if places is not None:
                self._places = places
                self._changed.notify_all()
            self._changed.wait_for(lambda: self._taken < self._places)
            self._taken += 1

    def release(self) -> None:
        """Give the place back."""
        with self._changed:
            self._taken -= 1
            self._changed.notify()

    def _look(self) -> int | None:
        """How many places there are now; None when that was looked at a moment ago."""
        with self._changed:
            now = self._clock()
            if now < self._look_at:
                return None
            self._look_at = now + LOOK_AFTER_S
        # without the lock: the system or a disk may take its time
        spares = self._spares_one() or self._on_battery()
        return max(1, self.count - spares)
