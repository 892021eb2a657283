"""The dialogs to choose photos or a folder; they wait in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.discover import PHOTO_SUFFIXES


def choose_photos(parent: QWidget, on_chosen: Callable[[list[Path]], None]) -> QFileDialog:
    """Ask for photos; `on_chosen` is called unless the person changes their mind."""
    translate = QCoreApplication.translate
    dialog = _dialog(parent, translate("FileDialogs", "Add photos"), on_chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    kinds = " ".join(f"*{s} *{s.upper()}" for s in sorted(PHOTO_SUFFIXES))
    dialog.setNameFilters(
        [
            translate("FileDialogs", "Photos ({0})").format(kinds),
            translate("FileDialogs", "All files (*)"),
        ]
    )
    dialog.open()
    return dialog


def choose_folder(parent: QWidget, on_chosen: Callable[[list[Path]], None]) -> QFileDialog:
    """Ask for one folder."""
    title = QCoreApplication.translate("FileDialogs", "Add a folder")
    dialog = _dialog(parent, title, on_chosen)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, on_chosen: Callable[[list[Path]], None]) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: on_chosen([Path(name) for name in names]))
    return dialog
