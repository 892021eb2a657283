"""CatalogSearcher: finds and counts beside the window, the newest wish only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop.core.errors import AppError
from desktop.core.library.catalog import Catalog, Counts, Query, Sort
from desktop.core.search.nearest import Offer, nearest

from ..words.label_names import shown_name
from ..work import Work


@dataclass(frozen=True, slots=True)
class Wish:
    """What to find. `keep` holds files to leave where they are (their places by their ids),
    even if they do not match any more, as long as they are in the library.

    `is_gentle`: what is shown already stays as it is, more may only follow. `is_fresh`: a person
    asked for something else than before.
    """

    query: Query
    least: float
    sort: Sort
    is_reversed: bool = False
    keep: Mapping[int, int] = field(default_factory=dict)
    is_gentle: bool = False
    is_fresh: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The files that match a wish, in order; what to offer instead when there are none."""

    wish: Wish
    order: list[int]
    offers: tuple[Offer, ...] = ()


class CatalogSearcher:
    """Its methods return at once; a new wish replaces an older one that was not begun.

    Finding has a lane of its own: a person waits for it, and neither 100,000 rows that are read
    nor 100,000 images that are counted may keep them.
    """

    def __init__(self, catalog: Catalog, work: Work, failed: Callable[[AppError], object]) -> None:
        self._catalog = catalog
        self._failed = failed
        self._finding, self._counting = work.lane("find"), work.lane("count")

    def find(self, wish: Wish, found: Callable[[Found], object]) -> None:
        """Ask for the files that match; nothing is told once something else was asked for."""
        self._finding.run(
            lambda _: self._find(wish),
            found,
            self._failed,
            newest="find",
            about=(wish.query, wish.sort, wish.is_reversed),
        )

    def count(self, least: float, counted: Callable[[Counts], object]) -> None:
        """Ask what there is at this confidence, in percent."""
        self._counting.run(
            lambda _: self._catalog.count(least), counted, self._failed, newest="count"
        )

    def _find(self, wish: Wish) -> Found:
        order = self._catalog.find(wish.query, wish.least, wish.sort, is_reversed=wish.is_reversed)
        lost = set(wish.keep).difference(order)
        if lost and not wish.query.is_everything:
            lost.intersection_update(self._catalog.find(Query(), wish.least))
            for file_id in sorted(lost, key=wish.keep.__getitem__):
                order.insert(wish.keep[file_id], file_id)
        if order or not wish.query.terms:
            return Found(wish, order)
        return Found(wish, order, nearest(self._catalog, wish.query, wish.least, shown_name))
