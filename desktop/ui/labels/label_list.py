"""LabelList: the labels of one image or several, a line each, to be confirmed, removed, opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from .label_delegate import LabelDelegate, Part
from .label_entries import ENTRY, EntriesModel, Entry

LEAST_PX = 120
"""Two lines or three are to be seen before the whole panel scrolls."""
MOST_PX = 10_000
"""No screen is higher: the lines below need not be measured."""


class LabelList(QListView):
    """Tells which label is under the mouse or chosen by key, and what is to be done with it."""

    pointed = Signal(object)
    """The boxes (a sequence of Instance) of that label; empty when there is none."""
    chosen = Signal(object)
    """The Entry that keys act on, or None."""
    keep_asked = Signal()
    """The chosen label is right, or it is no longer said to be."""
    remove_asked = Signal()
    """The chosen label is wrong."""
    filter_asked = Signal(str)
    """Photos with this label are to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.labels = EntriesModel(self)
        self._pressed: tuple[Part, int] | None = None
        self._delegate = LabelDelegate(self.labels, self)
        self.setModel(self.labels)
        self.setItemDelegate(self._delegate)
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
        self.labels.modelReset.connect(self._fit)

    def _fit(self) -> None:
        """Be at most as high as the lines; where there is less room, they scroll."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        height_px = 1
        for row in range(self.labels.rowCount()):
            height_px += self._delegate.sizeHint(option, self.labels.index(row)).height()
            if height_px > MOST_PX:
                break
        self.setMaximumHeight(height_px)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(100, min(LEAST_PX, self.maximumHeight()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def entry(self) -> Entry | None:
        entry: Entry | None = self.currentIndex().data(ENTRY)
        return entry

    def show_entries(self, entries: Sequence[Entry], *, keep_place: bool) -> None:
        """Show other labels; with `keep_place` the same label stays chosen, or its neighbour."""
        if keep_place and list(entries) == list(self.labels.top):
            return
        before, place = self.entry, self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self.labels.set_entries(entries)
        if not keep_place or before is None or not entries:
            return
        names = [entry.label for entry in self.labels.entries]
        same = names.index(before.label) if before.label in names else min(place, len(names) - 1)
        self.setCurrentIndex(self.labels.index(same))
        self.verticalScrollBar().setValue(scrolled)

    def choose(self, label: str) -> None:
        """Let keys act on this label, where it is shown."""
        for row, entry in enumerate(self.labels.entries):
            if entry.label == label:
                self.setCurrentIndex(self.labels.index(row))

    def open_entry(self, *, is_open: bool) -> None:
        """Show what the chosen label belongs to as lines of their own, or no longer."""
        entry = self.entry
        if entry is not None:
            self.labels.set_open(entry, is_open=is_open)
            self.choose(entry.label)

    def toggle_entry(self) -> None:
        """The one or the other."""
        if (entry := self.entry) is not None:
            self.open_entry(is_open=not self.labels.is_open(entry))

    # Qt's own events

    def viewportEvent(self, event: QEvent) -> bool:
        """When the mouse leaves, the chosen label is pointed at again."""
        if event.type() == QEvent.Type.Leave:
            self._on_current()
        if isinstance(event, QHelpEvent) and (text := self._help_at(event.pos())):
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self._part_at(event.position().toPoint()) if is_left else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is not None and self._part_at(event.position().toPoint()) == pressed:
            if pressed[0] == "open":
                self.toggle_entry()
            elif pressed[0] == "keep":
                self.keep_asked.emit()
            else:
                self.remove_asked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Quick clicks at a sign are clicks."""
        if self._part_at(event.position().toPoint()):
            self.mousePressEvent(event)
        elif self.indexAt(event.position().toPoint()).isValid():
            self._ask_filter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        open_key = Qt.Key.Key_Left if is_mirrored else Qt.Key.Key_Right
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask_filter()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.open_entry(is_open=event.key() == open_key)
        else:
            super().keyPressEvent(event)

    def _ask_filter(self) -> None:
        if (entry := self.entry) is not None and not entry.is_other:
            self.filter_asked.emit(entry.label)

    def _part_at(self, point: QPoint) -> tuple[Part, int] | None:
        index = self.indexAt(point)
        if not index.isValid():
            return None
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)  # type: ignore[attr-defined, unused-ignore]
        part = self._delegate.part_at(option, index, point)
        return None if part is None else (part, index.row())

    def _help_at(self, point: QPoint) -> str:
        at = self._part_at(point)
        if at is None:
            return ""
        entry = self.labels.entries[at[1]]
        if at[0] == "open":
            return self.tr("Show what it belongs to")
        if at[0] == "remove":
            return self.tr("Remove this label (Delete)")
        return self.tr("Unconfirm (K)") if entry.is_kept else self.tr("Confirm this label (K)")

    def _on_current(self) -> None:
        self._point_at(self.currentIndex())
        self.chosen.emit(self.entry)

    def _point_at(self, index: QModelIndex) -> None:
        entry: Entry | None = index.data(ENTRY) if index.isValid() else None
        self.pointed.emit(entry.boxes if entry else ())
