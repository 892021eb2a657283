"""Work: the one way to do something beside the GUI thread, and to tell the GUI thread of it."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from desktop.core.errors import AppError, Cancelled, mistake

from .bridge import Bridge

log = logging.getLogger(__name__)

T = TypeVar("T")
CLOSE_TIMEOUT_S = 0.5
"""Closing waits so long, and for writing as long as its lane says."""


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
    """One call; what comes of it is told in the GUI thread, unless it was dropped."""

    do: Callable[[Stop], object]
    done: Callable[[Any], object] = _nothing
    failed: Callable[[AppError], object] = _nothing
    cancelled: Callable[[], object] = _nothing
    writes: bool = False
    newest: str = ""
    about: Hashable = None
    stop: Stop = field(default_factory=Stop)
    is_dropped: bool = False

    def cancel(self) -> None:
        """End it; what it began is taken back, and `cancelled` is told when that is so."""
        self.stop.set()

    def drop(self) -> None:
        """End it and hear no more of it; it is not begun any more."""
        self.is_dropped = True
        self.stop.set()


Telling = tuple[Task, Callable[..., object], tuple[Any, ...]]
"""Whom to tell what."""


class Lane:
    """Calls that are done one after another, in the order asked for, each in full before the next.

    `run` and `follow` return at once, and `failed` is the one door for what goes wrong: it is told
    an AppError; anything else is a bug, which is logged and told as a `mistake`. A call that
    `writes` is done even if the window closes meanwhile. `newest` names a kind of call of which
    only the newest counts: it takes the place of one that waits, and what one under way finds is
    told only if both are `about` the same.
    """

    def __init__(
        self, name: str, tell: Callable[[Telling], None], *, finish_s: float = CLOSE_TIMEOUT_S
    ) -> None:
        self._name = name
        self._tell = tell
        self._finish_s = finish_s
        self._waiting: deque[Task] = deque()
        self._current: Task | None = None
        self._changed = threading.Condition()
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def run(
        self,
        do: Callable[[Stop], T],
        done: Callable[[T], object] = _nothing,
        failed: Callable[[AppError], object] = _nothing,
        cancelled: Callable[[], object] = _nothing,
        *,
        writes: bool = False,
        newest: str = "",
        about: Hashable = None,
    ) -> Task:
        """Do it and tell its answer."""
        return self._put(Task(do, done, failed, cancelled, writes, newest, about))

    def follow(
        self,
        do: Callable[[Stop], Iterator[T]],
        step: Callable[[T], object],
        done: Callable[[], object] = _nothing,
        failed: Callable[[AppError], object] = _nothing,
        cancelled: Callable[[], object] = _nothing,
        *,
        newest: str = "",
        about: Hashable = None,
    ) -> Task:
        """Do it step by step and tell each."""

        def all_steps(stop: Stop) -> None:
            for each in do(stop):
                self._tell((task, step, (each,)))

        task = Task(all_steps, lambda _: done(), failed, cancelled, newest=newest, about=about)
        return self._put(task)

    @property
    def is_busy(self) -> bool:
        """Whether something is under way or waits."""
        with self._changed:
            return self._current is not None or bool(self._waiting)

    def close(self) -> None:
        """Take nothing more, leave what is under way, and do only what is still to be written."""
        with self._changed:
            self._is_closed = True
            self._waiting = deque(task for task in self._waiting if task.writes)
            if self._current and not self._current.writes:
                self._current.stop.leave()
            self._changed.notify()

    def finish(self) -> None:
        """Take nothing more and end when all is done."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    def join(self, began_at: float) -> None:
        """Wait for the end after `close` at `began_at` (monotonic), within bounds."""
        with self._changed:
            current = self._current
            writes = bool(self._waiting) or (current is not None and current.writes)
        limit_s = self._finish_s if writes else min(self._finish_s, CLOSE_TIMEOUT_S)
        if self._thread is not None:
            self._thread.join(max(0.0, began_at + limit_s - time.monotonic()))

    def _put(self, task: Task) -> Task:
        with self._changed:
            if self._is_closed:
                return task
            if task.newest:
                if (now := self._current) and now.newest == task.newest and now.about != task.about:
                    now.drop()
                for place, other in enumerate(self._waiting):
                    if other.newest == task.newest:
                        other.drop()
                        self._waiting[place] = task  # its turn is the older one's
                        return task
            self._waiting.append(task)
            self._changed.notify()
            if self._thread is None:
                name = f"work: {self._name}"
                self._thread = threading.Thread(target=self._work, name=name, daemon=True)
                self._thread.start()
        return task

    def _work(self) -> None:
        while task := self._next():
            self._do(task)

    def _next(self) -> Task | None:
        with self._changed:
            self._current = None
            self._changed.wait_for(lambda: self._waiting or self._is_closed)
            if self._waiting:
                self._current = self._waiting.popleft()
            return self._current

    def _do(self, task: Task) -> None:
        if task.is_dropped:
            return
        try:
            if task.stop.is_set():
                raise Cancelled
            answer = task.do(task.stop)
        except AppError as error:
            self._tell((task, task.failed, (error,)))
        except Cancelled:
            self._tell((task, task.cancelled, ()))
        except Left:
            pass
        except Exception:
            log.exception("work: %s", self._name)
            self._tell((task, task.failed, (mistake(),)))
        else:
            self._tell((task, task.done, (answer,)))


