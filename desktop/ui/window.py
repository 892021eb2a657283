"""Window: lays out the one window and connects its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDesktopServices,
    QGuiApplication,
    QKeySequence,
    QPalette,
)
from PySide6.QtWidgets import (
    QFrame,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import AppError
from desktop.core.events import JobEvent, State
from desktop.core.jobs import JobQueue
from desktop.core.library import Library
from desktop.core.rows import FileRow

from .bridge import Bridge
from .delegate import PICTURE, CellDelegate
from .drops import DropTarget, paths_in
from .empty_page import EmptyPage
from .feed import Feed
from .file_dialogs import choose_folder, choose_photos
from .grid import GridView
from .label_panel import LabelPanel
from .live_settings import LiveSettings
from .messages import Act, MessageLine
from .progress import ProgressLine
from .reader import Tally
from .results_model import ResultsModel
from .shell import Shell
from .thumbnails import PictureLoader
from .top_bar import TopBar

PANEL_PX = 288
AHEAD_LINES = 4
"""Lines below the visible ones whose thumbnails are loaded too, for calm scrolling."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the window is made with; `main.py` builds and closes it."""

    library: Library
    queue: JobQueue
    bridge: Bridge
    settings: LiveSettings
    thumbnails: PictureLoader
    previews: PictureLoader
    samples: Path | None
    data_dir: Path


