"""JPEG XL: its size from the header, its pixels by libjxl."""

from __future__ import annotations

from typing import BinaryIO

from .request import MAX_PIXELS, Picture, Request
from .samples import picture_of

_BOXED = b"\0\0\0\x0cJXL \r\n\x87\n"
_CODESTREAM = b"\xff\x0a"
_MAX_BOXES = 100
_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))


def read_jxl(file: BinaryIO, request: Request) -> Picture:
    """Decode a JPEG XL, which libjxl turns upright; raises anything for what is broken."""
    import imagecodecs  # noqa: PLC0415 - rare

    request.admit(jxl_size(file), MAX_PIXELS)
    file.seek(0)
    samples = imagecodecs.jpegxl_decode(file.read(), index=0, numthreads=1)
    return Picture(picture_of(samples))


def jxl_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height in pixels, upright (ISO/IEC 18181-1, B.2 and D.2); ValueError if broken."""
    head = _codestream(file)
    if head[:2] != _CODESTREAM:
        raise ValueError("no JPEG XL codestream")
    bits = _Bits(int.from_bytes(head[2:], "little"))
    is_small = bits.take(1)
    height = _length(bits, is_small)
    ratio = bits.take(3)
    if ratio:
        above, below = _RATIOS[ratio - 1]
        width = height * above // below
    else:
        width = _length(bits, is_small)
    is_usual = bits.take(1) or not bits.take(1)
    is_lying = not is_usual and bits.take(3) >= 4  # EXIF's orientations, from 0 on
    return (height, width) if is_lying else (width, height)


def _codestream(file: BinaryIO) -> bytes:
    """The first bytes of the picture itself, which may stand in a box."""
    file.seek(0)
    head = file.read(12)
    if head != _BOXED:
        return head
    for _ in range(_MAX_BOXES):
        head = file.read(8)
        length = int.from_bytes(head[:4], "big")
        start = 8
        if length == 1:
            length, start = int.from_bytes(file.read(8), "big"), 16
        if head[4:] == b"jxlc":
            return file.read(12)
        if head[4:] == b"jxlp":
            return file.read(16)[4:]  # behind its number
        if length < start:
            break
        file.seek(length - start, 1)
    raise ValueError("no JPEG XL codestream")


class _Bits:
    """Takes numbers off, the lowest bits first."""

    def __init__(self, value: int) -> None:
        self._value = value

    def take(self, count: int) -> int:
        """The next `count` bits."""
        taken = self._value & ((1 << count) - 1)
        self._value >>= count
        return taken


def _length(bits: _Bits, is_small: int) -> int:
    if is_small:
        return 8 * (bits.take(5) + 1)
    return bits.take((9, 13, 18, 30)[bits.take(2)]) + 1
