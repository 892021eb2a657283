"""Back-off between tries."""

from __future__ import annotations

import threading

import pytest

from desktop.core.errors import AppError, Cancelled, NetworkError
from desktop.core.job import retry as module
from desktop.core.job.retry import BASE_S, CAP_S, backoff_s, retry


class Waits(threading.Event):
    """A cancel event that notes how long was waited, and comes at the wait `cancelled_at`."""

    def __init__(self, cancelled_at: int | None = None) -> None:
        super().__init__()
        self.seconds: list[float | None] = []
        self._cancelled_at = cancelled_at

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout)
        return len(self.seconds) == self._cancelled_at


class Service:
    """Fails so many times, then answers."""

    def __init__(self, failures: int, error: AppError | None = None) -> None:
        self.failures = failures
        self.error = error or NetworkError("It is down")
        self.calls = 0

    def ask(self) -> str:
        self.calls += 1
        if self.calls <= self.failures:
            raise self.error
        return "answer"


@pytest.mark.parametrize("attempt", [0, 5, 1024, 1_000_000])
def test_no_number_of_failures_is_too_high(attempt: int) -> None:
    assert 0 <= backoff_s(attempt) <= CAP_S


def test_each_wait_may_be_twice_as_long_as_the_one_before_up_to_the_cap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module.random, "uniform", lambda least, most: (least, most))
    waits = [backoff_s(attempt) for attempt in range(8)]
    assert waits == [(0, most) for most in (0.5, 1, 2, 4, 8, 16, 20, 20)]
    assert (BASE_S, CAP_S) == (0.5, 20)


def test_what_fails_for_a_moment_is_tried_until_it_answers() -> None:
    service, waits, seen = Service(4), Waits(), list[AppError]()
    assert retry(service.ask, cancel=waits, on_error=seen.append) == "answer"
    assert service.calls == 5
    assert seen == [service.error] * 4
    assert len(waits.seconds) == 4
    assert all(s is not None and 0 <= s <= BASE_S * 2**n for n, s in enumerate(waits.seconds))


def test_after_the_last_try_the_error_is_told_without_another_wait() -> None:
    service, waits = Service(99), Waits()
    with pytest.raises(NetworkError):
        retry(service.ask, cancel=waits)
    assert (service.calls, len(waits.seconds)) == (5, 4)


def test_what_cannot_help_is_not_tried_again() -> None:
    service, waits = Service(1, AppError("It is forbidden")), Waits()
    with pytest.raises(AppError, match="forbidden"):
        retry(service.ask, cancel=waits)
    assert (service.calls, waits.seconds) == (1, [])


def test_a_cancel_ends_the_wait() -> None:
    service = Service(99)
    with pytest.raises(Cancelled):
        retry(service.ask, cancel=Waits(cancelled_at=2))
    assert service.calls == 2
