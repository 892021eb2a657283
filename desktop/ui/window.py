"""Window: lays out the one window and connects its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QMainWindow,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import AppError
from desktop.core.events import JobEvent, JobState

from .notices.acts import Act
from .photos.empty_page import EmptyPage
from .window_state import FILE_NAME as WINDOW_FILE
from .window_state import WindowState

if TYPE_CHECKING:
    from desktop.core.backend import BackendName
    from desktop.core.recognisers import Recogniser

    from .grid.reader import Tally
    from .notices.remedies import Actions
    from .parts import Parts

SIDEBAR_PX, PANEL_PX = 192, 288
ABOVE_PX, BELOW_PX = 52, 37
"""What stands above and below the photos in a usual font: the first picture leaves room for it."""


class Surroundings(Protocol):
    """What the window asks of what stands around its photos; `Shell` is it."""

    @property
    def actions(self) -> Actions:
        """What the buttons of an error do."""

    def ask(self, paths: Sequence[Path], backend: BackendName, *, again: bool) -> None:
        """Label files and folders, once the person has agreed where that costs something."""

    def take_file(self, paths: Sequence[Path]) -> bool:
        """Whether what was dropped is no photo but a file that connects Amazon."""

    def set_up_amazon(self) -> None:
        """The person chose Amazon, and nothing is set up."""


AnyShell = TypeVar("AnyShell", bound=Surroundings)


class Window(QMainWindow):
    """The main window: shown empty while the rest loads, then filled.

    In `data_dir` it keeps how it was left. `is_new`: there is no photo yet, so it invites to add
    some from the first moment.
    """

    painted = Signal()
    """The window is to be seen for the first time."""
    ready = Signal()
    """All of it is to be seen for the first time; slow things may start now."""

    def __init__(self, data_dir: Path, *, has_samples: bool, is_new: bool) -> None:
        super().__init__()
        self._is_filled = self._was_painted = self._is_ready = False
        self._at_close: list[Callable[[], None]] = []
        self.setWindowTitle("Tagdrop")
        self.resize(1280, 800)
        self.setMinimumSize(760, 400)  # 1920 x 1080 at 200 %, less a taskbar and a title
        self.empty = EmptyPage(has_samples=has_samples)
        self.empty.setVisible(is_new)
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(0, ABOVE_PX, 0, BELOW_PX)
        column.addWidget(self.empty)
        self.setCentralWidget(first)
        self.state = WindowState(self, data_dir / WINDOW_FILE)

    def fill(self, parts: Parts, make_shell: Callable[[Window, Parts], AnyShell]) -> AnyShell:
        """Put everything into it, and around it. Its imports are most of what there is to load."""
        from .adding.adding import Adding
        from .grid.feed import Feed
        from .grid.results_model import ResultsModel
        from .jobs.job_button import JobButton
        from .jobs.progress import ProgressLine
        from .labels.editing import Editing
        from .labels.label_panel import LabelPanel
        from .look.tab_order import order_tabs
        from .look.wheel import guard_from_wheel
        from .notices.messages import MessageLine
        from .notices.remedies import acts_for
        from .photos.full_view import FullView
        from .photos.gallery import Gallery
        from .sidebar.sidebar import Sidebar
        from .sidebar.toggle import SidebarToggle
        from .top_bar import TopBar

        self._parts = parts
        self.model = ResultsModel(parts.library, self)
        self.model.set_min_confidence(parts.settings.now.min_confidence)
        self.top_bar = TopBar(parts.recognisers)
        self.gallery = Gallery(
            parts.library,
            self.model,
            parts.settings,
            parts.thumbnails,
            meaning=parts.meaning,
            work=parts.work,
            empty=self.empty,
        )
        self.grid = self.gallery.grid
        self.sidebar = Sidebar()
        self.sidebar_toggle = SidebarToggle(self, self.sidebar)
        self.top_bar.add_first(self.sidebar_toggle.button)
        self.panel = LabelPanel(
            self.model,
            parts.recognisers,
            previews=parts.previews,
            thumbnails=parts.thumbnails,
            work=parts.work,
        )
        self.editing = Editing(parts.library.store, parts.work, self.grid, self.panel, self)
        self.messages = MessageLine()
        self.progress = ProgressLine()
        self._lay_out()
        self.full_view = FullView(
            self,
            self.gallery,
            self.panel,
            above=self._above,
            below=self._below,
            search=self.top_bar.search,
        )
        self.gallery.viewer.bar.follow(self.editing.all_boxes)
        self.adding = Adding(
            self,
            self.top_bar,
            self.empty,
            self.messages,
            self.editing.note,
            samples=parts.samples,
            add=self.add,
            work=parts.work,
        )
        self.feed = Feed(
            parts.library,
            self.model,
            parts.bridge,
            self,
            work=parts.work,
            is_seen=lambda: self.isVisible() and not self.isMinimized(),
        )
        self.job_button = JobButton(self.feed, self.progress)
        self._at_close = [
            self.adding.close,
            self.feed.close,
            self.editing.close,
            self.gallery.close_search,
            parts.settings.close,
            parts.work.close,
        ]
        self._add_actions()
        self._connect()
        self.show_backend()
        self.top_bar.show_min_confidence(parts.settings.now.min_confidence)
        shell = make_shell(self, parts)
        self.shell: Surroundings = shell
        self._acts_for = partial(acts_for, actions=shell.actions)
        self.panel.help_for = self._acts_for
        for button in self.findChildren(QPushButton):  # Enter presses it, as in a dialog
            button.setAutoDefault(True)
        order_tabs(self, self.editing.note)
        guard_from_wheel(self)
        self._is_filled = True
        return shell

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        for place, part in enumerate((self.sidebar, self.gallery, self.panel)):
            self._splitter.addWidget(part)
            self._splitter.setStretchFactor(place, int(part is self.gallery))
            self._splitter.handle(place).setAutoFillBackground(True)
            self._splitter.handle(place).setBackgroundRole(QPalette.ColorRole.Mid)
        self._splitter.setCollapsible(1, False)
        self._splitter.setHandleWidth(1)
        self._splitter.setSizes([SIDEBAR_PX, 1280 - SIDEBAR_PX - PANEL_PX, PANEL_PX])
        self.panel.hide()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        rules = _rule(), _rule()
        self._above, self._below = (self.top_bar, rules[0]), (rules[1], self.progress)
        column.addWidget(self.top_bar)
        column.addWidget(rules[0])
        column.addWidget(self._splitter, 1)
        # Below the grid, so that a message moves nothing in it.
        column.addWidget(self.messages)
        column.addWidget(rules[1])
        column.addWidget(self.progress)
        self.setCentralWidget(middle)
        self.editing.note.setParent(middle)
        self.editing.note.lie_over(self.gallery, self.gallery.focus_photos)

    def _add_actions(self) -> None:
        adding = (self.top_bar.add_photos, self.top_bar.add_folder, self.adding.paste_action)
        finding = (self.top_bar.search.begin, self.sidebar_toggle.action)
        for group in (adding, self.editing.actions, finding):
            self.addActions(group)
            self.part_actions()
        self._action(self.tr("Quit"), QKeySequence.StandardKey.Quit, self.close)

    def part_actions(self) -> None:
        """Begin another group of actions, which a line parts from the one before in a menu."""
        parting = QAction(self)
        parting.setSeparator(True)
        self.addAction(parting)

    def _action(self, text: str, keys: QKeySequence.StandardKey | str, do: object) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(do)
        self.addAction(action)
        return action

    def _connect(self) -> None:
        from .browse.finding import Finding

        parts, feed = self._parts, self.feed
        self.finding = Finding(
            self.gallery,
            self.sidebar,
            self.editing,
            parts,
            feed=feed,
            messages=self.messages,
            state=self.state,
            on_error=self.say_error,
            parent=self,
        )
        self.top_bar.backend_chosen.connect(self.choose_backend)
        self.top_bar.min_confidence_changed.connect(self._on_min_confidence)
        parts.bridge.received.connect(self.progress.add_events)
        parts.bridge.received.connect(self._on_told)
        gallery, browse, photos = self.gallery, self.gallery.browse, self.gallery.actions_
        gallery.filled.connect(self.panel.setVisible)
        gallery.filled.connect(self.sidebar_toggle.set_filled)
        gallery.enlarged.connect(self.sidebar_toggle.set_covered)
        gallery.selected.connect(self.panel.show_row)
        self.panel.preview.boxes_changed.connect(gallery.viewer.canvas.show_boxes)
        browse.counted.connect(lambda now, _: self.progress.show_count(now.everything))
        browse.failed.connect(self.say_error)
        self.top_bar.search.approached.connect(browse.prepare)
        self.top_bar.search.textChanged.connect(browse.search)
        self.top_bar.search.left.connect(gallery.focus_photos)
        self.top_bar.search.entered.connect(gallery.enter)
        browse.retyped.connect(self.top_bar.search.setText)
        browse.counted.connect(lambda now, _: self.top_bar.search.suggestions.show_counts(now))
        gallery.grid.typed.connect(self.top_bar.search.begin_with)
        photos.add_asked.connect(lambda paths, again: self.add(paths, again=again))
        feed.loaded.connect(gallery.begin)
        feed.changed.connect(browse.library_changed)
        feed.job_started.connect(self.progress.start)
        feed.job_started.connect(lambda _: browse.set_working(True))
        feed.counted.connect(self.progress.show_tally)
        feed.job_ended.connect(self._on_job_ended)
        feed.failed.connect(self.say_error)
        editor = self.editing.editor
        editor.failed.connect(self.say_error)
        editor.edited.connect(browse.edited)
        photos.failed.connect(self.say_error)
        photos.copy_asked.connect(self.editing.copy_labels)
        photos.remove_asked.connect(self.editing.remove_photos)
        self.job_button.take_back_asked.connect(self.editing.remove_job_labels)
        self.progress.cancelled.connect(parts.queue.cancel)
        self.progress.go_on_asked.connect(parts.queue.reopen)
        self.panel.retry_asked.connect(photos.retry_selected)
        self.panel.facts.measured.connect(gallery.viewer.canvas.set_whole_size)
        self.panel.facts.folder_asked.connect(gallery.show_folder)
        self.panel.facts.duplicates_asked.connect(gallery.show_duplicates)
        self.panel.list.filter_asked.connect(gallery.show_label)

    # Adding photos

    def add(self, paths: Sequence[Path], *, again: bool = False) -> None:
        """Take what was dropped: photos to label, or a file that connects Amazon."""
        if not self.shell.take_file(paths):
            self.add_photos(paths, again=again)

    def add_photos(self, paths: Sequence[Path], *, again: bool = False) -> None:
        """Label files and folders with the chosen backend."""
        if paths:
            self.shell.ask(paths, self._chosen.name, again=again)

    # What the parts tell

    def _on_min_confidence(self, percent: float) -> None:
        self._parts.settings.change(min_confidence=percent)
        self.model.set_min_confidence(percent)
        self.gallery.browse.confidence_changed()

    def choose_backend(self, name: str) -> None:
        """Label with this backend from now on; one that has to be set up before is set up."""
        settings, recognisers = self._parts.settings, self._parts.recognisers
        is_missing = recognisers.get(name).needs_connection and settings.now.connection is None
        settings.change(backend=recognisers.usual.name if is_missing else name)
        self.show_backend()
        if is_missing:
            self.shell.set_up_amazon()

    def show_backend(self) -> None:
        """Show what is chosen to label with."""
        self.top_bar.show_backend(self._chosen)

    @property
    def _chosen(self) -> Recogniser:
        return self._parts.recognisers.chosen(self._parts.settings.now)

    def _on_job_ended(self, event: JobEvent, tally: Tally | None) -> None:
        self.progress.end(event, tally)
        is_working = self.feed.job_id is not None
        self.gallery.browse.set_working(is_working)
        if self.progress.others_wait or not self.progress.speaks_of(event.job_id):
            self._say_in_passing(event, tally)
        if event.error is not None:
            self.messages.show_error(event.error, *self._help_for(event.error))

    def _help_for(self, error: AppError) -> list[Act]:
        return self._acts_for(error, again=self._parts.queue.resume)

    def _say_in_passing(self, event: JobEvent, tally: Tally | None) -> None:
        """What came of a job whose line is the next one's."""
        if receipt := self.progress.receipt(event, tally):
            act = Act(self.tr("Label the rest"), partial(self._parts.queue.reopen, event.job_id))
            is_cancelled = event.state is JobState.CANCELLED
            text = self.tr("Finished: {0}").format(receipt)
            self.editing.note.show_note(text, *([act] if is_cancelled else []))

    def _on_told(self, batch: list[object]) -> None:
        for thing in batch:
            if isinstance(thing, AppError):
                self.say_error(thing)

    def say_error(self, error: AppError) -> None:
        """Say what is wrong, with the buttons that help."""
        self.messages.show_error(error, *self._acts_for(error))

    # Qt's own events

    def event(self, event: QEvent) -> bool:
        """Tell when the window was painted for the first time, and when for the first time full."""
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._is_ready:
            if not self._was_painted:
                self._was_painted = True
                QTimer.singleShot(0, self.painted.emit)
            if self._is_filled:
                self._is_ready = True
                QTimer.singleShot(0, self.ready.emit)
        return handled

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go away at once; `main.py` ends the work behind it."""
        for close in self._at_close:
            close()
        super().closeEvent(event)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setFrameShape(QFrame.Shape.HLine)
    rule.setFrameShadow(QFrame.Shadow.Plain)
    rule.setForegroundRole(rule.palette().ColorRole.Midlight)
    rule.setFixedHeight(1)
    return rule
