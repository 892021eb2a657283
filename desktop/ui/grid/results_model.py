"""ResultsModel: the images of the library as a list for the grid, with their surest labels."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.core.errors import StorageError
from desktop.core.events import ItemEvent, State
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

    Files come from the library (`take`), changes from events (`apply`). As the library is read in
    another thread, the two may cross on the way: an event for a file that has not come yet is
    kept for it, and what an event said is not undone by an older reading. New files come after
    the others, unless `show` said that there is a filter.
    """

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._files: dict[int, FileRow] = {}
        self._order: list[int] = []
        self._appends = True
        self._last_file_id = 0
        self._made_places: dict[int, int] | None = {}
        self._early: dict[int, ItemEvent] = {}
        self._touched: set[int] = set()
        self._known: OrderedDict[int, tuple[int, tuple[EffectiveLabel, ...]]] = OrderedDict()
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
        """All images that have been read, shown or not."""
        return self._files.values()

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

    def shown(self, row: FileRow) -> tuple[EffectiveLabel, ...]:
        """The same with where they come from; what you kept or added is shown at any confidence."""
        if row.state not in (State.DONE, State.SKIPPED, State.CANCELLED):
            return ()
        least = self._min_confidence
        return tuple(s for s in self._all(row) if s.is_kept or s.record.confidence >= least)

    def second_opinion(self, row: FileRow) -> tuple[str, tuple[LabelRecord, ...]]:
        """Who else has labelled an image, and with what; ("", ()) where nobody has."""
        try:
            self._all(row)  # which image it holds may be known only by now
            return self._library.second_opinion(self._known[row.file_id][0])
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
            known = self._known[row.file_id] = self._read_labels(row.file_id)
            if len(self._known) > CACHED_ROWS:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(row.file_id)
        return known[1]

    def _read_labels(self, file_id: int) -> tuple[int, tuple[EffectiveLabel, ...]]:
        try:
            file = self._library.file(file_id)
            if file is None or file.image_id is None:
                return 0, ()
            return file.image_id, self._library.effective_labels(file.image_id)
        except StorageError as error:
            log.error("labels of file %d: %s", file_id, error)
            return 0, ()

    def forget_images(self, image_ids: Container[int]) -> None:
        """Read the labels of these images anew when they are looked at next."""
        stale = [file_id for file_id, known in self._known.items() if known[0] in image_ids]
        for file_id in stale:
            del self._known[file_id]
        self._tell_files_changed(stale)

    # What changes rows

    @property
    def last_file_id(self) -> int:
        """The newest file that has come; 0 when there is none."""
        return self._last_file_id

    @property
    def lacks_rows(self) -> bool:
        """Whether an event told of a file that has not been read yet."""
        return bool(self._early)

    def begin_reading_again(self) -> None:
        """Events from here on are newer than the reading that starts now."""
        self._touched.clear()

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

    def take(self, rows: Iterable[FileRow]) -> None:
        """Add files of the library at the end; renew the ones that are here already."""
        new: list[int] = []
        changed: list[int] = []
        for row in rows:
            file_id = row.file_id
            old = self._files.get(file_id)
            if old is None:
                event = self._early.pop(file_id, None)
                self._files[file_id] = _moved(row, event) if event else row
                self._last_file_id = max(self._last_file_id, file_id)
                new.append(file_id)
            elif file_id not in self._touched and row != old:
                self._files[file_id] = row
                self._known.pop(file_id, None)
                changed.append(file_id)
        self._tell_files_changed(changed)
        if self._appends:
            self._append(new)

    def take_back(self, rows: Sequence[FileRow]) -> None:
        """The same for files that had been removed: those that were here then are shown again."""
        self.take(rows)
        if self._appends:
            self.show_more(row.file_id for row in rows)

    def apply(self, events: Iterable[ItemEvent]) -> None:
        """Bring files up to date: of several events for one file the last one counts."""
        changed: list[int] = []
        for file_id, event in {event.file_id: event for event in events}.items():
            row = self._files.get(file_id)
            if row is None:
                self._early[file_id] = event
                continue
            self._files[file_id] = _moved(row, event)
            self._known.pop(file_id, None)
            self._touched.add(file_id)
            changed.append(file_id)
        self._tell_files_changed(changed)

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


def _moved(row: FileRow, event: ItemEvent) -> FileRow:
    return replace(
        row,
        path=Path(event.path),
        state=event.state,
        error=event.error,
        image_name=event.image_name or row.image_name,
    )