class Work(QObject):
    """Lives in the GUI thread; its methods return at once. `run` and `follow` wait for nobody.

    Threads are daemons: a call that hangs in a socket does not hold the program open.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = Bridge(self, interval_ms=0)  # someone waits for what was asked for
        self._bridge.received.connect(self._on_received)
        self._lanes: list[Lane] = []
        self._single: list[Lane] = []
        self._closed_at: float | None = None

    def lane(self, name: str, *, finish_s: float = CLOSE_TIMEOUT_S) -> Lane:
        """A lane of its own; closing waits for its writing at most `finish_s` seconds."""
        lane = Lane(name, self._bridge.tell, finish_s=finish_s)
        self._lanes.append(lane)
        return lane

    def run(
        self,
        do: Callable[[Stop], T],
        done: Callable[[T], object] = _nothing,
        failed: Callable[[AppError], object] = _nothing,
        cancelled: Callable[[], object] = _nothing,
    ) -> Task:
        """Do it beside everything else and tell its answer."""
        lane = self._single_lane()
        task = lane.run(do, done, failed, cancelled)
        lane.finish()
        return task

    def follow(
        self,
        do: Callable[[Stop], Iterator[T]],
        step: Callable[[T], object],
        done: Callable[[], object] = _nothing,
        failed: Callable[[AppError], object] = _nothing,
        cancelled: Callable[[], object] = _nothing,
    ) -> Task:
        """Do it beside everything else, step by step, and tell each."""
        lane = self._single_lane()
        task = lane.follow(do, step, done, failed, cancelled)
        lane.finish()
        return task

    @property
    def is_busy(self) -> bool:
        """Whether something is under way or waits in any lane."""
        return any(lane.is_busy for lane in (*self._lanes, *self._single))

    def close(self) -> None:
        """End every thread that waits, without taking anything back, and write what is to be kept.

        Within half a second, and where a disk takes its time with that, within the lanes' limits.
        """
        self._bridge.close()
        if self._closed_at is None:
            self._closed_at = time.monotonic()
        lanes = (*self._lanes, *self._single)
        for lane in lanes:
            lane.close()
        for lane in lanes:
            lane.join(self._closed_at)

    def _single_lane(self) -> Lane:
        self._single = [lane for lane in self._single if lane.is_busy]
        lane = Lane("single", self._bridge.tell)
        self._single.append(lane)
        return lane

    def _on_received(self, batch: list[Telling]) -> None:
        for task, tell, what in batch:
            if not task.is_dropped:
                tell(*what)
