"""Saving: all ways in which labels and photos leave, put into the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from desktop.core.save.journal import Journal, Save

from ..words.words import without_key
from ..work import Work
from .by_hand import ByHand
from .folder_tree import FolderTree
from .folders_form import FoldersForm
from .keywords_form import KeywordsForm
from .keywords_preview import KeywordsPreview
from .runs import Runs, target_of
from .save_menu import SaveMenu
from .scope import Scope, Scopes
from .table_form import TableForm
from .up_to_date import UpToDate

if TYPE_CHECKING:
    from ..parts import Parts
    from ..window import Window


class Saving(QObject):
    """Made once, when the window's parts stand."""

    def __init__(self, window: Window, parts: Parts, work: Work) -> None:
        super().__init__(window)
        self._store, self._settings, self._work = parts.library.store, parts.settings, work
        self._show_place = window.gallery.actions_.place_asked.emit
        self.by_hand = ByHand(window.gallery, work, window.editing.note, window.messages, self)
        self._runs = Runs(self._store, self)
        scopes = Scopes(window.model, window.editing.selected_files, self)
        self.menu = SaveMenu(window, scopes.now, work)
        self.keywords = self.menu.add(
            self.tr("Write keywords into photos…"), "Ctrl+S", self._keywords_form
        )
        self.table = self.menu.add(
            self.tr("Save as CSV or JSON…"), "Ctrl+Shift+S", self._table_form
        )
        self.folders = self.menu.add(
            self.tr("Sort into folders by label…"), "Ctrl+Shift+L", self._folders_form
        )
        self._last: Save | None = None
        self.undo = QAction(self.tr("Undo the last save"), window)
        self.undo.setShortcut("Ctrl+Alt+Z")
        self.undo.triggered.connect(self._undo)
        window.addAction(self.undo)
        self.menu.menu.addSeparator()
        self.menu.menu.addAction(self.undo)
        self.up_to_date = UpToDate(
            self._store,
            self._settings,
            work,
            window.editing.note,
            show_failed=self._write_again,
            parent=self,
        )
        self._connect(window)
        self._show_last(None)

    def _connect(self, window: Window) -> None:
        feed, keeps = window.feed, self.up_to_date
        window.gallery.filled.connect(self.menu.set_filled)
        self.menu.ended.connect(self._read_last)
        keeps.written.connect(self._read_last)
        feed.loaded.connect(self._read_last)
        feed.loaded.connect(keeps.look)
        feed.job_ended.connect(lambda event: keeps.add_job(event.job_id))
        window.editing.editor.stepped.connect(
            lambda edited: keeps.add_images(edited.step.image_ids)
        )

    def close(self) -> None:
        """The window closes."""
        self.up_to_date.close()
        self.menu.close()

    # What asks

    def _keywords_form(self) -> KeywordsForm:
        preview = KeywordsPreview(self._store, self._work, target_of)
        return KeywordsForm(self._settings, preview, self._runs.write)

    def _table_form(self) -> TableForm:
        return TableForm(self._store, self._settings, self._show_place)

    def _folders_form(self) -> FoldersForm:
        return FoldersForm(self._settings, FolderTree(self._store, self._work), self._runs.sort)

    def _write_again(self, file_ids: list[int]) -> None:
        scope = Scope("", len(file_ids), file_ids)
        self.menu.start(self.tr("Keywords"), self._runs.write(scope, self._settings.now))

    # The way back

    def _read_last(self) -> None:
        self._work.run(lambda _: Journal(self._store).last(), self._show_last)

    def _show_last(self, save: Save | None) -> None:
        self._last = save
        self.undo.setEnabled(save is not None)
        self.undo.setIconText(self.tr("Undo the last save"))
        said = self._runs.said_of(save) if save else ""
        text = self.tr("Undo: {0}").format(without_key(said)) if save else self.undo.iconText()
        self.undo.setText(text)

    def _undo(self) -> None:
        if self._last is not None:
            self.menu.start(self.tr("Undo"), self._runs.take_back(self._last))
