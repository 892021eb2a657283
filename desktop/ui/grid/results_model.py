"""ResultsModel: the images of the library as a list for the grid, with their surest labels."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
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

from desktop.core.events import State
from desktop.core.library.effective import EffectiveLabel, most_specific
from desktop.core.library.library import Library
from desktop.core.library.rows import FileRow, Outlines
from desktop.core.records import LabelRecord

from ..results.known_photos import KnownPhotos
from ..results.order import Order
from ..results.row_cache import RowCache
from ..words.core_texts import say
from ..words.words import damaged_text, gone_text, no_labels_text, spoken_label, state_text
from .chips import MOST_CHIPS
from .sections import (
    Days,
    Likenesses,
    Section,
    sections_by_day,
    sections_by_likeness,
)

ROW = Qt.ItemDataRole.UserRole + 1
"""The FileRow."""
LABELS = Qt.ItemDataRole.UserRole + 2
"""The labels that are shown, surest first, as a tuple of EffectiveLabel."""
CHIPS = Qt.ItemDataRole.UserRole + 4
"""The most specific of them, at most MOST_CHIPS, for where there is little room."""
STATUS = Qt.ItemDataRole.UserRole + 3
"""What to say in place of labels; empty when there are labels to show."""
FILE_ID = Qt.ItemDataRole.UserRole + 5
"""The file's id; unlike all others, it is known without looking into the library."""
IS_READ = Qt.ItemDataRole.UserRole + 6
"""Whether all others are at hand, too; to ask for one reads a page of them."""

PAGE = 16
"""So many neighbours are read together: half a screenful, in about a millisecond."""

AnyIndex = QModelIndex | QPersistentModelIndex


