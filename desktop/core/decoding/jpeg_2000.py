"""JPEG 2000 that Pillow does not read: in broken boxes; and of colours with more than 8 bits, whose
highest ones it turns into black.
"""

from __future__ import annotations

import io
import struct
from typing import BinaryIO

from .request import MAX_DECODED_BYTES, MAX_PIXELS, Picture, Request, not_yet_readable
from .samples import picture_of

_SIZE = b"\xff\x4f\xff\x51"
"""Where a codestream begins, and its header SIZ (ISO/IEC 15444-1, A.5.1)."""
_HEAD_BYTES = 1 << 20
"""Before the codestream stand colour profiles and metadata."""


def read_deep_jpeg_2000(file: BinaryIO, request: Request) -> Picture | None:
    """Decode it; None for a picture of 8 bits, or of grey."""
    import imagecodecs  # noqa: PLC0415 - rare

    file.seek(0)
    head = file.read(_HEAD_BYTES)
    at = head.find(_SIZE)
    if at < 0 or len(head) < at + 42:
        return None
    size = _size(head, at)
    (channels,) = struct.unpack_from(">H", head, at + 40)
    depths = head[at + 42 : at + 42 + 3 * channels : 3]
    bits = (max(depths, default=7) & 0x7F) + 1
    if bits <= 8 or channels not in (3, 4):
        return None
    request.admit(size, MAX_PIXELS)
    if size[0] * size[1] * channels * 2 > MAX_DECODED_BYTES:
        raise not_yet_readable()
    file.seek(0)
    return Picture(picture_of(imagecodecs.jpeg2k_decode(file.read()), bits))


def jpeg_2000_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height in pixels by the codestream; raises ValueError or struct.error."""
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    return _size(head, head.index(_SIZE))


def _size(head: bytes, at: int) -> tuple[int, int]:
    right, bottom, left, top = struct.unpack_from(">4I", head, at + 8)
    return right - left, bottom - top


def codestream_alone(file: BinaryIO) -> BinaryIO | None:
    """A copy in memory of the picture without the boxes around it; None where it has none."""
    file.seek(0)
    data = file.read()
    at = data.find(_SIZE, 1)
    return io.BytesIO(data[at:]) if at > 0 else None
