"""Boxes, of which HEIC and AVIF are made (ISO/IEC 14496-12, 4.2)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ..photo.parts import NotSoError

Box = tuple[bytes, bytes]
"""Its kind and what is in it."""
FULL = bytes(4)
"""Version and flags, with which many boxes begin."""


def children(data: bytes) -> Iterator[Box]:
    """The boxes in a box, in order; those of more than 4 GB are not expected in there."""
    place = 0
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big") or len(data) - place
        if length < 8:
            raise NotSoError
        yield data[place + 4 : place + 8], data[place + 8 : place + length]
        place += length


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box of these parts."""
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


class Reader:
    """Takes numbers off a box that begins with its version and flags."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.version, self.flags = data[0], int.from_bytes(data[1:4], "big")
        self._place = 4

    def number(self, width: int) -> int:
        """The next `width` bytes as a number; 0 bytes are 0."""
        taken = self._data[self._place : self._place + width]
        if len(taken) < width:
            raise NotSoError
        self._place += width
        return int.from_bytes(taken, "big")

    def rest(self) -> bytes:
        """What was not taken."""
        return self._data[self._place :]
