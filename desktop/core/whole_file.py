"""Writes a file whole or not at all: after a crash there is the old one or the new one."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import time
from pathlib import Path

_TRIES, _PAUSE_S = 20, 0.05
_DACL = 4  # DACL_SECURITY_INFORMATION


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Put `data` at `path`, in a folder that is there; `private`: only this user may read it.

    Raises OSError, and then what was at `path` is there still, and nothing beside it. What a killed
    program left beside it goes.
    """
    partial = path.with_name(f"{path.name}.part")
    flags, mode = os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666
    partial.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(partial, flags, mode), "wb") as file:
            if private:
                _keep_to_owner(partial)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        replace_patiently(partial, path)
    except OSError:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise


def _keep_to_owner(path: Path) -> None:
    """What the mode says elsewhere, where Windows' drive knows of rights: a stick may not."""
    if sys.platform == "win32":
        descriptor = ctypes.c_void_p()
        security = ctypes.WinDLL("advapi32")
        security.ConvertStringSecurityDescriptorToSecurityDescriptorW(
            "D:P(A;;FA;;;OW)", 1, ctypes.byref(descriptor), None
        )
        security.SetFileSecurityW(str(path), _DACL, descriptor)
        ctypes.WinDLL("kernel32").LocalFree(descriptor)


def replace_patiently(partial: Path, path: Path) -> None:
    """Let `partial` take the place of `path`; OSError, and then both are as they were.

    Windows refuses while somebody has the file open: a reader for a moment, a virus scanner.
    """
    for _ in range(_TRIES - 1):
        try:
            partial.replace(path)
        except PermissionError:
            time.sleep(_PAUSE_S)
        else:
            return
    partial.replace(path)
