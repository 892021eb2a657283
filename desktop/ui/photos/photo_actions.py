"""PhotoActions: what can be done with the selected photos, by key and by context menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.events import State
from desktop.core.library.rows import FileRow

from ..grid.results_model import ResultsModel


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

    def __init__(
        self, model: ResultsModel, selected: Callable[[], list[FileRow]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._selected = selected
        self._parent = parent
        self.open = self._action(self.tr("View"), None, self._open)
        self.outside = self._action(self.tr("Open"), "Ctrl+Return")
        self.outside_with = self._action(self.tr("Open with…"), "Ctrl+Shift+Return")
        self.place = self._action(self.tr("Show in file manager"), "Ctrl+Shift+F", self._show_place)
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
        return (self.open, *outside, self.again, self.retry, self.copy, self.remove)

    def show_menu(self, at: QPoint) -> None:
        """Offer what fits the selected photos, at a place on the screen."""
        if not (rows := self._selected()):
            return
        menu = QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.open)
        menu.addActions([self.outside, self.outside_with, self.place])
        menu.addSeparator()
        if any(row.state in (State.FAILED, State.CANCELLED) for row in rows):
            menu.addAction(self.retry)
        menu.addAction(self.again)
        menu.addAction(self.copy)
        menu.addSeparator()
        menu.addAction(self.remove)
        menu.popup(at)

    def label_again(self) -> None:
        """Label the selected photos anew."""
        self.add_asked.emit([row.path for row in self._selected()], True)

    def retry_selected(self) -> None:
        """Label those of the selected photos that failed or were cancelled."""
        self._retry(self._selected())

    def retry_all(self) -> None:
        """Label all shown photos that failed or were cancelled."""
        self._retry(self._model.rows())

    def _retry(self, rows: Sequence[FileRow]) -> None:
        ended = (State.FAILED, State.CANCELLED)
        self.add_asked.emit([row.path for row in rows if row.state in ended], False)

    def _open(self) -> None:
        self.open_asked.emit()

    def _show_place(self) -> None:
        if rows := self._selected():
            self.place_asked.emit(rows[0].path)

    def _remove(self) -> None:
        if rows := self._selected():
            self.remove_asked.emit([row.file_id for row in rows])
