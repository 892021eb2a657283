"""CellDelegate: paints one image of the grid with its name and its two surest labels."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.core.events import State
from desktop.core.library.effective import EffectiveLabel
from desktop.core.library.rows import FileRow
from desktop.core.recognisers import RESERVED

from ..look.bars import Look, draw_bar, draw_tick, look_of
from ..words.label_names import shown_name
from ..words.words import gone_text, percent
from .results_model import LABELS, ROW, STATUS
from .thumbnails import PictureLoader

SHOWN_LABELS = 2
PAD_PX = 8
PICTURE_SHARE = 0.875
"""A picture's box is so much of the cell's edge wide, and three quarters of that high."""
BAR_PX = 4
TICK_PX = 10
RADIUS_PX = 6.0
AT_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
AT_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
KEPT_PIXELS = 12_000_000
"""Painted cells are kept up to this many pixels (4 bytes each): a large screen full."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """All that decides what a cell looks like: the same again is not painted again."""

    row: FileRow
    labels: tuple[EffectiveLabel, ...]
    status: str
    picture: int
    is_gone: bool
    palette: int
    marks: QStyle.StateFlag
    mirrored: bool
    pixel_ratio: float


class CellDelegate(QStyledItemDelegate):
    """Draws with the palette only, from what the model and the picture loader have at hand.

    Painting a cell takes 0.7 ms, a screenful 16 ms: too long for every scroll and every answer.
    So a painted cell is kept, and a repaint copies it.
    """

    def __init__(
        self, pictures: PictureLoader, font: QFont, thumbnail_px: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._font = font
        self._small = QFont(font)
        if font.pointSizeF() > 0:
            self._small.setPointSizeF(font.pointSizeF() * 0.92)
        self._metrics, self._small_metrics = QFontMetrics(font), QFontMetrics(self._small)
        self._line_px = self._metrics.height() + 2
        self._label_px = self._small_metrics.height() + BAR_PX + 4
        self._kept: OrderedDict[int, tuple[_Shown, QPixmap]] = OrderedDict()
        self.set_size(thumbnail_px)

    def set_size(self, thumbnail_px: int) -> None:
        """Paint cells of another size from now on."""
        width_px = round(thumbnail_px * PICTURE_SHARE)
        self.picture = QSize(width_px, width_px * 3 // 4)
        """The box of a picture."""
        text_px = self._line_px + SHOWN_LABELS * self._label_px
        self.cell = self.picture + QSize(2 * PAD_PX, text_px + 3 * PAD_PX)
        """The size of one cell in pixels."""
        self._kept.clear()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return self.cell

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: FileRow | None = index.data(ROW)
        if row is None:
            return
        picture = self._pictures.get(row.path)
        marks = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus
        labels: tuple[EffectiveLabel, ...] = index.data(LABELS)
        shown = _Shown(
            row=row,
            labels=labels[:SHOWN_LABELS],
            status="" if labels else str(index.data(STATUS)),
            picture=-1 if picture is None else picture.cacheKey(),
            is_gone=self._pictures.is_gone(row.path),
            palette=option.palette.cacheKey(),
            marks=option.state & marks,
            mirrored=option.direction == Qt.LayoutDirection.RightToLeft,
            pixel_ratio=painter.device().devicePixelRatioF(),
        )
        kept = self._kept.get(row.file_id)
        if kept is None or kept[0] != shown:
            kept = (shown, self._painted(shown, picture, look_of(option.palette)))
            self._keep(row.file_id, kept)
        else:
            self._kept.move_to_end(row.file_id)
        painter.drawPixmap(option.rect.topLeft(), kept[1])

    def _keep(self, file_id: int, painted: tuple[_Shown, QPixmap]) -> None:
        self._kept[file_id] = painted
        self._kept.move_to_end(file_id)
        size = painted[1].size()
        most = max(1, KEPT_PIXELS // (size.width() * size.height()))
        while len(self._kept) > most:
            self._kept.popitem(last=False)

    def _painted(self, shown: _Shown, picture: QImage | None, look: Look) -> QPixmap:
        pixmap = QPixmap(self.cell * shown.pixel_ratio)
        pixmap.setDevicePixelRatio(shown.pixel_ratio)
        pixmap.fill(look.base)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        direction = Qt.LayoutDirection
        painter.setLayoutDirection(
            direction.RightToLeft if shown.mirrored else direction.LeftToRight
        )
        self._paint_marks(painter, shown.marks, look)
        place = QRect(QPoint(PAD_PX, PAD_PX), self.picture)
        self._paint_picture(painter, place, picture, shown.row, look)
        if shown.is_gone:
            painter.setFont(self._small)
            painter.setPen(look.quiet)
            at_bottom = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
            painter.drawText(place.adjusted(0, 0, 0, -PAD_PX), at_bottom, gone_text())
        name = QRect(PAD_PX, place.bottom() + 1 + PAD_PX, self.picture.width(), self._line_px)
        painter.setFont(self._font)
        painter.setPen(look.text)
        # Shortened in the middle: the number at a name's end tells photos apart.
        middle = Qt.TextElideMode.ElideMiddle
        fitting = self._metrics.elidedText(shown.row.path.name, middle, name.width())
        painter.drawText(name, AT_START, fitting)
        body = QRect(PAD_PX, name.bottom() + 1, self.picture.width(), SHOWN_LABELS * self._label_px)
        painter.setFont(self._small)
        painter.setPen(look.quiet)
        if shown.labels:
            self._paint_labels(painter, body, shown.labels, look)
        else:
            painter.drawText(body, WRAPPED, shown.status)
        painter.end()
        return pixmap

    def _paint_marks(self, painter: QPainter, marks: QStyle.StateFlag, look: Look) -> None:
        inner = QRectF(QRect(QPoint(0, 0), self.cell)).adjusted(2, 2, -2, -2)
        if marks & QStyle.StateFlag.State_Selected:
            painter.setBrush(look.tint)
            painter.setPen(look.accent_line)
            painter.drawRoundedRect(inner, RADIUS_PX, RADIUS_PX)
        if marks & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.focus_line)
            painter.drawRoundedRect(inner.adjusted(2, 2, -2, -2), RADIUS_PX, RADIUS_PX)

    def _paint_picture(
        self, painter: QPainter, place: QRect, picture: QImage | None, row: FileRow, look: Look
    ) -> None:
        if picture is None or picture.isNull():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.tile)
            painter.drawRoundedRect(place, RADIUS_PX, RADIUS_PX)
            if picture is not None:
                draw_broken(painter, place, look.mark)
            return
        size = picture.deviceIndependentSize()
        spot = QRectF(0, 0, size.width(), size.height())
        spot.moveCenter(QRectF(place).center())
        # Whole pixels: half of one would blur the picture.
        painter.drawImage(spot.topLeft().toPoint(), picture)
        if row.state not in (State.DONE, State.SKIPPED):
            painter.fillRect(spot.toRect(), look.veil)

    def _paint_labels(
        self, painter: QPainter, body: QRect, labels: Sequence[EffectiveLabel], look: Look
    ) -> None:
        """Each with its bar and number; yours have a tick in the place of a machine's number."""
        for number, shown in enumerate(labels):
            top = body.top() + number * self._label_px
            text = QRect(body.left(), top, body.width(), self._label_px - BAR_PX - 4)
            confidence = shown.record.confidence
            value = "" if shown.origin in RESERVED else percent(confidence, digits=0)
            value_px = self._small_metrics.horizontalAdvance(value) + PAD_PX if value else 0
            name = text.adjusted(0, 0, -value_px, 0)
            if shown.is_kept:
                tick = QRect(name.left(), name.center().y() - TICK_PX // 2, TICK_PX, TICK_PX)
                draw_tick(painter, QRectF(self._mirrored(painter, tick)), look)
                name.setLeft(name.left() + TICK_PX + 4)
            painter.setPen(look.quiet)
            right = Qt.TextElideMode.ElideRight
            fitting = self._small_metrics.elidedText(
                shown_name(shown.record.label), right, name.width()
            )
            painter.drawText(self._mirrored(painter, name), AT_START, fitting)
            painter.drawText(text, AT_END, value)
            if value:
                bar = QRectF(text.left(), text.bottom() + 2, text.width(), BAR_PX)
                draw_bar(painter, bar, confidence, look)

    def _mirrored(self, painter: QPainter, rect: QRect) -> QRect:
        whole = QRect(QPoint(0, 0), self.cell)
        return QStyle.visualRect(painter.layoutDirection(), whole, rect)


def draw_broken(painter: QPainter, place: QRect, colour: QColor) -> None:
    """A crossed-out frame: there is no picture to show."""
    size = min(place.width(), place.height()) // 3
    frame = QRectF(0, 0, size * 1.3, size)
    frame.moveCenter(QRectF(place).center())
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 2))
    painter.drawRoundedRect(frame, 3, 3)
    painter.drawLine(frame.bottomLeft(), frame.topRight())
