"""Scrubber: the years beside photos by their days, to get to one of them at once."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractSlider, QStyle, QStyleOption

from ..look.bars import look_of
from ..look.theme import SMALL, sized
from .placed_view import TOP_PX, PlacedView

WIDTH_PX = 48


class Scrubber(QAbstractSlider):
    """A slider over the whole height of the photos, with a mark where a year begins.

    Its value is the number of a section, in their order; up and down go from one to the next, Page
    up and Page down by years.
    """

    def __init__(self, grid: PlacedView) -> None:
        super().__init__(grid)
        self._grid = grid
        self._is_leading = False
        self.setOrientation(Qt.Orientation.Vertical)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Go to a date"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._small = sized(self.font(), SMALL)
        self._titles: list[str] = []
        self._years: list[str] = []
        self._shares: list[float] = []
        self.setRange(0, 0)
        self.hide()
        self.valueChanged.connect(self._scroll)
        grid.laid_out.connect(self._show_sections)
        grid.verticalScrollBar().valueChanged.connect(self._show_current)
        grid.viewport().installEventFilter(self)

    def _show_sections(self) -> None:
        """Take over the sections that there are now."""
        blocks = self._grid.photos.blocks
        height = max(1, self._grid.photos.height)
        self._titles = [block.section.title for block in blocks]
        self._years = [block.section.year for block in blocks]
        self._shares = [block.top / height for block in blocks]
        self.blockSignals(True)
        self.setRange(0, max(0, len(blocks) - 1))
        self.blockSignals(False)
        is_wanted = any(self._years)
        self.setVisible(is_wanted)
        self._grid.keep_free(WIDTH_PX if is_wanted else 0)
        self._place()
        self._show_current()

    def _show_current(self) -> None:
        """Which section is at the top now, unless one was asked for; nothing is told."""
        if self.isHidden() or self._is_leading:
            return
        tops = [block.top + TOP_PX for block in self._grid.photos.blocks]
        self.blockSignals(True)
        self.setValue(max(0, bisect_right(tops, self._grid.verticalOffset()) - 1))
        self.blockSignals(False)
        self._say()
        self.update()

    def _scroll(self, section: int) -> None:
        self._say()
        self._is_leading = True
        top = self._grid.photos.blocks[section].top
        self._grid.verticalScrollBar().setValue(top + TOP_PX if section else 0)
        self._is_leading = False
        self.update()

    def _place(self) -> None:
        """Beside the scroll bar."""
        view = self._grid.viewport().geometry()
        there = QRect(view.right() + 1 - WIDTH_PX, view.top(), WIDTH_PX, view.height())
        self.setGeometry(QStyle.visualRect(self._grid.layoutDirection(), view, there))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _say(self) -> None:
        if self.value() < len(self._titles):
            self.setAccessibleDescription(self._titles[self.value()])
            self.setToolTip(self._titles[self.value()])

    def _go_years(self, step: int) -> None:
        place = self.value()
        year = self._years[place]
        while 0 <= place + step < len(self._years) and self._years[place] == year:
            place += step
        self.setValue(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down is further down the page."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.setValue(self.value() + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self._years:
            self._go_years(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.setValue(self.minimum())
        elif key == Qt.Key.Key_End:
            self.setValue(self.maximum())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to what is here, and on with the mouse until it is let go."""
        self._go_to(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _go_to(self, point: QPoint) -> None:
        share = (point.y() - self._inset) / max(1, self.height() - 2 * self._inset)
        before = [place for place, begins in enumerate(self._shares) if begins <= share]
        self.setValue(before[-1] if before else 0)

    @property
    def _inset(self) -> int:
        return QFontMetrics(self._small).height()

    def _y(self, section: int) -> int:
        room = self.height() - 2 * self._inset
        return self._inset + round(self._shares[section] * room)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = look_of(self.palette())
        painter.fillRect(self.rect(), look.base)
        painter.setFont(self._small)
        line_px = QFontMetrics(self._small).height()
        free_from = 0
        for section, year in enumerate(self._years):
            if not year or (section and year == self._years[section - 1]):
                continue
            top = self._y(section) - line_px // 2
            if top < free_from:
                continue
            painter.setPen(look.quiet)
            place = QRect(0, top, self.width() - 4, line_px)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, year)
            free_from = top + line_px + 4
        if self._shares:
            y = self._y(self.value()) + line_px // 2 + 2
            painter.setPen(QPen(look.accent, 2))
            painter.drawLine(4, y, self.width() - 8, y)
        if self.hasFocus():
            option = QStyleOption()
            option.initFrom(self)
            self.style().drawPrimitive(
                QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self
            )
