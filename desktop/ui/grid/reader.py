"""LibraryReader: what the window reads of the library, a piece at a time, in a lane of its own."""

from __future__ import annotations

import queue
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.core.events import State
from desktop.core.library.changes import Changes
from desktop.core.library.library import Library
from desktop.core.library.rows import FileRow
from desktop.core.money.spending import Spending, Spent

from ..work import Stop

CHUNK = 500
"""Rows read at once: a few milliseconds, in which no other reader gets its turn."""
PAUSE_S = 0.002
"""Between two chunks the GUI thread gets its turn: reading rows is Python's work, too."""


@dataclass(frozen=True, slots=True)
class RowsRead:
    """Rows of files that are new or have changed, and the ids of those that were taken out.

    `were_there`: at the first reading, in the order of `Library.file_order`.
    """

    rows: tuple[FileRow, ...]
    gone: frozenset[int] = frozenset()
    were_there: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How a job stands by the library: items in each state, and whether all were found.

    `final`: it was asked for after the job had ended. Only then `dollars` says what the job cost,
    and `seconds` how long it took, unless it was begun before this start of the program.
    `not_photos` are files that were dropped, and that are no photos and no items.
    """

    job_id: int
    counts: dict[State, int]
    found_all: bool
    final: bool = False
    dollars: float = 0.0
    seconds: float | None = None
    not_photos: int = 0

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
        self._on_the_way: queue.SimpleQueue[int] = queue.SimpleQueue()

    def note(self, file_ids: Iterable[int]) -> None:
        """Read these files at the next reading, too; for any thread."""
        for file_id in file_ids:
            self._on_the_way.put(file_id)

    def read(self, stop: Stop) -> Iterator[RowsRead]:
        """All that has changed since the last reading; at first, all that there is.

        New files come in the order of their ids. What is committed while this reads is read now or
        next, and never an older state after a newer one.
        """
        if self._number is None:
            yield from self._read_all(stop)
        noted = self._noted()
        while self._number is not None:
            self._number, changed = self._changes.since(self._number, CHUNK)
            known = {file_id for file_id in (*changed, *noted) if file_id <= self._last_id}
            noted = []
            if known:
                rows = self._library.files_by_id(known)
                yield RowsRead(tuple(rows), frozenset(known.difference(r.file_id for r in rows)))
            new = self._library.files(after_id=self._last_id, limit=CHUNK)
            if new:
                self._last_id = new[-1].file_id
                yield RowsRead(tuple(new))
            if len(changed) < CHUNK and len(new) < CHUNK:
                return
            stop.wait(PAUSE_S)

    def _read_all(self, stop: Stop) -> Iterator[RowsRead]:
        """What there is, newest first; what changes meanwhile is read after it."""
        number = self._changes.newest()
        order = self._library.file_order()
        for start in range(0, len(order), CHUNK):
            part = order[start : start + CHUNK]
            by_id = {row.file_id: row for row in self._library.files_by_id(part)}
            rows = [by_id[file_id] for file_id in part if file_id in by_id]
            yield RowsRead(tuple(rows), were_there=True)
            stop.wait(PAUSE_S)
        self._number, self._last_id = number, max(order, default=0)

    def watch(self, stop: Stop) -> Iterator[RowsRead]:
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
            not_photos=self._library.not_photos(job_id),
        )
        return tally, self.month()

    def _noted(self) -> list[int]:
        noted = []
        while True:
            try:
                noted.append(self._on_the_way.get_nowait())
            except queue.Empty:
                return noted
