"""Feed: brings events and readings of the library, in their order, to the model and the window."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.errors import UnreachableError
from desktop.core.events import FoundEvent, ItemEvent, JobEvent, JobState
from desktop.core.library.library import Library

from ..bridge import Bridge
from ..work import Work
from .reader import FilesRead, LibraryReader, MonthRead, ReadFailed, RowsRead, Tally
from .results_model import ResultsModel

COUNT_INTERVAL_MS = 250


class Feed(QObject):
    """Lives in the GUI thread. What it shows comes from the library; events say when to look.

    So a count is never off because an event came twice, late, or before the window did.
    """

    loaded = Signal()
    """All images that the library had at the start are in the model."""
    job_started = Signal(int)
    counted = Signal(object)
    """A Tally of the running job."""
    job_ended = Signal(object, object)
    """The JobEvent and the last Tally (None when the job never came to be)."""
    month_read = Signal(object)
    """What this month has cost until now, a Spent; with every Tally, and when asked for."""
    failed = Signal(object)
    """An AppError: the library cannot be read."""

    def __init__(
        self,
        library: Library,
        model: ResultsModel,
        bridge: Bridge,
        work: Work,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._reader = LibraryReader(library, work, bridge.tell)
        self._job_id: int | None = None
        self._began: dict[int, float] = {}
        self._ended: dict[int, JobEvent] = {}
        self._loaded = False
        self._is_out_of_reach = False  # a photo, which keeps the labels that it has
        self._reading = False
        self._next_reading: Callable[[], None] | None = None
        self._count_timer = QTimer(self)
        self._count_timer.setSingleShot(True)
        self._count_timer.setInterval(COUNT_INTERVAL_MS)
        self._count_timer.timeout.connect(self._count)
        bridge.received.connect(self._on_received)
        self._read_new()

    def close(self) -> None:
        """Stop reading the library."""
        self._count_timer.stop()

    def read_again(self) -> None:
        """Read everything: files have come back that were removed."""
        self._read_again()

    def read_month(self) -> None:
        """Read what this month has cost."""
        self._reader.read_month()

    @property
    def job_id(self) -> int | None:
        """The job that is running now."""
        return self._job_id

    # Asking

    def _read_new(self) -> None:
        """Read the rows that the model lacks; once more afterwards when asked meanwhile."""
        if self._reading:
            self._next_reading = self._next_reading or self._read_new
            return
        self._reading = True
        self._reader.read_rows(self._model.last_file_id)

    def _read_again(self) -> None:
        """Read everything: a job that was ended changes many rows at once, without events."""
        if self._reading:
            self._next_reading = self._read_again
            return
        self._reading = True
        self._model.begin_reading_again()
        self._reader.read_rows(0)

    def _reading_ended(self) -> None:
        self._reading = False
        if read := self._next_reading:
            self._next_reading = None
            read()

    def _count(self) -> None:
        if self._job_id is not None:
            self._reader.read_tally(self._job_id)

    # Receiving

    def _on_received(self, batch: list[object]) -> None:
        items: list[ItemEvent] = []
        for thing in batch:
            if isinstance(thing, ItemEvent):
                items.append(thing)
                self._is_out_of_reach |= isinstance(thing.error, UnreachableError)
                continue
            if items:
                self._model.apply(items)
                items = []
            self._take(thing)
        if items:
            self._model.apply(items)
        if self._job_id is not None and not self._count_timer.isActive():
            self._count_timer.start()
        if self._model.lacks_rows:
            self._read_new()

    def _take(self, thing: object) -> None:
        match thing:
            case RowsRead():
                self._take_rows(thing)
            case FilesRead():
                self._model.take_back(thing.rows)
            case Tally():
                self._take_tally(thing)
            case MonthRead():
                self.month_read.emit(thing.spent)
            case FoundEvent():
                if thing.came_back:  # older than the newest file that was read
                    self._reader.read_files(thing.came_back)
                if thing.count:
                    self._read_new()
            case JobEvent():
                self._take_job(thing)
            case ReadFailed():
                self.failed.emit(thing.error)
                self._reading_ended()

    def _take_rows(self, read: RowsRead) -> None:
        self._model.take(read.rows)
        if not read.complete:
            return
        if not self._loaded:
            self._loaded = True
            self.loaded.emit()
        self._reading_ended()

    def _take_job(self, event: JobEvent) -> None:
        if event.state is JobState.RUNNING:
            self._job_id = event.job_id
            self._began[event.job_id] = time.time()
            self.job_started.emit(event.job_id)
            self._count()
            return
        if self._job_id == event.job_id:
            self._job_id = None
        if event.state is not JobState.FINISHED or self._is_out_of_reach:
            self._is_out_of_reach = False
            self._read_again()
        if event.job_id:
            self._ended[event.job_id] = event
            now = time.time()
            began = self._began.pop(event.job_id, now)
            self._reader.read_final_tally(event.job_id, began, now)
        else:
            self.job_ended.emit(event, None)

    def _take_tally(self, tally: Tally) -> None:
        if not tally.final:
            if tally.job_id == self._job_id:
                self.counted.emit(tally)
        elif event := self._ended.pop(tally.job_id, None):
            self.job_ended.emit(event, tally)
