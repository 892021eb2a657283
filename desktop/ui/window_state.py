"""WindowState: how the window was left, in a file of its own, brought back on any screen."""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QObject, QRect, QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QSplitter

from desktop.core.errors import StorageError
from desktop.core.json_store import JsonStore

log = logging.getLogger(__name__)

FILE_NAME = "window.json"
LOCK_TIMEOUT_S = 0.2
"""Only one window writes here; should the file be held all the same, closing does not wait."""
ROOM_FOR_FRAME = 0.94
"""The share of a screen that a window may fill at first: its title bar needs room, too."""
GRIP_PX = 48
"""So much of the window's upper edge must be on a screen, for a mouse to take it."""

Get = Callable[[], Any]
Put = Callable[[Any], None]


class WindowState(QObject):
    """Reads the file once, at the start, and writes it when the window is closed.

    Where it cannot be read or written, nobody is told: the window opens as at first.
    """

    closing = Signal()
    """The window is being closed, and was noted as it is."""

    def __init__(self, window: QMainWindow, path: Path) -> None:
        super().__init__(window)
        self._window = window
        self._store = JsonStore(path, timeout_s=LOCK_TIMEOUT_S)
        self._left = self._read()
        self._kept: dict[str, Get] = {}
        window.installEventFilter(self)
        self.keep("geometry", lambda: _to_text(window.saveGeometry()), self._put_geometry)

    def fit_first_time(self) -> None:
        """Where nothing was kept yet, make the window no larger than its screen has room for."""
        if "geometry" not in self._left:
            room = self._window.screen().availableSize()
            self._window.resize(first_size(self._window.size(), room))

    def keep(self, name: str, get: Get, put: Put) -> None:
        """Keep one thing more that fits into JSON; `put` gets it now, if there is one."""
        self._kept[name] = get
        if name in self._left:
            try:
                put(self._left[name])
            except (TypeError, ValueError, KeyError, AttributeError):
                log.info("%s: %s is not understood", FILE_NAME, name)

    def keep_splitter(self, name: str, splitter: QSplitter) -> None:
        """Keep how wide the parts are, as long as they are the same number of parts."""

        def put(value: Any) -> None:
            if value["parts"] == splitter.count():
                splitter.restoreState(_from_text(value["state"]))

        self.keep(
            name,
            lambda: {"parts": splitter.count(), "state": _to_text(splitter.saveState())},
            put,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Close:
            self.save()
            self.closing.emit()
        return False

    def save(self) -> None:
        """Write the file; what another version kept in it stays."""
        values = {name: get() for name, get in self._kept.items()}
        try:
            with self._store.changing() as kept:
                kept.update(values)
        except StorageError as error:
            log.info("%s", error)

    def _read(self) -> dict[str, Any]:
        try:
            return self._store.read()
        except StorageError as error:
            log.info("%s", error)
            return {}

    def _put_geometry(self, value: Any) -> None:
        window = self._window
        if window.restoreGeometry(_from_text(value)):
            rect = window.geometry()
            screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
            if (sane := on_screen(rect, screens)) != rect:
                window.setGeometry(sane)


def first_size(wanted: QSize, room: QSize) -> QSize:
    """The size that was wanted, or what fits into `room` with a frame around it."""
    return wanted.boundedTo(room * ROOM_FOR_FRAME)


def on_screen(rect: QRect, screens: list[QRect]) -> QRect:
    """`rect` where its upper edge can be grasped; else as much of it as fits on the first screen.

    Never larger than the screen that it is on.
    """
    if not screens:
        return rect
    edge = QRect(rect.left(), rect.top(), rect.width(), GRIP_PX)
    for screen in screens:
        seen = edge.intersected(screen)
        if seen.width() >= GRIP_PX and seen.height() >= GRIP_PX:
            return QRect(rect.topLeft(), rect.size().boundedTo(screen.size()))
    size = rect.size().boundedTo(screens[0].size())
    sane = QRect(screens[0].topLeft(), size)
    sane.moveCenter(screens[0].center())
    return sane


def _to_text(data: QByteArray) -> str:
    return base64.b64encode(data.data()).decode("ascii")


def _from_text(text: Any) -> QByteArray:
    try:
        return QByteArray(base64.b64decode(text, validate=True))
    except binascii.Error as error:
        raise ValueError(text) from error
