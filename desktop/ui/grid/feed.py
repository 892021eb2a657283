"""Feed: brings what the library says, and what jobs tell, to the model and the window."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.events import Changed, JobEvent, JobState
from desktop.core.library.library import Library
from desktop.core.money.spending import Spent

from ..bridge import Bridge
from ..work import Stop, Work
from .reader import LibraryReader, PhotosRead, Tally
from .results_model import ResultsModel

COUNT_INTERVAL_MS = 250
WATCH_INTERVAL_MS = 1000
"""How often the window looks for what other programs have written, as long as it is to be seen."""


class Feed(QObject):
    """Lives in the GUI thread. What it shows comes from the library; events say when to look.

    So a count is never off because an event came twice, late, or before the window did. Rows and
    counts are read in one lane: what is said of a job's end comes after its last row.
    """

    loaded = Signal()
    """All images that the library had at the start are in the model."""
    changed = Signal()
    """Rows have come or changed."""
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
        parent: QObject | None = None,
        *,
        work: Work,
        is_seen: Callable[[], bool],
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._bridge = bridge
        self._is_seen = is_seen
        self._reader = LibraryReader(library)
        self._lane = work.lane("library")
        self._job_id: int | None = None
        self._began: dict[int, float] = {}
        self._ended: dict[int, JobEvent] = {}
        self._loaded = False
        self._has_news = False
        self._count_timer = QTimer(self)
        self._count_timer.setSingleShot(True)
        self._count_timer.setInterval(COUNT_INTERVAL_MS)
        self._count_timer.timeout.connect(self._count)
        self._watch_timer = QTimer(self)
        self._watch_timer.setInterval(WATCH_INTERVAL_MS)
        self._watch_timer.timeout.connect(self._watch)
        self._watch_timer.start()
        bridge.received.connect(self._on_received)
        self._read()

    def close(self) -> None:
        """Stop reading the library."""
        self._count_timer.stop()
        self._watch_timer.stop()

    def read_month(self) -> None:
        """Read what this month has cost."""
        self._lane.run(
            lambda _: self._reader.month(), self.month_read.emit, self.failed.emit, newest="month"
        )

    @property
    def job_id(self) -> int | None:
        """The job that is running now."""
        return self._job_id

    # Asking

    def _read(self) -> None:
        self._follow(self._reader.read)

    def _watch(self) -> None:
        if self._is_seen():
            self._follow(self._reader.watch)

    def _follow(self, read: Callable[[Stop], Iterator[PhotosRead]]) -> None:
        """Read what has changed; of several wishes that wait, one is enough."""
        self._lane.follow(read, self._take_photos, self._on_read, self.failed.emit, newest="rows")

    def _count(self) -> None:
        """Ask how the job stands; on a slow disk, such questions do not pile up."""
        if (job_id := self._job_id) is not None:
            self._lane.run(
                lambda _: self._reader.tally(job_id),
                self._take_tally,
                self.failed.emit,
                newest="tally",
                about=job_id,
            )

    # Receiving

    def _on_received(self, batch: list[object]) -> None:
        changes = [thing for thing in batch if isinstance(thing, Changed)]
        for change in changes:
            self._reader.note(change.files)
        if changes:
            self._read()
        for thing in batch:
            if isinstance(thing, JobEvent):
                self._take_job(thing)
        if self._job_id is not None and not self._count_timer.isActive():
            self._count_timer.start()

    def _take_photos(self, read: PhotosRead) -> None:
        self._bridge.drain()  # that a job is running was told before it brought photos
        self._has_news = True
        if read.were_there:
            self._model.fill(read.photos)
            self._reader.taken()
        else:
            self._model.take(read.photos, read.gone)

    def _on_read(self) -> None:
        if not self._loaded:
            self._loaded = True
            self.loaded.emit()
        elif self._has_news:
            self.changed.emit()
            if self._job_id is None:
                self.read_month()  # another program may be at work
        self._has_news = False

    def _take_job(self, event: JobEvent) -> None:
        if event.state is JobState.RUNNING:
            self._job_id = event.job_id
            self._began[event.job_id] = time.time()
            self.job_started.emit(event.job_id)
            self._count()
            return
        if self._job_id == event.job_id:
            self._job_id = None
        if event.job_id:
            self._ended[event.job_id] = event
            now = time.time()
            began = self._began.pop(event.job_id, now)
            self._lane.run(
                lambda _: self._reader.final_tally(event.job_id, began, now),
                self._take_tally,
                self.failed.emit,
            )
        else:
            self.job_ended.emit(event, None)

    def _take_tally(self, told: tuple[Tally, Spent]) -> None:
        tally, spent = told
        self.month_read.emit(spent)
        if not tally.final:
            if tally.job_id == self._job_id:
                self.counted.emit(tally)
        elif event := self._ended.pop(tally.job_id, None):
            self.job_ended.emit(event, tally)
