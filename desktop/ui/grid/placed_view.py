"""PlacedView: a list view that lays photos out in lines; what is looked at stays in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QMargins,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QWidget

from .layout import GridLayout, Shapes
from .lines import Measures

SIDE_PX, TOP_PX = 14, 8
"""Free beside all photos, and above them."""
RING_PX = 5
"""Around a photo, within its cell: room for the ring that marks it. Two of them are the gap, in
which a rubber band begins; a photo that is pulled is dragged out."""
BELOW_HEADING_PX = 4
"""Between its letters and the ring of a photo below it."""
HEADING_PX = 20
"""A heading is so much higher than its letters; """
WHEEL_STEP_PX = 40
SETTLE_AFTER_MS = 250
"""Shapes that have become known are taken over when scrolling rests for so long."""

AT_ONCE = 4000
"""So many photos are laid out at once, which takes some milliseconds; the others follow."""

AnyIndex = QModelIndex | QPersistentModelIndex


class PlacedView(QListView):
    """A list view whose geometry is a `GridLayout`'s.

    QListView's own batched layout starts over at every insertion, and the scroll bar with it: what
    a person looks at would jump while images arrive. Here it stays where it is, whatever comes
    above it. Being a QListView, it stays one for screen readers; headings are only drawn.
    """

    laid_out = Signal()
    """What lies where has changed."""

    def __init__(self, measures: Measures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measures = measures
        self._heading_font = QFont(self.font())
        self._heading_font.setBold(True)
        heading_px = QFontMetrics(self._heading_font).height() + HEADING_PX
        self._layout = GridLayout(measures, heading_px)
        self._shapes: Shapes | None = None
        self._reshaped: set[int] = set()
        self._side_px = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_AFTER_MS)
        self._settle.timeout.connect(self._take_shapes)
        self._rest = QTimer(self)  # to be laid out, while nothing else is to be done
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._go_on)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """The model also says which shapes photos have and which stand together (`Shapes`)."""
        super().setModel(model)
        self._shapes = cast(Shapes, model)
        self._fill()
        self.updateGeometries()

    def _fill(self) -> None:
        if self._shapes is not None:
            self._layout.fill(self._shapes, AT_ONCE)

    def reach(self, row: int) -> None:
        """Lay the photos out up to this one, if that is not done by now."""
        if self._shapes is not None and self._layout.count <= row < self._layout.total:
            self._layout.reach(self._shapes, row + AT_ONCE)
            self.updateGeometries()

    def _go_on(self) -> None:
        """Lay out some more photos, further down than what is seen."""
        is_end_seen = self.visible_rows().stop >= self._layout.count
        self.reach(self._layout.count)
        if is_end_seen:
            self.viewport().update()

    # Geometry

    @property
    def photos(self) -> GridLayout:
        """What lies where, in a plane that begins SIDE_PX from the left and TOP_PX from the top."""
        return self._layout

    def set_measures(self, measures: Measures) -> None:
        """Lay the photos out in another way; what is current, or at the top, stays in sight."""
        self._measures = measures
        self._relay(self.updateGeometries)
        self.viewport().update()

    def keep_free(self, side_px: int) -> None:
        """Leave so much room for what stands between the photos and the scroll bar."""
        if side_px != self._side_px:
            self._side_px = side_px
            self._relay(self.updateGeometries)

    def _relay(self, change: Callable[[], None]) -> None:
        """Do what moves photos; one that is looked at stays where it is to be seen."""
        seen = self.visible_rows()
        current = self.currentIndex().row()
        anchor = current if current in seen else seen.start
        is_at_top = self.verticalOffset() == 0 and current not in seen
        top = self._cell_rect(anchor).top() if seen else 0
        change()
        self.reach(anchor)
        if not seen or anchor >= self._layout.count:
            return
        bar = self.verticalScrollBar()
        bar.setValue(0 if is_at_top else bar.value() + self._cell_rect(anchor).top() - top)
        if anchor == current:
            self.scrollTo(self.currentIndex())

    def _usable_px(self) -> int:
        """The width for photos. The scroll bar's is left free, so that none moves as it comes."""
        bar_px = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        return max(1, self.width() - bar_px - self._side_px - 2 * SIDE_PX)

    def _in_view(self, rect: QRect) -> QRect:
        """Where a place of the plane is in the viewport."""
        moved = rect.translated(SIDE_PX, TOP_PX - self.verticalOffset())
        return QStyle.visualRect(self.layoutDirection(), self.viewport().rect(), moved)

    def _in_plane(self, point: QPoint) -> QPoint:
        """The place of the plane that a point of the viewport shows."""
        found = QStyle.visualPos(self.layoutDirection(), self.viewport().rect(), point)
        return found - QPoint(SIDE_PX, TOP_PX - self.verticalOffset())

    def _cell_rect(self, row: int) -> QRect:
        """Where a photo is drawn in the viewport, with its texts and the ring around it."""
        picture = self._layout.picture(row)
        below = self._measures.below_px + RING_PX
        return self._in_view(picture.adjusted(-RING_PX, -RING_PX, RING_PX, below))

    def _nearest_row(self, point: QPoint) -> int:
        """The row at or nearest to a point of the viewport, in reading order; -1 without rows."""
        place = self._in_plane(point)
        return self._layout.row_at(place.x(), place.y())

    def _rows_in(self, rect: QRect) -> range:
        """The rows of every line that `rect` (in the viewport) touches."""
        offset = self.verticalOffset() - TOP_PX
        # A line's ring reaches above it.
        return self._layout.rows_between(rect.top() + offset, rect.bottom() + offset + RING_PX)

    def visible_rows(self) -> range:
        """The rows that are to be seen at least in part."""
        return self._rows_in(self.viewport().rect())

    def rows_ahead(self) -> range:
        """Those, and the rows of half a screen further down."""
        seen = self.viewport().rect()
        return self._rows_in(seen.adjusted(0, 0, 0, seen.height() // 2))

    def visualRect(self, index: AnyIndex) -> QRect:
        is_there = index.isValid() and index.row() < self._layout.count
        return self._cell_rect(index.row()) if is_there else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._nearest_row(point)
        ring = QMargins(RING_PX, RING_PX, RING_PX, RING_PX)
        if row < 0 or not self._cell_rect(row).marginsRemoved(ring).contains(point):
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
        """There is only the scroll bar to set: what changes is laid out when it does."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        end = self.visible_rows().stop + AT_ONCE
        if self._layout.fit(self._measures, self._usable_px()) and self._shapes is not None:
            self._layout.reach(self._shapes, end)
        if self._layout.count < self._layout.total:
            self._rest.start()
        height = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._layout.likely_height + TOP_PX - height))
        bar.setPageStep(max(1, height - self._measures.height_px // 2))
        bar.setSingleStep(WHEEL_STEP_PX)
        self.laid_out.emit()

    def reset(self) -> None:
        """Everything is another."""
        super().reset()
        self._reshaped.clear()
        self._fill()
        self.updateGeometries()

    def rowsInserted(self, parent: AnyIndex, start: int, end: int) -> None:
        """What is looked at stays where it is, unless that is the top: what came last is there."""
        seen = self.visible_rows()
        is_at_top = self.verticalOffset() == 0
        top = self._cell_rect(seen.start).top() if seen else 0
        self._reshaped = {row + (end + 1 - start) * (row >= start) for row in self._reshaped}
        if self._shapes is not None:
            is_at_end = start == self._layout.count
            self._layout.insert(self._shapes, start, end + 1 - start)
            if is_at_end:
                self._layout.reach(self._shapes, start + AT_ONCE)
        super().rowsInserted(parent, start, end)
        self.updateGeometries()
        if seen and not is_at_top:
            row = seen.start + (end + 1 - start) * (seen.start >= start)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self._cell_rect(row).top() - top)
        self.viewport().update()

    def reshape(self, rows: Iterable[int]) -> None:
        """The shape of these photos has become known; it is taken over when scrolling rests."""
        self._reshaped.update(rows)
        if self._reshaped and not self._settle.isActive():
            self._settle.start()

    def _take_shapes(self) -> None:
        rows = [row for row in self._reshaped if row < self._layout.count]
        self._reshaped.clear()
        if not rows:
            return

        def take() -> None:
            self._layout.cut(min(rows))
            self.reach(self._layout.count)

        self._relay(take)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is seen in sight."""
        self._relay(lambda: QAbstractItemView.resizeEvent(self, event))
        self._relay(self.updateGeometries)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted; only what comes into view is painted anew."""
        self.viewport().scroll(0, dy)
        bottom = self.verticalOffset() + self.viewport().height()
        while self._layout.height < bottom and self._layout.count < self._layout.total:
            self.reach(self._layout.count)
        if self._settle.isActive():
            self._settle.start()

    def scrollTo(
        self,
        index: AnyIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll as little as needed to show an index whole."""
        self.reach(index.row())
        if not index.isValid() or index.row() >= self._layout.count:
            return
        rect, height = self._cell_rect(index.row()), self.viewport().height()
        line = self._layout.line_rect(index.row())
        top = self._in_view(line).top() - RING_PX  # with its heading
        bar = self.verticalScrollBar()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - height // 2)
        elif hint == QAbstractItemView.ScrollHint.PositionAtTop or rect.top() < 0:
            bar.setValue(bar.value() + top)
        elif rect.bottom() >= height:
            bar.setValue(bar.value() + rect.bottom() + 1 - height)
