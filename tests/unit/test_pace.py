"""The pace against a simulated Amazon: exact, without waiting."""

from __future__ import annotations

import heapq
import itertools
import random
import threading
from collections.abc import Callable

import pytest

from desktop.core.errors import Cancelled
from desktop.core.job.pace import CATCH_UP_S, FLOOR_PER_S, SAFETY, Pace

AT_ONCE = 100
PAUSES_S = (3.0, 6.0, 12.0, 20.0)
"""Of the function after a refusal, half of them at least."""
TICK_S = 0.5


class Amazon:
    """Bucket, function, Rekognition and table in simulated seconds; one job puts photos.

    Rekognition takes `per_s` calls a second, from a bucket of tokens that holds a second's worth;
    a function whose call is refused pauses as the real one does. So many functions run at a time,
    and each is slow at its first photo.
    """

    def __init__(self, pace: Pace, per_s: float, *, functions: int = 100, first_s: float = 1.5):
        self.pace = pace
        self.now = 0.0
        self.calls = self.throttled = 0
        self._per_s = self._tokens = per_s
        self._filled_at = 0.0
        self._functions, self._first_s = functions, first_s
        self._running = self._started = 0
        self._waiting: list[float] = []
        self._stored: list[float] = []
        self._to_send = self._on_their_way = 0
        self._agenda: list[tuple[float, int, Callable[[], None]]] = []
        self._count = itertools.count()
        self._chance = random.Random(13)

    def label(self, photos: int) -> float:
        """The seconds until the last of them has its answer."""
        began_at, self._to_send = self.now, photos
        self._send()
        self._poll()
        while self._to_send or self._on_their_way:
            self.now, _, act = heapq.heappop(self._agenda)
            act()
        return self.now - began_at

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._agenda, (self.now + seconds, next(self._count), act))

    def _send(self) -> None:
        if self._on_their_way >= AT_ONCE:
            self._after(0.05, self._send)
        elif delay_s := self.pace.take(self.now):
            self._after(delay_s + 1e-6, self._send)
        elif self._to_send:
            self._to_send -= 1
            self._on_their_way += 1
            put_at = self.now
            self._after(self._chance.uniform(0.2, 0.6), lambda: self._begin(put_at))
            self._after(0, self._send)

    def _begin(self, put_at: float) -> None:
        if self._running >= self._functions:
            self._waiting.append(put_at)
            return
        self._running += 1
        first_s = self._first_s if self._running > self._started else 0.0
        self._started = max(self._started, self._running)
        self._after(first_s, lambda: self._detect(put_at, 0))

    def _detect(self, put_at: float, attempt: int) -> None:
        self.calls += 1
        filled = self._tokens + self._per_s * (self.now - self._filled_at)
        self._tokens, self._filled_at = min(self._per_s, filled), self.now
        if self._tokens >= 1:
            self._tokens -= 1
            self._after(self._chance.uniform(0.4, 0.9), lambda: self._store(put_at))
            return
        self.throttled += 1
        pause_s = PAUSES_S[min(attempt, len(PAUSES_S) - 1)] * self._chance.uniform(0.5, 1)
        self._after(pause_s, lambda: self._detect(put_at, attempt + 1))

    def _store(self, put_at: float) -> None:
        self._stored.append(put_at)
        self._running -= 1
        if self._waiting:
            self._begin(self._waiting.pop(0))

    def _poll(self) -> None:
        for put_at in self._stored:
            self.pace.answered(put_at, self.now)
        self._on_their_way -= len(self._stored)
        self._stored.clear()
        if self._to_send or self._on_their_way:
            self._after(TICK_S, self._poll)


@pytest.mark.parametrize("per_s", [5.0, 50.0])
def test_a_known_rate_is_used_up_and_hardly_exceeded(per_s: float) -> None:
    amazon = Amazon(Pace(5.0, per_s), per_s)
    amazon.label(100)  # the functions have run once
    amazon.calls = amazon.throttled = 0
    assert amazon.label(300) <= 1.25 * 300 / per_s
    assert amazon.throttled <= 0.1 * amazon.calls


def test_a_new_function_that_starts_slowly_costs_few_calls() -> None:
    amazon = Amazon(Pace(5.0, 5.0), 5.0)
    assert amazon.label(300) <= 1.25 * 300 / 5
    assert amazon.throttled <= 0.1 * amazon.calls


@pytest.mark.parametrize(("per_s", "photos"), [(5.0, 300), (5.0, 2000), (10.0, 2000), (20.0, 2000)])
def test_an_unknown_rate_is_learnt(per_s: float, photos: int) -> None:
    amazon = Amazon(Pace(5.0), per_s)
    assert amazon.label(photos) <= 1.25 * photos / per_s
    assert amazon.throttled <= 0.1 * amazon.calls


def test_few_functions_at_a_time_slow_it_down() -> None:
    pace = Pace(5.0, 50.0)
    amazon = Amazon(pace, 50.0, functions=5)  # 7 photos a second
    assert amazon.label(1000) <= 1.25 * 1000 / 7
    assert pace.per_s < 25


def test_a_known_rate_is_never_exceeded() -> None:
    pace = Pace(5.0, 20.0)
    assert pace.per_s == SAFETY * 20
    for number in range(1000):
        pace.take(number * 0.01)
        pace.answered(number * 0.01, number * 0.01 + 1)
    assert pace.per_s == SAFETY * 20


def test_the_pace_does_not_grow_while_something_else_is_slower() -> None:
    pace = Pace(5.0)
    for number in range(100):  # a slow line: one a second
        assert pace.take(number) == 0
        pace.answered(number, number + 0.8)
    assert pace.per_s == 5


def test_a_delay_is_made_up_for_in_part() -> None:
    pace = Pace(20.0)
    pace.take(0.0)
    at_once = 0
    while pace.take(10.0) == 0:
        at_once += 1
    assert at_once == pytest.approx(CATCH_UP_S * 20, abs=1)


def test_a_busy_service_is_given_time_and_the_pace_never_ends() -> None:
    pace = Pace(8.0)
    pace.throttled(1.0)
    assert pace.per_s == 4
    for now in range(2, 60):
        pace.throttled(now)
    assert pace.per_s == FLOOR_PER_S


def test_the_wait_can_be_cancelled() -> None:
    pace, cancel, ended = Pace(0.5), threading.Event(), threading.Event()
    pace.wait(cancel)

    def wait() -> None:
        with pytest.raises(Cancelled):
            pace.wait(cancel)
        ended.set()

    threading.Thread(target=wait, daemon=True).start()
    assert not ended.is_set()
    cancel.set()
    assert ended.wait(5)
