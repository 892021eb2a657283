"""PhotoActions: what can be done with the selected photos, by key and by context menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.events import State
from desktop.core.library.library import Library

from ..grid.results_model import ResultsModel
from ..work import Stop, Work
from .selection import Selection

ENDED = (State.FAILED, State.CANCELLED)
MOST_LOOKED_AT = 500
"""Rows of so many photos are read while a menu opens: some milliseconds."""
PART = 5000
"""Photos that are asked for at once: the GUI thread's own quick questions wait for no longer."""


class PhotoActions(QObject):
    """Tells what a person wants done; `selected` gives the photos that it is about."""

    open_asked = Signal()
    add_asked = Signal(list, bool)
    """Paths to label, and whether anew."""
    place_asked = Signal(object)
    """Where this file (Path) lies is to be shown."""
    copy_asked = Signal()
    """The labels of the selected photos are to be copied."""
    remove_asked = Signal(list)
    """Ids of files to take out of the library; nothing on the disk is touched."""
    like_asked = Signal()
    """The photos that look most like this one are to be shown."""
    failed = Signal(object)
    """An AppError: the library cannot be read."""

    def __init__(
        self,
        library: Library,
        model: ResultsModel,
        selection: Selection,
        parent: QWidget,
        *,
        work: Work,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._model = model
        self._selection = selection
        self._parent = parent
        self._lane = work.lane("selected photos")
        self.open = self._action(self.tr("View"), None, self._open)
        self.outside = self._action(self.tr("Open"), "Ctrl+Return")
        self.outside_with = self._action(self.tr("Open with…"), "Ctrl+Shift+Return")
        self.place = self._action(self.tr("Show in file manager"), "Ctrl+Shift+F", self._show_place)
        self.like = self._action(self.tr("More like this"), "Ctrl+Shift+M", self._show_like)
        self.show_like(is_there=False)
        self.again = self._action(self.tr("Label again"), "Ctrl+R", self.label_again)
        self.retry = self._action(self.tr("Retry"), "Ctrl+Shift+R", self.retry_selected)
        self.copy = self._action(
            self.tr("Copy labels"), QKeySequence.StandardKey.Copy, self.copy_asked.emit
        )
        self.remove = self._action(
            self.tr("Remove from Tagdrop"), QKeySequence.StandardKey.Delete, self._remove
        )

    def _action(
        self,
        text: str,
        keys: QKeySequence.StandardKey | str | None,
        do: Callable[[], None] | None = None,
    ) -> QAction:
        action = QAction(text, self)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
            # Only where the photos are: Delete and Copy mean other things in a text.
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if do is not None:
            action.triggered.connect(do)
        return action

    def all(self) -> Sequence[QAction]:
        """Every action, to be added to the widgets whose keys start them."""
        outside = (self.outside, self.outside_with, self.place)
        return (self.open, *outside, self.like, self.again, self.retry, self.copy, self.remove)

    def show_like(self, *, is_there: bool) -> None:
        """Offer to look for photos that are like one, or do not: that takes a network."""
        self.like.setVisible(is_there)
        self.like.setEnabled(is_there)

    def show_menu(self, at: QPoint) -> None:
        """Offer what fits the selected photos, at a place on the screen."""
        if not self._selection.count:
            return
        menu = QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.open)
        menu.addActions([self.outside, self.outside_with, self.place])
        if self._selection.count == 1:
            menu.addAction(self.like)
        menu.addSeparator()
        if self._may_retry():
            menu.addAction(self.retry)
        menu.addAction(self.again)
        menu.addAction(self.copy)
        menu.addSeparator()
        menu.addAction(self.remove)
        menu.popup(at)

    def label_again(self) -> None:
        """Label the selected photos anew."""
        self._tell_paths(self._selection.ids(), again=True)

    def retry_selected(self) -> None:
        """Label those of the selected photos that failed or were cancelled."""
        self._tell_paths(self._selection.ids(), states=ENDED)

    def retry_all(self) -> None:
        """Label all shown photos that failed or were cancelled."""
        ids = self._model.file_ids(0, self._model.rowCount() - 1)
        self._tell_paths(ids, states=ENDED)

    def _may_retry(self) -> bool:
        """Whether one of the selected photos has failed, unless they are too many to look."""
        if self._selection.count > MOST_LOOKED_AT:
            return True
        places = chain.from_iterable(self._selection.runs())
        return any(self._model.row(place).state in ENDED for place in places)

    def _tell_paths(
        self, ids: Sequence[int], states: Sequence[State] = (), *, again: bool = False
    ) -> None:
        """Read where these photos lie, and ask to label them."""
        self._read_paths(ids, states, lambda paths: self.add_asked.emit(paths, again))

    def _read_paths(
        self, ids: Sequence[int], states: Sequence[State], tell: Callable[[list[Path]], object]
    ) -> None:
        def read(stop: Stop) -> list[Path]:
            found: list[Path] = []
            for start in range(0, len(ids), PART):
                if stop.is_set():
                    break
                found += self._library.paths(ids[start : start + PART], states)
            return found

        self._lane.run(read, tell, self.failed.emit)

    def _open(self) -> None:
        self.open_asked.emit()

    def _show_place(self) -> None:
        def show(paths: list[Path]) -> None:
            for path in paths:
                self.place_asked.emit(path)

        self._read_paths(self._selection.ids()[:1], (), show)

    def _show_like(self) -> None:
        self.like_asked.emit()

    def _remove(self) -> None:
        if ids := self._selection.ids():
            self.remove_asked.emit(ids)
