"""The library's copy: made while the file is sound, and what helps when it no longer is."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from filelock import FileLock

from ..errors import DamagedError, Remedy, StorageError

LOCK_TIMEOUT_S = 60.0
"""How long to wait for another process that makes the copy."""


def backup_path(path: Path) -> Path:
    """Where the copy of the library lies."""
    return path.with_name(path.name + ".backup")


def is_backup_old(path: Path) -> bool:
    """Whether a day's work is not in the copy."""
    backup = backup_path(path)
    return not backup.exists() or path.stat().st_mtime - backup.stat().st_mtime > 24 * 3600


def back_up(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the sound library at `path`. May raise OSError or sqlite3.Error.

    The copy of before stays until the new one is whole. A library without files is not
    copied: it might take the place of the copy of a full one.
    """
    if connection.execute("SELECT NOT EXISTS (SELECT 1 FROM files)").fetchone()[0]:
        return
    target = backup_path(path)
    # One name for every process: what an exit has left half done is what the next one begins with.
    partial = target.with_name(target.name + ".part")
    lock = path.parent / "locks" / f"{target.name}.lock"
    lock.parent.mkdir(exist_ok=True)
    with FileLock(lock, timeout=LOCK_TIMEOUT_S, thread_local=False):
        partial.unlink(missing_ok=True)
        try:
            with closing(sqlite3.connect(partial)) as copy:
                copy.execute("PRAGMA journal_mode = OFF")  # half a copy is of no use to anybody
                connection.backup(copy)
            partial.replace(target)  # atomic: there is always one whole copy
        except BaseException:
            with suppress(OSError):
                partial.unlink()
            raise


def restore_backup(path: Path) -> None:
    """Put the copy in the place of the file, which stays beside it under another name.

    Raises StorageError, and then nothing is lost. Nobody may have the file open.
    """
    partial = path.with_name(path.name + ".part")
    try:
        shutil.copyfile(backup_path(path), partial)
        _set_aside(path)
        partial.rename(path)
        trust(path)
    except OSError as error:
        raise unusable(path, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def begin_anew(path: Path) -> None:
    """Make room for an empty library; the file and its copy stay beside it under other names.

    Raises StorageError, and then nothing is lost. Nobody may have the file open.
    """
    try:
        _set_aside(path)
        backup = backup_path(path)
        if backup.exists():
            backup.rename(backup.with_name(f"{backup.name}.kept-{int(time.time())}"))
        trust(path)
    except OSError as error:
        raise unusable(path, error.strerror or str(error)) from error


def is_gone(path: Path) -> bool:
    """Whether there was a library, as its copy shows, and now there is none."""
    is_there = path.exists() and path.stat().st_size > 0
    return not is_there and backup_path(path).exists()


def is_doubtful(path: Path) -> bool:
    """Whether damage was noted that nobody has mended yet, and a copy could help."""
    return _note_path(path).exists() and backup_path(path).exists()


def trust(path: Path) -> None:
    """Forget the noted damage: the file is sound, or another one."""
    _note_path(path).unlink(missing_ok=True)


def gone(path: Path) -> DamagedError:
    """What to say of a library of which only the copy is left."""
    return DamagedError(
        "The library is gone",
        "{path} is missing or empty. {backup} is a backup: use it, or move it away to start"
        " with an empty library.",
        path=str(path),
        backup=str(backup_path(path)),
    )


def damaged(path: Path, *, is_open: bool) -> DamagedError:
    """Note the damage for the next start, which looks before it opens; and what to say of it.

    A file can be `is_open` in spite of it, and then it is at the next start that a copy helps.
    """
    with suppress(OSError):
        _note_path(path).touch()
    backup = backup_path(path)
    if not backup.exists():
        return DamagedError(
            "The library is damaged",
            "{path} cannot be read. There is no backup yet.",
            path=str(path),
        )
    if is_open:
        return DamagedError(
            "The library is damaged",
            "{path} cannot be read. Close Tagdrop and open it again: it will offer the backup"
            " at {backup}.",
            remedy=Remedy.CLOSE_APP,
            path=str(path),
            backup=str(backup),
        )
    return DamagedError(
        "The library is damaged",
        "{path} cannot be read. There is a backup at {backup}.",
        path=str(path),
        backup=str(backup),
    )


def unusable(path: Path | str, reason: str) -> StorageError:
    """What to say when the disk refuses."""
    return StorageError(
        "The library cannot be used",
        "{path}: {reason}. Is the disk full or write-protected?",
        path=str(path),
        reason=reason,
    )


def _note_path(path: Path) -> Path:
    return path.with_name(path.name + ".doubtful")


def _set_aside(path: Path) -> None:
    mark = f"damaged-{int(time.time())}"
    for suffix in ("-wal", "-shm", ""):  # a log of this file must not be put into another one
        old = path.with_name(path.name + suffix)
        if old.exists():
            old.rename(path.with_name(f"{path.name}.{mark}{suffix}"))
