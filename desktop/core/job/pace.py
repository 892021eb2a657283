"""Pace: how many images a second are handed in, learnt from how long answers take."""

from __future__ import annotations

import math
import threading
import time
from collections import deque

from ..errors import Cancelled
from ..library.library import Library
from ..money.estimate import images_per_s
from ..recognisers import Recogniser
from ..settings import Settings

SAFETY = 0.98
"""Of what the service takes by its own word: so that one that came late fits in, too."""
GROWTH_FAST = 0.25
"""Images a second more for every answer in time: a quarter more each second, until one is late."""
GROWTH = 0.01
"""The same from then on: a hundredth more each second."""
HEADROOM = 1.15
"""Growth ends at so many times the rate at which answers come: a service that is too slow says so
only seconds later, and by then as many too many would be on their way."""
DECREASE = 0.8
"""After a late answer, of the rate at which they come: a little less, so that the queue empties."""
MOST_DECREASE = 0.5
MEASURE_S = 4.0
"""How long back answers are counted."""
FLOOR_PER_S = 0.5
CATCH_UP_S = 0.25
"""So much of a delay is made up for by images that follow at once."""
LATE_FACTOR = 1.5
LATE_SLACK_S = 1.0
"""An answer that takes longer than `LATE_FACTOR` times the fastest plus this says: the service was
asked too often, or a queue has built up. The slack is two poll ticks, which are measurement; less
than the shortest pause of the function after a refusal (1.5 s)."""
BELIEF = 0.02
"""How much each late answer makes the fastest one slower: one that stays slow is believed."""
LOOK_S = 0.1


def pace_for(recogniser: Recogniser, settings: Settings, library: Library) -> Pace | None:
    """The pace for a recogniser, from what its service says or from what jobs have learnt.

    None for one that works on our own processor, which needs none.
    """
    if recogniser.uses_cpu:
        return None
    known_per_s = recogniser.rate(settings) if recogniser.rate else None
    return Pace(max(images_per_s(library, recogniser), recogniser.images_per_s), known_per_s)


class Pace:
    """Spaces images evenly. Safe from any thread; times are `time.monotonic()` seconds.

    A service with a quota refuses bursts, even when few images wait for it. `known_per_s` is what
    it takes by its own word, and is never exceeded. Where that is not known the pace begins at
    `start_per_s` and grows, as TCP's window does, until an answer is late.
    """

    def __init__(self, start_per_s: float, known_per_s: float | None = None) -> None:
        self._most_per_s = SAFETY * known_per_s if known_per_s else math.inf
        self._changed = threading.Condition()
        with self._changed:
            self._set(self._most_per_s if known_per_s else start_per_s)
        self._fast_up_to_per_s = math.inf
        self._fastest_s = math.inf
        self._answers: deque[float] = deque()
        self._began_at = math.inf
        self._last_at = self._slowed_at = self._held_back_at = -math.inf

    @property
    def per_s(self) -> float:
        """Images a second now."""
        return self._per_s

    def wait(self, cancel: threading.Event) -> None:
        """Wait until the next image may be handed in. Raises Cancelled when `cancel` is set."""
        with self._changed:
            while not cancel.is_set():
                delay_s = self.take(time.monotonic())
                if delay_s <= 0:
                    return
                self._changed.wait(min(delay_s, LOOK_S))  # cancel does not notify
        raise Cancelled

    def take(self, now: float) -> float:
        """Take the turn of one image and return 0; or the seconds until there is one."""
        with self._changed:
            due_at = self._last_at + 1 / self._per_s
            if due_at > now:
                self._held_back_at = now
                return due_at - now
            self._last_at = max(due_at, now - CATCH_UP_S)
            self._began_at = min(self._began_at, now)
            return 0.0

    def answered(self, submitted_at: float, now: float) -> None:
        """Learn from an answer."""
        latency_s = now - submitted_at
        with self._changed:
            self._answers.append(now)
            while self._answers[0] < now - MEASURE_S:
                self._answers.popleft()
            if self._fastest_s == math.inf:
                self._slowed_at = now  # the function starts slowly: the first ones tell nothing
            self._fastest_s = min(self._fastest_s, latency_s)
            if latency_s > LATE_FACTOR * self._fastest_s + LATE_SLACK_S:
                self._fastest_s += BELIEF * (latency_s - self._fastest_s)
                self._slow_down(submitted_at, now)
            elif submitted_at < self._held_back_at:  # else the pace is not what holds images back
                self._grow(now)

    def throttled(self, now: float) -> None:
        """The service asked for a slower pace."""
        with self._changed:
            self._slow_down(now, now)

    def _grow(self, now: float) -> None:
        is_fast = self._per_s < self._fast_up_to_per_s
        more_per_s = self._per_s + (GROWTH_FAST if is_fast else GROWTH)
        self._set(min(more_per_s, max(self._per_s, HEADROOM * self._answered_per_s(now))))

    def _slow_down(self, submitted_at: float, now: float) -> None:
        if submitted_at < self._slowed_at:
            return  # it was handed in before the pace was slowed, so it tells nothing new
        self._fast_up_to_per_s = DECREASE * self._per_s
        answered_per_s = min(self._answered_per_s(now), self._per_s)
        self._set(max(DECREASE * answered_per_s, MOST_DECREASE * self._per_s))
        self._slowed_at = now

    def _answered_per_s(self, now: float) -> float:
        return len(self._answers) / min(MEASURE_S, max(now - self._began_at, 1.0))

    def _set(self, per_s: float) -> None:
        self._per_s = min(max(per_s, FLOOR_PER_S), self._most_per_s)
        self._changed.notify_all()
