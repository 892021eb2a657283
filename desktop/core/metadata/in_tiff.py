"""Where XMP and IPTC stand in a TIFF: what changes is put behind the file, as libtiff does it.

Only the first directory is written anew, with other places for these two; the old one is left where
it was, and so are all pictures, sub-directories and makers' notes. Sources: TIFF 6.0; XMP
Specification Part 3 (2020), 1.1.8; the IPTC block as LONG, which is what Photoshop writes.
"""

from __future__ import annotations

import hashlib
import struct
from contextlib import suppress
from dataclasses import dataclass

from .fields import UnsafeError
from .in_jpeg import read_resources
from .xmp import fitted, unpadded

_XMP, _IPTC, _PHOTOSHOP = 700, 33723, 34377
_BYTE, _LONG = 1, 4
_WIDTHS = {1: 1, 2: 1, 4: 4, 6: 1, 7: 1}
_ROOM_BYTES = 2000
"""Padding behind a new packet, so that the next change finds room in it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    tag: int
    kind: int
    count: int
    value: bytes  # the four bytes: the content, or where it stands


@dataclass(frozen=True, slots=True)
class _Directory:
    order: str
    entries: tuple[_Entry, ...]
    following: bytes

    def found(self, tag: int) -> _Entry | None:
        return next((entry for entry in self.entries if entry.tag == tag), None)

    def span(self, tag: int, data: bytes) -> tuple[int, int]:
        """Where a tag's content stands; (0, 0) where there is none of its own."""
        entry = self.found(tag)
        if entry is None:
            return 0, 0
        length = entry.count * _WIDTHS.get(entry.kind, 0)
        (start,) = struct.unpack(self.order + "I", entry.value)
        if length <= 4 or start + length > len(data):
            raise UnsafeError
        return start, start + length


def read_tiff(data: bytes) -> tuple[bytes, bytes]:
    """The XMP packet and the IPTC block of a TIFF, empty where there is none.

    Raises UnsafeError: the file is damaged, or a BigTIFF, which few programs write safely.
    """
    directory = _directory(data)
    xmp, iptc = directory.span(_XMP, data), directory.span(_IPTC, data)
    if directory.span(_PHOTOSHOP, data)[1] and not iptc[1]:
        start, end = directory.span(_PHOTOSHOP, data)
        if read_resources(data[start:end]).get(0x0404):
            raise UnsafeError  # a second place for the block, which we would pass over
    return data[slice(*xmp)], data[slice(*iptc)]


def write_tiff(data: bytes, xmp: bytes, iptc: bytes) -> bytes:
    """The TIFF with these instead of its XMP and its IPTC; an empty one is left out."""
    directory = _directory(data)
    old = {tag: directory.span(tag, data) for tag in (_XMP, _IPTC)}
    new: dict[int, bytes] = {}
    if xmp != data[slice(*old[_XMP])]:
        new[_XMP] = xmp
    if iptc != data[slice(*old[_IPTC])]:
        new[_IPTC] = iptc
        data = _with_digest(data, directory, data[slice(*old[_IPTC])], iptc)
    start, end = old[_XMP]
    if new.keys() == {_XMP} and xmp and end:
        with suppress(UnsafeError):
            return data[:start] + fitted(xmp, end - start) + data[end:]
    return _appended(data, directory, new) if new else data


def _directory(data: bytes) -> _Directory:
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None:
        raise UnsafeError
    try:
        (start,) = struct.unpack_from(order + "I", data, 4)
        (count,) = struct.unpack_from(order + "H", data, start)
        entries = tuple(
            _Entry(*struct.unpack_from(order + "HHI4s", data, start + 2 + 12 * number))
            for number in range(count)
        )
        (following,) = struct.unpack_from("4s", data, start + 2 + 12 * count)
    except struct.error as error:
        raise UnsafeError from error
    return _Directory(order, entries, following)


def _appended(data: bytes, directory: _Directory, new: dict[int, bytes]) -> bytes:
    order = directory.order
    entries = [entry for entry in directory.entries if entry.tag not in new]
    parts, place = [data], len(data)

    def put(content: bytes) -> int:
        """Where it comes to stand: at an even place, which TIFF asks for."""
        nonlocal place
        start = place + place % 2
        parts.append(b"\0" * (place % 2) + content)
        place = start + len(content)
        return start

    if xmp := new.get(_XMP):
        xmp = fitted(xmp, len(unpadded(xmp)) + _ROOM_BYTES)
        entries.append(_Entry(_XMP, _BYTE, len(xmp), struct.pack(order + "I", put(xmp))))
    if iptc := new.get(_IPTC):
        iptc += b"\0" * (-len(iptc) % 4)
        entries.append(_Entry(_IPTC, _LONG, len(iptc) // 4, struct.pack(order + "I", put(iptc))))
    entries.sort(key=lambda entry: entry.tag)
    packed = [struct.pack(order + "H", len(entries))]
    packed += [struct.pack(order + "HHI4s", e.tag, e.kind, e.count, e.value) for e in entries]
    start = put(b"".join(packed) + directory.following)
    if place > 0xFFFF_FFFF:
        raise UnsafeError
    written = b"".join(parts)
    return written[:4] + struct.pack(order + "I", start) + written[8:]


def _with_digest(data: bytes, directory: _Directory, before: bytes, after: bytes) -> bytes:
    """Photoshop's digest of the block, where it was true, stays so."""
    start, end = directory.span(_PHOTOSHOP, data)
    old = hashlib.md5(before, usedforsecurity=False).digest()
    if not end or read_resources(data[start:end]).get(0x0425) != old:
        return data
    after += b"\0" * (-len(after) % 4)
    new = hashlib.md5(after, usedforsecurity=False).digest()
    return data[:start] + data[start:end].replace(old, new, 1) + data[end:]
