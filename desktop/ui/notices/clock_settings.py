"""Opens the system's own settings of date and time."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

_ADDRESSES = {
    "win32": "ms-settings:dateandtime",
    "darwin": "x-apple.systempreferences:com.apple.Date-Time-Settings.extension",
}
_PROGRAMS = (
    ("gnome-control-center", "datetime"),
    ("systemsettings", "kcm_clock"),
    ("cinnamon-settings", "calendar"),
    ("time-admin",),  # MATE and Xfce
)


def find_clock_settings() -> Callable[[], object] | None:
    """What opens them; None where no such program is known."""
    if (address := _ADDRESSES.get(sys.platform)) is not None:
        return partial(QDesktopServices.openUrl, QUrl(address))
    for program, *arguments in _PROGRAMS:
        if (found := shutil.which(program)) is not None:
            return partial(QProcess.startDetached, found, arguments)
    return None
