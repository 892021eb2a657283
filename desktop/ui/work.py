"""Work: does what takes its time in threads of its own, and tells the GUI thread of it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from desktop.core.errors import AppError, Cancelled, mistake

from .bridge import Bridge

log = logging.getLogger(__name__)

T = TypeVar("T")
CLOSE_TIMEOUT_S = 0.5


class Left(BaseException):
    """The window closes: nothing more is done here; what Amazon was asked for goes on by itself.

    No Cancelled, which would take back what was begun; and nobody catches it by mistake.
    """


class Stop(threading.Event):
    """A cancel event that can also be left."""

    def __init__(self) -> None:
        super().__init__()
        self._is_left = False

    def leave(self) -> None:
        """End every wait by Left."""
        self._is_left = True
        self.set()

    def is_set(self) -> bool:
        """Whether to cancel. Raises Left."""
        if self._is_left:
            raise Left
        return super().is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for a cancel; whether one came. Raises Left."""
        is_set = super().wait(timeout)
        if self._is_left:
            raise Left
        return is_set


def _nothing(*_: object) -> None:
    pass


@dataclass(eq=False, slots=True)
class Task:
    """One piece of work; what comes of it is told in the GUI thread, unless it was dropped."""

    step: Callable[[Any], object] = _nothing
    done: Callable[[Any], object] = _nothing
    failed: Callable[[AppError], object] = _nothing
    cancelled: Callable[[], object] = _nothing
    stop: Stop = field(default_factory=Stop)
    is_dropped: bool = False

    def cancel(self) -> None:
        """End it; what it began is taken back, and `cancelled` is told when that is so."""
        self.stop.set()

    def drop(self) -> None:
        """End it and hear no more of it."""
        self.is_dropped = True
        self.stop.set()


Telling = tuple[Task, Callable[..., object] | None, tuple[Any, ...]]
"""Whom to tell what; nobody when the task's thread has ended."""


class Work(QObject):
    """Lives in the GUI thread; its methods return at once.

    Threads are daemons: a call that hangs in a socket does not hold the program open.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = Bridge(self)
        self._bridge.received.connect(self._on_received)
        self._running: dict[Task, threading.Thread] = {}

    def run(
        self,
        do: Callable[[Stop], T],
        done: Callable[[T], object] = _nothing,
        failed: Callable[[AppError], object] = _nothing,
        cancelled: Callable[[], object] = _nothing,
    ) -> Task:
        """Do it and tell its answer."""
        return self._start(Task(done=done, failed=failed, cancelled=cancelled), do)

    def follow(
        self,
        do: Callable[[Stop], Iterator[T]],
        step: Callable[[T], object],
        done: Callable[[], object] = _nothing,
        failed: Callable[[AppError], object] = _nothing,
        cancelled: Callable[[], object] = _nothing,
    ) -> Task:
        """Do it step by step and tell each."""
        task = Task(step, lambda _: done(), failed, cancelled)

        def all_steps(stop: Stop) -> None:
            for each in do(stop):
                self._bridge.tell((task, task.step, (each,)))

        return self._start(task, all_steps)

    def close(self) -> None:
        """End every thread that waits, without taking anything back; within half a second."""
        self._bridge.close()
        for task in self._running:
            task.stop.leave()
        ends_at = time.monotonic() + CLOSE_TIMEOUT_S
        for thread in self._running.values():
            thread.join(max(0.0, ends_at - time.monotonic()))

    def _start(self, task: Task, do: Callable[[Stop], object]) -> Task:
        thread = threading.Thread(target=self._run, args=(task, do), name="work", daemon=True)
        self._running[task] = thread
        thread.start()
        return task

    def _run(self, task: Task, do: Callable[[Stop], object]) -> None:
        tell = self._bridge.tell
        try:
            answer = do(task.stop)
        except AppError as error:
            tell((task, task.failed, (error,)))
        except Cancelled:
            tell((task, task.cancelled, ()))
        except Left:
            pass
        except Exception:
            log.exception("work")
            tell((task, task.failed, (mistake(),)))
        else:
            tell((task, task.done, (answer,)))
        tell((task, None, ()))

    def _on_received(self, batch: list[Telling]) -> None:
        for task, tell, what in batch:
            if tell is None:
                del self._running[task]
            elif not task.is_dropped:
                tell(*what)
