"""ResultsModel: the images of the library as a list for the grid, with their surest labels."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.core.errors import StorageError
from desktop.core.events import State
from desktop.core.library.effective import EffectiveLabel, most_specific
from desktop.core.library.library import Library
from desktop.core.library.rows import FileRow
from desktop.core.records import LabelRecord

from ..words.core_texts import say
from ..words.words import gone_text, no_labels_text, spoken_label, state_text
from .chips import MOST_CHIPS
from .sections import Section, sections_by_day

log = logging.getLogger(__name__)

ROW = Qt.ItemDataRole.UserRole + 1
"""The FileRow."""
LABELS = Qt.ItemDataRole.UserRole + 2
"""The labels that are shown, surest first, as a tuple of EffectiveLabel."""
CHIPS = Qt.ItemDataRole.UserRole + 4
"""The most specific of them, at most MOST_CHIPS, for where there is little room."""
STATUS = Qt.ItemDataRole.UserRole + 3
"""What to say in place of labels; empty when there are labels to show."""

USUAL_ASPECT = 1.5
"""Of a photo whose shape is not known yet: most cameras' own."""
NARROWEST, WIDEST = 0.5, 2.6
"""Of what is narrower or wider, the middle is shown."""
CACHED_ROWS = 1000
"""Rows whose labels are kept in memory: more than any screen shows."""

AnyIndex = QModelIndex | QPersistentModelIndex


