"""Viewer: one photo as large as the window allows, with zoom, and its neighbours at a key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.core.library.rows import FileRow
from desktop.core.photo.prepare import open_upright
from desktop.core.records import Instance

from ..grid.delegate import draw_broken
from ..grid.thumbnails import PictureLoader
from ..look.bars import look_of
from ..work import Work
from .preview import draw_boxes

FULL_EDGE_PX = 6000
"""Long edge of the pictures that are zoomed into: all of 24 megapixels."""
FULL_BYTES = 150 * 1024 * 1024
MOST_ZOOM = 16.0
STEP = 1.25
_Key = Qt.Key


class Viewer(QWidget):
    """Shows the row that it is given; the gallery decides which, and listens to the keys.

    The picture that fits the window is decoded with its neighbours' in advance; the full one only
    when a person zooms in.
    """

    closed = Signal()
    moved = Signal(int)
    """One photo on (1) or back (-1)."""

    def __init__(
        self, thumbnails: PictureLoader, work: Work, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._thumbnails = thumbnails
        self._fitting: PictureLoader | None = None
        self._full: PictureLoader | None = None
        self._path: Path | None = None
        self._near: list[Path] = []
        self._zoom = 1.0
        self._centre = QPointF(0.5, 0.5)  # of the view, in fractions of the picture
        self._grip: QPointF | None = None
        self._boxes: Sequence[Instance] = ()
        self._names: Sequence[str] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAccessibleName(self.tr("Photo"))
        self.setAccessibleDescription(
            self.tr("Arrow keys: other photos. Plus, minus and 0: zoom. Escape: back.")
        )

    @property
    def zoom(self) -> float:
        """How much larger than what fits the picture is shown."""
        return self._zoom

    def show_row(self, row: FileRow, near: list[Path]) -> None:
        """Show a photo; `near` are the ones that may be asked for next."""
        is_other = row.path != self._path
        self._path, self._near = row.path, near
        self.setAccessibleName(row.path.name)
        if is_other:
            self._zoom, self._centre = 1.0, QPointF(0.5, 0.5)
        self._want()
        self.update()

    def show_boxes(self, boxes: Sequence[Instance], names: Sequence[str]) -> None:
        """Draw the boxes that the preview draws."""
        self._boxes, self._names = boxes, names
        self.update()

    # Pictures

    def picture(self) -> QImage | None:
        """The best picture that has come; null when there is none to be had."""
        if self._path is None:
            return None
        full = self._full.get(self._path) if self._full and self._zoom > 1 else None
        fitting = self._fitting.get(self._path) if self._fitting else None
        return full or fitting or self._thumbnails.get(self._path)

    def _want(self) -> None:
        if self._path is None or not self.isVisible():
            return
        if self._fitting is None:
            self._fitting = self._make_loader(FULL_BYTES // 2)
        self._fitting.set_box(self.size(), self.devicePixelRatioF())
        self._fitting.want([self._path, *self._near])
        if self._zoom > 1:
            if self._full is None:
                self._full = self._make_loader(FULL_BYTES)
                self._full.set_box(QSize(FULL_EDGE_PX, FULL_EDGE_PX), 1.0)
            self._full.want([self._path])

    def _make_loader(self, memory_bytes: int) -> PictureLoader:
        loader = PictureLoader(_open, self._work, threads=1, memory_bytes=memory_bytes, parent=self)
        loader.arrived.connect(lambda paths: self.update())
        return loader

    # Geometry

    def picture_rect(self) -> QRectF:
        """Where the picture is drawn; larger than the widget when it is zoomed."""
        picture, whole = self.picture(), QRectF(self.rect())
        if picture is None or picture.isNull():
            return whole
        size = QSizeF(picture.deviceIndependentSize())
        size.scale(whole.size(), Qt.AspectRatioMode.KeepAspectRatio)
        size *= self._zoom
        spot = QRectF(QPointF(0, 0), size)
        spot.moveCenter(whole.center())
        for_x = _shift(0.5 - self._centre.x(), size.width(), whole.width())
        return spot.translated(for_x, _shift(0.5 - self._centre.y(), size.height(), whole.height()))

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom, leaving the point of the picture at `at` (else the middle) where it is."""
        zoom = max(1.0, min(MOST_ZOOM, zoom))
        at = at or QRectF(self.rect()).center()
        before = self.picture_rect()
        there = QPointF(
            (at.x() - before.x()) / before.width(), (at.y() - before.y()) / before.height()
        )
        grown = before.size() * (zoom / self._zoom)
        self._zoom = zoom
        middle = QRectF(self.rect()).center() - at
        self._move_to(
            QPointF(there.x() + middle.x() / grown.width(), there.y() + middle.y() / grown.height())
        )
        self._want()

    def _move_to(self, centre: QPointF) -> None:
        self._centre = QPointF(min(max(centre.x(), 0.0), 1.0), min(max(centre.y(), 0.0), 1.0))
        self.update()

    # Qt's own events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing
        )
        picture = self.picture()
        if picture is None:
            return
        if picture.isNull():
            draw_broken(painter, self.rect(), look_of(self.palette()).mark)
            return
        spot = self.picture_rect()
        seen = spot.intersected(QRectF(self.rect()))
        ratio = picture.width() / spot.width()
        source = QRectF((seen.topLeft() - spot.topLeft()) * ratio, seen.size() * ratio)
        painter.drawImage(seen, picture, source)
        draw_boxes(painter, spot, self._boxes, self._names, look_of(self.palette()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size needs another picture."""
        super().resizeEvent(event)
        self._want()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        on, back = (1, -1) if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else (-1, 1)
        steps = {
            _Key.Key_Right: on,
            _Key.Key_Left: back,
            _Key.Key_Down: 1,
            _Key.Key_Up: -1,
            _Key.Key_PageDown: 1,
            _Key.Key_PageUp: -1,
        }
        if key in (_Key.Key_Escape, _Key.Key_Space, _Key.Key_Return, _Key.Key_Enter):
            self.closed.emit()
        elif key in steps:
            self.moved.emit(steps[_Key(key)])
        elif key in (_Key.Key_Plus, _Key.Key_Equal):
            self.set_zoom(self._zoom * STEP)
        elif key == _Key.Key_Minus:
            self.set_zoom(self._zoom / STEP)
        elif key == _Key.Key_0:
            self.set_zoom(1.0)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turns = event.angleDelta().y() / 120
        if turns:
            self.set_zoom(self._zoom * STEP**turns, event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As in the grid: in and out."""
        self.closed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None and self._zoom > 1:
            moved, spot = event.position() - self._grip, self.picture_rect()
            self._grip = event.position()
            centre = QRectF(self.rect()).center() - moved - spot.topLeft()
            self._move_to(QPointF(centre.x() / spot.width(), centre.y() / spot.height()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None


def _open(path: Path, _: int) -> Image.Image:
    return open_upright(path, max_edge_px=FULL_EDGE_PX)


def _shift(share: float, length: float, room: float) -> float:
    """How far to shift a picture of this length by a share of it, leaving no edge inside."""
    slack = max(0.0, (length - room) / 2)
    return max(-slack, min(slack, share * length))
