"""LibraryReader: what the window reads of the library, a piece at a time, in a lane of its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from desktop.core.events import State
from desktop.core.library.changes import Changes
from desktop.core.library.library import Library
from desktop.core.library.rows import Outlines
from desktop.core.money.spending import Spending, Spent
from desktop.core.walk.passed_over import PassedOver

from ..work import Stop

CHUNK = 500
"""Photos that are new or have changed are told of so many at once."""
PART = 2000
"""Of those that were there: some milliseconds of the GUI thread's work."""
PAUSE_S = 0.002
"""Between two chunks the GUI thread gets its turn."""
TAKEN_WITHIN_S = 0.1
"""How often the wait for that looks whether the window closes."""


@dataclass(frozen=True, slots=True)
class PhotosRead:
    """Photos that are new or have changed, and the ids of those that were taken out.

    `were_there`: at the first reading, in the order of `Library.outlines`.
    """

    photos: Outlines
    gone: frozenset[int] = frozenset()
    were_there: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How a job stands by the library: items in each state, and whether all were found.

    `final`: it was asked for after the job had ended. Only then `dollars` says what the job cost,
    and `seconds` how long it took, unless it was begun before this start of the program.
    `passed_over` is what was dropped besides, and is no item.
    """

    job_id: int
    counts: dict[State, int]
    found_all: bool
    final: bool = False
    dollars: float = 0.0
    seconds: float | None = None
    passed_over: PassedOver = field(default_factory=PassedOver)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def ended(self) -> int:
        """Items in a final state."""
        return sum(count for state, count in self.counts.items() if state.is_final)

    def count(self, state: State) -> int:
        """Items in `state`."""
        return self.counts.get(state, 0)


class LibraryReader:
    """Called in one lane; it knows how far it has read. Every method may raise StorageError."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._changes = Changes(library.store)
        self._spending = Spending(library.store)
        self._version = 0
        self._number: int | None = None  # of the last change that was read
        self._last_id = 0  # of the newest file that was read
        self._taken = threading.Semaphore()
        self._on_the_way: queue.SimpleQueue[int] = queue.SimpleQueue()

    def note(self, file_ids: Iterable[int]) -> None:
        """Read these files at the next reading, too; for any thread."""
        for file_id in file_ids:
            self._on_the_way.put(file_id)

    def taken(self) -> None:
        """The GUI thread has taken some photos that were there, and has time for the next."""
        self._taken.release()

    def read(self, stop: Stop) -> Iterator[PhotosRead]:
        """All that has changed since the last reading; at first, all that there is.

        New files come in the order of their ids. What is committed while this reads is read now or
        next. How a photo stands is read when it is looked at, so it is never told an older state
        after a newer one.
        """
        if self._number is None:
            yield from self._read_all(stop)
        noted = self._noted()
        while self._number is not None:
            self._number, changed = self._changes.since(self._number, CHUNK)
            known = {file_id for file_id in (*changed, *noted) if file_id <= self._last_id}
            noted = []
            if known:
                there = self._library.outlines_of(known)
                yield PhotosRead(there, frozenset(known.difference(there.ids)))
            new = self._library.outlines_after(self._last_id, CHUNK)
            if new:
                self._last_id = new.ids[-1]
                yield PhotosRead(new)
            if len(changed) < CHUNK and len(new) < CHUNK:
                return
            stop.wait(PAUSE_S)

    def _read_all(self, stop: Stop) -> Iterator[PhotosRead]:
        """What there is, newest first; what changes meanwhile is read after it."""
        number, newest = self._changes.newest(), self._library.newest_file()
        first = self._library.outlines(up_to=newest, limit=CHUNK)
        yield PhotosRead(first, were_there=True)  # to be seen before the rest is read
        rest = self._library.outlines(up_to=newest) if len(first) == CHUNK else first
        for start in range(0, len(rest), PART):
            yield PhotosRead(rest.part(start, start + PART), were_there=True)
            while not self._taken.acquire(timeout=TAKEN_WITHIN_S) and not stop.is_set():
                pass  # else they would pile up for the GUI thread
        self._number, self._last_id = number, newest

    def watch(self, stop: Stop) -> Iterator[PhotosRead]:
        """The same where anybody has committed anything since this was asked last."""
        version = self._changes.version()
        if version != self._version or not self._on_the_way.empty():
            self._version = version  # of before the reading: what comes meanwhile is another one
            yield from self.read(stop)

    def month(self) -> Spent:
        """What this month has cost until now."""
        return self._spending.this_month()

    def tally(self, job_id: int) -> tuple[Tally, Spent]:
        """How a job stands."""
        found_all = self._library.found_all(job_id)  # before the counts: then all are counted
        return Tally(job_id, self._library.count_states(job_id), found_all), self.month()

    def final_tally(self, job_id: int, began: float, ended: float) -> tuple[Tally, Spent]:
        """What came of a job that ran between these Unix times."""
        first = self._library.first_submit(job_id)
        is_whole = first is None or first >= began
        tally = Tally(
            job_id,
            found_all=self._library.found_all(job_id),
            counts=self._library.count_states(job_id),
            final=True,
            dollars=self._spending.of_job(job_id).dollars,
            seconds=ended - began if is_whole else None,
            passed_over=self._library.passed_over(job_id),
        )
        return tally, self.month()

    def _noted(self) -> list[int]:
        noted = []
        while True:
            try:
                noted.append(self._on_the_way.get_nowait())
            except queue.Empty:
                return noted