class ResultsModel(QAbstractListModel):
    """One row per file that is to be shown, in the order that `show` was given last.

    Whoever reads the library hands over rows by their ids (`take`), each newer than the one before.
    New files come before the others as a section of their own, unless `show` said that they come
    last, or that there is a filter.
    """

    reshaped = Signal(list)
    """The places of photos whose shape is another than before."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._files: dict[int, FileRow] = {}
        self._order: list[int] = []
        self._fresh: list[tuple[int, int]] = []  # jobs, newest first, and how many came of each
        self._is_by_day = False
        self._settled: list[Section] = []
        self._appends = True
        self._comes_first = True
        self._made_places: dict[int, int] | None = {}
        self._gone_ids: set[int] = set()  # shown until something else is to be shown
        self._known: OrderedDict[int, tuple[EffectiveLabel, ...]] = OrderedDict()
        self._min_confidence = 0.0
        self.is_gone: Callable[[Path], bool] = lambda path: False
        """Whether a file is known not to be there; whoever reads the files sets it."""
        self._answers: dict[int, Callable[[FileRow], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda row: row.path.name,
            Qt.ItemDataRole.ToolTipRole: self._told,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            Qt.ItemDataRole.AccessibleDescriptionRole: lambda row: (
                say(row.error.text) if row.error else ""
            ),
            ROW: lambda row: row,
            LABELS: self.shown,
            CHIPS: self._chips,
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

    def _chips(self, row: FileRow) -> tuple[EffectiveLabel, ...]:
        return most_specific(self.shown(row))[:MOST_CHIPS]

    def _told(self, row: FileRow) -> str:
        # What the mouse can be on has been read.
        labels = self.shown(row) if row.file_id in self._known else ()
        said = [spoken_label(label) for label in most_specific(labels)]
        return "\n".join([str(row.path), *said, *self._gone(row)])

    def _spoken(self, row: FileRow) -> str:
        said = [spoken_label(label) for label in self._chips(row)]
        return ", ".join([row.path.name, *(said or [self.status(row)]), *self._gone(row)])

    def _gone(self, row: FileRow) -> list[str]:
        return [gone_text()] if self.is_gone(row.path) else []

    # How the rows are laid out

    def sections(self) -> Sequence[Section]:
        """Which photos stand together, in order: those that have come since `show`, by their jobs,
        then the others.
        """
        title = self.tr("Just added") if self._is_by_day else ""
        fresh = [Section(count, "" if n else title) for n, (_, count) in enumerate(self._fresh)]
        return [*fresh, *self._settled]

    def aspects(self, first: int, last: int) -> Sequence[float]:
        """Width by height of the photos from one place up to another, as far as that is shown."""
        files = self._files
        found = [files[file_id].aspect for file_id in self._order[first:last]]
        return [USUAL_ASPECT if a is None else min(max(a, NARROWEST), WIDEST) for a in found]

    def learn_aspects(self, aspects: Mapping[int, float]) -> None:
        """Take over shapes of files, by their ids, that were not known before."""
        for file_id, aspect in aspects.items():
            if file_id in self._files:
                self._files[file_id] = replace(self._files[file_id], aspect=aspect)
        self.reshaped.emit([self._places[f] for f in aspects if f in self._places])

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

    def show(
        self,
        order: Sequence[int],
        *,
        appends: bool,
        comes_first: bool = True,
        is_by_day: bool = False,
    ) -> bool:
        """Show these files in this order; the ones that have not been read are left out.

        With `appends` files that come later are shown as well: before the others if `comes_first`.
        `is_by_day`: they are in the order of their days, and stand under headings. What is shown
        already stays as it is when it is the same; then this says False, else True.
        """
        self._appends, self._comes_first = appends, comes_first
        if not all(map(self._files.__contains__, order)):
            order = [file_id for file_id in order if file_id in self._files]
        is_settled = not self._fresh or (len(self.sections()) == 1 and not is_by_day)
        is_same_way = is_by_day == self._is_by_day
        if order and is_same_way and is_settled and list(order) == self._order:
            if self._fresh:
                self._fresh, self._settled = [], [Section(len(order))]
            return False
        self.beginResetModel()
        self._order = list(order)
        self._made_places = None
        for file_id in self._gone_ids.difference(order):
            del self._files[file_id]
        self._gone_ids.intersection_update(order)
        self._fresh, self._is_by_day = [], is_by_day
        self._settled = [Section(len(order))] if order else []
        if is_by_day:
            self._settled = sections_by_day(self._files[file_id].day for file_id in order)
        self.endResetModel()
        return True

    def show_more(self, order: Iterable[int]) -> None:
        """Show also those of these files that are not shown yet, as those that have just come."""
        self._insert([f for f in order if f not in self._places and f in self._files])

    def _insert(self, file_ids: Sequence[int]) -> None:
        if not self._comes_first:
            self._append(file_ids)
            return
        jobs = {file_id: self._files[file_id].added_by for file_id in file_ids}
        for job, ids in groupby(file_ids, key=jobs.__getitem__):
            self._insert_of(job, list(ids))

    def _append(self, file_ids: Sequence[int]) -> None:
        if file_ids:
            count = sum(section.count for section in self._settled) + len(file_ids)
            self._settled = [Section(count)]
            self._insert_at(len(self._order), file_ids)

    def _insert_of(self, job: int, file_ids: Sequence[int]) -> None:
        """After those that have come of the same job, which stand before older jobs' photos."""
        number = sum(other > job for other, _ in self._fresh)
        came = sum(count for _, count in self._fresh[:number])
        is_known = number < len(self._fresh) and self._fresh[number][0] == job
        before = self._fresh[number][1] if is_known else 0
        self._fresh[number : number + is_known] = [(job, before + len(file_ids))]
        self._insert_at(came + before, file_ids)

    def _insert_at(self, place: int, file_ids: Sequence[int]) -> None:
        self.beginInsertRows(QModelIndex(), place, place + len(file_ids) - 1)
        if place < len(self._order):
            self._made_places = None
        elif self._made_places is not None:
            self._made_places.update((f, n) for n, f in enumerate(file_ids, place))
        self._order[place:place] = file_ids
        self.endInsertRows()

    def fill(self, rows: Iterable[FileRow]) -> None:
        """Add files that were there before, after the others."""
        new = [row for row in rows if row.file_id not in self._files]
        self._files.update((row.file_id, row) for row in new)
        self._append([row.file_id for row in new])

    def take(self, rows: Iterable[FileRow], gone: Iterable[int] = ()) -> None:
        """Add the files that are new, and renew those that are here: what they show has changed, be
        it only their labels. `gone` are no more in the library: `show` leaves them out.
        """
        new: list[int] = []
        changed: list[int] = []
        reshaped: list[int] = []
        for row in rows:
            file_id = row.file_id
            before = self._files.get(file_id)
            if before is None:
                new.append(file_id)
            else:
                changed.append(file_id)
            if before is None or row.aspect == before.aspect:
                self._files[file_id] = row
            elif row.aspect is None:  # its thumbnail has told it
                self._files[file_id] = replace(row, aspect=before.aspect)
            else:
                self._files[file_id] = row
                reshaped.append(file_id)
            self._known.pop(file_id, None)
            self._gone_ids.discard(file_id)
        self._gone_ids.update(file_id for file_id in gone if file_id in self._files)
        self._tell_files_changed(changed)
        if reshaped:
            self.reshaped.emit([self._places[f] for f in reshaped if f in self._places])
        if self._appends:
            self._insert(new)

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
