"""Notification: says something beside the window, as the system does."""

from __future__ import annotations

import shutil
import sys

from PySide6.QtCore import QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication, QStyle, QSystemTrayIcon, QWidget

from .front import come_forward

SHOWN_MS = 10_000


class Notification(QObject):
    """A click on it brings the window forward. Where there is none, the taskbar draws attention.

    The icon that Windows, macOS and KDE ask for is there only as long as the notification.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._icon: QSystemTrayIcon | None = None

    def tell(self, title: str, text: str) -> None:
        """Say it for ten seconds."""
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            self._tell_by_icon(title, text)
        elif sys.platform == "linux":
            _tell_by_program(title, text)

    def _tell_by_icon(self, title: str, text: str) -> None:
        sign = self._window.windowIcon()
        if sign.isNull():
            sign = self._window.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxInformation)
        if self._icon is None:
            self._icon = QSystemTrayIcon(sign, self)
            self._icon.messageClicked.connect(lambda: come_forward(self._window))
        self._icon.show()
        self._icon.showMessage(title, text, sign, SHOWN_MS)
        QTimer.singleShot(SHOWN_MS, self._icon.hide)


def _tell_by_program(title: str, text: str) -> None:
    """GNOME has no place for icons, but shows what libnotify's program is given."""
    if program := shutil.which("notify-send"):
        hints = ("--app-name=Tagdrop", "--icon=tagdrop", "--hint=string:desktop-entry:tagdrop")
        QProcess.startDetached(program, [*hints, "--", title, text])
