"""Puts files of a person's into a place: whole, and over no other file unless that is asked for."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import threading
from contextlib import suppress
from pathlib import Path

from ..errors import Cancelled
from ..whole_file import replace_patiently
from . import reasons

_BLOCK_BYTES = 1 << 20
_NOT_SAME_DEVICE = 17
"""Windows' error for what is EXDEV elsewhere."""


def partial_beside(path: Path) -> Path:
    """Where to write what is to become `path`: on the same file system, and nobody's name yet."""
    return path.with_name(f".{secrets.token_hex(8)}.tagdrop-part")


def put(source: Path, target: Path, *, replace: bool = False) -> None:
    """Give a file of the same file system another name; `sync_folder` makes that last.

    Raises FileExistsError when there is something at `target`, unless it may be replaced, and any
    other OSError of the system; then both are as they were.
    """
    if replace:
        replace_patiently(source, target)
    elif os.name == "nt":
        source.rename(target)  # refuses to overwrite by itself
    else:
        _rename_over_nothing(source, target)


def _rename_over_nothing(source: Path, target: Path) -> None:
    """POSIX renames over what is there; a second name for the file is refused in that case."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:  # memory cards and some network drives know no second names
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        source.rename(target)
    else:
        _unlink_or_keep(source, target)


def copy(
    source: Path, target: Path, digest: str, partial: Path, cancel: threading.Event | None = None
) -> None:
    """Copy a file, with its times and attributes as far as the other place knows such.

    `digest` is the SHA-256 in hex that it must have. Raises FileExistsError when there is something
    at `target`, Cancelled, AppError when it has changed, and OSError; then nothing is left.
    """
    try:
        _write_copy(source, partial, digest, cancel or threading.Event())
        put(partial, target)
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise
    sync_folder(target.parent)


def _write_copy(source: Path, partial: Path, digest: str, cancel: threading.Event) -> None:
    found = hashlib.sha256()
    with source.open("rb") as file, partial.open("xb") as out:
        while block := file.read(_BLOCK_BYTES):
            if cancel.is_set():
                raise Cancelled
            found.update(block)
            out.write(block)
        if found.hexdigest() != digest:
            raise reasons.changed()
        out.flush()
        with suppress(OSError):  # a memory card has no permissions, say
            shutil.copystat(source, partial)
        os.fsync(out.fileno())


def move(
    source: Path, target: Path, digest: str, partial: Path, cancel: threading.Event | None = None
) -> None:
    """Rename a file, or to another file system copy it and then delete it here; raises as `copy`.

    After a kill in between it is in both places, wholly.
    """
    try:
        put(source, target)
    except OSError as error:
        is_windows = getattr(error, "winerror", None) == _NOT_SAME_DEVICE
        if error.errno != errno.EXDEV and not is_windows:
            raise
        copy(source, target, digest, partial, cancel)
        _unlink_or_keep(source, target)
    for folder in {source.parent, target.parent}:
        sync_folder(folder)


def _unlink_or_keep(source: Path, target: Path) -> None:
    """Take the one name away, or else the other one, so that the file is in one place."""
    try:
        source.unlink()
    except OSError:
        target.unlink()
        raise


def sync_folder(folder: Path) -> None:
    """Let new and lost names in a folder survive a pulled plug, where the system can do that."""
    if os.name == "nt":
        return
    with suppress(OSError):  # some network drives cannot; the names are there all the same
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def digest_at(path: Path) -> str | None:
    """SHA-256 in hex of a file of any size; None where there is none. Raises OSError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
