"""CellDelegate: paints one photo of the grid, with what is said of it below."""

from __future__ import annotations

from collections import OrderedDict
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
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.core.events import State
from desktop.core.library.effective import EffectiveLabel
from desktop.core.library.rows import FileRow

from ..look.bars import Look, look_of
from ..look.direction import shortened
from ..look.theme import RADIUS
from ..words.words import damaged_text, gone_text
from .chips import chip_height, draw_chips
from .lines import Measures
from .placed_view import RING_PX
from .results_model import CHIPS, FILE_ID, ROW, STATUS
from .thumbnails import PictureLoader

ABOVE_TEXT_PX, BETWEEN_TEXTS_PX = 6, 3
LINE_SHARE = 11 / 16
"""A line is so much of the chosen size high: a picture of the usual shape is then about as wide."""
SPARE = 1.2
"""Pictures are decoded so much larger than a line is meant to be, as lines differ in height."""
KEPT_PIXELS = 12_000_000
"""Painted cells are kept up to this many pixels (4 bytes each): a large screen full."""
KEPT_SCREENS = 3
"""Nor are more of them kept than fill the view so many times."""
AT_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class View:
    """How photos are to look; one of the usual shape is about `size_px` wide."""

    size_px: int
    is_square: bool = False
    shows_labels: bool = True
    shows_names: bool = False


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
    size: QSize


