"""LabelList: the labels of one image or several, each with its bar, its number and its parents."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ..look.bars import Look, draw_bar, draw_tick, faint, look_of
from ..words.words import percent
from .label_entries import ENTRY, EntriesModel, Entry

PAD_PX = 8
BAR_PX = 6
BAR_SHARE = 0.34
TICK_PX = 12
AT_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
AT_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

AnyIndex = QModelIndex | QPersistentModelIndex


class LabelDelegate(QStyledItemDelegate):
    """Paints a label: tick, name, bar and number in a line, its parents below.

    Yours stand out from the machine's: kept ones have a tick, added ones a bold name and no bar.
    """

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        entry: Entry = index.data(ENTRY)
        lines_px = QFontMetrics(option.font).height()
        if entry.way:
            lines_px += QFontMetrics(_small(option.font)).height() + 2
        return QSize(100, lines_px + PAD_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry: Entry = index.data(ENTRY)
        look = look_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marks = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected
        if option.state & marks:
            is_selected = option.state & QStyle.StateFlag.State_Selected
            painter.fillRect(option.rect, look.tint if is_selected else faint(look.accent, 24))
        if option.state & QStyle.StateFlag.State_HasFocus:  # keys act on it, selected or not
            painter.setPen(look.focus_line)
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        inner: QRect = option.rect.adjusted(PAD_PX, PAD_PX // 2, -PAD_PX, -PAD_PX // 2)
        height_px = QFontMetrics(option.font).height()
        line = QRect(inner.left(), inner.top(), inner.width(), height_px)
        self._paint_line(painter, option, line, entry, look)
        if entry.way:
            small = _small(option.font)
            below = QRect(
                line.left(), line.bottom() + 2, line.width(), inner.bottom() - line.bottom()
            )
            painter.setFont(small)
            painter.setPen(look.quiet)
            # The nearest parents matter most, so a long way is shortened at its start.
            way = QFontMetrics(small).elidedText(
                entry.way, Qt.TextElideMode.ElideLeft, below.width()
            )
            painter.drawText(_mirrored(option, below), _aligned(option, AT_START), way)
        painter.restore()

    def _paint_line(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        line: QRect,
        entry: Entry,
        look: Look,
    ) -> None:
        font = QFont(option.font)
        font.setBold(entry.is_yours)
        metrics = QFontMetrics(option.font)
        number_px = max(metrics.horizontalAdvance(text) for text in (percent(100), entry.number))
        bar_px = round(line.width() * BAR_SHARE) if entry.share is not None else 0
        name = line.adjusted(0, 0, -(number_px + PAD_PX + bar_px + (PAD_PX if bar_px else 0)), 0)
        if entry.is_kept:
            tick = QRectF(name.left(), name.center().y() - TICK_PX / 2, TICK_PX, TICK_PX)
            draw_tick(painter, QRectF(_mirrored(option, tick.toRect())), look)
            name.setLeft(name.left() + TICK_PX + 4)
        painter.setFont(font)
        painter.setPen(look.text)
        fitting = QFontMetrics(font).elidedText(
            entry.name, Qt.TextElideMode.ElideRight, name.width()
        )
        painter.drawText(_mirrored(option, name), _aligned(option, AT_START), fitting)
        painter.setFont(option.font)
        painter.setPen(look.quiet if entry.is_yours else look.text)
        painter.drawText(_mirrored(option, line), _aligned(option, AT_END), entry.number)
        if entry.share is not None:
            left = line.right() + 1 - number_px - PAD_PX - bar_px
            bar = QRect(left, line.center().y() - BAR_PX // 2 + 1, bar_px, BAR_PX)
            draw_bar(painter, QRectF(_mirrored(option, bar)), entry.share, look)


class LabelList(QListView):
    """Tells which label is under the mouse or chosen by key."""

    pointed = Signal(object)
    """The boxes (a sequence of Instance) of that label; empty when there is none."""
    chosen = Signal(object)
    """The Entry that keys and buttons act on, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.labels = EntriesModel(self)
        self.setModel(self.labels)
        self.setItemDelegate(LabelDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Labels of this photo"))
        self.entered.connect(self._point_at)
        self.viewportEntered.connect(self._on_current)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.labels.modelReset.connect(self._on_current)

    def sizeHint(self) -> QSize:
        return QSize(100, 96)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def entry(self) -> Entry | None:
        entry: Entry | None = self.currentIndex().data(ENTRY)
        return entry

    def show_entries(self, entries: Sequence[Entry], *, keep_place: bool) -> None:
        """Show other labels; with `keep_place` the same label stays chosen, or its neighbour."""
        if keep_place and list(entries) == list(self.labels.entries):
            return
        before, place = self.entry, self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self.labels.set_entries(entries)
        if not keep_place or before is None or not entries:
            return
        names = [entry.label for entry in entries]
        same = names.index(before.label) if before.label in names else min(place, len(names) - 1)
        self.setCurrentIndex(self.labels.index(same))
        self.verticalScrollBar().setValue(scrolled)

    def viewportEvent(self, event: QEvent) -> bool:
        """When the mouse leaves, the chosen label is pointed at again."""
        if event.type() == QEvent.Type.Leave:
            self._on_current()
        return super().viewportEvent(event)

    def _on_current(self) -> None:
        self._point_at(self.currentIndex())
        self.chosen.emit(self.entry)

    def _point_at(self, index: QModelIndex) -> None:
        entry: Entry | None = index.data(ENTRY) if index.isValid() else None
        self.pointed.emit(entry.boxes if entry else ())


def _mirrored(option: QStyleOptionViewItem, rect: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, rect)


def _aligned(option: QStyleOptionViewItem, alignment: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    return QStyle.visualAlignment(option.direction, alignment) | Qt.AlignmentFlag.AlignAbsolute


def _small(font: QFont) -> QFont:
    small = QFont(font)
    if font.pointSizeF() > 0:
        small.setPointSizeF(font.pointSizeF() * 0.92)
    return small
