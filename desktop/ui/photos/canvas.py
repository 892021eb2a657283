"""PhotoCanvas: one photo, fitted or zoomed, moved by mouse, wheel, touch and keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from desktop.core.records import Instance

from ..grid.delegate import draw_broken
from ..grid.thumbnails import PictureLoader
from ..look.bars import look_of
from ..work import Work
from .large_pictures import LargePictures
from .preview import draw_boxes

MOST_ZOOM, MOST_PIXEL_PX = 16.0, 8.0
"""As much larger than what fits, or as large a pixel, whichever is more."""
STEP = 1.25
SOFT = 1.5
"""Enlarged by less, the fitted picture looks as sharp as the whole one, and is there at once."""
_Key = Qt.Key


class PhotoCanvas(QWidget):
    """Shows the file that it is given, as large as there is room, until a person zooms.

    Until the large pictures come, the thumbnail stands for them.
    """

    closed = Signal()
    moved = Signal(int)
    """One photo on (1) or back (-1)."""
    zoomed = Signal()
    """Another zoom is shown."""

    def __init__(
        self, thumbnails: PictureLoader, work: Work, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._pictures = LargePictures(work, self)
        self._pictures.arrived.connect(self._on_arrived)
        self._path: Path | None = None
        self._near: Sequence[Path] = ()
        self._whole = QSize()
        self._zoom = 1.0
        self._centre = QPointF(0.5, 0.5)  # of the view, in fractions of the picture
        self._grip: QPointF | None = None
        self._boxes: Sequence[Instance] = ()
        self._names: Sequence[str] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setMinimumSize(120, 80)
        self.setAccessibleName(self.tr("Photo"))
        self.grabGesture(Qt.GestureType.PinchGesture)

    def show_photo(self, path: Path, near: Sequence[Path]) -> None:
        """Show a photo; `near` are the ones that may be asked for next."""
        is_other = path != self._path
        self._path, self._near = path, near
        if is_other:
            self._whole = QSize()
            self._pictures.forget_whole()
            self._zoom, self._centre = 1.0, QPointF(0.5, 0.5)
            self._show_zoom()
        self._want()
        self.update()

    def set_whole_size(self, path: Path, size: QSize) -> None:
        """How many pixels the file has; until that is known, the picture that has come counts."""
        if path == self._path and not size.isEmpty():
            self._whole = size
            self.zoomed.emit()

    def show_boxes(self, boxes: Sequence[Instance], names: Sequence[str]) -> None:
        """Draw the boxes that the preview draws."""
        self._boxes, self._names = boxes, names
        self.update()

    def leave(self) -> None:
        """The photo is not to be seen any more: its whole picture is much to keep."""
        self._pictures.forget_whole()

    # Pictures

    def picture(self) -> QImage | None:
        """The best picture that has come; null when there is none to be had."""
        if self._path is None:
            return None
        whole = self._pictures.whole(self._path) if self._needs_whole else None
        return whole if whole and not whole.isNull() else self.picture_that_fits()

    @property
    def _needs_whole(self) -> bool:
        return self._zoom > 1 and self._zoom >= min(SOFT, self.true_zoom)

    def _want(self) -> None:
        if self._path is None or not self.isVisible():
            return
        near = [self._path, *self._near]
        self._pictures.want_fitting(near, self.size(), self.devicePixelRatioF())
        if self._needs_whole:
            self._pictures.want_whole(self._path)

    def _on_arrived(self) -> None:
        self.update()
        self.zoomed.emit()  # another picture may be another measure for it

    # Geometry

    @property
    def zoom(self) -> float:
        """How much larger than what fits the picture is shown."""
        return self._zoom

    @property
    def true_zoom(self) -> float:
        """The zoom at which a pixel of the file is one of the screen: 100 %."""
        fitted = self._fitted_size().width() * self.devicePixelRatioF()
        whole = self._whole
        if whole.isEmpty():
            picture = self._pictures.whole(self._path) if self._path else None
            picture = picture or self.picture_that_fits()
            whole = picture.size() if picture else QSize()
        return whole.width() / fitted if fitted and not whole.isEmpty() else 1.0

    def picture_that_fits(self) -> QImage | None:
        """The picture without zoom, as far as it has come."""
        if self._path is None:
            return None
        return self._pictures.fitting(self._path) or self._thumbnails.get(self._path)

    def _fitted_size(self) -> QSizeF:
        picture = self.picture_that_fits()
        if picture is None or picture.isNull():
            return QSizeF(self.size())
        size = QSizeF(picture.size())
        size.scale(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        return size

    def picture_rect(self) -> QRectF:
        """Where the picture is drawn; larger than the widget when it is zoomed."""
        whole = QRectF(self.rect())
        size = self._fitted_size() * self._zoom
        spot = QRectF(QPointF(0, 0), size)
        spot.moveCenter(whole.center())
        for_x = _shift(0.5 - self._centre.x(), size.width(), whole.width())
        spot.translate(for_x, _shift(0.5 - self._centre.y(), size.height(), whole.height()))
        # At a whole pixel of the screen: else nothing would be sharp at 100 %.
        ratio = self.devicePixelRatioF()
        spot.moveTo(round(spot.x() * ratio) / ratio, round(spot.y() * ratio) / ratio)
        return spot

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom, leaving the point of the picture at `at` (else the middle) where it is."""
        true = self.true_zoom
        zoom = max(min(1.0, true), min(max(MOST_ZOOM, MOST_PIXEL_PX * true), zoom))
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
        self._show_zoom()

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """Some steps in, or out where they are negative; what fits is a step of its own."""
        zoom = self._zoom * STEP**steps
        passes_fit = (self._zoom - 1) * (zoom - 1) < -1e-6
        self.set_zoom(1.0 if passes_fit else zoom, at)

    def fit(self) -> None:
        """Show all of the photo."""
        self.set_zoom(1.0)

    def toggle_zoom(self, at: QPointF | None = None) -> None:
        """Between what fits and 100 %; a photo whose every pixel fits is shown twice as large."""
        true = self.true_zoom
        is_fitted = abs(self._zoom - 1) < 1e-6
        self.set_zoom((true if abs(true - 1) > 0.05 else 2.0) if is_fitted else 1.0, at)

    def _show_zoom(self) -> None:
        hand = Qt.CursorShape.OpenHandCursor
        self.setCursor(hand if self._zoom > 1 else Qt.CursorShape.ArrowCursor)
        self.zoomed.emit()

    def _move_to(self, centre: QPointF) -> None:
        self._centre = QPointF(min(max(centre.x(), 0.0), 1.0), min(max(centre.y(), 0.0), 1.0))
        self.update()

    def _move_by(self, moved: QPointF) -> None:
        spot = self.picture_rect()
        centre = QRectF(self.rect()).center() - moved - spot.topLeft()
        self._move_to(QPointF(centre.x() / spot.width(), centre.y() / spot.height()))

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
        self.zoomed.emit()

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
        if key in (_Key.Key_Space, _Key.Key_Return, _Key.Key_Enter):
            self.closed.emit()
        elif key in steps:
            self.moved.emit(steps[_Key(key)])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A mouse's wheel zooms; two fingers on a trackpad move what is zoomed, as everywhere."""
        is_trackpad = event.phase() != Qt.ScrollPhase.NoScrollPhase
        with_ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if is_trackpad and self._zoom > 1 and not with_ctrl:
            self._move_by(QPointF(event.pixelDelta()))
        elif turns := event.angleDelta().y() / 120:
            self.zoom_by(turns, event.position())

    def event(self, event: QEvent) -> bool:
        """Two fingers on a trackpad or a touch screen zoom, a double tap fits or shows 100 %."""
        if isinstance(event, QNativeGestureEvent):
            kind, at = event.gestureType(), event.position()
            if kind == Qt.NativeGestureType.ZoomNativeGesture:
                self.set_zoom(self._zoom * (1 + event.value()), at)
                return True
            if kind == Qt.NativeGestureType.SmartZoomNativeGesture:
                self.toggle_zoom(at)
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                centre = pinch.centerPoint()  # of the screen
                self.set_zoom(self._zoom * pinch.scaleFactor(), self.mapFromGlobal(centre))
                self._move_by(centre - pinch.lastCenterPoint())
                return True
        return super().event(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.toggle_zoom(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position()
            if self._zoom > 1:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None and self._zoom > 1:
            moved = event.position() - self._grip
            self._grip = event.position()
            self._move_by(moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self._show_zoom()


def _shift(share: float, length: float, room: float) -> float:
    """How far to shift a picture of this length by a share of it, leaving no edge inside."""
    slack = max(0.0, (length - room) / 2)
    return max(-slack, min(slack, share * length))
