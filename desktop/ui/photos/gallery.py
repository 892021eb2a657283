"""Gallery: the middle of the window: the grid with its bar, or the page that stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.core.errors import StorageError
from desktop.core.events import State
from desktop.core.library.catalog import Catalog, Query, Resembling, Sort
from desktop.core.library.library import Library
from desktop.core.meaning.meaning import Meaning
from desktop.core.search.thesaurus import Thesaurus
from desktop.core.settings import Settings

from ..browse.browse import Browse
from ..grid.delegate import CellDelegate, View
from ..grid.grid import GridView
from ..grid.news_line import NewsLine
from ..grid.results_model import ResultsModel
from ..grid.scrubber import Scrubber
from ..grid.thumbnails import PictureLoader
from ..grid.view_bar import ViewBar
from ..live_settings import LiveSettings
from ..words.announcement import announce
from ..words.label_names import language, other_names
from ..work import Work
from .empty_page import EmptyPage
from .nothing_page import NothingPage
from .photo_actions import PhotoActions
from .selection import Selection
from .viewer import Viewer

KEEP_AFTER_MS = 1000
"""Shapes that thumbnails have told are written together."""


class Gallery(QWidget):
    """Shows what `browse` finds, and which photos are selected."""

    filled = Signal(bool)
    """Whether there is any photo in the library; told when that has changed."""
    enlarged = Signal(bool)
    """Whether one photo is shown in the place of all."""
    selected = Signal(object, int)
    """The FileRow that stands for the selected photos (None: there is none), and how many they are;
    told whenever it may have changed."""

    def __init__(
        self,
        library: Library,
        model: ResultsModel,
        settings: LiveSettings,
        thumbnails: PictureLoader,
        *,
        meaning: Meaning,
        work: Work,
        empty: EmptyPage,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._lane = work.lane("shapes")
        self._learned: dict[int, float] = {}  # by thumbnails, and not kept yet
        self._keep_learned = QTimer(self)
        self._keep_learned.setSingleShot(True)
        self._keep_learned.setInterval(KEEP_AFTER_MS)
        self._keep_learned.timeout.connect(self._write_aspects)
        self._model = model
        self._settings = settings
        self._thumbnails = thumbnails
        model.is_gone = thumbnails.is_gone
        self._is_loaded = False
        self._announced = Query()
        self._delegate = CellDelegate(thumbnails, self.font(), view_of(settings.now), self)
        self.grid = GridView(self._delegate.measures)
        self.grid.setItemDelegate(self._delegate)
        self.grid.setModel(model)
        self.scrubber = Scrubber(self.grid)
        self.news = NewsLine(self.grid, model)
        self.grid.setAccessibleName(self.tr("Photos"))
        self.empty = empty
        self.nothing = NothingPage()
        self.view_bar = ViewBar()
        self.view_bar.show_size(settings.now.thumbnail_px)
        self.view_bar.looks.show_settings(settings.now)
        catalog = Catalog(library.store, other_names, Thesaurus(language()))
        self.browse = Browse(catalog, model, self.grid, self, meaning=meaning, work=work)
        self.selection = Selection(self.grid.selectionModel(), model)
        self.actions_ = PhotoActions(library, model, self.selection, self, work=work)
        self._pages = QStackedWidget()
        self.viewer = Viewer(model, thumbnails, work)
        for view in (self.grid, self.viewer):
            view.addActions(self.actions_.all())
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(partial(self._show_menu, view))
        nothing_yet = QWidget() if empty.isHidden() else empty  # until the library has been read
        for page in (nothing_yet, self.empty, self.nothing, self.grid, self.viewer):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._below_bar = QWidget()
        self._lines = QVBoxLayout(self._below_bar)
        self._lines.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view_bar)
        column.addWidget(self._below_bar)
        column.addWidget(self._pages, 1)
        self.view_bar.hide()
        self._connect()

    def _connect(self) -> None:
        bar, browse, grid = self.view_bar, self.browse, self.grid
        bar.sort_chosen.connect(self.order_by)
        bar.size_changed.connect(lambda size_px: self._settings.change(thumbnail_px=size_px))
        bar.looks.changed.connect(lambda chosen: self._settings.change(**chosen))
        self._settings.changed.connect(self._show_view)
        bar.show_all_asked.connect(browse.show_all)
        bar.retry_all_asked.connect(self.actions_.retry_all)
        self.nothing.show_all_asked.connect(browse.show_all)
        self.nothing.offer_taken.connect(browse.take)
        browse.changed.connect(self._say_query)
        browse.shown.connect(self._choose_page)
        browse.hidden_counted.connect(bar.show_hidden)
        self._model.rowsInserted.connect(self._choose_page)
        self._model.dataChanged.connect(self._on_data_changed)
        self._model.reshaped.connect(grid.reshape)
        grid.activated.connect(self.open)
        grid.preview_asked.connect(self.open)
        grid.selectionModel().currentChanged.connect(self._show_current)
        browse.shown.connect(self._tell_selected)
        browse.shown.connect(self._announce)
        grid.selectionModel().selectionChanged.connect(self._tell_selected)
        grid.selectionModel().currentChanged.connect(self._tell_selected)
        self.nothing.by_meaning_asked.connect(browse.search_by_meaning)
        self.actions_.open_asked.connect(self.open)
        self.actions_.like_asked.connect(self.show_like)
        self.viewer.closed.connect(self.close_viewer)
        self.viewer.moved.connect(self.step)
        self.viewer.chosen.connect(self.go_to)
        grid.visible_changed.connect(self._on_visible_changed)
        self._thumbnails.arrived.connect(self._on_thumbnails)

    def put_below_bar(self, line: QWidget) -> None:
        """Put a line of another part between the bar and the photos."""
        self._lines.addWidget(line)

    def begin(self) -> None:
        """The library has been read: show its photos, or what to do without any."""
        self._is_loaded = True
        self.browse.begin()
        self.news.begin()
        self._choose_page()

    def close_search(self) -> None:
        """Stop searching the library."""
        self.browse.close()

    def show_only(self, query: Query) -> None:
        """Show these of all photos, in the grid."""
        self.close_viewer()
        self.browse.show_only(query)

    def show_folder(self, folder: Path) -> None:
        """Show the photos of a folder."""
        self.show_only(Query(folder=folder))

    def show_label(self, label: str) -> None:
        """Show the photos with a label."""
        self.show_only(Query(labels=(label,)))

    def show_duplicates(self) -> None:
        """Show the photos with the same picture as the one that stands for the selected ones."""
        if (place := self._place_of_selected()) >= 0:
            self.show_only(Query(same_as=self._model.file_id(place)))

    def show_like(self) -> None:
        """Show the photos that look most like the one that stands for the selected ones."""
        if (place := self._place_of_selected()) >= 0:
            self.show_only(Query(resembling=Resembling(photo=self._model.file_id(place))))

    # One photo, large

    @property
    def is_enlarged(self) -> bool:
        """Whether one photo is shown in the place of all."""
        return self._pages.currentWidget() is self.viewer

    def open(self) -> None:
        """Show the current photo as large as there is room; from here on it alone is selected."""
        if self.grid.currentIndex().isValid() and not self.is_enlarged:
            self._select_only(self.grid.currentIndex())
            self._pages.setCurrentWidget(self.viewer)
            self.view_bar.hide()
            self._below_bar.hide()
            self.enlarged.emit(True)
            self.viewer.canvas.setFocus()
            self._show_current()

    def close_viewer(self) -> None:
        """Show all photos again."""
        if self.is_enlarged:
            self._pages.setCurrentWidget(self.grid)
            self.view_bar.show()
            self._below_bar.show()
            self.enlarged.emit(False)
            self.grid.setFocus()
            self.grid.scrollTo(self.grid.currentIndex())
            self._choose_page()

    def step(self, step: int) -> bool:
        """Go to another photo of the list, so many on; whether there is one."""
        place = self.grid.currentIndex().row() + step
        is_there = 0 <= place < self._model.rowCount()
        if is_there:
            self.go_to(place)
        return is_there

    def go_to(self, place: int) -> None:
        """Go to the photo at a place of the list."""
        self._select_only(self._model.index(place))

    def _select_only(self, index: QModelIndex) -> None:
        """Whatever keys are held down: what is done to the large photo is done to no other."""
        command = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.grid.selectionModel().setCurrentIndex(index, command)

    def _show_current(self) -> None:
        place = self.grid.currentIndex().row()
        if not self.is_enlarged:
            return
        if not 0 <= place < self._model.rowCount():
            self.close_viewer()
            return
        self.viewer.show_place(place)

    # What is selected

    def selected_paths(self) -> list[Path]:
        """Where the selected photos lie; quick for some thousands."""
        try:
            return self._library.paths(self.selection.ids())
        except StorageError as error:
            self.actions_.failed.emit(error)
            return []

    def _place_of_selected(self) -> int:
        """Where the photo is that stands for all that are selected; -1 when none is.

        That is the current one, but a key or a click with Ctrl makes one current unselected.
        """
        chosen = self.grid.selectionModel()
        if chosen.isSelected(chosen.currentIndex()):
            return chosen.currentIndex().row()
        return next((run.start for run in self.selection.runs()), -1)

    def current_picture(self) -> QImage | None:
        """The thumbnail of the photo that stands for the selected ones, if it has come."""
        place = self._place_of_selected()
        return self._thumbnails.get(self._model.row(place).path) if place >= 0 else None

    def _tell_selected(self) -> None:
        count = self.selection.count
        row = self._model.row(self._place_of_selected()) if count else None
        is_read = row is not None and row.path.name  # else it only says why it was not
        self.selected.emit(row if is_read else None, count)

    def focus_photos(self) -> None:
        """Give the photos the keyboard, with one of them chosen."""
        if self.is_enlarged:
            self.viewer.canvas.setFocus()
            return
        if self._model.rowCount() and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self._model.index(0))
        self.grid.setFocus()

    def enter(self) -> None:
        """Go on with what was found; where nothing was, with what comes nearest."""
        if self._pages.currentWidget() is self.nothing and self.browse.offers:
            self.browse.take(self.browse.offers[0])
        elif self._pages.currentWidget() is self.nothing and self.browse.sentence:
            self.browse.search_by_meaning()
        else:
            self.focus_photos()

    def _show_menu(self, view: QWidget, at: QPoint) -> None:
        self.actions_.show_menu(view.mapToGlobal(at))

    # What is shown

    def _choose_page(self) -> None:
        if self.is_enlarged:
            self._show_current()
        if self.is_enlarged:
            return
        has_photos = self._model.total > 0
        page: QWidget = self.empty
        if self._model.rowCount():
            page = self.grid
        elif has_photos and not self.browse.query.is_everything:
            page = self.nothing
            self.nothing.show_query(self.browse.query, self.browse.offers, self.browse.sentence)
        elif not self._is_loaded:
            return
        if self._pages.currentWidget() is not page:
            is_first = self.view_bar.isHidden() == has_photos
            focus = self.window().focusWidget()
            # Whoever types a search or moves the slider goes on with it.
            takes_focus = is_first or focus is None or self._pages.isAncestorOf(focus)
            self._pages.setCurrentWidget(page)
            if takes_focus:
                page.setFocus()
            if is_first:
                self.view_bar.setVisible(has_photos)
                self.filled.emit(has_photos)
        self._say_query(self.browse.query)

    def _say_query(self, query: Query) -> None:
        self.view_bar.show_query(query, self._model.rowCount())

    def _announce(self) -> None:
        """Say what was found for what was asked; what comes by itself is left to the eye."""
        query = self.browse.query
        if query == self._announced or self.is_enlarged:
            return
        self._announced = query
        if self._pages.currentWidget() is self.nothing:
            announce(self.nothing, self.nothing.spoken)
        else:
            announce(self, self.view_bar.what)

    # How it is shown

    def order_by(self, name: object, is_reversed: object = False) -> None:
        """Show the photos in the order of this name, if there is such a one."""
        for sort in get_args(Sort):
            if sort == name:
                self.view_bar.sorts.show_sort(sort, is_reversed=bool(is_reversed))
                self.browse.order_by(sort, is_reversed=bool(is_reversed))

    def _show_view(self) -> None:
        """The settings have changed, here or elsewhere."""
        now = self._settings.now
        view = view_of(now)
        if view != self._delegate.view:
            self._delegate.show(view)
            self.grid.set_measures(self._delegate.measures)
            self.view_bar.show_size(now.thumbnail_px)
            self.view_bar.looks.show_settings(now)

    def _on_visible_changed(self) -> None:
        self._thumbnails.set_box(self._delegate.picture, self.devicePixelRatioF())
        ahead = self.grid.rows_ahead()
        read = [place for place in ahead if self._model.is_read(place)]
        self._thumbnails.want([self._model.row(place).path for place in read])
        if len(read) < len(ahead):  # a page at a time, with room for keys and the wheel between
            self._model.row(next(place for place in ahead if not self._model.is_read(place)))
            self.grid.ask_again()

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """What was broken or gone may have come back, when its file was read again."""
        if first.row() <= self._place_of_selected() <= last.row():
            self._tell_selected()
        seen = self.grid.visible_rows()
        places = range(max(first.row(), seen.start), min(last.row() + 1, seen.stop))
        rows = [self._model.row(place) for place in places]
        self._thumbnails.try_again(r.path for r in rows if r.state in (State.DONE, State.SKIPPED))

    def _on_thumbnails(self, paths: Sequence[object]) -> None:
        come = set(paths)
        learned: dict[int, float] = {}
        for place in self.grid.visible_rows():
            row = self._model.row(place)
            if row.path not in come:
                continue
            self.grid.update(self._model.index(place))
            picture = self._thumbnails.get(row.path)
            if picture is None or picture.isNull():
                continue
            if not self._model.has_shape(place):
                learned[row.file_id] = round(picture.width() / picture.height(), 3)
        if learned:
            self._model.learn_aspects(learned)
            self._learned.update(learned)
            if not self._keep_learned.isActive():
                self._keep_learned.start()

    def _write_aspects(self) -> None:
        learned, self._learned = self._learned, {}
        self._lane.run(lambda _: self._library.images.set_aspects(learned), writes=True)


def view_of(settings: Settings) -> View:
    """How the photos are to look."""
    return View(
        settings.thumbnail_px,
        is_square=settings.tile_shape == "square",
        shows_labels=settings.shows_labels,
        shows_names=settings.shows_names,
    )
