"""Poller: one thread that asks for all waiting answers at once and wakes who waits."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from .backend import Answer, Backend
from .errors import AppError, Cancelled
from .flight import Flight
from .inflight_window import InFlightWindow
from .retry import backoff_s

log = logging.getLogger(__name__)

IDLE_S = 0.2


class Poller:
    """Polls while anyone waits, at the backend's tick, until it is closed or `ending` is set.

    Trouble on the way slows it down and never ends it; a fatal error goes to `on_fatal`.
    """

    def __init__(
        self,
        backend: Backend,
        window: InFlightWindow,
        ending: threading.Event,
        on_fatal: Callable[[AppError], None],
    ) -> None:
        self._backend = backend
        self._window = window
        self._ending = ending
        self._on_fatal = on_fatal
        self._lock = threading.Lock()
        self._waiting: dict[str, Flight] = {}
        self._somebody_waits = threading.Event()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="poll", daemon=True)

    def start(self) -> None:
        """Begin to poll."""
        self._thread.start()

    def close(self) -> None:
        """End the thread; who still waits gets Cancelled."""
        self._closed.set()
        self._somebody_waits.set()
        self._thread.join()

    def wait_for(self, flight: Flight, late_after_s: float) -> bool:
        """Wait for the flight's answer; False when it is overdue. Raises Cancelled."""
        with self._lock:
            if self._closed.is_set() or self._ending.is_set():
                raise Cancelled
            self._waiting[flight.image.image_name] = flight
            self._somebody_waits.set()
        overdue_at = flight.submitted_at + late_after_s
        flight.answered.wait(max(0.0, overdue_at - time.monotonic()))
        with self._lock:
            self._waiting.pop(flight.image.image_name, None)
        if flight.answer is not None:
            return True
        if flight.answered.is_set():  # woken without an answer: the job is ending
            raise Cancelled
        return False

    def _run(self) -> None:
        failures = 0
        try:
            while not self._closed.is_set() and not self._ending.is_set():
                if not self._somebody_waits.wait(IDLE_S):
                    continue
                if self._ending.wait(self._backend.tick_s + (failures and backoff_s(failures))):
                    return
                failures = 0 if self._poll_once() else failures + 1
        finally:
            with self._lock:
                self._closed.set()
                for flight in self._waiting.values():
                    flight.answered.set()

    def _poll_once(self) -> bool:
        """Whether the question got through."""
        with self._lock:
            names = list(self._waiting)
            if not names:
                self._somebody_waits.clear()
                return True
        try:
            for name, answer in self._backend.poll(names):
                self._deliver(name, answer)
        except AppError as error:
            if error.fatal:
                self._on_fatal(error)
            log.info("poll: %s", error)
            return False
        except Exception:  # corrupted bytes leave botocore as UnicodeDecodeError, say
            log.exception("poll")
            return False
        return True

    def _deliver(self, name: str, answer: Answer) -> None:
        with self._lock:
            flight = self._waiting.get(name)
            if flight is None or (answer.version and answer.version == flight.baseline):
                return
            del self._waiting[name]
        if not flight.resumed:
            self._window.answered(flight.submitted_at, time.monotonic())
        flight.answer = answer
        flight.answered.set()
