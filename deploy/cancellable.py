"""Waiting for what cannot be interrupted: whoever waits leaves at once when cancelled."""

from __future__ import annotations

import concurrent.futures
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from desktop.core.errors import Cancelled

T = TypeVar("T")
GLANCE_S = 0.05
"""How late a cancel may be noticed; a person takes 0.1 s for at once."""


def await_answer(future: Future[T], cancel: threading.Event, limit_s: float | None = None) -> T:
    """The future's answer, or what it raised.

    Raises Cancelled when `cancel` is set or the future was cancelled, TimeoutError after `limit_s`.
    """
    ends_at = None if limit_s is None else time.monotonic() + limit_s
    while not future.done():
        if cancel.is_set():
            raise Cancelled
        if ends_at is not None and time.monotonic() >= ends_at:
            raise TimeoutError
        concurrent.futures.wait([future], GLANCE_S)
    if future.cancelled():
        raise Cancelled
    return future.result()


def call_cancellable(call: Callable[[], T], cancel: threading.Event) -> T:
    """Do `call` in a thread of its own and wait for it; when cancelled, its answer is dropped."""
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(call())
        except BaseException as error:  # noqa: BLE001 - whoever waits gets it
            answer.set_exception(error)

    # A daemon, unlike an executor's threads: a program that ends does not wait for it.
    threading.Thread(target=run, name="aws-call", daemon=True).start()
    return await_answer(answer, cancel)
