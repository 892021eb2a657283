"""Progress: counts a job's items from its events, with a smoothed rate and the time left."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable

from ..events import Event, FoundEvent, ItemEvent, State

RECENT = 50
"""The rate is that of this many newest ends: it follows a change of pace within seconds."""


class Progress:
    """What a progress bar shows. Feed it every event of one job, from one thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.found = 0
        self.found_all = False
        self.ended: Counter[State] = Counter()
        self._clock = clock
        self._ends: deque[float] = deque([clock()], maxlen=RECENT)

    def add(self, event: Event) -> None:
        """Take one event into account."""
        if isinstance(event, FoundEvent):
            self.found += event.count
            self.found_all = self.found_all or event.complete
        elif isinstance(event, ItemEvent) and event.state.is_final:
            self.ended[event.state] += 1
            if event.state is not State.SKIPPED:  # they cost no time and tell nothing of the pace
                self._ends.append(self._clock())

    @property
    def total_ended(self) -> int:
        """How many items have ended, however they did."""
        return self.ended.total()

    @property
    def rate(self) -> float | None:
        """Images a second of late; None before the second end."""
        elapsed_s = self._clock() - self._ends[0]
        return (len(self._ends) - 1) / elapsed_s if len(self._ends) > 2 and elapsed_s else None

    @property
    def left_s(self) -> float | None:
        """Seconds left at this rate; None while images are still being found."""
        rate = self.rate
        return (self.found - self.total_ended) / rate if rate and self.found_all else None
