"""Finding: joins what a person finds photos by: sidebar, filters, saved searches, folders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.core.errors import AppError
from desktop.core.library.catalog import Query
from desktop.core.overview.saved_searches import SavedSearch

from ..sidebar.lines import SidebarEntry
from ..sidebar.menu import make_menu
from .filter_line import FilterLine
from .folder_keeper import FolderKeeper
from .search_keeper import SearchKeeper

if TYPE_CHECKING:
    from ..grid.feed import Feed
    from ..labels.editing import Editing
    from ..notices.messages import MessageLine
    from ..parts import Parts
    from ..photos.gallery import Gallery
    from ..sidebar.sidebar import Sidebar
    from ..window_state import WindowState


class Finding(QObject):
    """Made once by the window, when its parts stand."""

    def __init__(
        self,
        gallery: Gallery,
        sidebar: Sidebar,
        editing: Editing,
        parts: Parts,
        *,
        feed: Feed,
        messages: MessageLine,
        state: WindowState,
        on_error: Callable[[AppError], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._gallery, self._browse, self._sidebar = gallery, gallery.browse, sidebar
        store, note = parts.library.store, editing.note
        self.filters = FilterLine()
        gallery.put_below_bar(self.filters)
        self.searches = SearchKeeper(store, parts.work, note, self)
        self.folders = FolderKeeper(store, parts.work, editing.editor, messages, parent)
        self.all = QAction(self.tr("Show all photos"), self)
        self.all.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        # Where the photos are: in a text and in the large view the key means other things.
        self.all.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.all.setEnabled(False)
        for widget in (gallery.grid, gallery.nothing):
            widget.addAction(self.all)
        self._connect(editing, feed, on_error)
        state.keep("sidebar", self._sidebar.fold_state, self._sidebar.put_fold_state)

    def _connect(
        self, editing: Editing, feed: Feed, on_error: Callable[[AppError], object]
    ) -> None:
        browse, sidebar = self._browse, self._sidebar
        self.all.triggered.connect(browse.show_all)
        sidebar.asked.connect(browse.ask)
        sidebar.menu_asked.connect(lambda entry, at: make_menu(sidebar, entry).popup(at))
        sidebar.all_asked.connect(browse.show_all)
        sidebar.all_photos_asked.connect(self._select_photos)
        sidebar.search_asked.connect(self._show_search)
        sidebar.label_renamed.connect(editing.rename_label)
        sidebar.hide_asked.connect(lambda label: editing.rename_label(label, None))
        sidebar.take_back_asked.connect(editing.remove_job_labels)
        sidebar.locate_asked.connect(self.folders.locate)
        editing.editor.folder_moved.connect(self._on_folder_moved)
        sidebar.remove_asked.connect(self.folders.remove)
        sidebar.search_renamed.connect(self.searches.rename)
        sidebar.search_removed.connect(self._remove_search)
        self.folders.remove_asked.connect(editing.remove_photos)
        self.folders.missing_changed.connect(sidebar.show_missing)
        self.folders.failed.connect(on_error)
        self.searches.read.connect(self._show_searches)
        self.searches.failed.connect(on_error)
        self.filters.asked.connect(browse.ask)
        self.filters.words_left.connect(lambda: browse.show_only(browse.query))
        self.filters.by_meaning_asked.connect(browse.search_by_meaning)
        self.filters.save_asked.connect(
            lambda name: self.searches.save(name, browse.query, browse.text)
        )
        browse.changed.connect(self._show_query)
        browse.counted.connect(sidebar.show_counts)
        browse.counted.connect(lambda counts, _: self.folders.show_counts(counts))
        browse.counted.connect(lambda *_: self._count_searches())
        feed.loaded.connect(self.searches.look)

    def _select_photos(self) -> None:
        self._gallery.focus_photos()
        self._gallery.grid.selectAll()

    def _show_query(self, query: Query) -> None:
        self._sidebar.show_query(query)
        browse = self._browse
        self.filters.show_query(query, browse.text, has_meaning=bool(browse.sentence))
        self.all.setEnabled(not query.is_everything)

    def _show_searches(self, searches: Sequence[SavedSearch]) -> None:
        self._sidebar.show_searches(searches)
        self._count_searches()

    def _count_searches(self) -> None:
        sidebar = self._sidebar
        self._browse.count_searches(sidebar.entries.searches, sidebar.show_search_counts)

    def _show_search(self, search: SavedSearch) -> None:
        self._browse.show_only(search.query, search.text)

    def _on_folder_moved(self, before: Path, after: Path) -> None:
        """What is shown of it stays shown."""
        self.searches.look()
        query = self._browse.query
        if query.folder is not None and query.folder.is_relative_to(before):
            folder = after / query.folder.relative_to(before)
            self._browse.ask(replace(query, folder=folder))

    def _remove_search(self, entry: SidebarEntry) -> None:
        if (search := self._sidebar.entries.search(entry)) is not None:
            self.searches.remove(search)
