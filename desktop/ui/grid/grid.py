"""GridView: equal cells in lines, laid out by arithmetic, however many there are."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QMargins,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

MARGIN_PX = 8
GAP_PX = 6
"""At each side of a cell: there a rubber band begins, as a photo that is pulled is dragged out."""
WHEEL_STEP_PX = 40
ASK_AFTER_MS = 20

AnyIndex = QModelIndex | QPersistentModelIndex


class GridView(QListView):
    """A list view whose geometry is computed from the row number alone.

    QListView's own batched layout starts over at every insertion, and the scroll bar with it: what
    a person looks at would jump while images arrive. Here nothing is stored per cell, so 100,000
    rows cost as much as ten. Being a QListView, it stays one for screen readers.
    """

    visible_changed = Signal(int, int)
    """First and last row to be seen, a moment after something was painted."""

    preview_asked = Signal()
    """Space was pressed on a photo."""
    drag_asked = Signal()
    """The selected photos are pulled away by the mouse."""

    def __init__(self, cell: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell = cell
        self._columns = 1
        self._band = QRect()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(ASK_AFTER_MS)
        self._ask.timeout.connect(self._tell_visible)

    # Geometry

    @property
    def columns(self) -> int:
        """Cells in a line."""
        return self._columns

    def set_cell(self, cell: QSize) -> None:
        """Lay the cells out at another size; what is at the top, or current, stays in sight."""
        seen = self.visible_rows()
        current = self.currentIndex().row()
        anchor = current if current in seen else seen.start
        self._cell = cell
        self.updateGeometries()
        line = anchor // self._columns
        self.verticalScrollBar().setValue(line * cell.height() if seen.start or anchor else 0)
        if self.currentIndex().isValid() and current in seen:
            self.scrollTo(self.currentIndex())
        self.viewport().update()

    def _count(self) -> int:
        model: QAbstractItemModel | None = self.model()
        return model.rowCount() if model is not None else 0

    def _usable_px(self) -> int:
        """The width for cells. The scroll bar's is left free, so that no cell moves as it comes."""
        bar_px = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        return max(1, self.width() - bar_px - 2 * MARGIN_PX)

    def _lines(self) -> int:
        return -(-self._count() // self._columns)

    def _cell_rect(self, row: int) -> QRect:
        """Where a row is drawn, in the viewport."""
        line, column = divmod(row, self._columns)
        view = self.viewport().rect()
        usable = self._usable_px()
        slot_left = MARGIN_PX + usable * column // self._columns
        slot_width = usable // self._columns
        rect = QRect(
            QPoint(
                slot_left + max(0, slot_width - self._cell.width()) // 2,
                MARGIN_PX + line * self._cell.height() - self.verticalOffset(),
            ),
            self._cell,
        )
        return QStyle.visualRect(self.layoutDirection(), view, rect)

    def _nearest_row(self, point: QPoint) -> int:
        """The row at or nearest to a point of the viewport, in reading order; -1 without rows."""
        view = self.viewport().rect()
        x = QStyle.visualPos(self.layoutDirection(), view, point).x() - MARGIN_PX
        usable = self._usable_px()
        column = min(max(x * self._columns // usable, 0), self._columns - 1)
        line = max(0, (point.y() + self.verticalOffset() - MARGIN_PX) // self._cell.height())
        return min(line * self._columns + column, self._count() - 1)

    def _rows_in(self, rect: QRect) -> range:
        """The rows of every line that `rect` (in the viewport) touches."""
        offset = self.verticalOffset() - MARGIN_PX
        first = max(0, (rect.top() + offset) // self._cell.height())
        last = max(-1, (rect.bottom() + offset) // self._cell.height())
        count = self._count()
        return range(min(first * self._columns, count), min((last + 1) * self._columns, count))

    def visible_rows(self) -> range:
        """The rows that are to be seen at least in part."""
        return self._rows_in(self.viewport().rect())

    def visualRect(self, index: AnyIndex) -> QRect:
        return self._cell_rect(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._nearest_row(point)
        gap = QMargins(GAP_PX, GAP_PX, GAP_PX, GAP_PX)
        if row < 0 or not self._cell_rect(row).marginsRemoved(gap).contains(point):
            return QModelIndex()
        return self.model().index(row, 0)

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def isIndexHidden(self, index: AnyIndex) -> bool:
        """No row is ever hidden; a filter is the model's business."""
        return False

    # Layout

    def doItemsLayout(self) -> None:
        """Nothing is stored, so there is only the scroll bar to set."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        height = self.viewport().height()
        self._columns = max(1, self._usable_px() // self._cell.width())
        content = self._lines() * self._cell.height() + 2 * MARGIN_PX
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, content - height))
        bar.setPageStep(max(1, height - self._cell.height() // 2))
        bar.setSingleStep(WHEEL_STEP_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move nothing unless the lines become others; then keep what is seen in sight."""
        first, columns = self.visible_rows(), self._columns
        anchor = first.start if self.verticalOffset() > 0 and first else 0
        keeps_current = self.currentIndex().row() in first
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()
        if columns == self._columns:
            return
        if anchor:
            self.verticalScrollBar().setValue(anchor // self._columns * self._cell.height())
        if keeps_current:
            self.scrollTo(self.currentIndex())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted; only what comes into view is painted anew."""
        self.viewport().scroll(0, dy)

    def scrollTo(
        self,
        index: AnyIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll as little as needed to show an index whole."""
        if not index.isValid():
            return
        rect, height = self.visualRect(index), self.viewport().height()
        bar = self.verticalScrollBar()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - height // 2)
        elif hint == QAbstractItemView.ScrollHint.PositionAtTop or rect.top() < 0:
            bar.setValue(bar.value() + rect.top() - MARGIN_PX)
        elif rect.bottom() > height:
            bar.setValue(bar.value() + rect.bottom() - height + MARGIN_PX)

    # Keyboard, mouse and selection

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Whoever knows the photos' files drags them."""
        self.drag_asked.emit()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Arrows go through the lines as one reads, Page keys by a screenful."""
        count = self._count()
        if not count:
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            return self.model().index(max(0, self.visible_rows().start), 0)
        page = max(1, self.viewport().height() // self._cell.height()) * self._columns
        onward = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        moves = QAbstractItemView.CursorAction
        steps = {
            moves.MoveLeft: -onward,
            moves.MoveRight: onward,
            moves.MovePrevious: -1,
            moves.MoveNext: 1,
            moves.MoveUp: -self._columns,
            moves.MoveDown: self._columns,
            moves.MovePageUp: -page,
            moves.MovePageDown: page,
            moves.MoveHome: -count,
            moves.MoveEnd: count,
        }
        row = current.row() + steps.get(action, 0)
        if action == moves.MoveUp and row < 0:
            row = current.row()
        if action == moves.MoveDown and row >= count:
            has_line_below = current.row() // self._columns < self._lines() - 1
            row = count - 1 if has_line_below else current.row()
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
        if count := self._count():
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space looks at a photo; with Ctrl it selects, as everywhere."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_Space and plain and self.currentIndex().isValid():
            self.preview_asked.emit()
        else:
            super().keyPressEvent(event)

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
        current = self.currentIndex().row() if self.hasFocus() else -1
        for row in self._rows_in(event.rect()):
            option.rect = self._cell_rect(row)  # type: ignore[attr-defined, unused-ignore]
            if not option.rect.intersects(event.rect()):
                continue
            index = model.index(row, 0)
            state = plain
            if selected.isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if row == current:
                state |= QStyle.StateFlag.State_HasFocus
            option.state = state
            self.itemDelegate().paint(painter, option, index)
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self._paint_band(painter)

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
