"""Work: does what takes its time in threads of its own, and tells the GUI thread of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from desktop.core.errors import AppError, Cancelled, bug

from .bridge import Bridge

log = logging.getLogger(__name__)

T = TypeVar("T")


def _nothing(*_: object) -> None:
    pass


@dataclass(eq=False, slots=True)
class Task:
    """One piece of work. What comes of it is told in the GUI thread, unless it was dropped."""

    step: Callable[[Any], object]
    done: Callable[[], object]
    failed: Callable[[AppError], object]
    stop: threading.Event = field(default_factory=threading.Event)
    is_dropped: bool = False

    def cancel(self) -> None:
        """End it soon; `done` is told."""
        self.stop.set()

    def drop(self) -> None:
        """End it, and hear no more of it."""
        self.is_dropped = True
        self.stop.set()


class Work(QObject):
    """Lives in the GUI thread; its methods return at once.

    The threads are daemons: what hangs in a socket does not hold the program open.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = Bridge(self)
        self._bridge.received.connect(self._on_received)
        self._running: set[Task] = set()

    def run(
        self,
        do: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[AppError], object] = _nothing,
    ) -> Task:
        """Do it and tell its answer."""

        def once(_: threading.Event) -> Iterator[T]:
            yield do()

        return self.follow(once, done, failed=failed)

    def follow(
        self,
        do: Callable[[threading.Event], Iterator[T]],
        step: Callable[[T], object],
        done: Callable[[], object] = _nothing,
        failed: Callable[[AppError], object] = _nothing,
    ) -> Task:
        """Do it step by step and tell each; `do` gets what `cancel` sets."""
        task = Task(step, done, failed)
        self._running.add(task)
        threading.Thread(target=self._run, args=(task, do), name="work", daemon=True).start()
        return task

    def close(self) -> None:
        """Tell nothing more, and let every thread end."""
        self._bridge.close()
        for task in self._running:
            task.drop()

    def _run(self, task: Task, do: Callable[[threading.Event], Iterator[object]]) -> None:
        end: tuple[Callable[..., object], tuple[object, ...]] = task.done, ()
        try:
            for answer in do(task.stop):
                self._bridge.tell((task, task.step, (answer,)))
        except Cancelled:
            pass
        except AppError as error:
            end = task.failed, (error,)
        except Exception:
            log.exception("work")
            end = task.failed, (bug(),)
        self._bridge.tell((task, *end))
        self._bridge.tell((task, None, ()))

    def _on_received(
        self, batch: list[tuple[Task, Callable[..., object] | None, tuple[object, ...]]]
    ) -> None:
        for task, tell, what in batch:
            if tell is None:
                self._running.discard(task)
            elif not task.is_dropped:
                tell(*what)
