"""TaskbarProgress: how far the running job is, on the window's button in taskbar or dock."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from ctypes import c_int, c_uint64, c_void_p
from enum import IntEnum
from typing import TypeAlias

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.core.events import JobEvent, JobState

from ..grid.reader import Tally
from .com import ComObject, create, guid

with suppress(ImportError):  # the program for Windows comes without it
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

log = logging.getLogger(__name__)

_TASKBAR_LIST = guid("56FDF344-FD6D-11D0-958A-006097C9A090")
_TASKBAR_LIST_3 = guid("EA1AFB91-9E28-4B86-90E9-9E9F8A5EEFAF")
_INIT, _SET_VALUE, _SET_STATE = 3, 9, 10
"""Places in the table of ITaskbarList3 (shobjidl_core.h)."""
_LAUNCHER = "com.canonical.Unity.LauncherEntry"
"""Understood by the docks of Ubuntu and KDE, among others."""


class Look(IntEnum):
    """How the progress looks; the numbers are Windows' (TBPFLAG)."""

    NONE = 0
    UNKNOWN = 1
    RUNNING = 2
    STOPPED = 4
    PAUSED = 8


Show: TypeAlias = Callable[[Look, int, int], None]
"""Shows so many photos of so many."""


class TaskbarProgress(QObject):
    """Follows one job at a time. That one has stopped stays to be seen until somebody looks."""

    def __init__(self, window: QWidget, show: Show | None = None) -> None:
        super().__init__(window)
        self._show = show or _show_of(window)
        self._job_id = 0
        self._look, self._ended, self._total = Look.NONE, 0, 0
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_state)

    def start(self, job_id: int) -> None:
        """A job has begun, and looks for photos."""
        self._job_id = job_id
        self._put(Look.UNKNOWN, 0, 0)

    def show_tally(self, tally: Tally) -> None:
        """So much of the job is done."""
        if tally.job_id == self._job_id and tally.total:
            look = Look.PAUSED if self._look is Look.PAUSED else Look.RUNNING
            self._put(look, tally.ended, tally.total)

    def pause(self, job_id: int) -> None:
        """The person has paused the job."""
        if job_id == self._job_id:
            self._put(Look.PAUSED, self._ended, self._total)

    def resume(self, job_id: int) -> None:
        """The person lets it go on."""
        if job_id == self._job_id:
            self._put(Look.RUNNING if self._total else Look.UNKNOWN, self._ended, self._total)

    def end(self, event: JobEvent, _: Tally | None = None) -> None:
        """The job has ended; the next one may have begun before this is told."""
        if event.job_id not in (0, self._job_id):
            return
        self._job_id = 0
        is_missed = event.state is JobState.STOPPED and not _is_in_front()
        self._put(*((Look.STOPPED, 1, 1) if is_missed else (Look.NONE, 0, 0)))

    def close(self) -> None:
        """The window goes; a dock would keep what it was told last."""
        self._put(Look.NONE, 0, 0)

    def _on_state(self, _: Qt.ApplicationState) -> None:
        if self._look is Look.STOPPED and _is_in_front():
            self._put(Look.NONE, 0, 0)

    def _put(self, look: Look, ended: int, total: int) -> None:
        if (look, ended, total) != (self._look, self._ended, self._total):
            self._look, self._ended, self._total = look, ended, total
            self._show(look, ended, total)


def _is_in_front() -> bool:
    return QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive


def _show_of(window: QWidget) -> Show:
    if sys.platform == "win32":
        return WindowsButton(lambda: int(window.winId()))
    if sys.platform == "darwin":  # the Dock has no progress of its own
        return lambda *_: None
    return _tell_docks


class WindowsButton:
    """Shows it on a window's button in Windows' taskbar; where there is none, nowhere."""

    def __init__(
        self,
        handle: Callable[[], int],
        make: Callable[[], ComObject] = lambda: create(_TASKBAR_LIST, _TASKBAR_LIST_3),
    ) -> None:
        self._handle = handle
        self._list: ComObject | None = None
        try:
            self._list = make()
            self._list.call(_INIT)
        except OSError as error:
            log.info("no progress in the taskbar: %s", error)

    def __call__(self, look: Look, ended: int, total: int) -> None:
        if self._list is None:
            return
        handle = c_void_p(self._handle())
        try:
            self._list.call(_SET_STATE, handle, c_int(look))
            if total:
                self._list.call(_SET_VALUE, handle, c_uint64(ended), c_uint64(total))
        except OSError as error:  # the taskbar is being started anew, say
            log.debug("progress in the taskbar: %s", error)


def _tell_docks(look: Look, ended: int, total: int) -> None:
    """Tell whoever listens on the desktop's bus; where there is none, nobody does."""
    QDBusConnection.sessionBus().send(launcher_message(look, ended, total))


def launcher_message(look: Look, ended: int, total: int) -> QDBusMessage:
    """What docks show on the icon of the program's desktop entry."""
    message = QDBusMessage.createSignal("/app/tagdrop/Tagdrop", _LAUNCHER, "Update")
    is_seen = look in (Look.RUNNING, Look.PAUSED)
    shown = {"progress-visible": is_seen, "progress": ended / total if is_seen else 0.0}
    message.setArguments(["application://tagdrop.desktop", shown])
    return message