class ResultsModel(QAbstractListModel):
    """One row per file that is to be shown, in the order that `show` was given last.

    Whoever follows the library tells which photos there are, and which have changed (`take`). Their
    rows are read when they are looked at, so that a million photos take no more room than their
    order. New files come before the others as a section of their own, unless `show` said that they
    come last, or that there is a filter.
    """

    reshaped = Signal(list)
    """The places of photos whose shape is another than before."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache = RowCache(library)
        self._known = KnownPhotos()
        self._order = Order()
        self._fresh: list[tuple[int, int]] = []  # jobs, newest first, and how many came of each
        self._days: Days | None = None
        self._alike: Likenesses | None = None
        self._settled: list[Section] = []
        self._appends = True
        self._comes_first = True
        self._gone_ids: set[int] = set()  # shown until something else is to be shown
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
        if role == FILE_ID:
            return self._order[index.row()]
        if role == IS_READ:
            return self.is_read(index.row())
        answer = self._answers.get(role)
        return answer(self.row(index.row())) if answer else None

    def _chips(self, row: FileRow) -> tuple[EffectiveLabel, ...]:
        return most_specific(self.shown(row))[:MOST_CHIPS]

    def _told(self, row: FileRow) -> str:
        # What the mouse can be on has been read.
        labels = self.shown(row) if self._cache.has(row.file_id) else ()
        said = [spoken_label(label) for label in most_specific(labels)]
        return "\n".join([str(row.path), *said, *self._notes(row)])

    def _spoken(self, row: FileRow) -> str:
        said = [spoken_label(label) for label in self._chips(row)]
        return ", ".join([row.path.name, *(said or [self.status(row)]), *self._notes(row)])

    def _notes(self, row: FileRow) -> list[str]:
        gone = [gone_text()] if self.is_gone(row.path) else []
        return [*gone, *([damaged_text()] if row.is_partly_damaged else [])]

    # How the rows are laid out

    def sections(self) -> Sequence[Section]:
        """Which photos stand together, in order: those that have come since `show`, by their jobs,
        then the others.
        """
        title = self.tr("Just added") if self._days is not None else ""
        fresh = [Section(count, "" if n else title) for n, (_, count) in enumerate(self._fresh)]
        return [*fresh, *self._settled]

    def aspects(self, first: int, last: int) -> Sequence[float]:
        """Width by height of the photos from one place up to another, as far as that is shown."""
        return self._known.aspects(self._order.part(first, last))

    @property
    def comes_last(self) -> bool:
        """Whether files that come are put after the others: the oldest come first."""
        return not self._comes_first

    def learn_aspects(self, aspects: Mapping[int, float]) -> None:
        """Take over shapes of files, by their ids, that were not known before."""
        new = [f for f, a in aspects.items() if f in self._known and self._known.reshape(f, a)]
        self._tell_reshaped(new)

    def has_shape(self, place: int) -> bool:
        """Whether the shape of the image at a place is known."""
        return self._known.has_shape(self._order[place])

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
        """The image at a place in the list; where that cannot be read, a row that says so."""
        first = place - place % PAGE
        return self._cache.row(self._order[place], self._order.part(first, first + PAGE))

    def is_read(self, place: int) -> bool:
        """Whether `row` has the image at a place at hand, with its labels."""
        return self._cache.has(self._order[place])

    def file_id(self, place: int) -> int:
        """The id of the file at a place in the list."""
        return self._order[place]

    def file_ids(self, first: int, last: int) -> list[int]:
        """The ids of the files from one place to another; quick for any number."""
        return self._order.part(first, last + 1).tolist()

    @property
    def total(self) -> int:
        """How many images the library has, shown or not."""
        return len(self._known) - len(self._gone_ids)

    def place_of(self, file_id: int) -> int | None:
        """Where an image is shown; None when it is not."""
        return self._order.place_of(file_id)

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
        return tuple(
            s for s in self._cache.labels(row) if s.is_kept or s.record.confidence >= least
        )

    def second_opinion(self, row: FileRow) -> tuple[str, tuple[LabelRecord, ...]]:
        """Who else has labelled an image, and with what; ("", ()) where nobody has."""
        return self._cache.second_opinion(row)

    def status(self, row: FileRow) -> str:
        """What a row says in place of labels; empty when it shows labels."""
        if self.labels(row):
            return ""
        return state_text(row) or no_labels_text(self.records(row))

    def records(self, row: FileRow) -> tuple[LabelRecord, ...]:
        """All labels that the library holds for a row, whatever their confidence."""
        return tuple(label.record for label in self._cache.labels(row))

    # What changes rows

    def show(
        self,
        order: array[int],
        *,
        appends: bool,
        comes_first: bool = True,
        days: Days | None = None,
        alike: Likenesses | None = None,
    ) -> bool:
        """Show these files in this order.

        With `appends` files that come later are shown as well: before the others if `comes_first`.
        With `days` they stand under headings by their days; with `alike`, as duplicates. What is
        shown already stays as it is when it is the same; then this says False, else True.
        """
        self._appends, self._comes_first = appends, comes_first
        is_settled = not self._fresh or (len(self.sections()) == 1 and days is None)
        is_same_way = (days, alike) == (self._days, self._alike)
        if order and is_same_way and is_settled and self._order.is_of(order):
            if self._fresh:
                self._fresh, self._settled = [], [Section(len(order))]
                self._order.settle()
            return False
        self.beginResetModel()
        self._order = Order(order)
        if self._gone_ids:
            for file_id in self._gone_ids.difference(order):
                self._known.discard(file_id)
            self._gone_ids.intersection_update(order)
        self._fresh, self._days, self._alike = [], days, alike
        self._settled = [Section(len(order))] if order else []
        if days is not None:
            self._settled = sections_by_day(days)
        elif alike is not None:
            self._settled = sections_by_likeness(alike)
        self.endResetModel()
        return True

    def show_more(self, order: Iterable[int]) -> None:
        """Show also those of these files that are not shown yet, as those that have just come."""
        place_of = self._order.place_of
        self._insert([f for f in order if place_of(f) is None and f in self._known])

    def _insert(self, file_ids: Sequence[int]) -> None:
        if not self._comes_first:
            self._append(file_ids)
            return
        for job, ids in groupby(file_ids, key=self._known.job):
            self._insert_of(job, list(ids))

    def _append(self, file_ids: Sequence[int]) -> None:
        if file_ids:
            count = sum(section.count for section in self._settled) + len(file_ids)
            self._settled = [Section(count)]
            place = len(self._order)
            self.beginInsertRows(QModelIndex(), place, place + len(file_ids) - 1)
            self._order.append(file_ids)
            self.endInsertRows()

    def _insert_of(self, job: int, file_ids: Sequence[int]) -> None:
        """After those that have come of the same job, which stand before older jobs' photos."""
        number = sum(other > job for other, _ in self._fresh)
        came = sum(count for _, count in self._fresh[:number])
        is_known = number < len(self._fresh) and self._fresh[number][0] == job
        before = self._fresh[number][1] if is_known else 0
        self._fresh[number : number + is_known] = [(job, before + len(file_ids))]
        place = came + before
        self.beginInsertRows(QModelIndex(), place, place + len(file_ids) - 1)
        self._order.insert(place, file_ids)
        self.endInsertRows()

    def fill(self, photos: Outlines) -> None:
        """Add files that were there before, after the others."""
        new = [one for one in photos if one[0] not in self._known]
        for one in new:
            self._known.add(*one)
        self._append([file_id for file_id, *_ in new])

    def take(self, photos: Outlines, gone: Iterable[int] = ()) -> None:
        """Add the files that are new, and renew those that are here: what they show has changed, be
        it only their labels. `gone` are no more in the library: `show` leaves them out.
        """
        new: list[int] = []
        changed: list[int] = []
        reshaped: list[int] = []
        for file_id, job, aspect in photos:
            if file_id not in self._known:
                self._known.add(file_id, job, aspect)
                if self._order.place_of(file_id) is None:
                    new.append(file_id)
                    continue
            changed.append(file_id)
            if self._known.reshape(file_id, aspect):
                reshaped.append(file_id)
        self._gone_ids.difference_update(changed)
        self._gone_ids.update(file_id for file_id in gone if file_id in self._known)
        self._cache.forget([*photos.ids, *gone])
        self._tell_files_changed(changed)
        self._tell_reshaped(reshaped)
        if self._appends:
            self._insert(new)

    def _tell_reshaped(self, file_ids: Sequence[int]) -> None:
        if file_ids:
            self.reshaped.emit(self._places_of(file_ids))

    def _places_of(self, file_ids: Iterable[int]) -> list[int]:
        return [p for p in map(self._order.place_of, file_ids) if p is not None]

    def _tell_files_changed(self, file_ids: Iterable[int]) -> None:
        self._tell_changed(self._places_of(file_ids))

    def _tell_changed(self, places: list[int]) -> None:
        """One dataChanged for each run of neighbours."""
        places.sort()
        start = 0
        for here in range(1, len(places) + 1):
            if here == len(places) or places[here] != places[here - 1] + 1:
                self.dataChanged.emit(self.index(places[start]), self.index(places[here - 1]))
                start = here
