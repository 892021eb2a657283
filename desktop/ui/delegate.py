"""CellDelegate: paints one image of the grid with its name and its two surest labels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.core.events import State
from desktop.core.records import LabelRecord
from desktop.core.rows import FileRow

from .bars import draw_bar, mixed, quiet_text
from .results_model import LABELS, ROW, STATUS
from .thumbnails import PictureLoader
from .words import percent

SHOWN_LABELS = 2
PICTURE = QSize(168, 128)
PAD_PX = 8
BAR_PX = 4
RADIUS_PX = 6.0
AT_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CellDelegate(QStyledItemDelegate):
    """Draws with the palette only, from what the model and the picture loader have at hand."""

    def __init__(self, pictures: PictureLoader, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._font = font
        self._small = QFont(font)
        if font.pointSizeF() > 0:
            self._small.setPointSizeF(font.pointSizeF() * 0.92)
        self._line_px = QFontMetrics(font).height() + 2
        self._label_px = QFontMetrics(self._small).height() + BAR_PX + 4

    @property
    def cell(self) -> QSize:
        """The size of one cell in pixels."""
        text_px = self._line_px + SHOWN_LABELS * self._label_px
        return QSize(PICTURE.width() + 2 * PAD_PX, PICTURE.height() + text_px + 3 * PAD_PX)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All cells are equal."""
        return self.cell

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one image."""
        row: FileRow | None = index.data(ROW)
        if row is None:
            return
        rect: QRect = option.rect
        palette: QPalette = option.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, palette, option.state)
        picture = QRect(
            rect.left() + PAD_PX, rect.top() + PAD_PX, PICTURE.width(), PICTURE.height()
        )
        self._paint_picture(painter, picture, palette, row)
        left, width = picture.left(), picture.width()
        top = picture.bottom() + 1 + PAD_PX
        name = QRect(left, top, width, self._line_px)
        self._paint_text(painter, name, row.path.name, palette.color(QPalette.ColorRole.Text))
        body = QRect(left, name.bottom() + 1, width, SHOWN_LABELS * self._label_px)
        if labels := index.data(LABELS):
            self._paint_labels(painter, body, palette, labels)
        else:
            self._paint_status(painter, body, palette, str(index.data(STATUS)))
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, rect: QRect, palette: QPalette, state: QStyle.StateFlag
    ) -> None:
        accent = palette.color(QPalette.ColorRole.Accent)
        inner = QRectF(rect).adjusted(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            tint = QColor(accent)
            tint.setAlpha(48)
            painter.setBrush(tint)
            painter.setPen(QPen(accent, 1.5))
            painter.drawRoundedRect(inner, RADIUS_PX, RADIUS_PX)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(inner.adjusted(2, 2, -2, -2), RADIUS_PX, RADIUS_PX)

    def _paint_picture(
        self, painter: QPainter, rect: QRect, palette: QPalette, row: FileRow
    ) -> None:
        picture = self._pictures.get(row.path)
        if picture is not None and not picture.isNull():
            size = picture.deviceIndependentSize()
            spot = QRectF(0, 0, size.width(), size.height())
            spot.moveCenter(QRectF(rect).center())
            # Whole pixels: half of one would blur the picture.
            painter.drawImage(spot.topLeft().toPoint(), picture)
            if row.state in (State.DONE, State.SKIPPED):
                return
            veil = palette.color(QPalette.ColorRole.Base)
            veil.setAlpha(110)
            painter.fillRect(spot.toRect(), veil)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(palette, 0.06))
        painter.drawRoundedRect(rect, RADIUS_PX, RADIUS_PX)
        if picture is not None:
            draw_broken(painter, rect, mixed(palette, 0.4))

    def _paint_labels(
        self, painter: QPainter, rect: QRect, palette: QPalette, labels: Sequence[LabelRecord]
    ) -> None:
        quiet = quiet_text(palette)
        metrics = QFontMetrics(self._small)
        for number, record in enumerate(labels[:SHOWN_LABELS]):
            line = QRect(
                rect.left(), rect.top() + number * self._label_px, rect.width(), self._label_px
            )
            text = line.adjusted(0, 0, 0, -BAR_PX - 4)
            value = percent(record.confidence, digits=0)
            value_px = metrics.horizontalAdvance(value) + PAD_PX
            self._paint_text(
                painter, text.adjusted(0, 0, -value_px, 0), record.label, quiet, self._small
            )
            painter.drawText(
                text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, value
            )
            bar = QRectF(line.left(), text.bottom() + 2, line.width(), BAR_PX)
            draw_bar(painter, bar, record.confidence, palette)

    def _paint_status(self, painter: QPainter, rect: QRect, palette: QPalette, text: str) -> None:
        painter.setFont(self._small)
        painter.setPen(quiet_text(palette))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(rect, flags, text)

    def _paint_text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        colour: QColor,
        font: QFont | None = None,
    ) -> None:
        """One line, shortened in the middle so that the number at its end stays."""
        font = font or self._font
        painter.setFont(font)
        painter.setPen(colour)
        fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)


def draw_broken(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """A crossed-out frame: there is no picture to show."""
    size = min(rect.width(), rect.height()) // 3
    frame = QRectF(0, 0, size * 1.3, size)
    frame.moveCenter(QRectF(rect).center())
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 2))
    painter.drawRoundedRect(frame, 3, 3)
    painter.drawLine(frame.bottomLeft(), frame.topRight())
