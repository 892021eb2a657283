"""UpToDate: writes keywords by itself after each job and each correction, when that is wished."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.errors import AppError
from desktop.core.library.labelled import (
    files_of_images,
    files_of_jobs,
    files_of_last_job,
    labelled_files,
)
from desktop.core.library.store import Store
from desktop.core.save.write_keywords import FileEvent, outdated, write_keywords
from desktop.core.save.written import Written
from desktop.core.settings import Settings

from ..live_settings import LiveSettings
from ..notices.acts import Act
from ..notices.note_line import NoteLine
from ..work import Stop, Task, Work
from .runs import writer_of

REST_MS = 1000
"""Corrections rest so long before they are written: who makes several makes them in a row."""


class UpToDate(QObject):
    """One pass at a time; what comes meanwhile is written after it.

    `show_failed` shows the reasons for files (by their ids) that could not be written, and offers
    to try again.
    """

    written = Signal()
    """Something was written, perhaps."""

    def __init__(
        self,
        store: Store,
        settings: LiveSettings,
        work: Work,
        note: NoteLine,
        *,
        show_failed: Callable[[list[int]], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store, self._settings, self._work = store, settings, work
        self._note, self._show_failed = note, show_failed
        self._images: set[int] = set()
        self._jobs: set[int] = set()
        self._is_first = False
        self._task: Task | None = None
        self._failed: list[int] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._begin)

    # What there is to write

    def look(self) -> None:
        """At the start: what a program that was ended did not come to."""
        self._is_first = True
        self._soon()

    def add_job(self, job_id: int) -> None:
        """A job has ended."""
        self._jobs.add(job_id)
        self._soon()

    def add_images(self, image_ids: frozenset[int]) -> None:
        """The labels of these images were corrected."""
        self._images |= image_ids
        self._soon()

    def _soon(self) -> None:
        if self._settings.now.keeps_keywords:
            self._timer.start()

    def close(self) -> None:
        """Begin nothing more."""
        self._timer.stop()

    # Writing

    @property
    def is_writing(self) -> bool:
        return self._task is not None

    def _begin(self) -> None:
        if self._task is not None or not self._settings.now.keeps_keywords:
            return
        images, jobs, is_first = self._images, self._jobs, self._is_first
        self._images, self._jobs, self._is_first = set(), set(), False
        settings = self._settings.now

        def steps(stop: Stop) -> Iterator[FileEvent]:
            file_ids = self._concerned(images, jobs, is_first=is_first)
            yield from self._write(file_ids, settings, stop)

        self._failed = []
        self._task = self._work.follow(steps, self._on_event, self._on_done, self._on_error)

    def _concerned(self, images: set[int], jobs: set[int], *, is_first: bool) -> list[int]:
        """In a thread."""
        file_ids = files_of_images(self._store, images) | files_of_jobs(self._store, jobs)
        if is_first:
            written = Written(self._store)
            missed = files_of_last_job(self._store) | written.wanted().keys()
            file_ids |= missed - written.taken_back()  # what was undone stays so
        return sorted(file_ids)

    def _write(self, file_ids: list[int], settings: Settings, stop: Stop) -> Iterator[FileEvent]:
        least, writer = settings.keyword_min_confidence, writer_of(settings)
        photos = labelled_files(self._store, file_ids, least)
        if old := list(outdated(self._store, photos, writer)):
            photos = labelled_files(self._store, old, least)
            yield from write_keywords(self._store, photos, writer, cancel=stop, automatic=True)

    def _on_event(self, event: FileEvent) -> None:
        if event.outcome == "failed":
            self._failed.append(event.file_id)

    def _on_done(self) -> None:
        self._task = None
        self.written.emit()
        if failed := self._failed:
            text = self.tr("Keywords of %Ln photos could not be kept up to date", "", len(failed))
            self._note.show_note(text, Act(self.tr("Show"), lambda: self._show_failed(failed)))
        if self._images or self._jobs:
            self._soon()

    def _on_error(self, error: AppError) -> None:
        self._task = None
        self._note.show_note(self.tr("Keywords could not be kept up to date"))
