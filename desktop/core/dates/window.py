"""Window: a part of a file that is read piece by piece, within bounds."""

from __future__ import annotations

import io
import os
from typing import BinaryIO

MOST_BYTES = 32 << 20
"""The most that is read at once: Lightroom's masks make XMP of some MB."""


class Window:
    """`size_bytes` bytes of a file from `start` on; what lies behind its end is empty."""

    def __init__(self, file: BinaryIO, start: int, size_bytes: int) -> None:
        self._file = file
        self._start = start
        self.size_bytes = size_bytes

    @classmethod
    def over(cls, file: BinaryIO) -> Window:
        """Over a whole file."""
        return cls(file, 0, file.seek(0, os.SEEK_END))

    @classmethod
    def of(cls, data: bytes) -> Window:
        """Over bytes in memory."""
        return cls(io.BytesIO(data), 0, len(data))

    def read(self, place: int = 0, length: int = MOST_BYTES) -> bytes:
        """So many bytes, or as many as there are."""
        if not 0 <= place < self.size_bytes:
            return b""
        self._file.seek(self._start + place)
        return self._file.read(min(length, self.size_bytes - place, MOST_BYTES))

    def number(self, place: int, length: int = 4, *, is_little: bool = False) -> int:
        """A number without a sign; 0 behind the end."""
        return int.from_bytes(self.read(place, length), "little" if is_little else "big")

    def part(self, place: int, length: int | None = None) -> Window:
        """A window within this one, no longer than what is left of it."""
        place = min(max(place, 0), self.size_bytes)
        left = self.size_bytes - place
        return Window(
            self._file, self._start + place, left if length is None else min(length, left)
        )
