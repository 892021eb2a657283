"""Shows a file in the file manager of the system."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from ..work import Work

with suppress(ImportError):  # the program for Windows comes without it
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher


def show_in_file_manager(path: Path, work: Work, on_failed: Callable[[], None]) -> None:
    """Open the file's folder with the file selected, or only the folder where that is unknown.

    `on_failed` is called, later, when nothing can be shown. The disk is asked in a thread of
    `work`: one that is far away may take minutes to say nothing.
    """

    def look(_: object) -> tuple[bool, bool]:
        try:
            return path.exists(), path.parent.is_dir()
        except OSError:  # its drive does not answer
            return False, False

    work.run(look, lambda there: _show(path, *there, on_failed))


def _show(path: Path, is_there: bool, has_folder: bool, on_failed: Callable[[], None]) -> None:
    if not is_there and not has_folder:
        on_failed()
    elif not is_there:
        _open_folder(path, on_failed)
    elif sys.platform == "darwin":
        subprocess.Popen(["/usr/bin/open", "-R", str(path)])  # noqa: S603 - a path, no shell
    elif sys.platform == "win32":
        # It reads its own command line: a list would be quoted in a way it rejects. A bare name
        # would be looked for in the current folder first.
        explorer = Path(os.environ["SYSTEMROOT"], "explorer.exe")
        subprocess.Popen(f'"{explorer}" /select,"{path}"')  # noqa: S603
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
    if not QDesktopServices.openUrl(folder):
        on_failed()
