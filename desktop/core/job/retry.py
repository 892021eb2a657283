"""Back-off with jitter that a cancel ends at once."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import TypeVar

from ..errors import AppError, Cancelled

T = TypeVar("T")

BASE_S = 0.5
CAP_S = 20.0


def backoff_s(attempt: int) -> float:
    """Seconds to wait after failed attempt number `attempt` (from 0): full jitter, capped.

    Full jitter spreads the tries of many clients best: Brooker, "Exponential Backoff And Jitter",
    AWS Architecture Blog, 2015.
    """
    longest_s = min(CAP_S, BASE_S * 2 ** min(attempt, 10))  # a float ends at the power of 1024
    return random.uniform(0, longest_s)  # noqa: S311 - not for secrets


def retry(
    call: Callable[[], T],
    *,
    cancel: threading.Event,
    attempts: int = 5,
    on_error: Callable[[AppError], None] = lambda error: None,
) -> T:
    """Do `call` again while it raises a retryable AppError, up to `attempts` times.

    `on_error` sees every failure. Raises the last error, or Cancelled as soon as `cancel` is set.
    """
    for attempt in range(attempts):
        try:
            return call()
        except AppError as error:
            on_error(error)
            if not error.retryable or attempt + 1 == attempts:
                raise
        if cancel.wait(backoff_s(attempt)):
            raise Cancelled
    raise AssertionError("attempts is at least 1")
