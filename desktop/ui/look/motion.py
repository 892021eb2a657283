"""Whether the system wants things to move: it makes some people sick."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QStyle

with suppress(ImportError):  # the program for Windows comes without it
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant

SPI_GETCLIENTAREAANIMATION = 0x1042
"""https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-systemparametersinfow"""


class Motion(QObject):
    """Of what Windows, macOS and GNOME are set to Qt's style says nothing, so they are asked.

    GNOME is asked through the portal, without waiting: the answer counts from the next time on.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_wanted = True
        self._ask_portal()

    def moves(self) -> bool:
        """Whether what appears may slide there."""
        if sys.platform == "win32":
            is_wanted = _windows_wants()
        elif sys.platform == "darwin":
            is_wanted = _macos_wants()
        else:
            is_wanted = self._is_wanted
            self._ask_portal()
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return is_wanted and QApplication.style().styleHint(hint) > 0

    def _ask_portal(self) -> None:
        """https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html"""
        if sys.platform in ("win32", "darwin"):
            return
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        ask = QDBusMessage.createMethodCall(
            "org.freedesktop.portal.Desktop",
            "/org/freedesktop/portal/desktop",
            "org.freedesktop.portal.Settings",
            "Read",  # old portals do not know ReadOne, which wraps the answer once only
        )
        ask.setArguments(["org.gnome.desktop.interface", "enable-animations"])
        watcher = QDBusPendingCallWatcher(bus.asyncCall(ask), self)
        watcher.finished.connect(self._on_told)

    def _on_told(self, watcher: QDBusPendingCallWatcher) -> None:
        if not watcher.isError():  # as it is where another desktop answers
            (told,) = watcher.reply().arguments()
            while isinstance(told, QDBusVariant):
                told = told.variant()
            self._is_wanted = bool(told)
        watcher.deleteLater()


def _windows_wants() -> bool:
    """Its "Animation effects"."""
    wanted = ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(  # type: ignore[attr-defined, unused-ignore]
        SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(wanted), 0
    )
    return bool(wanted.value)


def _macos_wants() -> bool:
    """Its "Reduce motion": NSWorkspace.shared.accessibilityDisplayShouldReduceMotion."""
    objc = ctypes.CDLL("/usr/lib/libobjc.dylib")
    objc.objc_getClass.argtypes = objc.sel_registerName.argtypes = [ctypes.c_char_p]
    objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
    send = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
    ask = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)
    workspace = send(("objc_msgSend", objc))(
        objc.objc_getClass(b"NSWorkspace"), objc.sel_registerName(b"sharedWorkspace")
    )
    reduces = objc.sel_registerName(b"accessibilityDisplayShouldReduceMotion")
    return not ask(("objc_msgSend", objc))(workspace, reduces)
