"""SidebarDelegate: paints the sidebar's lines, and gives the field in which one is renamed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from ..look.bars import Look, draw_ground, look_of
from ..look.click_through import ClickThrough
from ..look.direction import shortened
from ..look.icons import draw_icon
from ..look.theme import STEP, heading
from ..words.label_names import shown_name
from .lines import SidebarEntry
from .model import ENTRY, LEFT_OUT

AnyIndex = QModelIndex | QPersistentModelIndex
MARGIN_PX, INDENT_PX, FOLD_PX = STEP, 14, 14
RADIUS_PX = 6


class SidebarDelegate(QStyledItemDelegate):
    """A line has its name, its count at the end, and before it a mark where it can be folded."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view
        self.labels: Sequence[tuple[str, int]] = ()
        """With their counts: what is proposed to whoever types a new name."""
        self.begins_empty = False
        """Whether the field for the name is empty at first."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(100, QFontMetrics(option.font).height() + 10)

    # Where things are

    def start_px(self, index: AnyIndex) -> int:
        """Where a line's name begins, from the left; its mark comes before it."""
        entry: SidebarEntry = index.data(ENTRY)
        if entry.kind in ("place", "heading", "filter"):
            return 2 * MARGIN_PX
        depth = -1
        above = index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return 2 * MARGIN_PX + FOLD_PX + 2 + depth * INDENT_PX

    def is_mark(self, option_rect: QRect, index: AnyIndex, x_px: int) -> bool:
        """Whether a click here folds the line."""
        if not index.model().rowCount(index):
            return False
        if index.data(ENTRY).kind == "heading":
            return True
        if self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x_px = option_rect.left() + option_rect.right() - x_px
        return x_px < self.start_px(index)

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry: SidebarEntry = index.data(ENTRY)
        if entry.kind == "filter":
            return
        look = look_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_marks(painter, option, look)
        start_px = self.start_px(index)
        line = option.rect.adjusted(start_px, 0, -2 * MARGIN_PX, 0)
        if entry.kind == "heading":
            self._paint_heading(painter, option, line, index, look)
        else:
            self._paint_line(painter, option, line, index, look)
            if index.model().rowCount(index):
                mark = QRect(option.rect.left() + start_px - FOLD_PX - 2, line.top(), FOLD_PX, 1)
                self._paint_fold(painter, option, mark, index, look)
        painter.restore()

    def _paint_marks(self, painter: QPainter, option: QStyleOptionViewItem, look: Look) -> None:
        area = QRectF(option.rect).adjusted(MARGIN_PX, 1, -MARGIN_PX, -1)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected or option.state & QStyle.StateFlag.State_MouseOver:
            draw_ground(painter, area, look, RADIUS_PX, is_chosen=is_selected)
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.accent)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_PX, RADIUS_PX)

    def _paint_heading(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        line: QRect,
        index: AnyIndex,
        look: Look,
    ) -> None:
        painter.setFont(heading(option.font))
        painter.setPen(look.quiet)
        below = line.adjusted(0, 0, 0, -5)
        at_foot = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(
            QStyle.visualRect(option.direction, option.rect, below), at_foot, index.data()
        )
        mark = QRect(line.right() - FOLD_PX + 1, line.top() + 6, FOLD_PX, 1)
        self._paint_fold(painter, option, mark, index, look)

    def _paint_line(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        line: QRect,
        index: AnyIndex,
        look: Look,
    ) -> None:
        entry: SidebarEntry = index.data(ENTRY)
        is_left_out = bool(index.data(LEFT_OUT))
        font = QFont(option.font)
        if option.state & QStyle.StateFlag.State_Selected:
            font.setWeight(QFont.Weight.DemiBold)
        number_px = 0
        if entry.count is not None:
            number = QLocale().toString(entry.count)
            font.setFeature(QFont.Tag.fromString("tnum"), 1)
            number_px = QFontMetrics(font).horizontalAdvance(number) + MARGIN_PX
            painter.setFont(font)
            painter.setPen(look.quiet)
            at_end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            where = QStyle.visualRect(option.direction, option.rect, line)
            painter.drawText(where, QStyle.visualAlignment(option.direction, at_end), number)
        if entry.is_missing or entry.is_watched:
            sign = "triangle-alert" if entry.is_missing else "eye"
            mark = QRect(line.right() - number_px - FOLD_PX + 1, 0, FOLD_PX, FOLD_PX)
            mark.moveTop(line.center().y() - FOLD_PX // 2 + 1)
            where = QStyle.visualRect(option.direction, option.rect, mark)
            draw_icon(painter, QRectF(where), sign, QColor(look.quiet))
            number_px += FOLD_PX + 4
        font.setStrikeOut(is_left_out)
        painter.setFont(font)
        is_quiet = is_left_out or entry.is_missing or entry.kind == "rest"
        painter.setPen(look.quiet if is_quiet else look.text)
        name = line.adjusted(0, 0, -number_px, 0)
        text = shortened(entry.text, QFontMetrics(font), name.width())
        at_start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            QStyle.visualRect(option.direction, option.rect, name),
            QStyle.visualAlignment(option.direction, at_start),
            text,
        )

    def _paint_fold(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        mark: QRect,
        index: AnyIndex,
        look: Look,
    ) -> None:
        is_open = self._view.isExpanded(index)
        name = "chevron-down" if is_open else "chevron-right"
        where = QRectF(mark.left(), option.rect.center().y() - FOLD_PX / 2 + 1, FOLD_PX, FOLD_PX)
        if index.data(ENTRY).kind == "heading":
            where.translate(0, 3)
        where = QRectF(QStyle.visualRect(option.direction, option.rect, where.toRect()))
        draw_icon(painter, where, name, QColor(look.quiet))

    # Renaming

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        field = QLineEdit(parent)
        field.setProperty("isSlim", True)
        field.setAccessibleName(self.tr("New name"))
        field.setPlaceholderText(self.tr("Merge into…") if self.begins_empty else "")
        if index.data(ENTRY).kind == "label":
            completer = QCompleter([shown_name(label) for label, _ in self.labels], field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            field.setCompleter(completer)
            if popup := completer.popup():
                ClickThrough(popup)
        return field

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText("" if self.begins_empty else index.data())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        area = option.rect.adjusted(self.start_px(index) - MARGIN_PX, 0, -MARGIN_PX, 0)
        editor.setGeometry(QStyle.visualRect(option.direction, option.rect, area))