class Window(QMainWindow):
    """The main window."""

    painted = Signal()
    """The window is to be seen for the first time; slow things may start now."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._was_painted = False
        self.setWindowTitle("Tagdrop")
        self.resize(1280, 800)
        self.setMinimumSize(640, 480)
        self.model = ResultsModel(parts.library, self)
        self.model.set_min_confidence(parts.settings.now.min_confidence)
        self.top_bar = TopBar()
        self.empty = EmptyPage(has_samples=parts.samples is not None)
        delegate = CellDelegate(parts.thumbnails, self.font(), self)
        self.grid = GridView(delegate.cell)
        self.grid.setItemDelegate(delegate)
        self.grid.setModel(self.model)
        self.grid.setAccessibleName(self.tr("Photos"))
        self.panel = LabelPanel(self.model, parts.previews, parts.thumbnails)
        self.messages = MessageLine()
        self.progress = ProgressLine()
        self._lay_out()
        self.drop_target = DropTarget(self)
        self.feed = Feed(parts.library, self.model, parts.bridge, self)
        self._add_actions()
        self._connect()
        self.top_bar.show_backend(parts.settings.now.backend)
        self.top_bar.show_min_confidence(parts.settings.now.min_confidence)
        self.shell = Shell(self, parts)

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        for page in (QWidget(), self.empty, self.grid):
            self._pages.addWidget(page)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self._pages)
        self._splitter.addWidget(self.panel)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setCollapsible(0, False)
        self._splitter.setHandleWidth(1)
        self._splitter.setSizes([1280 - PANEL_PX, PANEL_PX])
        handle = self._splitter.handle(1)
        handle.setAutoFillBackground(True)
        handle.setBackgroundRole(QPalette.ColorRole.Mid)
        self.panel.hide()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(_rule())
        column.addWidget(self._splitter, 1)
        # Below the grid, so that a message moves nothing in it.
        column.addWidget(self.messages)
        column.addWidget(_rule())
        column.addWidget(self.progress)
        self.setCentralWidget(middle)

    def _add_actions(self) -> None:
        self.addActions([self.top_bar.add_photos, self.top_bar.add_folder])
        self._paste = self._action(self.tr("Paste"), QKeySequence.StandardKey.Paste, self.paste)
        self._again = self._action(self.tr("Label again"), "Ctrl+R", self.label_again)
        self._retry = self._action(self.tr("Retry"), "Ctrl+Shift+R", self.retry)
        self._action(self.tr("Quit"), QKeySequence.StandardKey.Quit, self.close)

    def _action(self, text: str, keys: QKeySequence.StandardKey | str, do: object) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(do)
        self.addAction(action)
        return action

    def _connect(self) -> None:
        parts, feed = self._parts, self.feed
        self.top_bar.add_photos.triggered.connect(lambda: choose_photos(self, self.add))
        self.top_bar.add_folder.triggered.connect(lambda: choose_folder(self, self.add))
        self.drop_target.dropped.connect(self.add)
        self.top_bar.backend_chosen.connect(self.choose_backend)
        self.top_bar.min_confidence_changed.connect(self._on_min_confidence)
        self.empty.add_asked.connect(self.top_bar.add_photos.trigger)
        self.empty.samples_asked.connect(self._add_samples)
        parts.bridge.received.connect(self.progress.add_events)
        parts.bridge.received.connect(self._on_told)
        feed.loaded.connect(self._choose_page)
        feed.job_started.connect(self.progress.start)
        feed.counted.connect(self.progress.show_tally)
        feed.job_ended.connect(self._on_job_ended)
        feed.failed.connect(self.messages.show_error)
        self.progress.cancelled.connect(parts.queue.cancel)
        self.progress.go_on_asked.connect(self._go_on)
        self.model.rowsInserted.connect(self._choose_page)
        self.model.dataChanged.connect(self._on_data_changed)
        self.grid.selectionModel().selectionChanged.connect(self._show_selected)
        self.grid.selectionModel().currentChanged.connect(self._show_selected)
        self.grid.visible_changed.connect(self._on_visible_changed)
        self.grid.activated.connect(self._open)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._show_menu)
        self.panel.retry_asked.connect(self.retry)
        parts.thumbnails.arrived.connect(self._on_thumbnails)

    # Adding photos

    def add(self, paths: Sequence[Path], *, again: bool = False) -> None:
        """Label files and folders with the chosen backend."""
        if paths:
            self._parts.queue.add(paths, self._parts.settings.now.backend, again=again)

    def paste(self) -> None:
        """Label the files that were copied elsewhere."""
        paths = paths_in(QGuiApplication.clipboard().mimeData())
        if paths:
            self.add(paths)
        else:
            self.messages.show_message(
                self.tr("There are no files to paste"),
                self.tr("Copy photos or folders in your file manager, then paste them here."),
            )

    def _add_samples(self) -> None:
        if self._parts.samples is not None:
            self.add([self._parts.samples])

    # The selected images

    def selected_rows(self) -> list[FileRow]:
        """The images that are selected, in their order."""
        selection = self.grid.selectionModel().selection()
        parts = [selection.at(place) for place in range(selection.count())]
        places = sorted(p for part in parts for p in range(part.top(), part.bottom() + 1))
        return [self.model.row(place) for place in places]

    def label_again(self) -> None:
        """Label the selected images anew."""
        self.add([row.path for row in self.selected_rows()], again=True)

    def retry(self) -> None:
        """Label those of the selected images that failed or were cancelled."""
        ended = (State.FAILED, State.CANCELLED)
        self.add([row.path for row in self.selected_rows() if row.state in ended])

    def _show_menu(self, at: QPoint) -> None:
        if not (rows := self.selected_rows()):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if any(row.state in (State.FAILED, State.CANCELLED) for row in rows):
            menu.addAction(self._retry)
        menu.addAction(self._again)
        menu.popup(self.grid.viewport().mapToGlobal(at))

    def _open(self, index: QModelIndex) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.model.row(index.row()).path)))

    def _show_selected(self) -> None:
        selection = self.grid.selectionModel().selection()
        count = sum(selection.at(place).height() for place in range(selection.count()))
        current = self.grid.currentIndex()
        is_shown = count > 0 and current.isValid()
        self.panel.show_row(self.model.row(current.row()) if is_shown else None, count)

    # What the parts tell

    def _choose_page(self) -> None:
        has_rows = self.model.rowCount() > 0
        page = self.grid if has_rows else self.empty
        if self._pages.currentWidget() is not page:
            self._pages.setCurrentWidget(page)
            self.panel.setVisible(has_rows)
            page.setFocus()
        self.progress.show_count(self.model.rowCount())

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self.grid.currentIndex().row() <= last.row():
            self._show_selected()

    def _on_visible_changed(self, first: int, last: int) -> None:
        thumbnails = self._parts.thumbnails
        thumbnails.set_box(PICTURE, self.devicePixelRatioF())
        columns = max(1, self.grid.columns)
        last = min(self.model.rowCount() - 1, last + AHEAD_LINES * columns)
        thumbnails.want([self.model.row(place).path for place in range(first, last + 1)])

    def _on_thumbnails(self, paths: Sequence[object]) -> None:
        come = set(paths)
        for place in self.grid.visible_rows():
            if self.model.row(place).path in come:
                self.grid.update(self.model.index(place))

    def _on_min_confidence(self, percent: float) -> None:
        self._parts.settings.change(min_confidence=percent)
        self.model.set_min_confidence(percent)

    def choose_backend(self, name: str) -> None:
        """Label with this backend from now on."""
        settings = self._parts.settings
        if name == "aws" and settings.now.connection is None:
            self.top_bar.show_backend("local")
            settings.change(backend="local")
            self.messages.show_message(
                self.tr("Amazon is not set up yet"),
                self.tr(
                    "Photos are labelled on this computer. To use your own Amazon account, open"
                    " a terminal and run: tagdrop aws setup. Then start Tagdrop again."
                ),
            )
            return
        settings.change(backend=name)
        self.top_bar.show_backend("aws" if name == "aws" else "local")

    def _go_on(self, job_id: int) -> None:
        try:
            job = self._parts.library.job(job_id)
        except AppError as error:
            self.messages.show_error(error)
        else:
            self._parts.queue.add(job.roots, job.backend, again=job.again)

    def _on_job_ended(self, event: JobEvent, tally: Tally | None) -> None:
        self.progress.end(event, tally)
        if event.error is not None:
            resume = Act(self.tr("Try again"), self._parts.queue.resume)
            self.messages.show_error(event.error, resume)

    def _on_told(self, batch: list[object]) -> None:
        for thing in batch:
            if isinstance(thing, AppError):
                self.messages.show_error(thing)

    # Qt's own events

    def event(self, event: QEvent) -> bool:
        """Tell when the window was painted for the first time."""
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)
        return handled

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go away at once; `main.py` ends the work behind it."""
        self.feed.close()
        super().closeEvent(event)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setFrameShape(QFrame.Shape.HLine)
    rule.setFrameShadow(QFrame.Shadow.Plain)
    rule.setForegroundRole(rule.palette().ColorRole.Midlight)
    rule.setFixedHeight(1)
    return rule
