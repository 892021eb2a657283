"""MeaningSide: has the network for search by meaning downloaded, and the photos looked at by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.core.errors import AppError
from desktop.core.meaning.embeddings import Counted
from desktop.core.meaning.network import Network
from desktop.core.meaning.network_folder import Progress

from ..work import Task, Work

if TYPE_CHECKING:
    from ..parts import Parts


@dataclass(frozen=True, slots=True)
class _LookedAt:
    """Told by the embedder: some more photos can be found by meaning."""


class MeaningSide(QObject):
    """Lives in the GUI thread. Nothing is downloaded before `download`."""

    changed = Signal()
    """Something that this says is another one."""

    def __init__(
        self, parts: Parts, work: Work, on_error: Callable[[AppError], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._parts, self._meaning, self._on_error = parts, parts.meaning, on_error
        self._lane, self._counting = work.lane("network"), work.lane("count by meaning")
        self._task: Task | None = None
        self._percent = 0
        self._counted: Counted | None = None
        self._error: AppError | None = None
        self._is_removing = False
        parts.bridge.received.connect(self._on_told)

    # The network

    @property
    def network(self) -> Network:
        """What there is to download."""
        return self._meaning.network

    @property
    def is_there(self) -> bool:
        """Whether it is downloaded."""
        return self._meaning.is_there and not self._is_removing

    @property
    def is_removing(self) -> bool:
        """Whether it is being deleted."""
        return self._is_removing

    @property
    def is_begun(self) -> bool:
        """Whether a part of it is there, so that a download goes on where one ended."""
        return not self._meaning.is_there and self._meaning.done_bytes > 0

    @property
    def percent(self) -> int | None:
        """How far the download is; None while there is none."""
        return None if self._task is None else self._percent

    @property
    def error(self) -> AppError | None:
        """Why the last download or removal ended before its time."""
        return self._error

    @property
    def counted(self) -> Counted | None:
        """How many photos can be found by meaning, as far as that is known."""
        return self._counted if self.is_there else None

    def download(self) -> None:
        """Download it, or what is missing of it."""
        if self._task is None and not self.is_there and not self._is_removing:
            self._error = None
            network = self.network
            self._percent = 100 * self._meaning.done_bytes // max(1, network.size_bytes)
            self._task = self._lane.follow(
                self._meaning.download, self._step, self._end, self._failed, self._stopped
            )
            self.changed.emit()

    def cancel(self) -> None:
        """End the download; what has come is kept."""
        if self._task is not None:
            self._task.cancel()

    def remove(self) -> None:
        """Delete it, and what it has said of the photos."""
        if self._task is None and not self._is_removing:
            self._error, self._counted, self._is_removing = None, None, True
            self._lane.run(lambda _: self._meaning.remove(), self._removed, self._failed)
            self.changed.emit()

    def _step(self, progress: Progress) -> None:
        percent = 100 * progress.done_bytes // max(1, progress.total_bytes)
        if percent != self._percent:
            self._percent = percent
            self.changed.emit()

    def _end(self) -> None:
        self._task = None
        self.start()
        self.changed.emit()

    def _failed(self, error: AppError) -> None:
        self._task, self._error, self._is_removing = None, error, False
        self.changed.emit()

    def _stopped(self) -> None:
        self._task = None
        self.changed.emit()

    def _removed(self, _: object) -> None:
        self._is_removing = False
        self.changed.emit()

    # The photos

    def start(self) -> None:
        """Have the photos looked at in the background, if the network is there."""
        if self._meaning.is_there:
            self._lane.run(lambda _: self._start(), lambda _: self.count(), self._on_error)

    def _start(self) -> None:
        """In another thread: what runs networks takes a moment to load."""
        parts = self._parts
        self._meaning.start_embedding(
            parts.pictures,
            is_busy=lambda: parts.queue.is_busy,
            on_progress=lambda error: parts.bridge.tell(error or _LookedAt()),
            spares_core=lambda: parts.settings.now.spares_core,
        )

    def wake(self) -> None:
        """A job has ended: there may be photos to look at."""
        self._meaning.wake()

    def count(self) -> None:
        """Count how many photos can be found by meaning."""
        if self.is_there:
            self._counting.run(
                lambda _: self._meaning.counted(), self._on_counted, self._on_error, newest="count"
            )

    def _on_counted(self, counted: Counted) -> None:
        self._counted = counted
        self.changed.emit()

    def _on_told(self, batch: list[object]) -> None:
        if any(isinstance(thing, _LookedAt) for thing in batch):
            self.count()
