"""Replaces files that belong to a person: whole or not at all, and only what nobody changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ..errors import AppError
from ..whole_file import replace_patiently
from . import reasons
from .attributes import keep_attributes
from .place_file import digest_at, put, sync_folder

_SYNCS = 8
"""The disk brings several files to safety in the time of one."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """What is to stand at `path` (not a link): `data`, or nothing where that is None.

    `before` is the SHA-256 in hex of what stands there now; None for nothing. `partial` is the name
    beside it that it is written under first: nobody else's, and known to whoever cleans up.
    """

    path: Path
    before: str | None
    data: bytes | None
    partial: Path


def digest_of(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def read_file(path: Path) -> bytes | None:
    """What the file holds; None where there is none. Raises AppError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise reasons.reason_for(error) from error


def refuse_unless_writable(path: Path) -> os.stat_result | None:
    """What is at `path`, None where nothing is. Raises AppError when it may not be replaced."""
    try:
        info = _info(path)
    except OSError as error:
        raise reasons.reason_for(error) from error
    if info is None:
        return None
    # The superuser may write all: what is marked read-only is meant so.
    if not info.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise reasons.read_only()
    if info.st_nlink > 1:
        raise reasons.has_other_names()
    return info


def replace_files(replacements: Sequence[Replacement]) -> list[AppError | None]:
    """Replace each of these files; None, or why it is as it was. A path may come once.

    All new files are on the disk before the first takes its place, so that even a pulled plug
    leaves the old content or the new; after a kill, partial files may be left. Permissions, owner,
    times and the like stay. An error for which it is not known whether the file was replaced (a
    network share that went away in this moment) is told as well: look at the file again.
    """
    tasks = [_Task(each) for each in replacements]
    for task in tasks:
        task.attempt(task.prepare)
    written = [task for task in tasks if task.error is None and task.new.data is not None]
    shares = [written[start::_SYNCS] for start in range(min(_SYNCS, len(written)))]
    if shares:
        with ThreadPoolExecutor(len(shares)) as pool:
            list(pool.map(_sync, shares))
    for task in tasks:
        task.attempt(task.carry_out)
    for folder in {task.new.path.parent for task in tasks if task.error is None}:
        sync_folder(folder)
    return [task.error for task in tasks]


def _sync(tasks: Sequence[_Task]) -> None:
    for task in tasks:
        task.attempt(task.sync)


class _Task:
    """One replacement on its way; `error` ends it."""

    def __init__(self, new: Replacement) -> None:
        self.new = new
        self.error: AppError | None = None
        self._info: os.stat_result | None = None

    def attempt(self, step: Callable[[], None]) -> None:
        """Take this step unless an earlier one has failed; after a failure nothing is left."""
        if self.error is not None:
            return
        try:
            step()
            return
        except AppError as error:
            self.error = error
        except OSError as error:
            self.error = reasons.reason_for(error)
        with contextlib.suppress(OSError):
            self.new.partial.unlink()

    def prepare(self) -> None:
        """Look whether it is as expected, and write the new content beside it."""
        new = self.new
        self._info = refuse_unless_writable(new.path)
        now = None if self._info is None else digest_at(new.path)
        if now != new.before:
            raise reasons.changed()
        if new.data is None:
            return
        new.partial.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        mode = 0o666 if self._info is None else 0o600  # private until it has its permissions
        with os.fdopen(os.open(new.partial, flags, mode), "wb") as file:
            file.write(new.data)
        if self._info is not None:
            keep_attributes(new.path, new.partial, self._info)

    def sync(self) -> None:
        """Bring the new content to the disk."""
        # Windows wants a file that may be written; elsewhere its permissions may forbid that.
        flags = os.O_RDWR | getattr(os, "O_BINARY", 0) if os.name == "nt" else os.O_RDONLY
        file = os.open(self.new.partial, flags)
        try:
            os.fsync(file)
        finally:
            os.close(file)

    def carry_out(self) -> None:
        """Let it take its place, if that is still as it was."""
        new, info = self.new, _info(self.new.path)
        if _stamp(info) != _stamp(self._info):
            raise reasons.changed()
        if new.data is None:
            new.path.unlink(missing_ok=True)
        elif info is None:
            try:
                put(new.partial, new.path)
            except FileExistsError as error:
                raise reasons.changed() from error
        else:
            replace_patiently(new.partial, new.path)


def _info(path: Path) -> os.stat_result | None:
    try:
        info = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(info.st_mode):
        raise reasons.changed()
    return info


def _stamp(info: os.stat_result | None) -> tuple[int, ...] | None:
    """What tells that nobody has written to a file; on Windows its ctime says nothing of that."""
    if info is None:
        return None
    changed_ns = 0 if sys.platform == "win32" else info.st_ctime_ns
    return info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, changed_ns
