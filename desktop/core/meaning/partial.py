"""Partial: what has come of a file, kept so that a download goes on from there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from ..errors import StorageError
from .network import NetworkFile
from .network_folder import CHUNK_BYTES, NetworkFolder, sync

_MOST_ETAG = 1_000  # characters


class Partial:
    """The beginning of a file, as far as it is on the disk. Methods may raise StorageError."""

    def __init__(self, folder: NetworkFolder, file: NetworkFile) -> None:
        """Read what is there, for its sum."""
        self.folder, self.file = folder, file
        self.done = 0
        """Bytes that are there."""
        self.etag = ""
        self._digest = hashlib.sha256()
        with folder.plain_errors():
            with suppress(FileNotFoundError), folder.partial(file).open("rb") as partial:
                while chunk := partial.read(CHUNK_BYTES):
                    self._count(chunk)
            with suppress(FileNotFoundError, UnicodeDecodeError):
                self.etag = folder.etag(file).read_text("ascii")[:_MOST_ETAG]

    @property
    def digest(self) -> str:
        """The SHA-256 of what is there, hex."""
        return self._digest.hexdigest()

    @contextmanager
    def written(self, start: int, etag: str) -> Iterator[Callable[[bytes], None]]:
        """Around an answer that brings bytes from `start` on: either what was missing, or all.

        What the disk refuses leaves nothing: what has filled it up must not stay on it.
        """
        if start != self.done:
            self.done, self._digest = 0, hashlib.sha256()
        try:
            with self.folder.plain_errors():
                self.folder.etag(self.file).write_text(etag, "ascii", "replace")
                with self.folder.partial(self.file).open("ab" if start else "wb") as partial:

                    def write(chunk: bytes) -> None:
                        partial.write(chunk)
                        self._count(chunk)

                    try:
                        yield write
                    finally:
                        sync(partial)
        except StorageError:
            with suppress(OSError):
                self.folder.drop_partial(self.file)
            raise

    def _count(self, chunk: bytes) -> None:
        self._digest.update(chunk)
        self.done += len(chunk)
