"""BMP whose header says in which bits of a pixel each colour stands, in a way that Pillow lacks."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

from PIL import Image

from .request import MAX_PIXELS, Request
from .samples import picture_of

if TYPE_CHECKING:
    from .samples import Samples

_BIT_FIELDS = (3, 6)
_MASKS_AT = 54
"""Behind the first 40 bytes of the header, whatever its version."""


def read_bit_fields(file: BinaryIO, request: Request) -> Image.Image | None:
    """Decode a BMP of 16 or 32 bits a pixel with masks; None for another one."""
    import numpy as np  # noqa: PLC0415 - rare

    file.seek(0)
    head = file.read(_MASKS_AT + 16).ljust(_MASKS_AT + 16, b"\0")
    start, header_bytes, width, height, bits, way = struct.unpack_from("<IIii2xHI", head, 10)
    if way not in _BIT_FIELDS or bits not in (16, 32):
        return None
    request.admit((width, abs(height)), MAX_PIXELS)
    row_bytes = (width * bits // 8 + 3) // 4 * 4
    file.seek(start)
    data = file.read(row_bytes * abs(height))
    pixels = np.frombuffer(data, f"<u{bits // 8}").reshape(abs(height), -1)[:, :width]
    masks = struct.unpack_from("<4I", head, _MASKS_AT)
    channels = [_channel(pixels, mask) for mask in masks[:3]]
    if masks[3] and (header_bytes >= 56 or way == _BIT_FIELDS[1]):
        channels.append(_channel(pixels, masks[3]))
    return picture_of(np.stack(channels, axis=2)[:: -1 if height > 0 else 1])


def _channel(pixels: Samples, mask: int) -> Samples:
    """The bits of the mask, brought to 0 to 255."""
    import numpy as np  # noqa: PLC0415

    shift = (mask & -mask).bit_length() - 1 if mask else 0
    top = max(mask >> shift, 1)
    return (((pixels & mask) >> shift) * np.float32(255 / top) + np.float32(0.5)).astype(np.uint8)
