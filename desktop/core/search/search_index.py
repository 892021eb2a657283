"""SearchIndex: finds photos by words, in what it keeps of the library up to date in memory."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..heap import give_back
from ..library.changes import Changes
from ..library.store import Store
from ..overview.counts import Numbers
from .columns.numbers import Numbers as Ids
from .columns.numbers import ask_ids
from .columns.photos import Mask, Photos
from .columns.shown_labels import ShownLabels
from .counting import count, count_hidden
from .label_finder import LabelFinder
from .matches import Matches, Value
from .terms import Term, Wanted
from .thesaurus import Thesaurus

MOST_RENEWED = 10_000
"""Where more photos have changed than this, reading all anew takes no longer."""
MOST_KEPT = 16
"""Of so many words, and of so many orders, is kept what they have found: people type on."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read, up to the change with this number or a later one."""

    number: int
    photos: Photos
    labels: ShownLabels


class SearchIndex:
    """Safe with several threads, one after another. Every method may raise StorageError.

    `other_names` gives the names of a label besides its own.
    """

    def __init__(
        self, store: Store, other_names: Callable[[str], Iterable[str]], thesaurus: Thesaurus
    ) -> None:
        self._store, self._other_names = store, other_names
        self._thesaurus = thesaurus
        self._lock = threading.RLock()
        self._version: object = None
        self._read: _Read | None = None
        self._finder = LabelFinder([], thesaurus, other_names)
        self._found: dict[tuple[float, Wanted], Mask] = {}
        self._orders: dict[object, Ids] = {}
        self._steady: dict[object, Ids] = {}

    def renew(self) -> _Read:
        """Read what has changed; what there is now."""
        with self._lock:
            version, before = self._store.version(), self._read
            if before is None or version != self._version:
                self._read = now = _renewed(self._store, before) if before else _read(self._store)
                if now.labels.in_use != self._finder.labels:
                    self._finder = LabelFinder(
                        now.labels.in_use, self._thesaurus, self._other_names
                    )
                self._version = version
                self._found.clear()
                self._orders.clear()
                if before is None or not now.photos.are_those_of(before.photos):
                    self._steady.clear()
                return now
            return before

    @property
    def finder(self) -> LabelFinder:
        """What knows the labels in use."""
        self.renew()
        return self._finder

    @property
    def is_near(self) -> bool:
        """Whether so little has changed since it was read that to renew it is quick."""
        read = self._read
        return read is not None and Changes(self._store).newest() - read.number <= MOST_RENEWED

    def prepare(self, select: str) -> None:
        """Read what a search needs, and the order in which `select` finds all photos."""
        with self._lock:
            self.renew()
            self._order(select, {}, is_steady=True)

    def count(self, least: float) -> Numbers:
        """How many photos there are, where labels count from `least` percent on."""
        with self._lock:
            now = self.renew()
            matches = self._matches(now, least)
            to_review, favourites = matches.in_state("review"), matches.in_state("favourite")
        return count(now.photos, now.labels, least, to_review=to_review, favourites=favourites)

    def count_hidden(self, file_ids: array[int], least: float) -> tuple[int, int]:
        """How many labels of these photos are less certain than `least` percent, and how many of
        the photos have labels but show none therefore."""
        now = self.renew()
        return count_hidden(now.photos, now.labels, least, file_ids)

    def find(
        self,
        terms: Sequence[Term],
        least: float,
        select: str,
        values: Mapping[str, Value],
        *,
        labels: Iterable[str] = (),
        without: Iterable[str] = (),
        is_steady: bool = False,
    ) -> list[int]:
        """The files that match the terms, show all of `labels` and none of those that they are to
        be `without`, of those and in the order that `select` finds. Labels count from `least`
        percent on.

        `is_steady`: what `select` finds changes only when photos come or go.
        """
        with self._lock:
            now = self.renew()
            matches = self._matches(now, least)
            is_matching = matches.of_terms(terms)
            for label in labels:
                is_matching &= matches.with_label(label)
            for label in without:
                is_matching &= ~matches.with_label(label)
            _shorten(self._found)
            order = self._order(select, values, is_steady=is_steady)
            order = order[order < len(is_matching)]  # others have come since
            found: list[int] = order[is_matching[order]].tolist()
            return found

    def _matches(self, now: _Read, least: float) -> Matches:
        return Matches(
            self._store,
            now.photos,
            now.labels,
            self._finder,
            other_names=self._other_names,
            least=least,
            found=self._found,
        )

    def _order(self, select: str, values: Mapping[str, Value], *, is_steady: bool) -> Ids:
        orders = self._steady if is_steady else self._orders
        key = select if is_steady else (select, *values.items())
        if key not in orders:
            sql = f"SELECT group_concat(id) FROM ({select})"  # noqa: S608
            orders[key] = ask_ids(self._store, sql, values)
            _shorten(orders)
        return orders[key]


def _read(store: Store) -> _Read:
    number = Changes(store).newest()  # what comes meanwhile is read again
    now = _Read(number, Photos.read(store), ShownLabels.read(store))
    give_back()  # the texts that they were made of: some MB for 100,000 photos
    return now


def _renewed(store: Store, known: _Read) -> _Read:
    number, ids = Changes(store).since(known.number, MOST_RENEWED + 1)
    if len(ids) > MOST_RENEWED:
        return _read(store)
    if not ids:
        return known
    photos = known.photos.renewed(store, ids)
    images = [image for image in {*photos.images[ids].tolist()} if image]
    labels = known.labels.renewed(store, images) if images else known.labels
    return _Read(number, photos, labels)


def _shorten(kept: dict[Any, Any]) -> None:
    while len(kept) > MOST_KEPT:
        del kept[next(iter(kept))]
