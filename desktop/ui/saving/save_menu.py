"""SaveMenu: the button “Save labels” and its menu: each entry asks in a small dialog of its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu, QToolButton, QWidget

from ..look.icons import put_after_words
from ..look.theme import BUTTON
from ..work import Work
from .run_dialog import Run, RunDialog
from .save_dialog import Form, SaveDialog
from .scope import Scope


class SaveMenu(QObject):
    """Its actions are the window's, too. `scopes` says which photos there are to choose from."""

    ended = Signal()
    """Something that was started has come to its end."""

    def __init__(self, window: QWidget, scopes: Callable[[], list[Scope]], work: Work) -> None:
        super().__init__(window)
        self._window, self._scopes, self._work = window, scopes, work
        self.asking: SaveDialog | None = None
        """What asks now: one at a time."""
        self.runs: list[RunDialog] = []
        """What shows runs, the newest last."""
        self.menu = QMenu(window)
        self._entries: list[QAction] = []
        self.button = QToolButton()
        self.button.setText(self.tr("Save labels"))
        self.button.setMenu(self.menu)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        put_after_words(self.button, "open")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setMinimumHeight(BUTTON)
        self.set_filled(False)

    def set_filled(self, has_photos: bool) -> None:
        """Without photos there is nothing to choose, and the button says why."""
        self.button.setEnabled(has_photos)
        why = "" if has_photos else self.tr("Nothing to save yet: add photos first")
        self.button.setToolTip(why)
        self.button.setAccessibleDescription(why)
        for action in self._entries:
            action.setEnabled(has_photos)

    def add(self, text: str, keys: str, make_form: Callable[[], Form]) -> QAction:
        """Add an entry that opens a dialog with this form."""
        action = QAction(text, self._window)
        action.setShortcut(keys)
        action.setEnabled(self.button.isEnabled())
        action.triggered.connect(lambda _: self._ask(make_form))
        self._entries.append(action)
        self.menu.addAction(action)
        self._window.addAction(action)
        return action

    def _ask(self, make_form: Callable[[], Form]) -> None:
        if self.asking is not None:
            self.asking.reject()
        form = make_form()
        self.asking = SaveDialog(
            self._window, form, self._scopes(), lambda run: self.start(form.title, run)
        )
        self.asking.finished.connect(self._on_asked)
        _show(self.asking)

    def _on_asked(self) -> None:
        self.asking = None

    def start(self, title: str, run: Run) -> None:
        """Do it, and show how far it has come."""
        dialog = RunDialog(self._window, self._work, title, run)
        dialog.ended.connect(self.ended)
        dialog.finished.connect(lambda _: self.runs.remove(dialog))
        self.runs.append(dialog)
        _show(dialog)

    def close(self) -> None:
        """Take the dialogs away with the window; what they do is ended by their `work`."""
        for dialog in (self.asking, *self.runs):
            if dialog is not None:
                dialog.hide()


def _show(dialog: QDialog) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
