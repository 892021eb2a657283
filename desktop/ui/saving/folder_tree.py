"""FolderTree: the folders that photos would go to, with counts; labels can be left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidgetItem

from desktop.core.errors import Cancelled
from desktop.core.folders.sorting import Sorting
from desktop.core.library.effective import EffectiveLabel
from desktop.core.library.labelled import LabelledFile, labelled_files
from desktop.core.library.store import Store

from ..look.read_tree import ReadTree
from ..work import Stop, Work
from .scope import Scope

WAIT_MS = 200
"""Choosing rests so long before it is counted anew."""
LINES = 8
LABEL = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Counts:
    """How many photos go where, by the label that sends them there; "" is none of the chosen."""

    photos: dict[str, int]
    labels: dict[str, EffectiveLabel]
    """Each label that one of the photos has, as one of them has it."""


class FolderTree(ReadTree):
    """Counts in a thread, whatever the number of photos."""

    counted = Signal(int)
    """So many photos would get a folder."""

    def __init__(self, store: Store, work: Work) -> None:
        super().__init__(work, wait_ms=WAIT_MS, lines=LINES)
        self._store = store
        self._scope, self._least = Scope("", 0, ()), 0.0
        self._sorting = Sorting()
        self._labels: frozenset[str] = frozenset()
        """All that these photos have."""
        self._left_out: set[str] = set()
        self.setAccessibleName(self.tr("Folders"))
        self.setHeaderLabels([self.tr("Folder"), self.tr("Photos")])
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemChanged.connect(self._on_item_changed)

    def show_scope(self, scope: Scope, least: float) -> None:
        """Sort these photos by their labels of `least` per cent and more."""
        self._scope, self._least = scope, least
        self._left_out.clear()
        self.read()

    def sort_by(self, sorting: Sorting) -> None:
        """Sort them otherwise, with the same labels left out."""
        self._sorting = sorting
        self.read_soon()

    @property
    def sorting(self) -> Sorting:
        """How the photos would be sorted."""
        labels = self._labels - self._left_out if self._left_out else None
        return replace(self._sorting, labels=labels)

    def read(self) -> None:
        """Count them."""
        scope, least, sorting = self._scope, self._least, self.sorting

        def count(stop: Stop) -> Counts:
            return count_by_label(labelled_files(self._store, scope.file_ids, least), sorting, stop)

        self.show_read(count, self._show)

    def _show(self, counts: Counts) -> None:
        self._labels = frozenset(counts.labels)
        current = self.currentItem()
        was_at = current.data(0, LABEL) if current is not None else None
        self.blockSignals(True)
        self.clear()
        nodes: dict[Path, QTreeWidgetItem] = {}
        photos, among_all = counts.photos, replace(self._sorting, labels=None)
        shown = {*photos, *(self._left_out & self._labels)}  # what is left out can be chosen again
        for label in sorted(shown, key=lambda label: (not label, -photos.get(label, 0), label)):
            folder = among_all.folder([counts.labels[label]] if label else [])
            if folder is not None:
                self._add(nodes, folder, label, photos.get(label, 0))
        self.expandAll()
        self.blockSignals(False)
        for item in nodes.values():
            if was_at is not None and item.data(0, LABEL) == was_at:
                self.setCurrentItem(item)
        stays = photos.get("", 0) if self._sorting.not_sure is None else 0
        self.counted.emit(sum(photos.values()) - stays)

    def _add(
        self, nodes: dict[Path, QTreeWidgetItem], folder: Path, label: str, count: int
    ) -> None:
        """A line for the folder and for each above it, which count what is inside, too."""
        above: QTreeWidgetItem | None = None
        for depth in range(len(folder.parts)):
            path = Path(*folder.parts[: depth + 1])
            if path not in nodes:
                nodes[path] = QTreeWidgetItem([path.name, ""])
                nodes[path].setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
                nodes[path].setData(1, LABEL, 0)
                if above is None:
                    self.addTopLevelItem(nodes[path])
                else:
                    above.addChild(nodes[path])
            above = nodes[path]
            inside = int(above.data(1, LABEL)) + count
            above.setData(1, LABEL, inside)
            above.setText(1, QLocale().toString(inside) if inside else "")
        if above is not None and label:
            is_chosen = label not in self._left_out
            state = Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked
            above.setData(0, LABEL, label)
            above.setCheckState(0, state)

    def _on_item_changed(self, item: QTreeWidgetItem) -> None:
        label = item.data(0, LABEL)
        if not label:
            return
        if item.checkState(0) == Qt.CheckState.Checked:
            self._left_out.discard(label)
        else:
            self._left_out.add(label)
        self.read_soon()


def count_by_label(photos: Iterable[LabelledFile], sorting: Sorting, stop: Stop) -> Counts:
    """Not for the GUI thread. Raises Cancelled."""
    found: Counter[str] = Counter()
    labels: dict[str, EffectiveLabel] = {}
    for photo in photos:
        if stop.is_set():
            raise Cancelled
        for label in photo.labels:
            labels.setdefault(label.record.label, label)
        names = (label.record.label for label in photo.labels)
        found[next((n for n in names if sorting.labels is None or n in sorting.labels), "")] += 1
    return Counts(dict(found), labels)
