"""Where XMP stands in a PNG and in a WebP: its chunk changes, and no other byte but WebP's head.

Sources: PNG (Third Edition), 11.3.3.4 iTXt; XMP Specification Part 3 (2020), 1.1.5; WebP Container
Specification.
"""

from __future__ import annotations

import zlib

from .fields import UnsafeError, refuse_too_many
from .xmp_parser import MOST_BYTES

_KEYWORD = b"XML:com.adobe.xmp\0"
_FLAG_ALPHA, _FLAG_XMP = 0x10, 0x04

_Chunk = tuple[bytes, int, int, int]  # name, start, start of the content, end of the content


def read_png(data: bytes) -> bytes:
    """The XMP packet of a PNG, empty where there is none. Raises UnsafeError."""
    found = _png_xmp(data)
    if found is None:
        return b""
    _, _, start, end = found
    text = data[start + len(_KEYWORD) : end]
    is_compressed, rest = text[:1] != b"\0", text[2:].split(b"\0", 2)
    if len(rest) < 3:
        raise UnsafeError
    if not is_compressed:
        return rest[2]
    inflate = zlib.decompressobj()
    try:
        packet = inflate.decompress(rest[2], MOST_BYTES)
    except zlib.error as error:
        raise UnsafeError from error
    if not inflate.eof:
        raise UnsafeError
    return packet


def write_png(data: bytes, xmp: bytes) -> bytes:
    """The PNG with this packet, or without any; a new one comes behind the header."""
    found = _png_xmp(data)
    _, start, _, end = found or _png_chunks(data)[0]
    if not xmp:
        return data[:start] + data[end + 4 :] if found else data
    content = b"iTXt" + _KEYWORD + b"\0\0\0\0" + xmp
    chunk = (len(content) - 4).to_bytes(4, "big") + content + zlib.crc32(content).to_bytes(4, "big")
    return data[: start if found else end + 4] + chunk + data[end + 4 :]


def _png_chunks(data: bytes) -> list[_Chunk]:
    found, place = [], 8
    while True:
        name, start = data[place + 4 : place + 8], place + 8
        end = start + int.from_bytes(data[place : place + 4], "big")
        if len(name) < 4 or end + 4 > len(data):
            raise UnsafeError
        found.append((name, place, start, end))
        refuse_too_many(found)
        if name == b"IEND":
            return found
        place = end + 4


def _png_xmp(data: bytes) -> _Chunk | None:
    named = [c for c in _png_chunks(data) if c[0] == b"iTXt" and data.startswith(_KEYWORD, c[2])]
    if len(named) > 1:
        raise UnsafeError
    return named[0] if named else None


def read_webp(data: bytes) -> bytes:
    """The XMP packet of a WebP, empty where there is none. Raises UnsafeError."""
    named = [data[start:end] for name, _, start, end in _webp_chunks(data) if name == b"XMP "]
    if len(named) > 1:
        raise UnsafeError
    return named[0] if named else b""


def write_webp(data: bytes, xmp: bytes) -> bytes:
    """The WebP with this packet, or without any; it comes last.

    A plain picture gets the extended header, and keeps it.
    """
    chunks = _webp_chunks(data)
    body = b"".join(
        b"" if name == b"XMP " else data[place : end + (end - start) % 2]
        for name, place, start, end in chunks
    )
    if chunks[0][0] == b"VP8X":
        flags = data[chunks[0][2]] & ~_FLAG_XMP | (_FLAG_XMP if xmp else 0)
        body = body[:8] + bytes((flags,)) + body[9:]
    else:
        body = _webp_chunk(b"VP8X", _extended(data, chunks[0])) + body
    body = b"WEBP" + body + (_webp_chunk(b"XMP ", xmp) if xmp else b"")
    _, _, start, end = chunks[-1]
    behind = data[end + (end - start) % 2 :]
    return b"RIFF" + len(body).to_bytes(4, "little") + body + behind


def _webp_chunks(data: bytes) -> list[_Chunk]:
    found, place = [], 12
    last = 8 + int.from_bytes(data[4:8], "little")
    while place < last:
        name, start = data[place : place + 4], place + 8
        end = start + int.from_bytes(data[place + 4 : place + 8], "little")
        if start > len(data) or end > min(last, len(data)):
            raise UnsafeError
        found.append((name, place, start, end))
        refuse_too_many(found)
        place = end + (end - start) % 2
    if not found or last > len(data):
        raise UnsafeError
    return found


def _webp_chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def _extended(data: bytes, picture: _Chunk) -> bytes:
    """An extended header that says of a plain picture what its own does: size, transparency."""
    name, _, start, end = picture
    head = data[start : min(end, start + 10)]
    flags = _FLAG_XMP
    if name == b"VP8 " and head[3:6] == b"\x9d\x01\x2a" and len(head) == 10:
        width = int.from_bytes(head[6:8], "little") & 0x3FFF
        height = int.from_bytes(head[8:10], "little") & 0x3FFF
    elif name == b"VP8L" and head[:1] == b"\x2f" and len(head) >= 5:
        bits = int.from_bytes(head[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        flags |= _FLAG_ALPHA if bits >> 28 & 1 else 0
    else:
        raise UnsafeError
    if not width or not height:
        raise UnsafeError
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes((flags, 0, 0, 0)) + size
