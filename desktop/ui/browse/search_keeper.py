"""SearchKeeper: saves searches beside the window, and takes back what was done with them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.core.library.catalog import Query
from desktop.core.library.store import Store
from desktop.core.overview.saved_searches import SavedSearch, SavedSearches

from ..notices.acts import Act
from ..notices.note_line import NoteLine
from ..work import Work


class SearchKeeper(QObject):
    """Its methods return at once."""

    read = Signal(object)
    """All saved searches, after each change."""
    failed = Signal(object)
    """An AppError: the library cannot be read or written."""

    def __init__(self, store: Store, work: Work, note: NoteLine, parent: QObject) -> None:
        super().__init__(parent)
        self._searches = SavedSearches(store)
        self._lane = work.lane("searches")
        self._note = note

    def look(self) -> None:
        """Read what is saved."""
        self._lane.run(lambda _: self._searches.all(), self.read.emit, self.failed.emit)

    def save(self, name: str, query: Query, text: str) -> None:
        """Keep a search in the sidebar."""

        def saved(search: SavedSearch) -> None:
            self._say(self.tr("Saved “{0}” in the sidebar").format(name), self._remover(search))

        self._put(lambda: self._searches.save(SavedSearch(name, query, text)), saved)

    def rename(self, search_id: int, name: str) -> None:
        """Give a saved search another name."""
        self._put(lambda: self._searches.rename(search_id, name))

    def remove(self, search: SavedSearch) -> None:
        """Take a search out of the sidebar; Undo puts it back."""

        def removed(_: object) -> None:
            text = self.tr("Removed the saved search “{0}”").format(search.name)
            self._say(text, lambda: self._put(lambda: self._searches.save(search)))

        self._put(lambda: self._searches.remove(search.id), removed)

    def _remover(self, search: SavedSearch) -> Callable[[], object]:
        return lambda: self._put(lambda: self._searches.remove(search.id))

    def _say(self, text: str, undo: Callable[[], object]) -> None:
        self._note.show_note(text, Act(self.tr("Undo"), undo))

    def _put(self, do: Callable[[], object], done: Callable[..., object] | None = None) -> None:
        self._lane.run(lambda _: do(), done or (lambda _: None), self.failed.emit, writes=True)
        self.look()
