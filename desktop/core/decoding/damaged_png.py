"""A PNG that was cut off or has a fault inside: what is there of its picture, and how much."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from .png_chunks import PNG_SIGNATURE, chunks_of
from .request import LEAST_SHARE, MAX_PIXELS, Request

if TYPE_CHECKING:
    from zlib import _Decompress as Unpacker

_KEPT = {b"PLTE", b"tRNS"}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""By colour type (PNG, 11.2.1)."""
_ADAM7 = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
"""Where each pass of an interlaced picture begins, and its steps: across and down (PNG, 8.2)."""
_PIECE = 65536
"""Unpacked at a time, and byte by byte where a fault is in it."""
MAX_BYTES = 900_000_000
"""Of pixels and filters: 110 megapixels of 16-bit RGBA are 880 MB."""


class Remains(NamedTuple):
    """A whole PNG of what is there, the rest zeros; and whether the picture's checksum is right.

    With that, only what stands beside the picture is broken.
    """

    file: BinaryIO
    is_sound: bool


def remains_of(file: BinaryIO, request: Request) -> Remains | None:
    """What is left of a PNG; None where less than LEAST_SHARE is.

    Raises the ImageError of `Request.admit`.
    """
    file.seek(0)
    data = file.read()
    header, others, packed = _chunks(data)
    if len(header) != 13:
        return None
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", header)
    request.admit((width, height), MAX_PIXELS)
    wanted = _bytes_of(width, height, depth * _CHANNELS.get(colour, 0), interlace)
    if not 0 < wanted <= MAX_BYTES:
        return None
    there, is_sound = _unpacked(packed, wanted)
    if len(there) < LEAST_SHARE * wanted:
        return None
    there += bytes(wanted - len(there))
    whole = [PNG_SIGNATURE, _chunk(b"IHDR", header), *others]
    whole += [_chunk(b"IDAT", zlib.compress(there, 1)), _chunk(b"IEND", b"")]
    return Remains(io.BytesIO(b"".join(whole)), is_sound)


def checksums_agree(file: BinaryIO) -> bool:
    """Whether every part of the packed picture is as it was written; Pillow does not look."""
    file.seek(0)
    data = memoryview(file.read())
    for name, begin, end in chunks_of(data):
        stated = data[end : end + 4]
        if name == b"IDAT" and stated != zlib.crc32(data[begin - 4 : end]).to_bytes(4):
            return False
    return True


def _chunks(data: bytes) -> tuple[bytes, list[bytes], bytes]:
    """Its header, the chunks that colours need, and all that is there of the packed picture."""
    header, others, packed = b"", [], []
    for name, begin, end in chunks_of(data):
        body = data[begin:end]
        if name == b"IHDR":
            header = body
        elif name == b"IDAT":
            packed.append(body)
        elif name in _KEPT and end <= len(data):
            others.append(_chunk(name, body))
    return header, others, b"".join(packed)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _bytes_of(width: int, height: int, bits: int, interlace: int) -> int:
    """How long the unpacked picture is: each line of each pass begins with its filter."""
    passes = _ADAM7 if interlace else ((0, 0, 1, 1),)
    total = 0
    for left, top, across, down in passes:
        columns = -(-(width - left) // across)
        lines = -(-(height - top) // down)
        if columns > 0 and lines > 0:
            total += lines * (1 + -(-columns * bits // 8))
    return total


def _unpacked(packed: bytes, most: int) -> tuple[bytearray, bool]:
    """What can be unpacked before a fault, and whether that is all and its checksum is right."""
    there, unpacker = bytearray(), zlib.decompressobj()
    for start in range(0, len(packed), _PIECE):
        piece, before = packed[start : start + _PIECE], unpacker.copy()
        try:
            there += unpacker.decompress(piece, most + 1 - len(there))
        except zlib.error:
            there += _before_the_fault(before, piece, most - len(there))
            return there, False
        if unpacker.eof or len(there) > most:
            break
    is_sound = unpacker.eof and len(there) == most
    del there[most:]
    return there, is_sound


def _before_the_fault(unpacker: Unpacker, piece: bytes, most: int) -> bytes:
    found = bytearray()
    for place in range(len(piece)):
        if len(found) >= most:  # few bytes may stand for many
            break
        try:
            found += unpacker.decompress(piece[place : place + 1])
        except zlib.error:
            break
    return bytes(found[:most])
