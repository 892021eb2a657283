"""Opens photos in other programs: the system's own for them, or one that a person chooses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QUrl

with suppress(ImportError):  # the program for Windows comes without it
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor

PORTAL = "org.freedesktop.portal.Desktop"
PORTAL_TIMEOUT_MS = 10_000
PROGRAMS = "/Applications"
"""Where macOS keeps programs: it has no chooser for others to show, so they are chosen as files."""


def url_of(path: Path) -> QUrl:
    """The file's address; a name that is no text keeps its bytes."""
    return QUrl.fromEncoded(path.as_uri().encode())


def choose_program(paths: Sequence[Path]) -> bool:
    """Let the system ask which program is to open these files; whether it can.

    Not for the GUI thread: it may wait for a disk, and for another program. Raises OSError.
    """
    if sys.platform == "win32":
        # A bare name would be looked for in the current folder first. It reads its own command
        # line, where quotation marks would be part of the name.
        program = Path(os.environ["SYSTEMROOT"], "System32", "rundll32.exe")
        for path in paths:
            subprocess.Popen(f"{program} shell32.dll,OpenAs_RunDLL {path}")  # noqa: S603
        return True
    return all(map(_ask_portal, paths))


def open_with(program: str, paths: Sequence[Path]) -> None:
    """Open files with a program of macOS."""
    subprocess.Popen(["/usr/bin/open", "-a", program, *map(str, paths)])  # noqa: S603 - no shell


def _ask_portal(path: Path) -> bool:
    """Freedesktop's portal shows its chooser: GNOME, KDE, Xfce and others bring one.

    https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.OpenURI.html
    """
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        descriptor = QDBusUnixFileDescriptor(file)  # a copy, closed with it
    finally:
        os.close(file)
    ask = QDBusMessage.createMethodCall(
        PORTAL, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.OpenURI", "OpenFile"
    )
    ask.setArguments(["", descriptor, {"ask": True}])
    answer = bus.call(ask, QDBus.CallMode.Block, PORTAL_TIMEOUT_MS)
    return answer.type() is not QDBusMessage.MessageType.ErrorMessage
