"""NearDuplicates: compares all photos by meaning, and shows which are nearly the same."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.core.errors import AppError
from desktop.core.job.priority import give_way
from desktop.core.library.catalog import Query, Resembling

from ..browse.browse import Browse
from ..notices.acts import Act
from ..notices.note_line import NoteLine
from ..words.words import percent
from ..work import Stop, Task, Work
from .side import MeaningSide

if TYPE_CHECKING:
    from desktop.core.meaning.meaning import Compared, Meaning

TELL_AFTER_S, TELL_S = 1.0, 8.0
"""When a comparison that takes longer says how far it is, and then how often: a note stays for ten
seconds."""


class NearDuplicates(QObject):
    """Its action can be seen while the network is there."""

    def __init__(
        self,
        meaning: Meaning,
        side: MeaningSide,
        browse: Browse,
        work: Work,
        note: NoteLine,
        *,
        show: Callable[[Query], object],
        on_error: Callable[[AppError], object],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._meaning, self._side, self._browse = meaning, side, browse
        self._note, self._show, self._on_error = note, show, on_error
        self._lane = work.lane("near-duplicates")
        self._task: Task | None = None
        self._groups: tuple[tuple[int, ...], ...] = ()
        self._said = ""
        self.action = QAction(self.tr("Show near-duplicates"), window)
        self.action.setShortcut(QKeySequence("Ctrl+Shift+N"))
        self.action.triggered.connect(self.show_all)
        side.changed.connect(self._show_action)
        self._show_action()

    def _show_action(self) -> None:
        self.action.setVisible(self._side.is_there)
        self.action.setEnabled(self._side.is_there)

    def show_all(self) -> None:
        """Compare all photos, then show the groups."""
        if self._task is None:
            self._groups = ()
            asked = self._browse.query
            self._task = self._lane.follow(
                self._compare, self._step, lambda: self._end(asked), self._failed, self._cancelled
            )

    def _compare(self, stop: Stop) -> Iterator[Compared]:
        give_way()
        tell_at = time.monotonic() + TELL_AFTER_S
        for compared in self._meaning.near_duplicates(stop):
            if compared.groups or time.monotonic() > tell_at:
                tell_at = time.monotonic() + TELL_S
                yield compared

    def _step(self, compared: Compared) -> None:
        self._groups = compared.groups
        if self._task is not None and not compared.groups:
            text = self.tr("Looking for near-duplicates: {0}")
            self._said = text.format(percent(100 * compared.share, digits=0))
            self._note.show_note(self._said, Act(self.tr("Cancel"), self._task.cancel))

    def _end(self, asked: Query) -> None:
        """Show them, unless the person has gone on to something else meanwhile."""
        self._cancelled()
        found = Query(resembling=Resembling(groups=self._groups))
        if self._browse.query == asked:
            self._show(found)
        else:
            text = self.tr("All photos are compared")
            self._note.show_note(
                text, Act(self.tr("Show near-duplicates"), partial(self._show, found))
            )

    def _cancelled(self) -> None:
        self._task = None
        if self._said and self._note.text == self._said:
            self._note.clear()

    def _failed(self, error: AppError) -> None:
        self._cancelled()
        self._on_error(error)
