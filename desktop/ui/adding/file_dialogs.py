"""The dialogs to choose photos, a folder or another file; they wait in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDir, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.photo.discover import PHOTO_SUFFIXES


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


def choose_folder(
    parent: QWidget, on_chosen: Callable[[list[Path]], None], title: str = ""
) -> QFileDialog:
    """Ask for one folder, to add it unless `title` says what else for."""
    title = title or QCoreApplication.translate("FileDialogs", "Add a folder")
    dialog = _dialog(parent, title, on_chosen)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.open()
    return dialog


def choose_file(
    parent: QWidget,
    title: str,
    on_chosen: Callable[[Path], object],
    suffixes: Sequence[str] = (),
) -> QFileDialog:
    """Ask for one file, of any kind unless `suffixes` (without the dot) name some."""
    dialog = _dialog(parent, title, lambda paths: on_chosen(paths[0]))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    everything = QCoreApplication.translate("FileDialogs", "All files (*)")
    kinds = " ".join(f"*.{suffix}" for suffix in suffixes)
    dialog.setNameFilters([kinds, everything] if kinds else [everything])
    dialog.open()
    return dialog


def choose_target(
    parent: QWidget, title: str, name: str, on_chosen: Callable[[Path], object]
) -> QFileDialog:
    """Ask where to save a file; `name` is proposed, and its ending is given to what has none."""
    dialog = _dialog(parent, title, lambda paths: on_chosen(paths[0]))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix[1:])
    dialog.selectFile(name)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, on_chosen: Callable[[list[Path]], object]) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if dialog.directory() == QDir.current():  # nothing was chosen yet
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        dialog.setDirectory(QStandardPaths.writableLocation(pictures))
    dialog.filesSelected.connect(lambda names: on_chosen([Path(name) for name in names]))
    return dialog
