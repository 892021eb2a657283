"""CatalogSearcher: finds and counts in a thread of its own, the newest wish only."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop.core.catalog import Catalog, Counts, Query, Sort
from desktop.core.errors import AppError

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

    Not in the reader's thread: typing must not wait until 100,000 rows have been read.
    """

    def __init__(self, catalog: Catalog, tell: Callable[[object], None]) -> None:
        self._catalog = catalog
        self._tell = tell
        self._wishes: dict[str, Callable[[], object]] = {}
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="searcher", daemon=True)
        self._thread.start()

    def find(self, wish: Wish) -> None:
        """Ask for the files that match; told as Found."""
        self._put("find", lambda: Found(wish, self._find(wish)))

    def count(self, least: float) -> None:
        """Ask what there is at this confidence; told as Counted."""
        self._put("count", lambda: Counted(least, self._catalog.count(least)))

    def close(self) -> None:
        """End the thread, with what it is doing now at the latest."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _put(self, kind: str, do: Callable[[], object]) -> None:
        with self._changed:
            self._wishes[kind] = do
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wishes or self._closed)
                if self._closed:
                    return
                # What is to be seen first comes first, however long the counting takes.
                do = self._wishes.pop("find", None) or self._wishes.pop("count")
            try:
                self._tell(do())
            except AppError as error:
                self._tell(SearchFailed(error))
            except Exception:
                log.exception("searcher")

    def _find(self, wish: Wish) -> list[int]:
        order = self._catalog.find(wish.query, wish.least, wish.sort)
        lost = wish.keep.keys() - set(order)
        if lost and not wish.query.is_everything:
            lost &= set(self._catalog.find(Query(), wish.least))
            for file_id in sorted(lost, key=wish.keep.__getitem__):
                order.insert(wish.keep[file_id], file_id)
        return order
