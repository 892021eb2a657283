"""NetworkFolder: a network's files on this computer. None counts before it was checked."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from filelock import FileLock, Timeout

from ..errors import AppError, BackendMissingError, Cancelled, Remedy, StorageError
from ..whole_file import replace_patiently
from .network import Network, NetworkFile

CHUNK_BYTES = 1 << 20
SPARE_BYTES = 50_000_000
"""So much stays free on the disk: a library that cannot be written is worse than no network."""


class Progress(NamedTuple):
    """How far a download or a copy is."""

    done_bytes: int
    total_bytes: int


@dataclass(frozen=True, slots=True)
class NetworkFolder:
    """Where one network's files lie, be it whole, in part or not at all."""

    network: Network
    path: Path

    def place(self, file: NetworkFile) -> Path:
        """Where a file lies once it is whole."""
        return self.path / file.name

    def partial(self, file: NetworkFile) -> Path:
        """Where what has come of it so far lies."""
        return self.path / f"{file.name}.part"

    def etag(self, file: NetworkFile) -> Path:
        """Where the ETag lies that says what the partial file is a part of."""
        return self.path / f"{file.name}.etag"

    def has(self, file: NetworkFile) -> bool:
        """Whether a file is there; it was checked before it got its name. Quick."""
        with suppress(OSError):
            return self.place(file).stat().st_size == file.size_bytes
        return False

    @property
    def is_complete(self) -> bool:
        """Whether all files are there. Quick."""
        return all(map(self.has, self.network.files.values()))

    @property
    def done_bytes(self) -> int:
        """How much is there, what came in part included: what need not be downloaded. Quick."""
        return sum(map(self._done, self.network.files.values()))

    def _done(self, file: NetworkFile) -> int:
        if self.has(file):
            return file.size_bytes
        with suppress(OSError):
            return min(self.partial(file).stat().st_size, file.size_bytes)
        return 0

    def check(self, file: NetworkFile) -> Path:
        """The place of a file that is what it must be; BackendMissingError otherwise.

        Reads all of it: a few tenths of a second for 100 MB.
        """
        try:
            with self.place(file).open("rb") as opened:
                is_right = hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
        except FileNotFoundError:
            raise missing() from None
        except OSError as error:
            raise unwritable(self.path, error) from error
        if not is_right:
            raise damaged()
        return self.place(file)

    def take_over(self, file: NetworkFile, digest: str) -> None:
        """Let what has come of a file count, if it is what it must be; otherwise it goes.

        May raise StorageError.
        """
        partial = self.partial(file)
        with self.plain_errors():
            if partial.stat().st_size != file.size_bytes or digest != file.sha256:
                self.drop_partial(file)
                raise another(file)
            replace_patiently(partial, self.place(file))
            self.drop_partial(file)  # its ETag

    def drop_partial(self, file: NetworkFile) -> None:
        """Forget what has come of a file."""
        self.partial(file).unlink(missing_ok=True)
        self.etag(file).unlink(missing_ok=True)

    def check_room(self) -> None:
        """StorageError when the disk has too little room for what is still to come."""
        wanted = self.network.size_bytes - self.done_bytes
        with self.plain_errors():
            free = shutil.disk_usage(self.path).free
        if free < wanted + SPARE_BYTES:
            raise no_room(wanted + SPARE_BYTES)

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Around whatever changes the files: one at a time, of all programs on this computer.

        AppError at once when another one is at it; the system frees the lock after a crash.
        """
        with self.plain_errors():
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path.with_name(f"{self.path.name}.lock"), timeout=0)
            try:
                lock.acquire()
            except Timeout:
                raise AppError(
                    "The model is already being downloaded",
                    "Another window or terminal is downloading it. Wait until it has finished.",
                    remedy=Remedy.TRY_AGAIN,
                ) from None
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def plain_errors(self) -> Iterator[None]:
        """Turn what the disk refuses into words."""
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT) or getattr(error, "winerror", 0) == 112:
                raise no_room(self.network.size_bytes - self.done_bytes + SPARE_BYTES) from error
            raise unwritable(self.path, error) from error

    def add(self, source: Path, cancel: threading.Event) -> Iterator[Progress]:
        """Copy the files from a folder, where they lie as at their publisher's or side by side.

        All are checked. AppError when one is missing there or another one, StorageError for what
        the disk refuses, Cancelled.
        """
        with self.claimed():
            found = {file: _in_folder(source, file) for file in self.network.files.values()}
            self.check_room()
            done = 0
            for file, place in found.items():
                if not self.has(file):
                    for written in self._copy(file, place, cancel):
                        yield Progress(done + written, self.network.size_bytes)
                done += file.size_bytes
            yield Progress(done, self.network.size_bytes)

    def _copy(self, file: NetworkFile, source: Path, cancel: threading.Event) -> Iterator[int]:
        digest, written = hashlib.sha256(), 0
        self.drop_partial(file)
        try:
            with self.plain_errors(), self.partial(file).open("wb") as target:
                for chunk in _chunks(source):
                    if cancel.is_set():
                        raise Cancelled
                    digest.update(chunk)
                    target.write(chunk)
                    written += len(chunk)
                    yield written
                sync(target)
            self.take_over(file, digest.hexdigest())
        finally:  # a copy is quick: one that was cut off is made anew
            self.drop_partial(file)

    def remove(self) -> None:
        """Delete all files, those in part as well. StorageError when the disk refuses."""
        with self.claimed(), self.plain_errors():
            for file in self.network.files.values():
                self.drop_partial(file)
                self.place(file).unlink(missing_ok=True)
            with suppress(OSError):  # something of the person's lies there
                self.path.rmdir()


def sync(file: BinaryIO) -> None:
    """What was written is on the disk, not on its way to it."""
    file.flush()
    os.fsync(file.fileno())


def _chunks(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
    except OSError as error:
        raise _not_in(source, source.parent) from error


def _in_folder(source: Path, file: NetworkFile) -> Path:
    for place in (source / file.path, source / file.name):
        if place.is_file():
            return place
    raise _not_in(source / file.path, source)


def _not_in(file: Path, folder: Path) -> AppError:
    return AppError(
        "The folder does not contain the model",
        "{name} was not found in {folder}, or cannot be read. `tagdrop model list` lists the files"
        " and says where they are published.",
        name=file.name,
        folder=str(folder),
    )


def another(file: NetworkFile) -> AppError:
    """What to say of a file that is not the published one, wherever it came from."""
    return AppError(
        "This is not the file that Tagdrop expects",
        "{name} is not the published file, so it was not kept."
        " Try again later, or over another connection.",
        remedy=Remedy.TRY_AGAIN,
        name=file.name,
    )


def missing() -> BackendMissingError:
    """What to say when a search comes before the download."""
    return BackendMissingError(
        "Search by meaning is not installed",
        "Download its model first: Settings → Labelling, or `tagdrop model get`.",
    )


def damaged() -> BackendMissingError:
    """What to say of files that are not what they were when they were checked."""
    return BackendMissingError(
        "The model for search by meaning is damaged",
        "Remove it and download it again. Your photos and labels stay as they are.",
    )


def no_room(wanted_bytes: int) -> StorageError:
    """What to say when the disk is full, or would be."""
    return StorageError(
        "Not enough disk space for the model",
        "{megabytes} MB must be free. Free up some space, then try again.",
        remedy=Remedy.TRY_AGAIN,
        megabytes=-(-wanted_bytes // 1_000_000),
    )


def unwritable(path: Path, error: OSError) -> StorageError:
    """What to say of a folder that cannot be read or written."""
    return StorageError(
        "The model's folder cannot be read or written",
        "{path}: {reason}. Check the drive and the folder's permissions, then try again.",
        remedy=Remedy.TRY_AGAIN,
        path=str(path),
        reason=error.strerror or str(error),
    )
