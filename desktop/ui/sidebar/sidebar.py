"""Sidebar: places, labels, folders, saved searches and recent jobs, to choose what is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from desktop.core.library.catalog import Query
from desktop.core.overview.counts import Counts
from desktop.core.overview.saved_searches import SavedSearch

from ..words.label_names import stored_name
from .choice import left_out, turned, with_line
from .delegate import MARGIN_PX, SidebarDelegate
from .label_filter import LabelFilter
from .lines import SidebarEntry
from .model import SidebarModel

AnyIndex = QModelIndex | QPersistentModelIndex
_Select = QItemSelectionModel.SelectionFlag
_Key = Qt.Key
_Modifier = Qt.KeyboardModifier
OPEN_AT_FIRST = {"heading labels", "heading folders", "heading searches"}
FolderActions = Callable[[Path, QObject], Sequence[QAction]]
"""What another part can do with a folder: actions that live as long as their menu."""


class Sidebar(QTreeView):
    """Click shows only that, Ctrl-click combines, Alt-click leaves out; keys do the same.

    What is selected in the list is always what is shown: the list follows the query, and a click
    only asks for another one.
    """

    asked = Signal(object)
    """The Query that a person wants to see."""
    search_asked = Signal(object)
    """The SavedSearch that a person wants to see."""
    all_asked = Signal()
    """The person wants to see everything."""
    label_renamed = Signal(str, str)
    """A label is to be called something else from now on."""
    hide_asked = Signal(str)
    """This label is never to be shown."""
    place_asked = Signal(object)
    """Where this folder (Path) lies is to be shown."""
    locate_asked = Signal(object)
    """The person knows where this folder (Path) is now."""
    remove_asked = Signal(object)
    """The photos of this folder (Path) are to leave the library."""
    all_photos_asked = Signal()
    """All photos that are shown are to be selected."""
    search_renamed = Signal(int, str)
    """A saved search (its id) is to be called so."""
    search_removed = Signal(object)
    """The entry of a saved search that is to go."""
    menu_asked = Signal(object, QPoint)
    """A SidebarEntry and where on the screen its menu is to be."""
    take_back_asked = Signal(int)
    """All labels that this job (its id) brought are to go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = SidebarModel(self)
        self.folder_actions: list[FolderActions] = []
        """What other parts can do with a folder."""
        self._query = Query()
        self._search = ""
        self._search_query: Query | None = Query()
        self._open = set(OPEN_AT_FIRST)
        self._is_laying = False
        self._pressed = QPersistentModelIndex()
        self.filter = LabelFilter(self.viewport())  # the view asks from now on where it is
        self.filter.textChanged.connect(
            lambda text: self._change(lambda: self.entries.filter(text))
        )
        self.filter.left.connect(self._enter_labels)
        self.setModel(self.entries)
        self._delegate = SidebarDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setUniformRowHeights(True)  # else each change asks Python for the size of every line
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)  # the delegate indents
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Places, labels and folders"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.setMinimumWidth(120)
        self.expanded.connect(lambda index: self._note(index, is_open=True))
        self.collapsed.connect(lambda index: self._note(index, is_open=False))
        self.entries.renamed.connect(self._on_renamed)
        self.entries.cut_short.connect(self._go_on)

    def sizeHint(self) -> QSize:
        return QSize(218, 400)

    # Following

    def show_query(self, query: Query) -> None:
        """Mark what is shown."""
        if self._search_query is None:
            self._search_query = query  # what a saved search has become, with its words
        elif query != self._search_query:
            self._search = ""
        self._query = query
        self._change(lambda: self.entries.show_query(query, self._search))
        self._open_above_chosen()

    def _go_on(self) -> None:
        self._change(self.entries.go_on)
        self._open_above_chosen()

    def show_counts(self, counts: Counts, is_working: bool) -> None:
        """Show the newest counts; `is_working`: more are to come."""
        self._delegate.labels = counts.labels
        self._change(lambda: self.entries.show_counts(counts, keeps_order=is_working))

    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        """Show the saved searches."""
        self._change(lambda: self.entries.show_searches(searches))

    def show_search_counts(self, counts: Mapping[int, int]) -> None:
        """Show how many photos saved searches find, by their ids."""
        self._change(lambda: self.entries.show_search_counts(counts))

    def show_missing(self, folders: Sequence[Path]) -> None:
        """Mark the folders that cannot be found."""
        self._change(lambda: self.entries.show_missing(folders))

    def show_watched(self, folders: Sequence[Path]) -> None:
        """Mark the folders that are watched."""
        self._change(lambda: self.entries.show_watched(folders))

    def _change(self, change: Callable[[], bool]) -> None:
        """Let the lines change under the person's eyes without moving them or their place."""
        entries, current = self.entries, self.currentIndex()
        kept = entries.entry(current) if current.isValid() else None
        scrolled = self.verticalScrollBar().value()
        if change():
            self._lay_out()
            if kept is not None and (index := entries.index_of(kept.kind, kept.key)).isValid():
                self.selectionModel().setCurrentIndex(index, _Select.NoUpdate)
            self.verticalScrollBar().setValue(scrolled)
        selection = QItemSelection()
        for index in entries.chosen():
            selection.select(index, index)
        self.selectionModel().select(selection, _Select.ClearAndSelect)
        self._place_filter()

    # Folding

    def _lay_out(self) -> None:
        """Open what is to be open, of lines that have just come, too."""
        self._is_laying = True
        for kind, _, key in (name.partition(" ") for name in self._open):
            index = self.entries.index_of(kind, key)  # type: ignore[arg-type]
            if index.isValid():
                self.expand(index)
        self._is_laying = False
        self.executeDelayedItemsLayout()

    def _name(self, index: AnyIndex) -> str:
        entry = self.entries.entry(index)
        return f"{entry.kind} {entry.key}"

    def _note(self, index: QModelIndex, *, is_open: bool) -> None:
        if not self._is_laying:
            (self._open.add if is_open else self._open.discard)(self._name(index))
            self._place_filter()

    def _open_above_chosen(self) -> None:
        for index in self.entries.chosen():
            while (index := index.parent()).isValid():
                if self.entries.entry(index).kind != "heading":  # folded, it stays so
                    self.setExpanded(index, True)

    def fold_state(self) -> list[str]:
        """Which lines are open, to be kept."""
        return sorted(self._open)

    def put_fold_state(self, names: Any) -> None:
        """Open these lines, and no others."""
        self._open = {str(name) for name in names}
        self._is_laying = True
        self.collapseAll()
        self._lay_out()

    def toggle(self, entry: SidebarEntry) -> None:
        """Fold a line or unfold it; of the rest of some labels, show them or hide them."""
        if entry.kind == "rest":
            self._change(lambda: self.entries.toggle_rest(entry.key))
        else:
            index = self.entries.index_of(entry.kind, entry.key)
            self.setExpanded(index, not self.isExpanded(index))

    def _enter_labels(self) -> None:
        self.setCurrentIndex(self.indexBelow(self.entries.index_of("filter", "labels")))
        self.setFocus()

    def _place_filter(self) -> None:
        index = self.entries.index_of("filter", "labels")
        area = self.visualRect(index) if index.isValid() else QRect()
        self.filter.setVisible(not area.isEmpty())
        if not area.isEmpty():
            self.filter.setGeometry(area.adjusted(2 * MARGIN_PX, 1, -2 * MARGIN_PX, -1))

    # Asking

    def choose(self, entry: SidebarEntry) -> None:
        """Show only what this line stands for."""
        if entry.kind == "place" and entry.key == "all":
            self.all_asked.emit()
        elif entry.kind == "search":
            self._search, self._search_query = entry.key, None
            self.search_asked.emit(self.entries.search(entry))
            self.show_query(self._query)
        elif (alone := with_line(Query(), entry)) is not None:
            self.asked.emit(alone)

    def combine(self, entry: SidebarEntry) -> None:
        """Add this line to what is chosen, or take it out again."""
        if (query := turned(self._query, entry)) is not None:
            self.asked.emit(query)

    def leave_out(self, entry: SidebarEntry) -> None:
        """Show only photos without this label, or allow it again."""
        if (query := left_out(self._query, entry)) is not None:
            self.asked.emit(query)

    def rename(self, entry: SidebarEntry, *, begins_empty: bool = False) -> None:
        """Let the person type another name, in the line itself."""
        index = self.entries.index_of(entry.kind, entry.key)
        if index.isValid() and entry.kind in ("label", "search"):
            self._delegate.begins_empty = begins_empty
            self.edit(index)

    def merge(self, entry: SidebarEntry) -> None:
        """Let the person type the label into which this one is to go."""
        self.rename(entry, begins_empty=True)

    def _on_renamed(self, entry: SidebarEntry, name: str) -> None:
        if entry.kind == "label":
            self.label_renamed.emit(entry.key, stored_name(name))
        else:
            self.search_renamed.emit(int(entry.key), name)

    def _act(self, entry: SidebarEntry, modifiers: Qt.KeyboardModifier) -> None:
        if entry.kind in ("heading", "rest"):
            self.toggle(entry)
        elif modifiers & _Modifier.AltModifier:
            self.leave_out(entry)
        elif modifiers & (_Modifier.ControlModifier | _Modifier.ShiftModifier):
            self.combine(entry)
        else:
            self.choose(entry)

    def _show_menu(self, at: QPoint) -> None:
        index = self.indexAt(at) if self.indexAt(at).isValid() else self.currentIndex()
        if index.isValid() and self.entries.entry(index).kind != "filter":
            self.menu_asked.emit(self.entries.entry(index), self.viewport().mapToGlobal(at))

    # Qt's own events

    def selectionCommand(
        self, index: AnyIndex, event: object = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Clicks and keys select nothing by themselves: what is shown is what is selected."""
        return _Select.NoUpdate

    def selectAll(self) -> None:
        """Here one thing is chosen, to see its photos: these are what "all" means."""
        self.all_photos_asked.emit()

    def drawBranches(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """The delegate paints the marks."""

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_filter()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._place_filter()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = QPersistentModelIndex(self.indexAt(event.position().toPoint()))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if self._pressed != QPersistentModelIndex(index):
            return
        if self._delegate.is_mark(self.visualRect(index), index, at.x()):
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self._act(self.entries.entry(index), event.modifiers())

    def event(self, event: QEvent) -> bool:
        """A letter begins a label's name here: it is no key of the window's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_plain = not event.modifiers() & ~_Modifier.ShiftModifier
            if is_plain and event.text().isalnum():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space acts, with the modifiers of a click; Minus leaves out, F2 renames."""
        index, key = self.currentIndex(), event.key()
        entry = self.entries.entry(index) if index.isValid() else None
        if key == _Key.Key_Escape:
            self.all_asked.emit()
        elif entry and key in (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Space):
            self._act(entry, event.modifiers())
        elif entry and entry.kind == "search" and key == _Key.Key_Delete:
            self.search_removed.emit(entry)
        elif entry and key in (_Key.Key_Minus, _Key.Key_Delete):
            self.leave_out(entry)
        elif entry and key == _Key.Key_F2:
            self.rename(entry)
        else:
            super().keyPressEvent(event)
