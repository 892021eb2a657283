"""The in-flight window: how much may be under way at once."""

from __future__ import annotations

import threading

from ..errors import Cancelled

START = 4
FLOOR = 2
"""Never fewer in flight, else the pace could not be measured any more."""
LATE_FACTOR = 1.5
LATE_SLACK_S = 0.7
"""An answer that takes longer than `LATE_FACTOR` times the fastest plus this says: a queue has
built up. The slack is a little over one poll tick (0.5 s), which is measurement, not queue."""


class InFlightWindow:
    """Grows by one for every answer in time (later: by one a round), halves on a late one.

    As TCP does with its congestion window, so that a service that answers 5 a second is served as
    smoothly as one that answers 50. With a `maximum` up to `FLOOR` it is a plain semaphore.
    One window paces the puts (`outbox`); another, that starts at its maximum and is told nothing,
    only counts the images between submit and answer, which `pace` spaces.
    """

    def __init__(self, maximum: int, *, start: int = START) -> None:
        self._maximum = maximum
        self._floor = min(FLOOR, maximum)
        self._limit = float(min(start, maximum))
        self._threshold = float(maximum)  # slow start ends here
        self._in_flight = 0
        self._fastest_s: float | None = None
        self._changed = threading.Condition()
        self._halved_at = 0.0

    @property
    def limit(self) -> int:
        """How many images may be in flight now."""
        return int(self._limit)

    def enter(self, cancel: threading.Event) -> None:
        """Wait for a place. Raises Cancelled when `cancel` is set meanwhile."""
        with self._changed:
            while self._in_flight >= int(self._limit):
                if cancel.is_set():
                    raise Cancelled
                self._changed.wait(0.1)  # cancel does not notify: look at it ten times a second
            if cancel.is_set():
                raise Cancelled
            self._in_flight += 1

    def leave(self) -> None:
        """Give the place back."""
        with self._changed:
            self._in_flight -= 1
            self._changed.notify()

    def answered(self, submitted_at: float, now: float) -> None:
        """Learn from an answer; both times are `time.monotonic()` seconds."""
        latency_s = now - submitted_at
        with self._changed:
            fastest_s = min(latency_s, self._fastest_s or latency_s)
            if latency_s > LATE_FACTOR * fastest_s + LATE_SLACK_S:
                if self._limit <= self._floor:
                    # So few in flight make no queue: this is how long the service takes now.
                    fastest_s += 0.2 * (latency_s - fastest_s)
                self._halve(submitted_at, now)
            elif self._limit < self._threshold:
                self._limit = min(self._limit + 1, self._maximum)
            else:
                self._limit = min(self._limit + 1 / self._limit, self._maximum)
            self._fastest_s = fastest_s
            self._changed.notify_all()

    def throttled(self, now: float) -> None:
        """The service asked for a slower pace."""
        with self._changed:
            self._halve(now, now)

    def _halve(self, submitted_at: float, now: float) -> None:
        if submitted_at < self._halved_at:
            return  # it was sent before the last halving, so it tells nothing new
        self._limit = max(self._limit / 2, self._floor)
        self._threshold = self._limit
        self._halved_at = now
