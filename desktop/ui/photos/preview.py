"""Preview: one picture, fitted into its place, with the boxes of a label drawn on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.core.records import Instance

from ..grid.delegate import covering, draw_broken
from ..look.bars import Look, look_of
from ..look.theme import RADIUS

BOX = QSize(640, 480)
"""What a preview is decoded for, in window pixels."""


class Preview(QWidget):
    """Shows a picture (None: still coming; null: there is none) and boxes over it."""

    boxes_changed = Signal(object, object)
    """The boxes (of Instance) that are drawn now, and their names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QImage | None = None
        self._boxes: Sequence[Instance] = ()
        self._names: Sequence[str] = ()

    @property
    def boxes(self) -> Sequence[Instance]:
        """The boxes drawn now."""
        return self._boxes

    @property
    def picture(self) -> QImage | None:
        """The picture shown now."""
        return self._picture

    def show_picture(self, picture: QImage | None) -> None:
        self._picture = picture
        self.update()

    @property
    def names(self) -> Sequence[str]:
        """What is written beside the boxes."""
        return self._names

    def show_boxes(self, boxes: Sequence[Instance], names: Sequence[str] = ()) -> None:
        """Draw these boxes, in fractions of the picture, each with its name if there are names."""
        self._boxes = boxes
        self.boxes_changed.emit(boxes, names)
        self._names = names
        self.update()

    def picture_rect(self) -> QRectF:
        """Where the picture is drawn."""
        whole = QRectF(self.rect())
        if self._picture is None or self._picture.isNull():
            return whole
        size = self._picture.deviceIndependentSize()
        size.scale(whole.size(), Qt.AspectRatioMode.KeepAspectRatio)
        spot = QRectF(0, 0, size.width(), size.height())
        spot.moveCenter(whole.center())
        return spot

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        spot, look = self.picture_rect(), look_of(self.palette())
        if self._picture is None or self._picture.isNull():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.tile)
            painter.drawRoundedRect(spot, RADIUS, RADIUS)
            if self._picture is not None:
                draw_broken(painter, self.rect(), look.mark)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(covering(spot, self._picture))
        painter.drawRoundedRect(spot, RADIUS, RADIUS)
        draw_boxes(painter, spot, self._boxes, self._names, look)


def draw_boxes(
    painter: QPainter,
    spot: QRectF,
    boxes: Sequence[Instance],
    names: Sequence[str],
    look: Look,
) -> None:
    """Draw boxes over the picture at `spot`, each with its name if there are names."""
    for number, box in enumerate(boxes):
        frame = QRectF(
            spot.left() + box.left * spot.width(),
            spot.top() + box.top * spot.height(),
            box.width * spot.width(),
            box.height * spot.height(),
        )
        # Dark under bright, so that the box is seen on any picture.
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 160), 4))
        painter.drawRoundedRect(frame, 3, 3)
        painter.setPen(QPen(look.accent.lighter(130), 2))
        painter.drawRoundedRect(frame, 3, 3)
        if number < len(names):
            _draw_name(painter, frame, spot, names[number])


def _draw_name(painter: QPainter, frame: QRectF, spot: QRectF, name: str) -> None:
    metrics = painter.fontMetrics()
    size = metrics.size(0, name) + QSize(8, 2)
    if size.width() > spot.width() / 2:
        return  # it would hide what it names
    plate = QRectF(frame.left(), frame.top(), size.width(), size.height())
    # Within the picture, be the box at its edge.
    plate.moveLeft(max(spot.left(), min(plate.left(), spot.right() - plate.width())))
    plate.moveTop(max(spot.top(), min(plate.top(), spot.bottom() - plate.height())))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 190))
    painter.drawRoundedRect(plate, 3, 3)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, name)
