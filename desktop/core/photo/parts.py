"""Parts: reads a file piece by piece and digests those that make its picture, in bounded work."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from typing import BinaryIO

BLOCK_BYTES = 1 << 17
"""Read at a time: small enough to stay in the processor's cache."""
_MAX_STEPS = 1_000_000
"""110 megapixels in strips of one line are 10,000 pieces, in PNG's smallest usual chunks 80,000."""
_MAX_SCANS = 64
"""Each scan of a progressive JPEG reads up to a block too much."""


class NotSoError(Exception):
    """The file breaks the rules of its format, or is of a kind that its parser does not know."""


class Parts:
    """Every method may raise NotSoError: beyond the file's end, and after too much was read.

    What is added is kept apart: each part's length counts as well. `kind` is the file's format.
    """

    def __init__(self, file: BinaryIO, kind: str) -> None:
        self.size_bytes = file.seek(0, os.SEEK_END)
        self._file = file
        self._digest = hashlib.sha256(kind.encode() + b"\0")
        self._bytes_left = 2 * self.size_bytes + _MAX_SCANS * BLOCK_BYTES
        self._steps_left = _MAX_STEPS

    def hexdigest(self) -> str:
        """The digest of everything that was added."""
        return self._digest.hexdigest()

    def read(self, offset: int, length: int) -> bytes:
        """These bytes of the file, all of them."""
        self._take(offset, length)
        self._file.seek(offset)
        data = self._file.read(length)
        if len(data) < length:
            raise NotSoError
        return data

    def add(self, data: bytes) -> None:
        """Let these bytes count."""
        self._digest.update(b"%d\0" % len(data) + data)

    def add_piece(self, offset: int, length: int) -> None:
        """Let these bytes of the file count."""
        self._take(offset, length)
        self._digest.update(b"%d\0" % length)
        self._file.seek(offset)
        while length:
            block = self._file.read(min(length, BLOCK_BYTES))
            if not block:
                raise NotSoError
            self._digest.update(block)
            length -= len(block)

    def blocks(self, offset: int) -> Iterator[tuple[int, bytes]]:
        """The file from `offset` on, block by block, with where each starts: at the last byte of
        the one before.
        """
        self._take(offset, 0)
        self._file.seek(offset)
        last = b""
        while block := self._file.read(BLOCK_BYTES):
            self._take(offset, len(block))
            yield offset - len(last), last + block
            offset, last = offset + len(block), block[-1:]

    def _take(self, offset: int, length: int) -> None:
        self._bytes_left -= max(length, 0)
        self._steps_left -= 1
        is_inside = 0 <= offset <= offset + length <= self.size_bytes
        if not is_inside or self._bytes_left < 0 or self._steps_left < 0:
            raise NotSoError
