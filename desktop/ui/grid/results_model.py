"""ResultsModel: the images of the library as a list for the grid, with their surest labels."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.core.errors import StorageError
from desktop.core.events import State
from desktop.core.library.effective import EffectiveLabel
from desktop.core.library.library import Library
from desktop.core.library.rows import FileRow
from desktop.core.records import LabelRecord

from ..words.core_texts import say
from ..words.words import gone_text, no_labels_text, spoken_label, state_text

log = logging.getLogger(__name__)

ROW = Qt.ItemDataRole.UserRole + 1
"""The FileRow."""
LABELS = Qt.ItemDataRole.UserRole + 2
"""The labels that are shown, surest first, as a tuple of EffectiveLabel."""
STATUS = Qt.ItemDataRole.UserRole + 3
"""What to say in place of labels; empty when there are labels to show."""

CACHED_ROWS = 1000
"""Rows whose labels are kept in memory: more than any screen shows."""

AnyIndex = QModelIndex | QPersistentModelIndex


class ResultsModel(QAbstractListModel):
    """One row per file that is to be shown, in the order that `show` was given last.

    Whoever reads the library hands over rows by their ids (`take`), each newer than the one before.
    New files come after the others, unless `show` said that there is a filter.
    """

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._files: dict[int, FileRow] = {}
        self._order: list[int] = []
        self._appends = True
        self._made_places: dict[int, int] | None = {}
        self._gone_ids: set[int] = set()  # shown until something else is to be shown
        self._known: OrderedDict[int, tuple[EffectiveLabel, ...]] = OrderedDict()
        self._min_confidence = 0.0
        self.is_gone: Callable[[Path], bool] = lambda path: False
        """Whether a file is known not to be there; whoever reads the files sets it."""
        self._answers: dict[int, Callable[[FileRow], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda row: row.path.name,
            Qt.ItemDataRole.ToolTipRole: lambda row: "\n".join([str(row.path), *self._gone(row)]),
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            Qt.ItemDataRole.AccessibleDescriptionRole: lambda row: (
                say(row.error.text) if row.error else ""
            ),
            ROW: lambda row: row,
            LABELS: self.shown,
            STATUS: self.status,
        }

    # Qt's questions

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._order)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Quick point reads only: nothing here opens a picture."""
        if not index.isValid() or index.row() >= len(self._order):
            return None
        answer = self._answers.get(role)
        return answer(self.row(index.row())) if answer else None

    def _spoken(self, row: FileRow) -> str:
        said = [spoken_label(label) for label in self.shown(row)[:2]]
        return ", ".join([row.path.name, *(said or [self.status(row)]), *self._gone(row)])

    def _gone(self, row: FileRow) -> list[str]:
        return [gone_text()] if self.is_gone(row.path) else []

    # What a row shows

    @property
    def min_confidence(self) -> float:
        """Percent below which no label is shown."""
        return self._min_confidence

    def set_min_confidence(self, percent: float) -> None:
        """Show labels from `percent` on; nothing is read or labelled again."""
        if percent != self._min_confidence:
            self._min_confidence = percent
            if self._order:
                self.dataChanged.emit(self.index(0), self.index(len(self._order) - 1))

    def row(self, place: int) -> FileRow:
        """The image at a place in the list."""
        return self._files[self._order[place]]

    def file_ids(self, first: int, last: int) -> list[int]:
        """The ids of the files from one place to another; quick for any number."""
        return self._order[first : last + 1]

    def rows(self) -> Sequence[FileRow]:
        """The images that are shown, in order."""
        return [self._files[file_id] for file_id in self._order]

    def all_rows(self) -> Collection[FileRow]:
        """All images of the library, shown or not."""
        if not self._gone_ids:
            return self._files.values()
        return [row for row in self._files.values() if row.file_id not in self._gone_ids]

    @property
    def _places(self) -> dict[int, int]:
        """The place of each image that is shown.

        Made when it is asked for: that takes 6 ms for 100,000, and most filters never ask.
        """
        if self._made_places is None:
            order = self._order
            self._made_places = dict(zip(order, range(len(order)), strict=True))
        return self._made_places

    def place_of(self, file_id: int) -> int | None:
        """Where an image is shown; None when it is not."""
        return self._places.get(file_id)

    def labels(self, row: FileRow) -> tuple[LabelRecord, ...]:
        """The labels that a row shows: none while it is on its way, or when it failed."""
        return tuple(label.record for label in self.shown(row))

    def shown(self, row: FileRow, *, least: float | None = None) -> tuple[EffectiveLabel, ...]:
        """The same with where they come from; what you kept or added is shown at any confidence.

        `least` counts in place of the confidence from which labels are shown.
        """
        if row.state not in (State.DONE, State.SKIPPED, State.CANCELLED):
            return ()
        least = self._min_confidence if least is None else least
        return tuple(s for s in self._all(row) if s.is_kept or s.record.confidence >= least)

    def second_opinion(self, row: FileRow) -> tuple[str, tuple[LabelRecord, ...]]:
        """Who else has labelled an image, and with what; ("", ()) where nobody has."""
        if row.image_id is None:
            return "", ()
        try:
            return self._library.second_opinion(row.image_id)
        except StorageError as error:
            log.error("labels of file %d: %s", row.file_id, error)
            return "", ()

    def status(self, row: FileRow) -> str:
        """What a row says in place of labels; empty when it shows labels."""
        if self.labels(row):
            return ""
        return state_text(row) or no_labels_text(self.records(row))

    def records(self, row: FileRow) -> tuple[LabelRecord, ...]:
        """All labels that the library holds for a row, whatever their confidence."""
        return tuple(label.record for label in self._all(row))

    def _all(self, row: FileRow) -> tuple[EffectiveLabel, ...]:
        known = self._known.get(row.file_id)
        if known is None:
            known = self._known[row.file_id] = self._read_labels(row)
            if len(self._known) > CACHED_ROWS:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(row.file_id)
        return known

    def _read_labels(self, row: FileRow) -> tuple[EffectiveLabel, ...]:
        if row.image_id is None:
            return ()
        try:
            return self._library.effective_labels(row.image_id)
        except StorageError as error:
            log.error("labels of file %d: %s", row.file_id, error)
            return ()

    # What changes rows

    def show(self, order: Sequence[int], *, appends: bool) -> bool:
        """Show these files in this order; the ones that have not been read are left out.

        With `appends` files that come later are shown as well. What is shown already stays as it
        is when the new ones only follow it: then this says False, else True.
        """
        self._appends = appends
        if not all(map(self._files.__contains__, order)):
            order = [file_id for file_id in order if file_id in self._files]
        known = len(self._order)
        if known and len(order) >= known and order[:known] == self._order:
            self._append(order[known:])
            return False
        self.beginResetModel()
        self._order = list(order)
        self._made_places = None
        for file_id in self._gone_ids.difference(order):
            del self._files[file_id]
        self._gone_ids.intersection_update(order)
        self.endResetModel()
        return True

    def show_more(self, order: Iterable[int]) -> None:
        """Show also those of these files that are not shown yet, after the others."""
        self._append([f for f in order if f not in self._places and f in self._files])

    def _append(self, file_ids: Sequence[int]) -> None:
        if file_ids:
            first = len(self._order)
            self.beginInsertRows(QModelIndex(), first, first + len(file_ids) - 1)
            if self._made_places is not None:
                self._made_places.update((f, n) for n, f in enumerate(file_ids, first))
            self._order += file_ids
            self.endInsertRows()

    def take(self, rows: Iterable[FileRow], gone: Iterable[int] = ()) -> None:
        """Add the files that are new at the end, and renew those that are here: what they show has
        changed, be it only their labels. `gone` are no more in the library: `show` leaves them out.
        """
        new: list[int] = []
        changed: list[int] = []
        for row in rows:
            file_id = row.file_id
            is_shown = file_id in self._files
            (changed if is_shown else new).append(file_id)
            self._files[file_id] = row
            self._known.pop(file_id, None)
            self._gone_ids.discard(file_id)
        self._gone_ids.update(file_id for file_id in gone if file_id in self._files)
        self._tell_files_changed(changed)
        if self._appends:
            self._append(new)

    def _tell_files_changed(self, file_ids: Iterable[int]) -> None:
        self._tell_changed([self._places[f] for f in file_ids if f in self._places])

    def _tell_changed(self, places: list[int]) -> None:
        """One dataChanged for each run of neighbours."""
        places.sort()
        start = 0
        for here in range(1, len(places) + 1):
            if here == len(places) or places[here] != places[here - 1] + 1:
                self.dataChanged.emit(self.index(places[start]), self.index(places[here - 1]))
                start = here
