"""LibraryReader: reads the library in a lane of its own and tells what it found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from desktop.core.errors import AppError
from desktop.core.events import State
from desktop.core.library.library import Library
from desktop.core.library.rows import FileRow
from desktop.core.money.spending import Spending, Spent

from ..work import Stop, Work

CHUNK = 500
"""Rows read at once: a few milliseconds, in which no other reader gets its turn."""
PAUSE_S = 0.002
"""Between two chunks the GUI thread gets its turn: reading rows is Python's work, too."""


@dataclass(frozen=True, slots=True)
class RowsRead:
    """Rows of the library in order; `complete` when there are no more for now."""

    rows: tuple[FileRow, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class FilesRead:
    """Rows of the files that were asked for."""

    rows: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How a job stands by the library: items in each state, and whether all were found.

    `final`: it was asked for after the job had ended. Only then `dollars` says what the job cost,
    and `seconds` how long it took, unless it was begun before this start of the program.
    """

    job_id: int
    counts: dict[State, int]
    found_all: bool
    final: bool = False
    dollars: float = 0.0
    seconds: float | None = None

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


@dataclass(frozen=True, slots=True)
class MonthRead:
    """What this month has cost until now."""

    spent: Spent


@dataclass(frozen=True, slots=True)
class ReadFailed:
    """The library could not be read."""

    error: AppError


class LibraryReader:
    """Its methods return at once; what was read goes to `tell`, in the order asked for."""

    def __init__(self, library: Library, work: Work, tell: Callable[[object], None]) -> None:
        self._library = library
        self._spending = Spending(library.store)
        self._tell = tell
        self._lane = work.lane("library")

    def read_rows(self, after_id: int) -> None:
        """Ask for all rows newer than a file; told as several RowsRead."""
        self._read(partial(self._read_rows, after_id))

    def read_files(self, file_ids: Sequence[int]) -> None:
        """Ask for the rows of these files; told as a FilesRead."""
        self._read(lambda _: self._read_files(file_ids))

    def read_tally(self, job_id: int) -> None:
        """Ask how a job stands; told as a MonthRead and a Tally.

        At most one such question waits: on a slow disk, they would pile up.
        """
        self._read(lambda _: self._read_tally(job_id), newest="tally")

    def read_final_tally(self, job_id: int, began: float, ended: float) -> None:
        """Ask what came of a job that ran between these Unix times; told in the same way."""
        self._read(lambda _: self._read_final_tally(job_id, began, ended))

    def read_month(self) -> None:
        """Ask what this month has cost; told as a MonthRead."""
        self._read(lambda _: self._read_month())

    def _read(self, do: Callable[[Stop], None], *, newest: str = "") -> None:
        failed = self._tell
        self._lane.run(do, failed=lambda error: failed(ReadFailed(error)), newest=newest)

    def _read_rows(self, after_id: int, stop: Stop) -> None:
        while True:
            rows = self._library.files(after_id=after_id, limit=CHUNK)
            complete = len(rows) < CHUNK
            self._tell(RowsRead(tuple(rows), complete))
            if complete:
                return
            after_id = rows[-1].file_id
            stop.wait(PAUSE_S)

    def _read_files(self, file_ids: Sequence[int]) -> None:
        self._tell(FilesRead(tuple(self._library.files_by_id(file_ids))))

    def _read_tally(self, job_id: int) -> None:
        found_all = self._library.found_all(job_id)  # before the counts: then all are counted
        self._read_month()
        self._tell(Tally(job_id, self._library.count_states(job_id), found_all))

    def _read_final_tally(self, job_id: int, began: float, ended: float) -> None:
        found_all = self._library.found_all(job_id)
        first = self._library.first_submit(job_id)
        is_whole = first is None or first >= began
        tally = Tally(
            job_id,
            self._library.count_states(job_id),
            found_all,
            final=True,
            dollars=self._spending.of_job(job_id).dollars,
            seconds=ended - began if is_whole else None,
        )
        self._read_month()
        self._tell(tally)

    def _read_month(self) -> None:
        self._tell(MonthRead(self._spending.this_month()))
