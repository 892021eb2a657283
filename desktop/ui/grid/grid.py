"""GridView: the photos, with what keys and mouse do among them."""

from __future__ import annotations

import time
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QRegion
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from ..look.bars import look_of
from .delegate import CellDelegate
from .lines import Measures
from .placed_view import BELOW_HEADING_PX, RING_PX, TOP_PX, PlacedView
from .results_model import IS_READ, ROW

ASK_AFTER_MS = 20
PAINT_S = 0.003
"""What is not painted after so long, or has to be read first, comes in the next round: a screenful
takes 16 ms, and keys and the wheel are heard between."""


class GridView(PlacedView):
    """Photos to be selected, looked at and pulled away."""

    visible_changed = Signal(int, int)
    """First and last row to be seen, a moment after something was painted."""
    preview_asked = Signal()
    """Space was pressed on a photo."""
    drag_asked = Signal()
    """The selected photos are pulled away by the mouse."""
    typed = Signal(str)
    """A letter was typed: a search begins with it."""

    def __init__(self, measures: Measures, parent: QWidget | None = None) -> None:
        super().__init__(measures, parent)
        self._band = QRect()
        self._hovered = -1
        self._goal = (-1, 0)  # a row, and at which x up and down go on from it
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.laid_out.connect(lambda: self._hover(-1))
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(ASK_AFTER_MS)
        self._ask.timeout.connect(self._tell_visible)
        self._later = QRegion()
        self._unread = QPersistentModelIndex()
        self._paint_on = QTimer(self)  # after what waits to be done, so that scrolling goes on
        self._paint_on.setSingleShot(True)
        self._paint_on.setInterval(0)
        self._paint_on.timeout.connect(self._paint_later)

    # Keyboard, mouse and selection

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Whoever knows the photos' files drags them."""
        self.drag_asked.emit()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Arrows go through the lines as one reads, Page keys by a screenful."""
        count = self._layout.total
        if not count:
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            return self.model().index(max(0, self.visible_rows().start), 0)
        self.reach(current.row())
        row, lines = current.row(), self._layout
        goal_row, goal_x = self._goal
        x = goal_x if goal_row == row else lines.picture(row).center().x()
        onward = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        moves = QAbstractItemView.CursorAction
        steps = {
            moves.MoveLeft: -onward,
            moves.MoveRight: onward,
            moves.MovePrevious: -1,
            moves.MoveNext: 1,
            moves.MoveHome: -count,
            moves.MoveEnd: count,
        }
        if action in (moves.MoveUp, moves.MoveDown):
            row = lines.row_beside(row, x, 1 if action == moves.MoveDown else -1)
            self._goal = (row, x)
        elif action in (moves.MovePageUp, moves.MovePageDown):
            page_px = self.verticalScrollBar().pageStep()
            page_px = page_px if action == moves.MovePageDown else -page_px
            y = min(max(lines.picture(row).center().y() + page_px, 0), lines.height - 1)
            row = lines.row_at(x, y)
            self._goal = (row, x)
        else:
            row += steps.get(action, 0)
        return self.model().index(min(max(row, 0), count - 1), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what the rubber band touches, or from one cell to another as one reads."""
        selection = QItemSelection()
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self._band = rect.normalized().translated(0, self.verticalOffset())
            self.viewport().update()
            for row in self._rows_in(rect.normalized()):
                if self._cell_rect(row).intersects(rect.normalized()):
                    index = self.model().index(row, 0)
                    selection.select(index, index)
        elif (first := self._nearest_row(rect.topLeft())) >= 0:
            last = self._nearest_row(rect.bottomRight())
            model = self.model()
            selection.select(model.index(min(first, last), 0), model.index(max(first, last), 0))
        self.selectionModel().select(selection, command)

    def selectAll(self) -> None:
        """Select every row, in one piece: QListView would look at each, 0.1 s for 100,000."""
        if count := self._layout.total:
            model = self.model()
            every = QItemSelection(model.index(0, 0), model.index(count - 1, 0))
            self.selectionModel().select(every, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """The cells to repaint when `selection` changes: those that are to be seen."""
        region, seen = QRegion(), self.visible_rows()
        for place in range(selection.count()):
            part = selection.at(place)
            for row in range(max(part.top(), seen.start), min(part.bottom() + 1, seen.stop)):
                region += self._cell_rect(row)
        return region

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The rubber band ends."""
        super().mouseReleaseEvent(event)
        if not self._band.isNull():
            self._band = QRect()
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        """The mouse is on this photo now."""
        if row != self._hovered:
            for each in (row, self._hovered):
                if 0 <= each < self._layout.count:
                    self.viewport().update(self._cell_rect(each))
            self._hovered = row

    def keyboardSearch(self, search: str) -> None:
        """What is typed is looked for in the whole library, not only among names in order."""
        if search.strip() and search.isprintable():
            self.typed.emit(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space looks at a photo; with Ctrl it selects, as everywhere."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_Space and plain and self.currentIndex().isValid():
            self.preview_asked.emit()
        else:
            super().keyPressEvent(event)

    def ask_again(self) -> None:
        """Tell once more, a moment later, what is to be seen."""
        self._ask.start()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._ask.isActive():
            self._ask.start()
        painter = QPainter(self.viewport())
        painter.setLayoutDirection(self.layoutDirection())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected)
        model, selected = self.model(), self.selectionModel()
        cells = cast(CellDelegate, self.itemDelegate())
        current = self.currentIndex().row() if self.hasFocus() else -1
        late_at = time.perf_counter() + PAINT_S
        later, has_painted = QRegion(), False  # one at least in a round, or nothing goes on
        for row in self._rows_in(event.rect()):
            option.rect = self._cell_rect(row)  # type: ignore[attr-defined, unused-ignore]
            if not option.rect.intersects(event.rect()):
                continue
            index = model.index(row, 0)
            is_read = index.data(IS_READ)
            if not is_read and not self._unread.isValid():
                self._unread = QPersistentModelIndex(index)
            if not is_read or (has_painted and time.perf_counter() > late_at):
                cells.paint_as_before(painter, option, index)
                later += option.rect
                continue
            state = plain
            if selected.isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if row == current:
                state |= QStyle.StateFlag.State_HasFocus
            if row == self._hovered:
                state |= QStyle.StateFlag.State_MouseOver
            option.state = state
            cells.paint(painter, option, index)
            has_painted = True
        self._paint_headings(painter, event.rect())
        if not self._band.isNull():
            self._paint_band(painter)
        if not later.isEmpty():
            self._later += later
            self._paint_on.start()

    def _paint_later(self) -> None:
        if self._unread.isValid():
            self._unread.data(ROW)
            self._unread = QPersistentModelIndex()
            self._paint_on.start()  # keys are heard between reading and painting, too
            return
        later, self._later = self._later, QRegion()
        self.viewport().update(later)

    def _paint_headings(self, painter: QPainter, rect: QRect) -> None:
        offset = self.verticalOffset() - TOP_PX
        look, at_start = look_of(self.palette()), Qt.AlignmentFlag.AlignLeft
        for place, section in self._layout.headings_between(
            rect.top() + offset, rect.bottom() + offset
        ):
            line = self._in_view(place).adjusted(0, 0, 0, -RING_PX - BELOW_HEADING_PX)
            painter.setFont(self._heading_font)
            painter.setPen(look.text)
            flags = QStyle.visualAlignment(self.layoutDirection(), at_start)
            taken = painter.boundingRect(line, flags | Qt.AlignmentFlag.AlignBottom, section.title)
            painter.drawText(line, flags | Qt.AlignmentFlag.AlignBottom, section.title)
            count = QLocale().toString(section.count)
            said = self.tr("%n photos", "", section.count).replace(str(section.count), count)
            gap = taken.width() + 10
            is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            rest = line.adjusted(0, 0, -gap, 0) if is_mirrored else line.adjusted(gap, 0, 0, 0)
            painter.setFont(self.font())
            painter.setPen(look.quiet)
            painter.drawText(rest, flags | Qt.AlignmentFlag.AlignBottom, said)

    def _paint_band(self, painter: QPainter) -> None:
        accent = self.palette().color(QPalette.ColorRole.Accent)
        inside = QColor(accent)
        inside.setAlpha(40)
        painter.setPen(accent)
        painter.setBrush(inside)
        painter.drawRect(self._band.translated(0, -self.verticalOffset()))

    def _tell_visible(self) -> None:
        rows = self.visible_rows()
        if rows:
            self.visible_changed.emit(rows.start, rows.stop - 1)
