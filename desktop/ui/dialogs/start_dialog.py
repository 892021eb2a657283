"""Says in a dialog why the window cannot open: there is no window yet that could say it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QMessageBox

from desktop.core.errors import AppError

from ..words.core_texts import say


def ask_after(error: AppError, *, has_copy: bool, can_begin_anew: bool) -> str:
    """What the person wants after an error at the start: "again", "copy", "anew" or "close".

    `has_copy`: a copy of the library could take its place. `can_begin_anew`: so could an empty one.
    """
    translate = QCoreApplication.translate
    box = QMessageBox(QMessageBox.Icon.Warning, "Tagdrop", say(error.title_text))
    box.setInformativeText(say(error.message_text))
    buttons: dict[QAbstractButton, str] = {}
    if has_copy:
        text = translate("StartDialog", "Use the backup")
        buttons[box.addButton(text, QMessageBox.ButtonRole.AcceptRole)] = "copy"
    text = translate("StartDialog", "Try again")
    buttons[box.addButton(text, QMessageBox.ButtonRole.AcceptRole)] = "again"
    if can_begin_anew:
        text = translate("StartDialog", "Start with an empty library")
        buttons[box.addButton(text, QMessageBox.ButtonRole.AcceptRole)] = "anew"
    close = box.addButton(translate("StartDialog", "Close"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(close)
    box.exec()
    return buttons.get(box.clickedButton(), "close")
