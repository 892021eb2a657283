"""Viewer: one photo as large as the window allows, with what leads to the others and back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QPalette, QResizeEvent, QShortcut
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ..grid.results_model import ResultsModel
from ..grid.thumbnails import PictureLoader
from ..look.icons import dress
from ..look.theme import BUTTON, STEP
from ..words.words import damaged_text
from ..work import Work
from .canvas import PhotoCanvas
from .film_strip import FilmStrip
from .viewer_bar import ViewerBar

ROOM_FOR_STRIP_PX = 340
"""A lower view leaves the film strip out."""


class Viewer(QWidget):
    """Shows the place of the list that it is told; the gallery decides which.

    Its keys work wherever the keyboard is in the window, but for a text that is being typed.
    """

    closed = Signal()
    moved = Signal(int)
    """One photo on (1) or back (-1)."""
    chosen = Signal(int)
    """The place of another photo."""

    def __init__(
        self,
        model: ResultsModel,
        thumbnails: PictureLoader,
        work: Work,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.bar = ViewerBar()
        self.canvas = PhotoCanvas(thumbnails, work)
        self.canvas.setAccessibleName(self.tr("Photo"))
        self.strip = FilmStrip(model, thumbnails)
        self.previous = self._arrow("chevron-left", self.tr("Previous photo"), -1)
        self.next = self._arrow("chevron-right", self.tr("Next photo"), 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.strip)
        canvas, bar = self.canvas, self.bar
        canvas.installEventFilter(self)
        canvas.closed.connect(self.closed)
        canvas.moved.connect(self.moved)
        canvas.zoomed.connect(lambda: bar.show_zoom(canvas.zoom, canvas.true_zoom))
        bar.back_asked.connect(self.closed)
        bar.zoom_asked.connect(canvas.zoom_by)
        bar.fit_asked.connect(canvas.toggle_zoom)
        self.strip.chosen.connect(self.chosen)
        self._key("Left", lambda: self.moved.emit(-self._onward))
        self._key("Right", lambda: self.moved.emit(self._onward))
        self._key("Esc", self._on_escape)
        self._key("F11", bar.full_screen_asked.emit)
        for plus in "+=":
            self._key(plus, lambda: canvas.zoom_by(1))
        self._key("-", lambda: canvas.zoom_by(-1))
        self._key("0", canvas.fit)
        self._key("1", lambda: canvas.set_zoom(canvas.true_zoom))
        self._key("I", bar.info.toggle)
        self._key("B", bar.boxes.toggle)

    def _arrow(self, name: str, text: str, step: int) -> QToolButton:
        button = QToolButton(self.canvas)
        button.setAutoRaise(False)
        button.setAutoRepeat(True)
        button.setFixedSize(BUTTON + STEP, BUTTON + STEP)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same
        dress(button, name, text)
        button.clicked.connect(lambda: self.moved.emit(step))
        return button

    def _key(self, keys: str, do: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(do)

    @property
    def _onward(self) -> int:
        return 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -1

    def _on_escape(self) -> None:
        if self.window().isFullScreen():
            self.bar.full_screen_asked.emit()
        else:
            self.closed.emit()

    def add_line(self, widget: QWidget) -> None:
        """Put a part of another's below the photo."""
        self._column.insertWidget(self._column.indexOf(self.strip), widget)

    def show_place(self, place: int) -> None:
        """Show the photo at a place of the list."""
        count = self._model.rowCount()
        near = [p for p in (place + 1, place - 1) if 0 <= p < count]
        row = self._model.row(place)
        self.canvas.show_photo(row.path, [self._model.row(p).path for p in near])
        self.canvas.setAccessibleName(row.path.name)
        spoken = self._model.index(place).data(Qt.ItemDataRole.AccessibleTextRole)
        self.canvas.setAccessibleDescription(spoken)
        self.strip.show_place(place)
        self.bar.show_position(place, count, damaged_text() if row.is_partly_damaged else "")
        self.previous.setVisible(place > 0)
        self.next.setVisible(place < count - 1)

    # Qt's own events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows stand at the sides of the photo."""
        if event.type() == QEvent.Type.Resize:
            middle = (self.canvas.height() - self.next.height()) // 2
            far = self.canvas.width() - self.next.width() - STEP
            sides = (self.previous, self.next)[:: self._onward]
            for button, left in zip(sides, (STEP, far), strict=True):
                button.move(QPoint(left, middle))
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.setVisible(self.height() >= ROOM_FOR_STRIP_PX)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.canvas.leave()
