"""Shows a file in the file manager of the system."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication


def show_in_file_manager(path: Path, on_failed: Callable[[], None]) -> None:
    """Open the file's folder with the file selected, or only the folder where that is unknown.

    `on_failed` is called, perhaps later, when nothing can be shown.
    """
    if not path.exists():
        _open_folder(path, on_failed)
    elif sys.platform == "darwin":
        subprocess.Popen(["/usr/bin/open", "-R", str(path)])  # noqa: S603 - a path, no shell
    elif sys.platform == "win32":
        # explorer.exe reads its own command line; a list would be quoted in a way it rejects.
        subprocess.Popen(f'explorer /select,"{path}"')  # noqa: S603 - no " in Windows' names
    else:
        _ask_desktop(path, on_failed)


def _ask_desktop(path: Path, on_failed: Callable[[], None]) -> None:
    ask = QDBusMessage.createMethodCall(
        "org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1",
        "ShowItems",
    )
    ask.setArguments([[path.as_uri()], ""])
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        _open_folder(path, on_failed)
        return
    watcher = QDBusPendingCallWatcher(bus.asyncCall(ask), QApplication.instance())

    def on_finished() -> None:
        if watcher.isError():
            _open_folder(path, on_failed)
        watcher.deleteLater()

    watcher.finished.connect(on_finished)


def _open_folder(path: Path, on_failed: Callable[[], None]) -> None:
    folder = QUrl.fromLocalFile(str(path.parent))
    if not path.parent.is_dir() or not QDesktopServices.openUrl(folder):
        on_failed()
