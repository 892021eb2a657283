"""SidebarModel: places, labels and folders with their counts, as one list under headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop.core.library.catalog import Counts, Query

from ..words.label_names import shown_name

ENTRY = Qt.ItemDataRole.UserRole + 1
LEFT_OUT = Qt.ItemDataRole.UserRole + 2

Kind = Literal["heading", "place", "label", "folder"]
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class SidebarEntry:
    """One line. `key` is the place, the stored label or the path of the folder."""

    kind: Kind
    key: str
    text: str
    count: int = 0


class SidebarModel(QAbstractListModel):
    """Follows the newest counts. While results arrive lines keep their order: nothing jumps."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[SidebarEntry] = []
        self._query = Query()
        self._counts = Counts()
        self._answers: dict[int, Callable[[SidebarEntry], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda entry: entry.text,
            Qt.ItemDataRole.ToolTipRole: lambda e: e.key if e.kind == "folder" else None,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            ENTRY: lambda entry: entry,
            LEFT_OUT: self.is_left_out,
        }

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._entries)

    def entry(self, place: int) -> SidebarEntry:
        return self._entries[place]

    def place_of(self, kind: Kind, key: str) -> int | None:
        """Where a line is; None when it is not there."""
        for place, entry in enumerate(self._entries):
            if (entry.kind, entry.key) == (kind, key):
                return place
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a line shows and says."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        answer = self._answers.get(role)
        return answer(entry) if answer else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if index.isValid() and self._entries[index.row()].kind == "heading":
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def _spoken(self, entry: SidebarEntry) -> str:
        if entry.kind == "heading":
            return entry.text
        said = f"{entry.text}, {QLocale().toString(entry.count)}"
        return self.tr("{0}, left out").format(said) if self.is_left_out(entry) else said

    # What is chosen

    def chosen_places(self) -> list[int]:
        """The lines whose photos are shown, among others."""
        query = self._query
        lines: list[tuple[Kind, str]] = [("label", label) for label in query.labels]
        if query.folder is not None:
            lines.append(("folder", str(query.folder)))
        if query.place != "all" or not (lines or query.without):
            lines.append(("place", query.place))
        places = (self.place_of(kind, key) for kind, key in lines)
        return [place for place in places if place is not None]

    def is_left_out(self, entry: SidebarEntry) -> bool:
        """Whether photos with this label are left out."""
        return entry.kind == "label" and entry.key in self._query.without

    # What changes it

    def show_query(self, query: Query) -> bool:
        """Mark what is chosen. What is chosen stays in the list, whatever the counts.

        Whether lines came, went or moved.
        """
        old, self._query = self._query, query
        has_moved = False
        if self._uncounted(old) != self._uncounted(query):
            has_moved = self.show_counts(self._counts, keeps_order=True)
        for label in {*old.without} ^ {*query.without}:
            if (place := self.place_of("label", label)) is not None:
                self.dataChanged.emit(self.index(place), self.index(place))
        return has_moved

    def _uncounted(self, query: Query) -> set[str]:
        """Labels that are in the list only because the query names them."""
        return {*query.labels, *query.without} - {label for label, _ in self._counts.labels}

    def show_counts(self, counts: Counts, *, keeps_order: bool) -> bool:
        """Show the newest counts; whether lines came, went or moved."""
        self._counts = counts
        entries = self._make_entries(counts, keeps_order=keeps_order)
        if [(e.kind, e.key) for e in entries] == [(e.kind, e.key) for e in self._entries]:
            changed = [n for n, e in enumerate(entries) if e != self._entries[n]]
            self._entries = entries
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return False
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()
        return True

    def _make_entries(self, counts: Counts, *, keeps_order: bool) -> list[SidebarEntry]:
        entries = [
            SidebarEntry("place", "all", self.tr("All photos"), counts.everything),
            SidebarEntry("place", "review", self.tr("To review"), counts.to_review),
            SidebarEntry("place", "failed", self.tr("Failed"), counts.failed),
        ]
        chosen = (*self._query.labels, *self._query.without)
        labels = self._in_order(dict(counts.labels), chosen, keeps_order=keeps_order)
        if labels:
            entries.append(SidebarEntry("heading", "labels", self.tr("Labels")))
            entries += [SidebarEntry("label", key, shown_name(key), n) for key, n in labels]
        if counts.folders:
            entries.append(SidebarEntry("heading", "folders", self.tr("Folders")))
            entries += [
                SidebarEntry("folder", str(path), text, count)
                for (path, count), text in zip(
                    counts.folders, _names(path for path, _ in counts.folders), strict=True
                )
            ]
        return entries

    def _in_order(
        self, counts: dict[str, int], chosen: Iterable[str], *, keeps_order: bool
    ) -> list[tuple[str, int]]:
        old = [e.key for e in self._entries if e.kind == "label"] if keeps_order else []
        first = [key for key in old if key in counts or key in chosen]
        keys = dict.fromkeys([*first, *counts, *chosen])
        return [(key, counts.get(key, 0)) for key in keys]


def _names(paths: Iterable[Path]) -> list[str]:
    """The folders' names; those that are the same with their parents' names."""
    all_paths = list(paths)
    names = [path.name or str(path) for path in all_paths]
    times = Counter(names)
    return [
        f"{path.parent.name}/{name}" if times[name] > 1 and path.parent.name else name
        for path, name in zip(all_paths, names, strict=True)
    ]