class CellDelegate(QStyledItemDelegate):
    """Draws with the palette only, from what the model and the picture loader have at hand.

    Painting a cell takes 0.7 ms, a screenful 16 ms: too long for every scroll and every answer.
    So a painted cell is kept, and a repaint copies it.
    """

    def __init__(
        self, pictures: PictureLoader, font: QFont, view: View, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._font = font
        self._metrics = QFontMetrics(font)
        self._kept: OrderedDict[int, tuple[_Shown, QPixmap]] = OrderedDict()
        self._kept_pixels = 0
        self.show(view)

    def show(self, view: View) -> None:
        """Paint the cells in this way from now on."""
        self.view = view
        height_px = round(view.size_px * LINE_SHARE)
        name_px = self._metrics.height() + BETWEEN_TEXTS_PX if view.shows_names else 0
        label_px = chip_height(self._metrics) if view.shows_labels else 0
        below_px = name_px + label_px
        self.measures = Measures(
            height_px, below_px and below_px + ABOVE_TEXT_PX, 2 * RING_PX, view.is_square
        )
        """How the photos are to be laid out."""
        edge_px = round(height_px * SPARE)
        # In a square, the shorter edge has to fill it; in a line, all are as high.
        self.picture = QSize(edge_px * 3 // 2, edge_px * 3 // 2)
        if not view.is_square:
            self.picture = QSize(2 * edge_px, edge_px)
        """The box that pictures are decoded for."""
        self._kept.clear()
        self._kept_pixels = 0

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return option.rect.size()

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
        state = QStyle.StateFlag
        marks = state.State_Selected | state.State_HasFocus | state.State_MouseOver
        labels: tuple[EffectiveLabel, ...] = index.data(CHIPS) if self.view.shows_labels else ()
        shown = _Shown(
            row=row,
            labels=labels,
            status="" if labels or not self.view.shows_labels else str(index.data(STATUS)),
            picture=-1 if picture is None else picture.cacheKey(),
            is_gone=self._pictures.is_gone(row.path),
            palette=option.palette.cacheKey(),
            marks=option.state & marks,
            mirrored=option.direction == Qt.LayoutDirection.RightToLeft,
            pixel_ratio=painter.device().devicePixelRatioF(),
            size=option.rect.size(),
        )
        kept = self._kept.get(row.file_id)
        if kept is None or kept[0] != shown:
            kept = (shown, self._painted(shown, picture, look_of(option.palette)))
            ratio = shown.pixel_ratio
            view_pixels = painter.device().width() * painter.device().height() * ratio * ratio
            self._keep(row.file_id, kept, min(KEPT_PIXELS, KEPT_SCREENS * round(view_pixels)))
        else:
            self._kept.move_to_end(row.file_id)
        painter.drawPixmap(option.rect.topLeft(), kept[1])

    def paint_as_before(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Paint what is at hand: the cell as it was painted last, or its empty tile."""
        kept = self._kept.get(index.data(FILE_ID))
        if kept is not None and kept[0].size == option.rect.size():
            painter.drawPixmap(option.rect.topLeft(), kept[1])
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look_of(option.palette).tile)
        painter.drawRoundedRect(self._picture_in(option.rect), RADIUS, RADIUS)

    def _picture_in(self, cell: QRect) -> QRect:
        below_px = self.measures.below_px + RING_PX
        return cell.adjusted(RING_PX, RING_PX, -RING_PX, -below_px)

    def _keep(self, file_id: int, painted: tuple[_Shown, QPixmap], most_pixels: int) -> None:
        if (before := self._kept.pop(file_id, None)) is not None:
            self._kept_pixels -= _pixels(before[1])
        self._kept[file_id] = painted
        self._kept_pixels += _pixels(painted[1])
        while self._kept_pixels > most_pixels and len(self._kept) > 1:
            _, (_, oldest) = self._kept.popitem(last=False)
            self._kept_pixels -= _pixels(oldest)

    def _painted(self, shown: _Shown, picture: QImage | None, look: Look) -> QPixmap:
        pixmap = QPixmap(shown.size * shown.pixel_ratio)
        pixmap.setDevicePixelRatio(shown.pixel_ratio)
        pixmap.fill(look.base)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        direction = Qt.LayoutDirection
        painter.setLayoutDirection(
            direction.RightToLeft if shown.mirrored else direction.LeftToRight
        )
        place = self._picture_in(QRect(QPoint(), shown.size))
        self._paint_marks(painter, place, shown.marks, look)
        self._paint_picture(painter, place, picture, shown.row, look)
        painter.setFont(self._font)
        if shown.is_gone:
            painter.setPen(look.quiet)
            at_bottom = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
            painter.drawText(place.adjusted(0, 0, 0, -RING_PX), at_bottom, gone_text())
        elif shown.row.is_partly_damaged:
            self._paint_damaged(painter, place, look)
        self._paint_texts(painter, place, shown, look)
        painter.end()
        return pixmap

    def _paint_damaged(self, painter: QPainter, place: QRect, look: Look) -> None:
        """A sign at the bottom of the picture."""
        text = damaged_text()
        width, height = self._metrics.horizontalAdvance(text) + 16, self._metrics.height() + 4
        sign = QRect(0, 0, min(width, place.width() - 8), height)
        sign.moveCenter(place.center())
        sign.moveBottom(place.bottom() - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.base)
        painter.drawRoundedRect(sign, height / 2, height / 2)
        painter.setPen(look.text)
        short = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, sign.width() - 8)
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, short)

    def _paint_texts(self, painter: QPainter, place: QRect, shown: _Shown, look: Look) -> None:
        line = QRect(place.left(), place.bottom() + 1 + ABOVE_TEXT_PX, place.width(), 0)
        if self.view.shows_names:
            line.setHeight(self._metrics.height())
            painter.setPen(look.quiet)
            # Shortened in the middle: the number at a name's end tells photos apart.
            middle = Qt.TextElideMode.ElideMiddle
            name = shortened(shown.row.path.name, self._metrics, line.width(), middle)
            painter.drawText(line, AT_START, name)
            line.moveTop(line.bottom() + 1 + BETWEEN_TEXTS_PX)
        if not self.view.shows_labels:
            return
        line.setHeight(chip_height(self._metrics))
        if shown.labels:
            draw_chips(painter, line, shown.labels, look)
            return
        painter.setPen(look.quiet)
        right = Qt.TextElideMode.ElideRight
        painter.drawText(
            line, AT_START, self._metrics.elidedText(shown.status, right, line.width())
        )

    def _paint_marks(
        self, painter: QPainter, place: QRect, marks: QStyle.StateFlag, look: Look
    ) -> None:
        """A ring around what is selected; a thinner one where the keys or the mouse are."""
        state = QStyle.StateFlag
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = None
        if marks & state.State_Selected:
            pen = QPen(look.accent, 3)
        elif marks & state.State_MouseOver:
            pen = QPen(look.mark, 2)
        if pen is not None:
            self._paint_ring(painter, place, pen)
        if marks & state.State_HasFocus:
            self._paint_ring(painter, place.adjusted(-4, -4, 4, 4), QPen(look.quiet, 1))

    def _paint_ring(self, painter: QPainter, place: QRect, pen: QPen) -> None:
        painter.setPen(pen)
        away = pen.widthF() / 2
        ring = QRectF(place).adjusted(-away, -away, away, away)
        painter.drawRoundedRect(ring, RADIUS + away, RADIUS + away)

    def _paint_picture(
        self, painter: QPainter, place: QRect, picture: QImage | None, row: FileRow, look: Look
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if picture is None or picture.isNull():
            painter.setBrush(look.tile)
            painter.drawRoundedRect(place, RADIUS, RADIUS)
            if picture is not None:
                draw_broken(painter, place, look.mark)
            return
        painter.setBrush(covering(QRectF(place), picture))
        painter.drawRoundedRect(place, RADIUS, RADIUS)
        if row.state not in (State.DONE, State.SKIPPED):
            painter.setBrush(look.veil)
            painter.drawRoundedRect(place, RADIUS, RADIUS)


def covering(place: QRectF, picture: QImage) -> QBrush:
    """The picture, so large that it covers the place, with its middle in the middle."""
    if picture.devicePixelRatio() != 1:  # with another, Qt moves a brush by too little
        picture = picture.copy()
        picture.setDevicePixelRatio(1)
    width, height = picture.width(), picture.height()
    # Two pixels more on each side: a texture repeats, and smoothing mixes its other edge in.
    scale = max((place.width() + 4) / width, (place.height() + 4) / height)
    across, down = place.width() - scale * width, place.height() - scale * height
    brush = QBrush(picture)
    move = QTransform().translate(place.left() + across / 2, place.top() + down / 2)
    brush.setTransform(move.scale(scale, scale))
    return brush


def _pixels(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height()


def draw_broken(painter: QPainter, place: QRect, colour: QColor) -> None:
    """A crossed-out frame: there is no picture to show."""
    size = min(place.width(), place.height()) // 3
    frame = QRectF(0, 0, size * 1.3, size)
    frame.moveCenter(QRectF(place).center())
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 2))
    painter.drawRoundedRect(frame, 3, 3)
    painter.drawLine(frame.bottomLeft(), frame.topRight())
