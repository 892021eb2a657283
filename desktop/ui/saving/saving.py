"""Saving: all ways in which labels and photos leave, put into the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ..work import Work
from .by_hand import ByHand
from .save_menu import SaveMenu
from .scope import Scopes
from .table_form import TableForm

if TYPE_CHECKING:
    from ..parts import Parts
    from ..window import Window


class Saving(QObject):
    """Made once, when the window's parts stand."""

    def __init__(self, window: Window, parts: Parts, work: Work) -> None:
        super().__init__(window)
        self.by_hand = ByHand(window.gallery, work, window.editing.note, window.messages, self)
        scopes = Scopes(window.model, window.editing.selected_files, self)
        self.menu = SaveMenu(window, scopes.now, work)
        window.gallery.filled.connect(self.menu.set_filled)
        store, settings = parts.library.store, parts.settings
        self.table = self.menu.add(
            self.tr("Save as CSV or JSON…"),
            "Ctrl+Shift+S",
            lambda: TableForm(store, settings, window.gallery.actions_.place_asked.emit),
        )

    def close(self) -> None:
        """The window closes."""
        self.menu.close()
