"""By which name Windows groups the program's windows, notifications and jump list."""

from __future__ import annotations

import ctypes
import sys

APP_ID = "app.tagdrop.Tagdrop"
"""The installer gives it to the entry in the Start menu, too: a test compares them."""


def set_app_id() -> None:
    """Tell it before the first window is shown."""
    if sys.platform == "win32":
        tell = ctypes.WinDLL("shell32").SetCurrentProcessExplicitAppUserModelID
        tell.argtypes, tell.restype = [ctypes.c_wchar_p], ctypes.c_long
        tell(APP_ID)
