"""Shell: what stands around the photos: settings, menu, shortcuts, and how the window was left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QMenu, QSplitter, QToolButton, QWidget

import desktop
from desktop import __version__
from desktop.core.diagnostics import collect
from desktop.core.errors import AppError

from .amazon.side import AmazonSide
from .browse.duplicates import Duplicates
from .dialogs.diagnostics_dialog import DiagnosticsDialog
from .dialogs.shortcuts_dialog import ShortcutsDialog
from .folders.folder_actions import FolderActions
from .folders.rescans import Rescans
from .folders.watching import Watching
from .jobs.job_sheet import JobSheet
from .jobs.month_line import MonthLine
from .jobs.offer_line import OfferLine
from .jobs.older_labels import OlderLabels
from .labels.review import Review
from .look.appearance import apply_appearance
from .look.icons import dress
from .look.theme import BUTTON
from .meaning.joining import join_meaning
from .meaning.network_box import NetworkBox
from .notices.acts import Act
from .notices.remedies import acts_for
from .notices.update_notice import UpdateNotice
from .photos.file_place import show_in_file_manager
from .saving.saving import Saving
from .settings.about_page import AboutPage
from .settings.appearance_page import AppearancePage
from .settings.labelling_page import LabellingPage
from .settings.photos_page import PhotosPage
from .settings.privacy_page import PrivacyPage
from .settings.rules_page import RulesPage
from .settings.settings_dialog import SettingsDialog
from .system.system_side import SystemSide
from .words.core_texts import say

if TYPE_CHECKING:
    from .parts import Parts
    from .window import Window


class Shell(QObject):
    """Made once by the window, when its parts stand."""

    def __init__(self, window: Window, parts: Parts) -> None:
        super().__init__(window)
        self._window = window
        self._parts = parts
        self._settings: SettingsDialog | None = None
        self._last_page = ""
        self.work = parts.work
        self._appearance = parts.settings.now.appearance  # shown since before the window was
        self.settings_action = self._action(self.tr("Settings…"), "Ctrl+,", self.show_settings)
        self.settings_action.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.shortcuts_action = self._action(
            self.tr("Keyboard shortcuts"), "F1", self.show_shortcuts
        )
        self.shortcuts_action.setShortcuts([QKeySequence("F1"), QKeySequence("?")])
        self.sheet = JobSheet(
            parts.library,
            self.work,
            lambda drop: parts.queue.add(
                drop.paths, drop.backend, again=drop.again, found=drop.found
            ),
            window.say_error,
            parts.settings,
            recognisers=parts.recognisers,
        )
        self._put_above_messages(self.sheet)
        self.older = OlderLabels(parts, self.work, self._is_working, window.say_error, self)
        self.offer = OfferLine(self.older, window.gallery.focus_photos)
        self._put_above_messages(self.offer)
        window.feed.loaded.connect(self.older.look)
        window.feed.job_started.connect(self.older.withdraw)
        window.feed.job_ended.connect(self.older.look)
        window.editing.editor.files_changed.connect(self.older.look)
        self.amazon = AmazonSide(
            window, parts, self.work, self.show_settings, self.show_diagnostics
        )
        self.month = MonthLine(
            parts.settings, parts.recognisers, window.feed, self._go_on, window.progress
        )
        window.progress.add_last(self.month)
        window.progress.paused.connect(parts.queue.pause)
        window.progress.resumed.connect(parts.queue.resume_job)
        window.gallery.actions_.place_asked.connect(self._show_place)
        window.sidebar.place_asked.connect(self._show_place)
        self.review = Review(window.gallery, window.panel, window.editing, self)
        window.addAction(self.review.action)
        self.folders = self._make_folders()
        self.duplicates = Duplicates(
            parts.library.store,
            parts.small,
            window.gallery.browse,
            self.work,
            window.editing.note,
            on_error=window.say_error,
            window=window,
        )
        window.addAction(self.duplicates.action)
        self.meaning = join_meaning(window, parts, self.show_network)
        window.part_actions()
        self.saving = Saving(window, parts, self.work)
        window.top_bar.add_last(self.saving.menu.button)
        self._add_button("settings", self.tr("Settings"), self.settings_action)
        self.menu = QMenu(window)
        self.menu.aboutToShow.connect(self._fill_menu)
        menu_action = self._action(self.tr("Menu"), "F10", self._show_menu)
        self._menu_button = self._add_button("menu", self.tr("Menu"), menu_action)
        updates = UpdateNotice(
            parts.settings, window.messages, self.work, desktop.RELEASES_URL, self
        )
        window.ready.connect(updates.look)
        self.system = SystemSide(window, parts)
        window.state.closing.connect(self._on_closing)
        self._keep_parts()
        parts.settings.changed.connect(self._apply_appearance)
        self.actions, self.ask = self.amazon.actions, self.sheet.ask
        self.take_file, self.set_up_amazon = self.amazon.take, self.amazon.begin

    def _go_on(self, stopped_by: AppError) -> None:
        if self._window.messages.title == say(stopped_by.title_text):
            self._window.messages.clear()
        self._parts.queue.resume()

    def _is_working(self) -> bool:
        return self._window.feed.job_id is not None or self._window.progress.others_wait

    def _show_menu(self) -> None:
        button = self._menu_button
        self.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _fill_menu(self) -> None:
        """Everything the window can do, so that a mouse reaches what a key does."""
        self.menu.clear()
        around = [self.settings_action, self.shortcuts_action]
        last = {QKeySequence(QKeySequence.StandardKey.Quit)}
        for action in self._window.actions():
            is_other = action not in around and action.shortcut().toString() != "F10"
            is_named = bool(action.text()) or action.isSeparator()
            if is_named and is_other and action.shortcut() not in last:
                self.menu.addAction(action)
        self.menu.addMenu(self.folders.menu)
        self.menu.addSeparator()
        self.menu.addActions(around)
        self.menu.addAction(self.tr("About Tagdrop"), lambda: self.show_settings("about"))
        self.menu.addSeparator()
        self.menu.addActions([a for a in self._window.actions() if a.shortcut() in last])

    def _put_above_messages(self, widget: QWidget) -> None:
        middle = self._window.centralWidget()
        column = middle.layout() if middle else None
        if isinstance(column, QBoxLayout):
            column.insertWidget(column.indexOf(self._window.messages), widget)

    def _keep_parts(self) -> None:
        state = self._window.state
        if splitter := self._window.findChild(QSplitter):
            state.keep_splitter("parts", splitter)
        gallery = self._window.gallery
        browse = gallery.browse
        state.keep("order", lambda: browse.sort, gallery.order_by)
        state.keep(
            "is order reversed",
            lambda: browse.is_reversed,
            lambda turned: gallery.order_by(browse.sort, turned),
        )
        state.keep("settings page", lambda: self._page, self._remember_page)

    @property
    def _page(self) -> str:
        return self._settings.page if self._settings else self._last_page

    def _remember_page(self, page: object) -> None:
        self._last_page = str(page)

    def show_settings(self, page: str = "") -> SettingsDialog:
        """Show the settings beside the window, with the page that was shown last or this one."""
        if self._settings is None:
            self._settings = self._make_settings()
            page = page or self._last_page
        self._settings.show_page(page)
        return self._settings

    def show_network(self) -> None:
        """Show what search by meaning is, and its download."""
        if (box := self.show_settings("labelling").findChild(NetworkBox)) is not None:
            box.show_whole()

    def _show_place(self, path: Path) -> None:
        show_in_file_manager(path, self.work, partial(self._say_place, path))

    def _say_place(self, path: Path) -> None:
        place = str(path)
        copy = partial(QGuiApplication.clipboard().setText, place)
        self._window.messages.show_message(
            self.tr("The folder cannot be shown"),
            self.tr("The photo is, or was, at {0}").format(place),
            Act(self.tr("Copy the path"), copy),
        )

    def show_shortcuts(self) -> ShortcutsDialog:
        """Show what the keys do."""
        dialog = ShortcutsDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
        return dialog

    def show_diagnostics(self) -> DiagnosticsDialog:
        """Show what would be saved."""
        parts = self._parts
        dialog = DiagnosticsDialog(
            partial(
                collect,
                parts.data_dir,
                parts.settings.now,
                parts.library,
                version=__version__,
                window=_about_screen(),
            ),
            self.work,
            self._settings or self._window,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
        return dialog

    def _make_settings(self) -> SettingsDialog:
        window, parts = self._window, self._parts
        dialog = SettingsDialog(window)
        labelling = LabellingPage(
            parts.settings,
            parts.recognisers,
            window.choose_backend,
            window.top_bar.slider.setValue,
            self.older,
            network=NetworkBox(
                self.meaning,
                lambda error, again: acts_for(error, self.amazon.actions, again),
            ),
        )
        dialog.add_page("labelling", "tag", self.tr("Labelling"), labelling)
        dialog.add_page(
            "amazon",
            "cloud",
            self.tr("Amazon account"),
            self.amazon.make_page(dialog),
            scrolls_itself=True,
        )
        privacy = PrivacyPage(parts.copies, parts.settings, window.feed, self.work)
        privacy.retention_asked.connect(lambda _: self.amazon.open_for("update"))
        dialog.add_page("privacy", "shield", self.tr("Privacy"), privacy)
        dialog.add_page("photos", "image", self.tr("Photos"), PhotosPage(parts.settings))
        dialog.add_page("rules", "list-checks", self.tr("Rules"), RulesPage(window.editing.editor))
        dialog.add_page(
            "appearance", "sun-moon", self.tr("Appearance"), AppearancePage(parts.settings)
        )
        about = AboutPage(
            parts.settings,
            parts.samples,
            self.show_diagnostics,
            asks_for_updates=bool(desktop.RELEASES_URL),
        )
        dialog.add_page("about", "info", self.tr("About"), about)
        return dialog

    def _make_folders(self) -> FolderActions:
        window, parts = self._window, self._parts
        note, messages = window.editing.note, window.messages
        self.rescans = Rescans(
            parts.library.store,
            self.work,
            note,
            messages,
            label=window.add_photos,
            remove=window.editing.remove_photos,
            on_error=lambda error, again: window.messages.show_error(
                error, *acts_for(error, self.amazon.actions, again)
            ),
            parent=self,
        )
        self.watching = Watching(
            window,
            parts,
            note,
            messages,
            chosen=lambda: parts.recognisers.chosen(parts.settings.now),
            raise_limit=self.amazon.actions.raise_limit,
            on_error=window.say_error,
        )
        browse, sidebar = window.gallery.browse, window.sidebar
        self.watching.changed.connect(
            lambda: sidebar.show_watched([each.path for each in self.watching.folders])
        )
        window.editing.editor.folder_moved.connect(self.watching.read_again)
        folders = FolderActions(
            self.rescans,
            self.watching,
            lambda: [path for path, _ in browse.counts.folders],
            window,
        )
        sidebar.folder_actions.append(folders.of)
        return folders

    def _apply_appearance(self) -> None:
        wanted = self._parts.settings.now.appearance
        if wanted != self._appearance:
            self._appearance = wanted
            apply_appearance(wanted)

    def _on_closing(self) -> None:
        self.sheet.close_down()
        self.saving.close()
        if self._settings is not None:
            self._settings.close()

    def _action(self, text: str, keys: str, do: Callable[[], object]) -> QAction:
        action = QAction(text, self._window)
        action.setShortcut(keys)
        action.triggered.connect(lambda _: do())
        self._window.addAction(action)
        return action

    def _add_button(self, sign: str, name: str, action: QAction) -> QToolButton:
        button = QToolButton()
        dress(button, sign, name, action.shortcut().toString())
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setMinimumSize(BUTTON, BUTTON)
        button.clicked.connect(action.trigger)
        self._window.top_bar.add_last(button)
        return button


def _about_screen() -> dict[str, str]:
    screens = QGuiApplication.screens()
    return {
        "platform": QGuiApplication.platformName(),
        "screens": ", ".join(
            f"{s.size().width()}x{s.size().height()} at {s.devicePixelRatio():g}" for s in screens
        ),
        "colours": QGuiApplication.styleHints().colorScheme().name,
    }
