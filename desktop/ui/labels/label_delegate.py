"""LabelDelegate: paints a line of the label list: name, number, ✓ and ✕, the bar, what it is of."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ..look.bars import Look, draw_bar, draw_ground, look_of
from ..look.direction import shortened
from ..look.icons import draw_icon
from ..look.theme import CHIP_RADIUS, SMALL, sized
from .label_entries import ENTRY, EntriesModel, Entry

PAD_PX = 6
BAR_PX = 4
SIGN_PX, SIGN_ROOM_PX = 14, 24
"""The signs for confirm and remove, and the room in which a click hits them: WCAG's least."""
FOLD_PX = 16
"""The chevron's room, and how far what is inside is set in."""
AT_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
AT_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Part = Literal["open", "keep", "remove"]
"""What of a line can be clicked."""
AnyIndex = QModelIndex | QPersistentModelIndex


class LabelDelegate(QStyledItemDelegate):
    """A label that you confirmed or added has its ✓ for good; yours have a bold name and no bar."""

    def __init__(self, labels: EntriesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels = labels

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        entry: Entry = index.data(ENTRY)
        height_px = max(QFontMetrics(option.font).height(), SIGN_ROOM_PX)
        if entry.share is not None:
            height_px += BAR_PX + 2
        if _says_way(index):
            height_px += QFontMetrics(sized(option.font, SMALL)).height() + 2
        return QSize(100, height_px + PAD_PX)

    def part_at(self, option: QStyleOptionViewItem, index: AnyIndex, point: QPoint) -> Part | None:
        """What is at a point of the view, in the line of `option.rect`."""
        at = QStyle.visualPos(option.direction, option.rect, point)
        entry: Entry = index.data(ENTRY)
        line = self._line(option, entry)
        if entry.inside and at.x() < line.left():
            return "open"
        if not line.top() <= at.y() <= line.bottom():
            return None
        if at.x() > line.right() + SIGN_ROOM_PX:
            return None if entry.is_other else "remove"
        if at.x() > line.right():
            return None if entry.is_yours else "keep"
        return None

    def _line(self, option: QStyleOptionViewItem, entry: Entry) -> QRect:
        """Where name and number stand, between the chevron and the signs, left to right."""
        inner: QRect = option.rect.adjusted(PAD_PX, PAD_PX // 2, -PAD_PX, 0)
        inner.setHeight(max(QFontMetrics(option.font).height(), SIGN_ROOM_PX))
        start_px = FOLD_PX * (2 if entry.is_inside else 1)
        return inner.adjusted(start_px, 0, -2 * SIGN_ROOM_PX, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry: Entry = index.data(ENTRY)
        look = look_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_hovered or is_selected:
            ground = QRectF(option.rect)
            draw_ground(painter, ground, look, CHIP_RADIUS, is_chosen=is_selected)
        if option.state & QStyle.StateFlag.State_HasFocus:  # keys act on it, selected or not
            painter.setPen(look.focus_line)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(option.rect).adjusted(1, 1, -1, -1), CHIP_RADIUS, CHIP_RADIUS
            )
        line = self._line(option, entry)
        self._paint_words(painter, option, line, entry, look)
        self._paint_signs(painter, option, line, entry, look, is_pointed=is_hovered or is_selected)
        below = line.bottom() + 1
        if entry.share is not None:
            bar = QRect(line.left(), below + 1, line.width(), BAR_PX)
            draw_bar(painter, QRectF(_mirrored(option, bar)), entry.share, look)
            below = bar.bottom() + 1
        if _says_way(index):
            small = sized(option.font, SMALL)
            metrics = QFontMetrics(small)
            way = QRect(line.left(), below + 2, line.width() + 2 * SIGN_ROOM_PX, metrics.height())
            painter.setFont(small)
            painter.setPen(look.quiet)
            # The nearest parents matter most, so a long way is shortened at its start.
            text = metrics.elidedText(entry.way, Qt.TextElideMode.ElideLeft, way.width())
            painter.drawText(_mirrored(option, way), _aligned(option, AT_START), text)
        painter.restore()

    def _paint_words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        line: QRect,
        entry: Entry,
        look: Look,
    ) -> None:
        font = QFont(option.font)
        font.setBold(entry.is_yours)
        number_px = QFontMetrics(option.font).horizontalAdvance(entry.number)
        name = line.adjusted(0, 0, -(number_px + PAD_PX), 0)
        painter.setFont(font)
        painter.setPen(look.text)
        fitting = shortened(entry.name, QFontMetrics(font), name.width())
        painter.drawText(_mirrored(option, name), _aligned(option, AT_START), fitting)
        painter.setFont(option.font)
        painter.setPen(look.quiet)
        painter.drawText(_mirrored(option, line), _aligned(option, AT_END), entry.number)

    def _paint_signs(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        line: QRect,
        entry: Entry,
        look: Look,
        *,
        is_pointed: bool,
    ) -> None:
        def draw(name: str, left: int, *, is_strong: bool) -> None:
            room = QRect(left, line.top(), SIGN_ROOM_PX, line.height())
            spot = QRectF(0, 0, SIGN_PX, SIGN_PX)
            spot.moveCenter(QRectF(_mirrored(option, room)).center())
            draw_icon(painter, spot, name, look.accent if is_strong else look.quiet)

        if entry.inside:
            is_open = self._labels.is_open(entry)
            left = line.left() - FOLD_PX - (SIGN_ROOM_PX - FOLD_PX) // 2
            draw("chevron-down" if is_open else "chevron-right", left, is_strong=False)
        if entry.is_kept or (is_pointed and not entry.is_yours):
            draw("check", line.right() + 1, is_strong=entry.is_kept)
        if is_pointed and not entry.is_other:
            draw("x", line.right() + 1 + SIGN_ROOM_PX, is_strong=False)


def _says_way(index: AnyIndex) -> bool:
    entry: Entry = index.data(ENTRY)
    return bool(entry.way) and not entry.is_inside


def _mirrored(option: QStyleOptionViewItem, rect: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, rect)


def _aligned(option: QStyleOptionViewItem, alignment: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    return QStyle.visualAlignment(option.direction, alignment) | Qt.AlignmentFlag.AlignAbsolute
