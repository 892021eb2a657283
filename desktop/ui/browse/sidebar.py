"""Sidebar: All photos, To review, Failed, the labels and the folders, to choose what is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.core.library.catalog import Counts, Query

from ..look.bars import faint, look_of
from ..words.words import without_key
from .sidebar_model import ENTRY, LEFT_OUT, SidebarEntry, SidebarModel

PAD_PX = 8
AnyIndex = QModelIndex | QPersistentModelIndex
_Select = QItemSelectionModel.SelectionFlag
_Key = Qt.Key
_Modifier = Qt.KeyboardModifier


class Sidebar(QListView):
    """Click shows only that, Ctrl-click combines, Alt-click leaves out; keys do the same.

    What is selected in the list is always what is shown: the list follows the query, and a click
    only asks for another one.
    """

    asked = Signal(object)
    """The Query that a person wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = SidebarModel(self)
        self._query = Query()
        self.setModel(self.entries)
        self.setItemDelegate(SidebarDelegate(self))
        self.setUniformItemSizes(True)  # else every change asks Python for the size of every line
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Places, labels and folders"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.setMinimumWidth(120)

    def sizeHint(self) -> QSize:
        return QSize(200, 400)

    # Following

    def show_query(self, query: Query) -> None:
        """Mark what is shown."""
        self._query = query
        self._change(lambda: self.entries.show_query(query))

    def show_counts(self, counts: Counts, is_working: bool) -> None:
        """Show the newest counts; `is_working`: more are to come."""
        self._change(lambda: self.entries.show_counts(counts, keeps_order=is_working))

    def _change(self, change: Callable[[], bool]) -> None:
        """Let the lines change under the person's eyes without moving them or their place."""
        entries, current = self.entries, self.currentIndex()
        kept = entries.entry(current.row()) if current.isValid() else None
        scrolled = self.verticalScrollBar().value()
        has_moved = change()
        if kept is not None and not self.currentIndex().isValid():
            place = entries.place_of(kept.kind, kept.key)
            if place is not None:
                self.selectionModel().setCurrentIndex(entries.index(place), _Select.NoUpdate)
        selection = QItemSelection()
        for place in entries.chosen_places():
            selection.select(entries.index(place), entries.index(place))
        self.selectionModel().select(selection, _Select.ClearAndSelect)
        if has_moved:
            self.doItemsLayout()
            self.verticalScrollBar().setValue(scrolled)

    # Asking

    def choose(self, entry: SidebarEntry) -> None:
        """Show only what this line stands for; a label or folder that is alone again: all."""
        query = self._query
        if entry.kind == "place":
            self._ask(Query(place=entry.key))  # type: ignore[arg-type]
        elif entry.kind == "label":
            alone = Query(labels=(entry.key,))
            self._ask(Query() if replace(query, terms=()) == alone else alone)
        elif entry.kind == "folder":
            alone = Query(folder=Path(entry.key))
            self._ask(Query() if replace(query, terms=()) == alone else alone)

    def combine(self, entry: SidebarEntry) -> None:
        """Add this line to what is chosen, or take it out again."""
        query = self._query
        if entry.kind == "place":
            place = "all" if query.place == entry.key else entry.key
            self._ask(replace(query, place=place))  # type: ignore[arg-type]
        elif entry.kind == "label":
            labels = _toggled(query.labels, entry.key)
            without = tuple(label for label in query.without if label != entry.key)
            self._ask(replace(query, labels=labels, without=without))
        elif entry.kind == "folder":
            folder = Path(entry.key)
            self._ask(replace(query, folder=None if query.folder == folder else folder))

    def leave_out(self, entry: SidebarEntry) -> None:
        """Show only photos without this label, or allow it again."""
        if entry.kind == "label":
            labels = tuple(label for label in self._query.labels if label != entry.key)
            without = _toggled(self._query.without, entry.key)
            self._ask(replace(self._query, labels=labels, without=without))

    def _ask(self, query: Query) -> None:
        self.asked.emit(query)

    def _act(self, entry: SidebarEntry, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & _Modifier.AltModifier:
            self.leave_out(entry)
        elif modifiers & (_Modifier.ControlModifier | _Modifier.ShiftModifier):
            self.combine(entry)
        else:
            self.choose(entry)

    def _show_menu(self, at: QPoint) -> None:
        index = self.indexAt(at) if self.indexAt(at).isValid() else self.currentIndex()
        if not index.isValid():
            return
        entry = self.entries.entry(index.row())
        if entry.kind == "heading":
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = without_key(entry.text)
        menu.addAction(self.tr("Only “{0}”").format(name), lambda: self.choose(entry))
        menu.addAction(self.tr("And “{0}”").format(name), lambda: self.combine(entry))
        if entry.kind == "label":
            menu.addAction(self.tr("Not “{0}”").format(name), lambda: self.leave_out(entry))
        menu.popup(self.viewport().mapToGlobal(at))

    # Qt's own events

    def selectionCommand(
        self, index: AnyIndex, event: object = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Clicks and keys select nothing by themselves: what is shown is what is selected."""
        return _Select.NoUpdate

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._act(self.entries.entry(index.row()), event.modifiers())

    def event(self, event: QEvent) -> bool:
        """A letter begins a label's name here: it is no key of the window's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_plain = not event.modifiers() & ~_Modifier.ShiftModifier
            if is_plain and event.text().isalnum():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space acts, with the modifiers of a click; Minus leaves out."""
        index = self.currentIndex()
        if index.isValid():
            entry = self.entries.entry(index.row())
            if event.key() in (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Space):
                self._act(entry, event.modifiers())
                return
            if event.key() in (_Key.Key_Minus, _Key.Key_Delete):
                self.leave_out(entry)
                return
        super().keyPressEvent(event)


class SidebarDelegate(QStyledItemDelegate):
    """Paints a line: its name, and its count at the end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(100, QFontMetrics(option.font).height() + PAD_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry: SidebarEntry = index.data(ENTRY)
        look = look_of(option.palette)
        is_left_out = bool(index.data(LEFT_OUT))
        painter.save()
        line = option.rect.adjusted(2 * PAD_PX, 0, -PAD_PX, 0)
        line = QStyle.visualRect(option.direction, option.rect, line)
        at_end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        at_start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        metrics, elide = QFontMetrics(option.font), Qt.TextElideMode.ElideRight
        if entry.kind == "heading":
            painter.setFont(option.font)
            painter.setPen(look.quiet)
            painter.drawText(line, at_start, entry.text)
            rule = line.adjusted(metrics.horizontalAdvance(entry.text) + PAD_PX, 0, 0, 0)
            rule.setTop(rule.center().y())
            rule.setHeight(1)
            painter.fillRect(QStyle.visualRect(option.direction, line, rule), look.track)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, look.tint)
            bar = option.rect.adjusted(0, 2, 0, -2)
            bar.setWidth(3)
            painter.fillRect(QStyle.visualRect(option.direction, option.rect, bar), look.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, faint(look.accent, 24))
        if option.state & QStyle.StateFlag.State_HasFocus and self._has_focus():
            painter.setPen(look.focus_line)
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        font = option.font
        font.setStrikeOut(is_left_out)
        number = QLocale().toString(entry.count)
        number_px = metrics.horizontalAdvance(number) + PAD_PX
        painter.setFont(option.font)
        painter.setPen(look.quiet)
        painter.drawText(line, at_end, number)
        painter.setFont(font)
        painter.setPen(look.quiet if is_left_out else look.text)
        text = metrics.elidedText(entry.text, elide, line.width() - number_px)
        name = QStyle.visualRect(option.direction, line, line.adjusted(0, 0, -number_px, 0))
        painter.drawText(name, at_start, text)
        painter.restore()

    def _has_focus(self) -> bool:
        view = self.parent()
        return isinstance(view, QWidget) and view.hasFocus()


def _toggled(labels: tuple[str, ...], label: str) -> tuple[str, ...]:
    if label in labels:
        return tuple(other for other in labels if other != label)
    return (*labels, label)
