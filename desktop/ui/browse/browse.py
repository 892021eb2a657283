"""Browse: what the window shows of the library: a place, labels, words, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.library.catalog import Catalog, Query, Resembling, Sort
from desktop.core.overview.counts import Counts
from desktop.core.overview.saved_searches import SavedSearch
from desktop.core.search.nearest import Offer
from desktop.core.search.terms import is_sentence

from ..grid.grid import GridView
from ..grid.results_model import ResultsModel
from ..photos.selection import Selection
from ..work import Work
from .searcher import CatalogSearcher, Found, Wish
from .sight import Sight

if TYPE_CHECKING:
    from desktop.core.meaning.meaning import Meaning

CALM_MS = 1500
"""While results arrive, what is shown is brought up to date this often."""
TYPING_MS = 120
"""Typing rests so long before it is searched for."""
LEAST_LETTERS = 3
"""Less is not looked for by its meaning."""
MOST_SELECTED = 2000
"""More selected images than these are not selected again after a change of order."""


class Browse(QObject):
    """Lives in the GUI thread; the searching is done elsewhere.

    What a person asks for is shown as soon as it is found. What comes by itself, while images
    are labelled, only adds images before the others; the rest waits until the work rests.
    """

    changed = Signal(object)
    """The Query that is to be shown from now on."""
    retyped = Signal(str)
    """What a search box is to show: an offer was taken, or a saved search."""
    shown = Signal()
    """What was asked for is in the model now."""
    failed = Signal(object)
    """An AppError: the library cannot be searched."""
    counted = Signal(object, bool)
    """The newest Counts, and whether results are still arriving."""
    hidden_counted = Signal(int, int)
    """How many labels of the photos that are shown are less certain than the model's confidence,
    and how many photos show none therefore."""

    def __init__(
        self,
        catalog: Catalog,
        model: ResultsModel,
        grid: GridView,
        parent: QObject | None = None,
        *,
        meaning: Meaning,
        work: Work,
    ) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._meaning = meaning
        self._model = model
        self._grid = grid
        self._searcher = CatalogSearcher(catalog, meaning, work, self.failed.emit)
        self._query = Query()
        self._sort: Sort = "added"
        self._is_reversed = False
        self._shown_as = self._asked_as
        self._has_begun = False
        self._is_working = False
        self._counts = Counts()
        self._text = ""
        self._offers: tuple[Offer, ...] = ()
        self._calm = self._timer(CALM_MS, self._refresh)
        self._typing = self._timer(TYPING_MS, self._search)

    def _timer(self, interval_ms: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(do)
        return timer

    def close(self) -> None:
        """Stop searching."""
        self._calm.stop()
        self._typing.stop()

    # Asking

    @property
    def query(self) -> Query:
        """What is to be shown."""
        return self._query

    @property
    def shown_query(self) -> Query:
        """What the model shows: the query of before while another is looked for."""
        return self._shown_as[0]

    @property
    def _asked_as(self) -> tuple[Query, Sort, bool]:
        return self._query, self._sort, self._is_reversed

    @property
    def sort(self) -> Sort:
        return self._sort

    @property
    def is_reversed(self) -> bool:
        """Whether the order is turned round: oldest first, Z to A."""
        return self._is_reversed

    @property
    def counts(self) -> Counts:
        """What there was when it was counted last."""
        return self._counts

    def ask(self, query: Query) -> None:
        """Show other images; the words in the search box stay in force."""
        self._typing.stop()
        query = self._with_words(query)
        if query != self._query:
            self._query = query
            self.changed.emit(query)
            self._find(is_fresh=True)

    def _with_words(self, query: Query) -> Query:
        """With the words in the search box; those that it ranks by do not filter besides."""
        asked = query.resembling
        if asked is not None and asked.sentence:
            if asked.sentence == self._text.strip():
                return self._ranked_anew(replace(query, terms=()), asked)
            query = replace(query, resembling=None)
        return replace(query, terms=self._catalog.understand(self._text))

    def _ranked_anew(self, query: Query, asked: Resembling) -> Query:
        """The best of all is not the best of a folder: what else is chosen counts before."""
        is_same = replace(query, resembling=self._query.resembling) == self._query
        return query if is_same else replace(query, resembling=Resembling(asked.sentence))

    @property
    def text(self) -> str:
        """The words in the search box."""
        return self._text

    @property
    def sentence(self) -> str:
        """The words in the search box, if they can be looked for by their meaning."""
        text = self._text.strip()
        is_one = len(text) >= LEAST_LETTERS and is_sentence(self._catalog.understand(text))
        return text if is_one and self._meaning.is_there else ""

    def search_by_meaning(self) -> None:
        """Show the photos that look most like what the words in the search box say."""
        if sentence := self.sentence:
            self.ask(replace(self._query, resembling=Resembling(sentence)))

    def show_all(self) -> None:
        self.show_only(Query())

    def show_only(self, query: Query, text: str = "") -> None:
        """Show these of all images, with these words in the place of those in the search box."""
        self._text = text
        self.retyped.emit(text)
        self.ask(query)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What comes nearest to a search that finds nothing; none while there is another search."""
        is_other = self._typing.isActive() or self._asked_as != self._shown_as
        return () if is_other else self._offers

    def take(self, offer: Offer) -> None:
        """Search for this instead, everywhere."""
        self.show_only(Query(), offer.text)

    def prepare(self) -> None:
        """Somebody is about to search: have ready what that takes, so that no key waits for it."""
        if self._has_begun and not self._text:
            self._searcher.prepare()

    def search(self, text: str) -> None:
        """Show what matches these words, a moment after the last key."""
        self.prepare()
        self._text = text
        self._typing.start()

    def _search(self) -> None:
        self.ask(self._query)

    def order_by(self, sort: Sort, *, is_reversed: bool = False) -> None:
        """Show the images in another order."""
        if (sort, is_reversed) != (self._sort, self._is_reversed):
            self._sort, self._is_reversed = sort, is_reversed
            self._find(is_fresh=True)

    def confidence_changed(self) -> None:
        """Find and count anew at the model's confidence."""
        self._count()
        if not self._query.is_everything:
            self._find()

    # What comes by itself

    def begin(self) -> None:
        """The library has been read for the first time."""
        self._has_begun = True
        self._count()
        is_usual = self._sort == "added" and not self._is_reversed
        if not is_usual or not self._query.is_everything:
            self._find(is_fresh=True)

    def set_working(self, is_working: bool) -> None:
        """Say whether a job is running. At its end everything falls into its place."""
        self._is_working = is_working
        if not is_working:
            self.refresh()

    def library_changed(self) -> None:
        """Rows have changed: by a job calmly, else (an edit, an undo, another program) at once."""
        if not self._is_working:
            self.refresh()
        elif not self._calm.isActive():
            self._calm.start()

    def edited(self) -> None:
        """A person has changed something, and waits for it even while a job is at work."""
        if self._is_working:
            self.refresh()

    def refresh(self) -> None:
        """Find and count anew, at once."""
        self._calm.stop()
        self._count()
        self._find()

    def _refresh(self) -> None:
        self._count()
        if not self._query.is_everything:
            self._find(is_gentle=self._is_working)

    def _count(self) -> None:
        self._searcher.count(self._model.min_confidence, self._on_counted)

    def count_searches(
        self, searches: Sequence[SavedSearch], counted: Callable[[dict[int, int]], object]
    ) -> None:
        """Tell how many photos each of these finds, by its id."""
        self._searcher.count_searches(searches, self._model.min_confidence, counted)

    def _find(self, *, is_gentle: bool = False, is_fresh: bool = False) -> None:
        if not self._has_begun:
            return  # there is nothing in the model yet; `begin` will find
        if self._asked_as != self._shown_as:
            is_gentle, is_fresh = False, True  # this takes the place of what a person waits for
        keep: dict[int, int] = {}
        if not is_gentle and not is_fresh:
            keep = {f: self._model.place_of(f) or 0 for f in self.selected_ids()}
        least = self._model.min_confidence
        query, sort, is_reversed = self._asked_as
        sentence = self.sentence if query.terms else ""
        wish = Wish(query, least, sort, is_reversed, keep, is_gentle, is_fresh, sentence)
        self._searcher.find(wish, self._take)

    # Showing

    def _on_counted(self, counts: Counts) -> None:
        self._counts = counts
        self.counted.emit(counts, self._is_working)
        if self.shown_query.is_everything:
            self._tell_hidden()

    def _tell_hidden(self) -> None:
        """Of all photos that is counted with the rest."""
        self.hidden_counted.emit(self._counts.hidden_labels, self._counts.images_with_none_left)

    def _on_hidden_counted(self, query: Query, counted: tuple[int, int]) -> None:
        if query == self.shown_query:
            self.hidden_counted.emit(*counted)

    def _take(self, found: Found) -> None:
        wish = found.wish
        if found.asked is not None:
            if found.asked != self._query:
                return  # something else has been asked for since
            self._query = wish.query
            self.changed.emit(wish.query)
        if found.error is not None:
            self.failed.emit(found.error)
        self._offers = found.offers
        self._shown_as = (wish.query, wish.sort, wish.is_reversed)
        if wish.is_gentle:
            self._model.show_more(found.order)
        else:
            sight = Sight(self._grid, self._model, self.selected_ids())
            is_changed = self._model.show(
                found.order,
                appends=wish.query.is_everything,
                comes_first=(wish.sort, wish.is_reversed) != ("added", True),
                days=found.days,
                alike=found.alike,
            )
            if is_changed:
                sight.restore(is_fresh=wish.is_fresh)
        if wish.query.is_everything:
            self._tell_hidden()
        else:
            told = partial(self._on_hidden_counted, wish.query)
            self._searcher.count_hidden(found.order, wish.least, told)
        self.shown.emit()

    def selected_ids(self) -> list[int]:
        """The files that are selected, in their order; none when they are too many."""
        selection = Selection(self._grid.selectionModel(), self._model)
        return selection.ids() if selection.count <= MOST_SELECTED else []
