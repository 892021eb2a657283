"""Qt's part of the program, and the window to be seen before the rest is loaded."""

from __future__ import annotations

import signal
import socket
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSocketNotifier, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from .rubbish import Rubbish
from .system.app_id import set_app_id
from .window import Window

ICON = Path(__file__).with_name("icon.png")  # packaging/icon.svg, drawn by tools/package/icons.py
PAINT_TIMEOUT_MS = 500
"""A window that is started out of sight is not painted; nobody waits for it either."""


class Application(QApplication):
    """Qt's, which also hears what macOS wants opened: photos dropped on the icon in the Dock."""

    files_asked = Signal(list)
    """This file or folder (Path) is to be opened; each of several is told alone."""

    def __init__(self, given: Sequence[Path] = ()) -> None:
        super().__init__(["tagdrop"])
        self._given = {path.absolute() for path in given}

    def event(self, event: QEvent) -> bool:
        """Tell of what macOS brings, but for what the command line gave: it says that once more."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().event(event)
        if (path := Path(event.file()).absolute()) in self._given:
            self._given.remove(path)
        else:
            self.files_asked.emit([path])
        return True


def make_application(given: Sequence[Path] = ()) -> Application:
    """There is one application in a process, and whoever made it keeps it.

    `given` is what the process was told to open.
    """
    set_app_id()
    application = Application(given)
    application.setApplicationName("Tagdrop")
    application.setDesktopFileName("tagdrop")
    application.setWindowIcon(QIcon(str(ICON)))
    Rubbish(application)
    return application


def show_at_once(window: Window) -> None:
    """Show a window that is not filled yet, and come back when it is to be seen.

    What a person does meanwhile is kept for the loop after this one, when somebody listens.
    """
    loop = QEventLoop()
    window.painted.connect(loop.quit)
    QTimer.singleShot(PAINT_TIMEOUT_MS, loop.quit)
    window.state.fit_first_time()
    window.show()
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


class Signals(QObject):
    """Lets Ctrl-C and `kill` close the window, or the dialog that stands in front of it.

    Qt's loop does not let Python look by itself, so the signal is sent to it through a socket. What
    comes while no loop runs waits there for the next.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)
        signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
        notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._on_signal)

    def _on_signal(self) -> None:
        self._here.recv(64)
        QApplication.closeAllWindows()  # what runs a loop of its own, before Qt's has begun
        QApplication.quit()
