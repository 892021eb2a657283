"""SidebarModel: the sidebar's lines as a tree that follows the newest counts and the query."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QModelIndex, QObject, Qt, QTimer, Signal

from desktop.core.library.catalog import Query
from desktop.core.overview.counts import Counts
from desktop.core.overview.saved_searches import SavedSearch

from .lines import (
    Kind,
    Line,
    SidebarEntry,
    folder_lines,
    label_lines,
    make_lines,
    search_lines,
)
from .tree import AnyIndex, LineTree

ENTRY = Qt.ItemDataRole.UserRole + 1
LEFT_OUT = Qt.ItemDataRole.UserRole + 2


class SidebarModel(LineTree):
    """While results arrive labels keep their order: nothing jumps. Only lines that come, go or
    change are touched: of thousands, the view would ask for each anew.
    """

    cut_short = Signal()
    """There are more new lines than were added at once; `go_on` adds the next."""
    renamed = Signal(object, str)
    """A SidebarEntry, and what it is to be called."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._query = Query()
        self._counts = Counts()
        self._searches: Sequence[SavedSearch] = ()
        self._found: Mapping[int, int] = {}
        self._ranks: dict[str, int] = {}
        self._typed = ""
        self._whole: set[str] = set()
        self._missing: Sequence[Path] = ()
        self._watched: Sequence[Path] = ()
        self._labels: list[Line] = []
        self._shown_labels: set[str] = set()
        self._folders: list[Line] = []
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

    # What the lines are

    def search(self, entry: SidebarEntry) -> SavedSearch | None:
        """The saved search of a line."""
        return next((each for each in self._searches if str(each.id) == entry.key), None)

    @property
    def searches(self) -> Sequence[SavedSearch]:
        """The saved searches."""
        return self._searches

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
        has_other_folders = counts.folder_tree is not self._counts.folder_tree
        self._counts = counts
        if not keeps_order:
            self._ranks = {}
        for label, _ in counts.labels:
            self._ranks.setdefault(label, len(self._ranks))
        if has_other_folders:
            self._make_folders(self._folders)
        return self._make_labels()

    def show_searches(self, searches: Sequence[SavedSearch]) -> bool:
        """Show the saved searches."""
        self._searches = searches
        return self._make()

    def show_search_counts(self, counts: Mapping[int, int]) -> bool:
        """Show how many photos each of the saved searches finds, by its id."""
        self._found = counts
        return self._make()

    def show_missing(self, folders: Sequence[Path]) -> bool:
        """Mark the folders that cannot be found."""
        self._missing = folders
        self._make_folders([])
        return self._make()

    def show_watched(self, folders: Sequence[Path]) -> bool:
        """Mark the folders that are watched."""
        self._watched = folders
        self._make_folders([])
        return self._make()

    def filter(self, typed: str) -> bool:
        """Show only labels with this in their names."""
        self._typed = typed
        return self._make_labels()

    def toggle_rest(self, label: str) -> bool:
        """Show all labels below this one, or the first ones again."""
        self._whole ^= {label}
        return self._make_labels()

    def _make_folders(self, before: list[Line]) -> None:
        self._folders = folder_lines(
            self._counts.folder_tree, before, missing=self._missing, watched=self._watched
        )

    def _make_labels(self) -> bool:
        self._labels = self._label_lines(())
        self._shown_labels = {*_labels(self._labels)}
        return self._make()

    def _label_lines(self, chosen: Collection[str]) -> list[Line]:
        return label_lines(
            self._counts, self._ranks, chosen=chosen, typed=self._typed, whole=self._whole
        )

    def _make(self) -> bool:
        chosen = (*self._query.labels, *self._query.without)
        is_there = self._shown_labels.issuperset(chosen) or self._typed
        labels = self._labels if is_there else self._label_lines(chosen)
        searches = search_lines(self._searches, self._found)
        lines = make_lines(self._counts, labels, self._folders, searches)
        has_moved, is_whole = self.put(lines)
        if not is_whole:
            QTimer.singleShot(0, self, self.cut_short.emit)
        return has_moved

    def go_on(self) -> bool:
        """Add the next of the lines for which there was no time."""
        return self._make()


def _labels(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        if line.entry.kind == "label":
            yield line.entry.key
        yield from _labels(line.lines)
