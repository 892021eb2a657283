"""Watching: which folders are watched, how that begins and ends, and what the watcher tells."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.errors import AppError
from desktop.core.recognisers import Recogniser
from desktop.core.watch.watched import WatchedFolder
from desktop.core.watch.watcher import Arrived, LimitReached

from ..notices.acts import Act
from ..notices.messages import MessageLine
from ..notices.note_line import NoteLine
from ..parts import Parts
from ..work import Stop
from .rescans import shown
from .watch_dialog import WatchDialog

QUIET_S = 60.0
"""What arrives in the same folder within so long is shown by its job alone."""


class Watching(QObject):
    """The list is read and written in a lane; here is what was read last."""

    changed = Signal()
    """Another list of folders is watched."""

    def __init__(
        self,
        window: QWidget,
        parts: Parts,
        note: NoteLine,
        messages: MessageLine,
        *,
        chosen: Callable[[], Recogniser],
        raise_limit: Callable[[], object],
        on_error: Callable[[AppError], object],
    ) -> None:
        super().__init__(window)
        self._window, self._parts = window, parts
        self._note, self._messages = note, messages
        self._chosen, self._raise_limit, self._on_error = chosen, raise_limit, on_error
        self._list = parts.watcher.folders
        self._watched: dict[Path, WatchedFolder] = {}
        self._told_at: dict[Path, float] = {}  # by time.monotonic
        self._lane = parts.work.lane("watched folders")
        parts.bridge.received.connect(self._on_told)
        self._lane.run(lambda _: self._list.all(), self._show, on_error)

    @property
    def folders(self) -> list[WatchedFolder]:
        """All that are watched, by their paths."""
        return list(self._watched.values())

    def get(self, folder: Path) -> WatchedFolder | None:
        """How this folder is watched; None when it is not, be it within one that is."""
        return self._watched.get(folder)

    # Beginning and ending

    def begin(self, folder: Path) -> None:
        """Watch a folder with the chosen recogniser; where that costs money, agree on it first."""
        recogniser = self._chosen()
        if recogniser.price is None:
            self._write(folder, recogniser, None)
        else:
            self._ask(folder, recogniser, None)

    def change_limit(self, folder: Path) -> None:
        """Agree anew on what the labelling of this folder may cost."""
        watched = self._watched.get(folder)
        if watched is not None and watched.dollars is not None:
            self._ask(folder, self._parts.recognisers.get(watched.backend), watched.dollars)

    def end(self, folder: Path) -> None:
        """Watch a folder no more; what has arrived and is not labelled yet is left."""
        watched = self._watched.get(folder)
        if watched is None:
            return

        def remove(_: Stop) -> tuple[list[WatchedFolder], list[int]]:
            jobs = self._list.open_jobs(watched.id)
            self._list.remove(watched.id)
            return self._list.all(), jobs

        def done(told: tuple[list[WatchedFolder], list[int]]) -> None:
            folders, jobs = told
            self._renewed(folders)
            for job_id in jobs:
                self._parts.queue.cancel(job_id)
            text = self.tr("{0} is no longer watched").format(shown(folder))
            self._note.show_note(text)

        self._lane.run(remove, done, self._on_error, writes=True)

    def read_again(self) -> None:
        """A folder was found again elsewhere, say, and is watched there."""
        self._lane.run(lambda _: self._list.all(), self._renewed, self._on_error)

    def _ask(self, folder: Path, recogniser: Recogniser, agreed: float | None) -> None:
        settings = self._parts.settings.now
        dialog = WatchDialog(
            shown(folder),
            partial(self._write, folder, recogniser),
            dollars_per_1000=recogniser.price(settings) if recogniser.price else 0.0,
            everything=settings.monthly_limit_dollars,
            agreed=agreed,
            parent=self._window,
        )
        dialog.open()

    def _write(self, folder: Path, recogniser: Recogniser, dollars: float | None) -> None:
        def add(_: Stop) -> list[WatchedFolder]:
            self._list.add(folder, recogniser.name, dollars)
            return self._list.all()

        def done(folders: list[WatchedFolder]) -> None:
            self._renewed(folders)
            text = self.tr("Watching {0}: new photos are labelled automatically")
            act = Act(self.tr("Stop watching"), partial(self.end, folder))
            self._note.show_note(text.format(shown(folder)), act)

        self._lane.run(add, done, self._on_error, writes=True)

    def _renewed(self, folders: list[WatchedFolder]) -> None:
        self._parts.watcher.renew()
        self._show(folders)

    def _show(self, folders: list[WatchedFolder]) -> None:
        watched = {each.path: each for each in folders}
        if watched != self._watched:
            self._watched = watched
            self.changed.emit()

    # What the watcher tells

    def _on_told(self, batch: list[object]) -> None:
        for thing in batch:
            if isinstance(thing, Arrived):
                told_at, now = self._told_at.get(thing.folder, -QUIET_S), time.monotonic()
                self._told_at[thing.folder] = now
                if now - told_at < QUIET_S:
                    continue
                text = self.tr("%Ln new photos in {0}", "", thing.photos)
                self._note.show_note(text.format(shown(thing.folder)))
            elif isinstance(thing, LimitReached):
                self._say_limit(thing)

    def _say_limit(self, reached: LimitReached) -> None:
        waiting = self.tr("%Ln new photos are waiting", "", reached.photos)
        text = self.tr("{0}. They are labelled next month, or when you raise the limit.")
        if reached.is_agreed:
            title = self.tr("The month's limit for {0} is reached").format(shown(reached.folder))
            act = Act(self.tr("Change the limit…"), partial(self.change_limit, reached.folder))
        else:
            title = self.tr("Your limit for this month is reached")
            act = Act(self.tr("Raise the limit…"), self._raise_limit)
        self._messages.show_message(title, text.format(waiting), act)
