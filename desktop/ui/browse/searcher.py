"""CatalogSearcher: finds and counts in threads of its own, the newest wish only."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop.core.errors import AppError
from desktop.core.library.catalog import Catalog, Counts, Query, Sort

log = logging.getLogger(__name__)


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
    keep: Mapping[int, int] = field(default_factory=dict)
    is_gentle: bool = False
    is_fresh: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The files that match a wish, in order."""

    wish: Wish
    order: list[int]


@dataclass(frozen=True, slots=True)
class SearchFailed:
    """The library could not be searched."""

    error: AppError


@dataclass(frozen=True, slots=True)
class Counted:
    """What there is at this confidence, in percent."""

    least: float
    counts: Counts


class CatalogSearcher:
    """Its methods return at once; a new wish replaces an older one that was not begun.

    Finding has a thread of its own: a person waits for it, and neither 100,000 rows that are read
    nor 100,000 images that are counted may keep them.
    """

    def __init__(self, catalog: Catalog, tell: Callable[[object], None]) -> None:
        self._catalog = catalog
        self._tell = tell
        self._wishes: dict[str, Callable[[], object]] = {}
        self._changed = threading.Condition()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._run, args=(kind,), name=kind, daemon=True)
            for kind in ("find", "count")
        ]
        for thread in self._threads:
            thread.start()

    def find(self, wish: Wish) -> None:
        """Ask for the files that match; told as Found."""
        self._put("find", lambda: Found(wish, self._find(wish)))

    def count(self, least: float) -> None:
        """Ask what there is at this confidence; told as Counted."""
        self._put("count", lambda: Counted(least, self._catalog.count(least)))

    def close(self) -> None:
        """End the threads, with what they are doing now at the latest."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _put(self, kind: str, do: Callable[[], object]) -> None:
        with self._changed:
            self._wishes[kind] = do
            self._changed.notify_all()

    def _run(self, kind: str) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: kind in self._wishes or self._closed)
                if self._closed:
                    return
                do = self._wishes.pop(kind)
            try:
                self._tell(do())
            except AppError as error:
                self._tell(SearchFailed(error))
            except Exception:
                log.exception("%s", kind)

    def _find(self, wish: Wish) -> list[int]:
        order = self._catalog.find(wish.query, wish.least, wish.sort)
        lost = set(wish.keep).difference(order)
        if lost and not wish.query.is_everything:
            lost.intersection_update(self._catalog.find(Query(), wish.least))
            for file_id in sorted(lost, key=wish.keep.__getitem__):
                order.insert(wish.keep[file_id], file_id)
        return order
