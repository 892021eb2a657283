"""The in-flight window against a simulated service: exact, without waiting."""

from __future__ import annotations

import heapq
import threading
from collections import deque

import pytest

from desktop.core.errors import Cancelled
from desktop.core.job.inflight_window import FLOOR, InFlightWindow
from desktop.core.job.outbox import UPLOADS


def simulate(rate: float, latency_s: float, images: int, maximum: int = 100) -> tuple[float, float]:
    """Serve `images` with a service of `rate` a second and a latency of `latency_s`.

    Answers are seen at the next half-second tick. Returns the seconds it took and the mean number
    of images that waited in the service's queue when another came in.
    """
    window = InFlightWindow(maximum)
    go_on = threading.Event()
    now, free_at, sent, in_flight, answered = 0.0, 0.0, 0, 0, 0
    queued: deque[int] = deque()
    answers: list[tuple[float, float]] = []
    while answered < images:
        while in_flight < window.limit and sent < images:
            window.enter(go_on)
            start = max(now, free_at)
            queued.append(round((start - now) * rate))
            free_at = start + 1 / rate
            seen = start + latency_s
            heapq.heappush(answers, ((seen // 0.5 + 1) * 0.5, now))
            sent, in_flight = sent + 1, in_flight + 1
        now, sent_at = heapq.heappop(answers)
        window.answered(sent_at, now)
        window.leave()
        in_flight, answered = in_flight - 1, answered + 1
    return now, sum(queued) / len(queued)


@pytest.mark.parametrize("rate", [5.0, 50.0])
def test_slow_and_fast_services_are_used_without_a_jam(rate: float) -> None:
    images = 1000
    seconds, queued = simulate(rate, 1.0, images)
    assert seconds < 1.35 * images / rate + 10  # near what the service can do
    assert queued < 2 * rate  # a second or two of work waits, not minutes


def upload(line_bytes_s: float, round_trip_s: float, images: int) -> tuple[float, float]:
    """Put `images` of 600 kB over a line that all puts share.

    Returns the seconds that all took, and the longest one.
    """
    window = InFlightWindow(UPLOADS, start=FLOOR)
    puts: list[tuple[float, float]] = []  # when it began, what is left of it
    now, ended, longest_s, step_s = 0.0, 0, 0.0, 0.02
    while ended < images:
        while len(puts) < min(window.limit, images - ended):
            puts.append((now, 600_000.0))
        now += step_s
        sending = sum(now - began > round_trip_s for began, _ in puts)
        share = line_bytes_s * step_s / max(1, sending)
        puts = [(b, left - share if now - b > round_trip_s else left) for b, left in puts]
        for began in [b for b, left in puts if left <= 0]:
            window.answered(began, now)
            longest_s, ended = max(longest_s, now - began), ended + 1
        puts = [put for put in puts if put[1] > 0]
    return now, longest_s


@pytest.mark.parametrize("kbit_s", [500, 1000, 5000])
def test_a_slow_line_is_full_and_no_put_on_it_takes_ages(kbit_s: int) -> None:
    ideal_s = 600_000 * 8 / (kbit_s * 1000)
    seconds, longest_s = upload(kbit_s * 125.0, 0.1, 100)
    assert seconds < 1.1 * 100 * ideal_s
    assert longest_s < 4.5 * ideal_s
    assert longest_s < 60  # the time-out of a put


def test_a_fast_line_to_a_far_region_brings_more_than_any_region_recognises() -> None:
    seconds, _ = upload(1e9, 0.25, 1000)
    assert 1000 / seconds > 50


def test_a_single_answer_that_is_late_does_not_close_the_window() -> None:
    window = InFlightWindow(100)
    for start in range(20):
        window.answered(start, start + 1.0)
    before = window.limit
    window.answered(20.0, 30.0)
    assert before // 2 <= window.limit < before


def test_answers_to_what_was_sent_before_a_halving_do_not_halve_again() -> None:
    window = InFlightWindow(100)
    for start in range(60):
        window.answered(start, start + 1.0)
    for _ in range(10):
        window.answered(60.0, 70.0)
    assert window.limit > 20


def test_a_service_that_became_slower_is_believed_in_the_end() -> None:
    window = InFlightWindow(100)
    for start in range(20):
        window.answered(start, start + 1.0)
    for start in range(100, 300):
        window.answered(start, start + 10.0)
    assert window.limit > 2 * FLOOR


def test_it_never_closes() -> None:
    window = InFlightWindow(100)
    for now in range(1, 50):
        window.throttled(float(now))
    assert window.limit == FLOOR


def test_a_place_is_waited_for_and_the_wait_can_be_cancelled() -> None:
    window, cancel = InFlightWindow(1), threading.Event()
    window.enter(cancel)
    waiter_ended = threading.Event()

    def wait() -> None:
        with pytest.raises(Cancelled):
            window.enter(cancel)
        waiter_ended.set()

    threading.Thread(target=wait, daemon=True).start()
    assert not waiter_ended.is_set()
    cancel.set()
    assert waiter_ended.wait(5)
