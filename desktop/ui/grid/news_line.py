"""NewsLine: a button over the photos: so many have come where they are not to be seen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QModelIndex, QObject
from PySide6.QtWidgets import QAbstractItemView, QPushButton

from ..words.announcement import announce
from .grid import GridView
from .results_model import ResultsModel

ABOVE_PX = 12


class NewsLine(QPushButton):
    """Lies over the grid and moves nothing; a click shows the first of the new photos."""

    def __init__(self, grid: GridView, model: ResultsModel) -> None:
        super().__init__(grid)
        self._grid, self._model = grid, model
        self._first = 0  # its file's id
        self._count = 0
        self._is_begun = False
        self.setAutoDefault(True)
        self.hide()
        self.clicked.connect(self._show_them)
        model.rowsInserted.connect(self._on_inserted)
        model.modelReset.connect(self._on_reset)
        grid.visible_changed.connect(self._on_visible)
        grid.installEventFilter(self)

    def begin(self) -> None:
        """All that there was is there: what comes from now on is new."""
        self._is_begun = True

    def _on_inserted(self, _: QModelIndex, first: int, last: int) -> None:
        seen = self._grid.visible_rows()
        is_new = 0 < seen.stop <= first if self._model.comes_last else first < seen.start
        if not self._is_begun or not is_new:
            return  # what comes below of the newest is come to
        if not self._count:
            self._first = self._model.file_id(first)
        self._count += last + 1 - first
        number = QLocale().toString(self._count)
        text = self.tr("%n new photos: show them", "", self._count)
        self.setText(text.replace(str(self._count), number))
        if self.isHidden():
            announce(self._grid, self.text())
        self._place()
        self.show()

    def _on_reset(self) -> None:
        """Something else is shown, or the same in order."""
        if self._count and self._model.place_of(self._first) is None:
            self._forget()

    def _on_visible(self, first: int, last: int) -> None:
        place = self._model.place_of(self._first) if self._count else None
        if place is not None and first <= place <= last:
            self._forget()

    def _show_them(self) -> None:
        place = self._model.place_of(self._first)
        self._forget()
        if place is not None:
            index = self._model.index(place)
            self._grid.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)
        self._grid.setFocus()

    def _forget(self) -> None:
        self._first = self._count = 0
        self.hide()

    def _place(self) -> None:
        self.adjustSize()
        self.move((self._grid.viewport().width() - self.width()) // 2, ABOVE_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
