"""SidebarModel: the sidebar's lines as a tree that follows the newest counts and the query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.core.library.catalog import Counts, Query
from desktop.core.overview.saved_searches import SavedSearch

from .sidebar_lines import Kind, Line, Shown, SidebarEntry, folder_lines, make_lines

ENTRY = Qt.ItemDataRole.UserRole + 1
LEFT_OUT = Qt.ItemDataRole.UserRole + 2

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class _Node:
    entry: SidebarEntry
    above: int
    place: int
    below: list[int] = field(default_factory=list)


class SidebarModel(QAbstractItemModel):
    """While results arrive labels keep their order: nothing jumps."""

    renamed = Signal(object, str)
    """A SidebarEntry, and what it is to be called."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes = [_Node(SidebarEntry("heading", "", ""), 0, 0)]  # the first holds the top
        self._places: dict[tuple[Kind, str], int] = {}
        self._query = Query()
        self._counts = Counts()
        self._searches: Sequence[SavedSearch] = ()
        self._ranks: dict[str, int] = {}
        self._typed = ""
        self._whole: set[str] = set()
        self._missing: Sequence[Path] = ()
        self._watched: Sequence[Path] = ()
        self._folders: Sequence[Line] = ()
        self._search = ""
        self._answers: dict[int, Callable[[SidebarEntry], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda entry: entry.text,
            Qt.ItemDataRole.EditRole: lambda entry: entry.text,
            Qt.ItemDataRole.ToolTipRole: lambda entry: entry.tip or None,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            ENTRY: lambda entry: entry,
            LEFT_OUT: self.is_left_out,
        }

    # Qt's questions

    def index(self, row: int, column: int = 0, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        below = self._node(parent).below
        return self.createIndex(row, 0, below[row]) if 0 <= row < len(below) else QModelIndex()

    def parent(self, index: AnyIndex = QModelIndex()) -> QModelIndex:  # type: ignore[override] # noqa: B008
        return self._index(self._node(index).above) if index.isValid() else QModelIndex()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return len(self._node(parent).below)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a line shows and says."""
        answer = self._answers.get(role) if index.isValid() else None
        return answer(self.entry(index)) if answer else None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A person has typed a name: whoever keeps it says when it is so."""
        entry, name = self.entry(index), str(value).strip()
        if name and name != entry.text:
            self.renamed.emit(entry, name)
        return False

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """The line of the filter is the filter's own."""
        kind = self.entry(index).kind if index.isValid() else "filter"
        if kind == "filter":
            return Qt.ItemFlag.NoItemFlags
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if kind in ("label", "search") else flags

    def _node(self, index: AnyIndex) -> _Node:
        return self._nodes[index.internalId() if index.isValid() else 0]

    def _index(self, number: int) -> QModelIndex:
        node = self._nodes[number]
        return self.createIndex(node.place, 0, number) if number else QModelIndex()

    # What the lines are

    def entry(self, index: AnyIndex) -> SidebarEntry:
        """What a line stands for."""
        return self._node(index).entry

    def index_of(self, kind: Kind, key: str) -> QModelIndex:
        """Where a line is; an invalid index when it is not there."""
        return self._index(self._places.get((kind, key), 0))

    def with_lines_below(self) -> Iterator[QModelIndex]:
        """The lines that can be folded, those above before those below."""
        for number, node in enumerate(self._nodes):
            if number and node.below:
                yield self._index(number)

    def search(self, entry: SidebarEntry) -> SavedSearch | None:
        """The saved search of a line."""
        return next((each for each in self._searches if str(each.id) == entry.key), None)

    @property
    def counts(self) -> Counts:
        return self._counts

    def _spoken(self, entry: SidebarEntry) -> str:
        if entry.count is None:
            return entry.text
        said = f"{entry.text}, {QLocale().toString(entry.count)}"
        if entry.is_missing:
            return self.tr("{0}, cannot be found").format(said)
        if entry.is_watched:
            return self.tr("{0}, watched for new photos").format(said)
        return self.tr("{0}, left out").format(said) if self.is_left_out(entry) else said

    # What is chosen

    def chosen(self) -> list[QModelIndex]:
        """The lines whose photos are shown, among others."""
        query = self._query
        if self._search:
            index = self.index_of("search", self._search)
            return [index] if index.isValid() else []
        lines: list[tuple[Kind, str]] = [("label", label) for label in query.labels]
        if query.folder is not None:
            lines.append(("folder", str(query.folder)))
        if query.job is not None:
            lines.append(("job", str(query.job)))
        if query.place != "all" or not (lines or query.without):
            lines.append(("place", query.place))
        found = (self.index_of(kind, key) for kind, key in lines)
        return [index for index in found if index.isValid()]

    def is_left_out(self, entry: SidebarEntry) -> bool:
        """Whether photos with this label are left out."""
        return entry.kind == "label" and entry.key in self._query.without

    # What changes them; each says whether lines came, went or moved

    def show_query(self, query: Query, search: str) -> bool:
        """Mark what is chosen: a saved search (its key), else what the query names. What is chosen
        stays in the list, whatever the counts.
        """
        self._search = search
        old, self._query = self._query, query
        has_moved = self._make()
        for label in {*old.without} ^ {*query.without}:
            if (index := self.index_of("label", label)).isValid():
                self.dataChanged.emit(index, index)
        return has_moved

    def show_counts(self, counts: Counts, *, keeps_order: bool) -> bool:
        """Show the newest counts."""
        has_others = counts.folder_tree != self._counts.folder_tree
        self._counts = counts
        if not keeps_order:
            self._ranks = {}
        for label, _ in counts.labels:
            self._ranks.setdefault(label, len(self._ranks))
        return self._make_folders() if has_others else self._make()  # thousands take their time

    def show_searches(self, searches: Sequence[SavedSearch]) -> bool:
        """Show the saved searches."""
        self._searches = searches
        return self._make()

    def show_missing(self, folders: Sequence[Path]) -> bool:
        """Mark the folders that cannot be found."""
        self._missing = folders
        return self._make_folders()

    def show_watched(self, folders: Sequence[Path]) -> bool:
        """Mark the folders that are watched."""
        self._watched = folders
        return self._make_folders()

    def _make_folders(self) -> bool:
        self._folders = folder_lines(
            self._counts.folder_tree, missing=self._missing, watched=self._watched
        )
        return self._make()

    def filter(self, typed: str) -> bool:
        """Show only labels with this in their names."""
        self._typed = typed
        return self._make()

    def toggle_rest(self, label: str) -> bool:
        """Show all labels below this one, or the first ones again."""
        self._whole ^= {label}
        return self._make()

    def _make(self) -> bool:
        shown = Shown(
            counts=self._counts,
            query=self._query,
            searches=self._searches,
            ranks=self._ranks,
            typed=self._typed,
            whole=self._whole,
            folders=self._folders,
        )
        nodes = [_Node(SidebarEntry("heading", "", ""), 0, 0)]

        def lay(lines: Sequence[Line], above: int) -> None:
            for place, line in enumerate(lines):
                number = len(nodes)
                nodes.append(_Node(line.entry, above, place))
                nodes[above].below.append(number)
                lay(line.lines, number)

        lay(make_lines(shown), 0)
        old, now = self._nodes, nodes
        if [(n.entry.kind, n.entry.key, n.above) for n in old] == [
            (n.entry.kind, n.entry.key, n.above) for n in now
        ]:
            changed = [n for n, node in enumerate(now) if node.entry != old[n].entry]
            self._nodes = now
            for number in changed:
                self.dataChanged.emit(self._index(number), self._index(number))
            return False
        self.beginResetModel()
        self._nodes = now
        self._places = {(n.entry.kind, n.entry.key): p for p, n in enumerate(now) if p}
        self.endResetModel()
        return True
