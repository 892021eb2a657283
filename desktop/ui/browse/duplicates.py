"""Duplicates: shows photos that look alike beside each other, and compares those that are new."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.core.errors import AppError
from desktop.core.job.priority import give_way
from desktop.core.library.catalog import Query
from desktop.core.library.store import Store

from ..notices.acts import Act
from ..notices.note_line import NoteLine
from ..work import Stop, Task, Work
from .browse import Browse

if TYPE_CHECKING:
    from desktop.core.similar.likenesses import Looked

TELL_AFTER_S, TELL_S = 1.0, 8.0
"""When a comparison that takes longer says how far it is, and then how often: a note stays for ten
seconds."""


class Duplicates(QObject):
    """What is known is shown at once, and the rest when all are compared. `small` is a thumbnail's
    maker, for another thread.
    """

    def __init__(
        self,
        store: Store,
        small: Callable[[Path], Image.Image],
        browse: Browse,
        work: Work,
        note: NoteLine,
        *,
        on_error: Callable[[AppError], object],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._store, self._small, self._browse = store, small, browse
        self._note, self._on_error = note, on_error
        self._lane = work.lane("duplicates")
        self._task: Task | None = None
        self._said = ""
        self.action = QAction(self.tr("Show duplicates"), window)
        self.action.setShortcut(QKeySequence("Ctrl+Shift+D"))
        self.action.triggered.connect(self.show_all)
        browse.changed.connect(self._on_query)

    def show_all(self) -> None:
        """Show them, and compare what is new."""
        self._browse.ask(Query("duplicates"))

    def _on_query(self, query: Query) -> None:
        if query.place == "duplicates" and self._task is None:
            self._task = self._lane.follow(
                self._compare, self._say, self._end, self._failed, self._end
            )

    def _compare(self, stop: Stop) -> Iterator[Looked]:
        # numpy takes 16 MB and 0.1 s: for those who look for duplicates
        from desktop.core.similar.likenesses import find_alike  # noqa: PLC0415

        give_way()
        tell_at = time.monotonic() + TELL_AFTER_S
        for looked in find_alike(self._store, self._small, cancel=stop):
            if time.monotonic() > tell_at:
                tell_at = time.monotonic() + TELL_S
                yield looked

    def _say(self, looked: Looked) -> None:
        if self._task is None:
            return
        number = QLocale().toString
        text = self.tr("Looking for photos that look alike: {0} of {1}")
        text = text.format(number(looked.done), number(looked.total))
        self._said = text
        self._note.show_note(text, Act(self.tr("Cancel"), self._task.cancel))

    def _end(self) -> None:
        self._task = None
        if self._said and self._note.text == self._said:
            self._note.clear()
        self._browse.refresh()

    def _failed(self, error: AppError) -> None:
        self._task = None
        self._on_error(error)
