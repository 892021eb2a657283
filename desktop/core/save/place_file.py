"""Puts a finished file under its name: whole, and over no other file unless that is asked for."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from ..whole_file import replace_patiently


def partial_beside(path: Path) -> Path:
    """Where to write what is to become `path`: on the same file system, and nobody's name yet."""
    return path.with_name(f".{secrets.token_hex(8)}.tagdrop-part")


def put(source: Path, target: Path, *, replace: bool = False) -> None:
    """Give a file of the same file system another name, for good when this returns.

    Raises FileExistsError when there is something at `target`, unless it may be replaced, and any
    other OSError of the system; then both are as they were.
    """
    if replace:
        replace_patiently(source, target)
    elif os.name == "nt":
        source.rename(target)  # refuses to overwrite by itself
    else:
        _rename_over_nothing(source, target)
    sync_folder(target.parent)
    if source.parent != target.parent:
        sync_folder(source.parent)


def _rename_over_nothing(source: Path, target: Path) -> None:
    """POSIX renames over what is there; a second name for the file is refused in that case."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:  # memory cards and some network drives know no second names
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        source.rename(target)
    else:
        source.unlink()


def sync_folder(folder: Path) -> None:
    """Let new and lost names in a folder survive a pulled plug, where the system can do that."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some network drives cannot; the names are there all the same
    finally:
        os.close(descriptor)
