"""The first picture of a HEIF that holds a sequence only, as a file that libheif's wheels open."""

from __future__ import annotations

import io
import struct
from typing import BinaryIO

from ..photo.parts import NotSoError
from .boxes import FULL, Box, box, children

_MAX_BOXES = 200
_MAX_MOOV_BYTES = 16_000_000
_ENTRY_BYTES = 78
"""Of a sample entry, before the boxes in it (ISO/IEC 14496-12, 12.1.3)."""


def first_picture(file: BinaryIO) -> io.BytesIO | None:
    """A HEIC of the first sample of its track of pictures; None where there is none to be found."""
    try:
        track = _track(_moov(file))
        coding, body = _entry(track)
        if coding != b"hvc1":
            return None
        size = _size(body)
        table = _inside(track, b"mdia", b"minf", b"stbl")
        length = _first_length(_inside(table, b"stsz"))
        file.seek(_first_place(table))
        data = file.read(length)
        settings = _inside(body[_ENTRY_BYTES:], b"hvcC")
    except (NotSoError, KeyError, ValueError, IndexError, struct.error):
        return None
    return io.BytesIO(_heic(*size, settings, data)) if len(data) == length else None


def sequence_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height in pixels of its track of pictures; raises NotSoError without one."""
    try:
        return _size(_entry(_track(_moov(file)))[1])
    except (KeyError, ValueError, IndexError, struct.error) as error:
        raise NotSoError from error


def _moov(file: BinaryIO) -> bytes:
    place = 0
    for _ in range(_MAX_BOXES):
        file.seek(place)
        head = file.read(16)
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if kind == b"moov" and length <= _MAX_MOOV_BYTES:
            file.seek(place + 8)
            return file.read(length - 8)
        if length == 1:
            length = int.from_bytes(head[8:], "big")
        if length < 8:
            break
        place += length
    raise KeyError(b"moov")


def _inside(data: bytes, *names: bytes) -> bytes:
    for name in names:
        data = dict(reversed(list(children(data))))[name]
    return data


def _track(moov: bytes) -> bytes:
    """The first track whose handler is that of pictures."""
    for kind, track in children(moov):
        if kind == b"trak" and _inside(track, b"mdia", b"hdlr")[8:12] == b"pict":
            return track
    raise KeyError(b"pict")


def _entry(track: bytes) -> Box:
    """How the samples are coded, with all that is said of that."""
    return next(children(_inside(track, b"mdia", b"minf", b"stbl", b"stsd")[8:]), (b"", b""))


def _size(entry: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">HH", entry, 24)
    return width, height


def _first_length(sizes: bytes) -> int:
    same, _count = struct.unpack_from(">II", sizes, 4)
    return int(same or struct.unpack_from(">I", sizes, 12)[0])


def _first_place(table: bytes) -> int:
    boxes = dict(reversed(list(children(table))))
    code, places = (">Q", boxes[b"co64"]) if b"co64" in boxes else (">I", boxes[b"stco"])
    return int(struct.unpack_from(code, places, 8)[0])


def _heic(width: int, height: int, settings: bytes, data: bytes) -> bytes:
    """A file with one picture (ISO/IEC 23008-12)."""
    kind = box(b"ftyp", b"heic", FULL, b"mif1heic")
    properties = box(
        b"iprp",
        box(
            b"ipco",
            box(b"hvcC", settings),
            box(b"ispe", FULL, struct.pack(">II", width, height)),
        ),
        box(b"ipma", FULL, struct.pack(">IHB2B", 1, 1, 2, 0x81, 2)),
    )
    item = box(b"infe", b"\2\0\0\0", struct.pack(">HH", 1, 0), b"hvc1\0")

    def meta(place: int) -> bytes:
        return box(
            b"meta",
            FULL,
            box(b"hdlr", FULL, bytes(4), b"pict", bytes(13)),
            box(b"pitm", FULL, struct.pack(">H", 1)),
            box(b"iloc", FULL, struct.pack(">HHHHHII", 0x4400, 1, 1, 0, 1, place, len(data))),
            box(b"iinf", FULL, struct.pack(">H", 1), item),
            properties,
        )

    place = len(kind) + len(meta(0)) + 8
    return kind + meta(place) + box(b"mdat", data)
