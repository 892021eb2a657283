"""The chunks of a PNG, and it without those that are not the picture."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_PICTURE = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}


def png_alone(file: BinaryIO) -> BinaryIO | None:
    """A copy in memory of the chunks that make the picture; None where there are no others."""
    file.seek(0)
    data = file.read()
    kept = [PNG_SIGNATURE]
    kept += [data[a - 8 : b + 4] for name, a, b in chunks_of(data) if name in _PNG_PICTURE]
    alone = b"".join(kept)
    return io.BytesIO(alone) if len(alone) < len(data) else None


def chunks_of(data: bytes | memoryview) -> Iterator[tuple[bytes, int, int]]:
    """The name of each chunk of a PNG, and where its content begins and ends: behind the end of
    `data` where that was cut off.
    """
    place = len(PNG_SIGNATURE)
    while place + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        yield name, place + 8, place + 8 + length
        place += 12 + length


def png_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height in pixels, of whatever else is broken; raises struct.error."""
    file.seek(len(PNG_SIGNATURE) + 8)
    width, height = struct.unpack(">II", file.read(8))
    return width, height
