"""Poller: one thread that carries all images that wait, and asks for their answers at once."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from ..backend import Answer, Backend
from ..errors import AppError, Cancelled, bug
from .inflight import InFlight
from .retry import backoff_s

log = logging.getLogger(__name__)

IDLE_S = 0.2
PATIENCE = 30
"""So many questions in a row that did not get through stop the job. Without a network, where each
fails at once, that is after 4 to 7 minutes in the mean, by the backend's tick, and after 2.5 at the
least. A count and no time, for a closed lid is no trouble on the way."""


class Poller:
    """Polls while anything waits, at the backend's tick, until it is closed or `ending` is set.

    `on_answer` and `on_overdue` are called in its thread, and say what becomes of an image that
    waits no more. Trouble on the way slows it down. What is fatal goes to `on_fatal`, and so does
    trouble that outlasts its `PATIENCE`.
    """

    def __init__(
        self,
        backend: Backend,
        ending: threading.Event,
        *,
        on_answer: Callable[[InFlight, Answer], None],
        on_overdue: Callable[[InFlight], None],
        on_fatal: Callable[[AppError], None],
    ) -> None:
        self._backend = backend
        self._ending = ending
        self._on_answer = on_answer
        self._on_overdue = on_overdue
        self._on_fatal = on_fatal
        self._lock = threading.Lock()
        self._waiting: dict[str, InFlight] = {}
        self._somebody_waits = threading.Event()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="poll", daemon=True)

    def start(self) -> None:
        """Begin to poll."""
        self._thread.start()

    def close(self) -> list[InFlight]:
        """End the thread; the images that still wait."""
        self._closed.set()
        self._somebody_waits.set()
        self._thread.join()
        with self._lock:
            return list(self._waiting.values())

    def watch(self, inflight: InFlight, late_after_s: float) -> None:
        """Let an image wait here for its answer. Raises Cancelled when all is ending.

        It is overdue when the backend, asked after that time, has none: as long as no question
        gets through, the answer may be there, and putting the image again would be paid again.
        """
        with self._lock:
            if self._closed.is_set() or self._ending.is_set():
                raise Cancelled
            inflight.overdue_at = inflight.submitted_at + late_after_s
            self._waiting[inflight.image.image_name] = inflight
            self._somebody_waits.set()

    def _run(self) -> None:
        try:
            self._poll()
        except Exception:
            log.exception("poll")
            self._on_fatal(bug())
        finally:
            self._closed.set()

    def _poll(self) -> None:
        failures = 0
        while not self._closed.is_set() and not self._ending.is_set():
            if not self._somebody_waits.wait(IDLE_S):
                continue
            if self._ending.wait(self._backend.tick_s + (failures and backoff_s(failures))):
                return
            trouble = self._poll_once()
            failures = failures + 1 if trouble else 0
            if trouble and (trouble.fatal or failures >= PATIENCE):
                self._on_fatal(trouble)

    def _poll_once(self) -> AppError | None:
        """Ask for all that wait; returns why the question did not get through."""
        with self._lock:
            names = list(self._waiting)
            if not names:
                self._somebody_waits.clear()
                return None
        asked_at = time.monotonic()
        try:
            for name, answer in self._backend.poll(names):
                self._deliver(name, answer)
        except AppError as error:
            log.info("poll: %s", error)
            return error
        except Exception:  # corrupted bytes leave botocore as UnicodeDecodeError, say
            log.exception("poll")
            return bug()
        for inflight in self._take_overdue(names, asked_at):
            self._on_overdue(inflight)
        return None

    def _take_overdue(self, names: Sequence[str], asked_at: float) -> list[InFlight]:
        """The images that should have had an answer when this was asked; they wait no more."""
        with self._lock:
            waiting = [self._waiting[name] for name in names if name in self._waiting]
            overdue = [inflight for inflight in waiting if inflight.overdue_at <= asked_at]
            for inflight in overdue:
                del self._waiting[inflight.image.image_name]
        return overdue

    def _deliver(self, name: str, answer: Answer) -> None:
        with self._lock:
            inflight = self._waiting.get(name)
            if inflight is None or (answer.version and answer.version == inflight.baseline):
                return
            del self._waiting[name]
        self._on_answer(inflight, answer)
