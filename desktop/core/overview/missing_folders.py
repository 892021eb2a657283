"""Which of the library's folders cannot be found: renamed, moved, or on a drive that is away."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path


def missing_folders(folders: Iterable[Path], cancel: threading.Event) -> list[Path]:
    """The highest folders that are not there, each once; where one was renamed, that is the one.

    Nothing tells a folder that was deleted from one on a drive or a share that is not connected.
    Looks at the disk, and may wait long for a share; ends early when `cancel` is set.
    """
    known: dict[Path, bool] = {}

    def is_there(folder: Path) -> bool:
        if folder not in known:
            known[folder] = _is_there(folder)
        return known[folder]

    missing: dict[Path, None] = {}
    for folder in folders:
        if cancel.is_set():
            break
        if not is_there(folder):
            highest = folder
            while highest.parent != highest and not is_there(highest.parent):
                highest = highest.parent
            missing[highest] = None
    return list(missing)


def _is_there(folder: Path) -> bool:
    try:
        folder.stat()
    except PermissionError:
        return True  # it is only closed to us
    except (OSError, ValueError):
        return False
    return True
