"""CatalogSearcher: finds and counts beside the window, the newest wish only."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from desktop.core.errors import AppError
from desktop.core.library.catalog import Catalog, Query, Resembling, Sort
from desktop.core.overview.counts import Counts
from desktop.core.overview.folder_tree import Folder, with_kept
from desktop.core.overview.saved_searches import SavedSearch
from desktop.core.search.nearest import Offer, nearest

from ..words.label_names import shown_name
from ..work import Stop, Work

if TYPE_CHECKING:
    from desktop.core.meaning.meaning import Meaning


_MEANT = ("spelling", "everywhere")
"""Offers that are more likely what was meant than photos that look like a misspelt word, or than
other photos of a folder."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to find. `keep` holds files to leave where they are (their places by their ids),
    even if they do not match any more, as long as they are in the library.

    `is_gentle`: what is shown already stays as it is, more may only follow. `is_fresh`: a person
    asked for something else than before. `sentence` may be looked for by its meaning where its
    words find nothing.
    """

    query: Query
    least: float
    sort: Sort
    is_reversed: bool = False
    keep: Mapping[int, int] = field(default_factory=dict)
    is_gentle: bool = False
    is_fresh: bool = False
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The files that match a wish, in order; what to offer instead when there are none.

    Where they were ranked by meaning, the wish holds how, and `asked` is the query as it was asked.
    `error` says why they could not be.

    In an order by date `days` says how many are of which day; of duplicates, `alike` which group
    and image each belongs to (see Catalog).
    """

    wish: Wish
    order: array[int]
    offers: tuple[Offer, ...] = ()
    days: Sequence[tuple[str | None, int]] | None = None
    alike: Sequence[tuple[int, int]] | None = None
    asked: Query | None = None
    error: AppError | None = None


class CatalogSearcher:
    """Its methods return at once; a new wish replaces an older one that was not begun.

    Finding has a lane of its own: a person waits for it, and neither 100,000 rows that are read
    nor 100,000 images that are counted may keep them.
    """

    def __init__(
        self,
        catalog: Catalog,
        meaning: Meaning,
        work: Work,
        failed: Callable[[AppError], object],
    ) -> None:
        self._catalog = catalog
        self._meaning = meaning
        self._failed = failed
        self._finding, self._counting = work.lane("find"), work.lane("count")
        self._folders: Sequence[Folder] = ()

    def prepare(self) -> None:
        """A search by words is coming, which will tell what is wrong: read what it needs."""
        self._finding.run(lambda _: self._catalog.prepare(), newest="prepare")

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
        """Ask what there is at this confidence, in percent. Folders with the same photos as the
        last time are the same objects."""
        self._counting.run(lambda _: self._count(least), counted, self._failed, newest="count")

    def count_hidden(
        self, order: array[int], least: float, counted: Callable[[tuple[int, int]], object]
    ) -> None:
        """Ask how many labels of these photos are less certain than that, and how many photos show
        none therefore."""
        self._counting.run(
            lambda _: self._catalog.count_hidden(order, least),
            counted,
            self._failed,
            newest="hidden",
        )

    def count_searches(
        self,
        searches: Sequence[SavedSearch],
        least: float,
        counted: Callable[[dict[int, int]], object],
    ) -> None:
        """Ask how many photos each of these finds, by its id. The next search is quicker then."""
        self._counting.run(
            lambda stop: self._count_searches(searches, least, stop),
            counted,
            self._failed,
            newest="searches",
        )

    def _count(self, least: float) -> Counts:
        counts = self._catalog.count(least)
        self._folders = with_kept(counts.folder_tree, self._folders)
        return replace(counts, folder_tree=self._folders)

    def _count_searches(
        self, searches: Sequence[SavedSearch], least: float, stop: Stop
    ) -> dict[int, int]:
        self._catalog.keep_prepared()
        found: dict[int, int] = {}
        for each in searches:
            if stop.is_set():
                break
            query = replace(each.query, terms=self._catalog.understand(each.text))
            found[each.id] = self._catalog.count_found(query, least)
        return found

    def _find(self, wish: Wish) -> Found:
        if (asked := wish.query.resembling) is not None and asked.groups is None:
            return self._find_ranked(wish, asked)
        found = self._catalog.find(wish.query, wish.least, wish.sort, is_reversed=wish.is_reversed)
        order = array("q", found)
        lost = set(wish.keep).difference(order) if wish.keep else set()
        if lost and not wish.query.is_everything:
            lost.intersection_update(self._catalog.find(Query(), wish.least))
            for file_id in sorted(lost, key=wish.keep.__getitem__):
                order.insert(wish.keep[file_id], file_id)
        if wish.query.place == "duplicates":
            # Duplicates stand by their likeness, whatever the order of the others is.
            return Found(wish, order, alike=self._catalog.likenesses(order))
        if (asked := wish.query.resembling) is not None:
            return Found(wish, order, alike=self._groups(asked, order))
        days = self._catalog.days(order) if wish.sort == "taken" and not wish.is_gentle else None
        offers: tuple[Offer, ...] = ()
        if not order and wish.query.terms:
            offers = nearest(self._catalog, wish.query, wish.least, shown_name)
            if wish.sentence and not any(each.why in _MEANT for each in offers):
                try:
                    return self._find_ranked(wish, Resembling(wish.sentence))
                except AppError as error:
                    return Found(wish, order, error=error)
        return Found(wish, order, offers, days)

    def _find_ranked(self, wish: Wish, asked: Resembling) -> Found:
        """Rank what the rest of the query leaves. A search that found nothing may be loading the
        network for a second here, in which its box can be typed into."""
        rest = replace(wish.query, resembling=None)
        if asked.sentence:
            rest = replace(rest, terms=())
            among = None
            if not rest.is_everything:
                among = self._catalog.find(rest, wish.least)
            ranked = self._meaning.search(asked.sentence, among=among)
        else:
            ranked = self._meaning.like(asked.photo)
        groups = (tuple(each.file_id for each in ranked),)
        query = replace(rest, resembling=replace(asked, groups=groups))
        return replace(self._find(replace(wish, query=query)), asked=wish.query)

    def _groups(self, asked: Resembling, order: Sequence[int]) -> Sequence[tuple[int, int]] | None:
        """Which group and image each of these photos belongs to, where there are groups."""
        if asked.sentence or asked.photo:
            return None
        group_of = {
            file: number for number, group in enumerate(asked.groups or ()) for file in group
        }
        images = self._catalog.likenesses(order)
        return [(group_of.get(f, 0), image) for f, (_, image) in zip(order, images, strict=True)]
