"""When a photo was taken: the first valid date by a stated order (docs/formats.md)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from PIL import Image

from ..dates import containers, raw_heads, xmp_dates
from ..dates.date_text import read_date
from ..dates.exif import CHANGED, DIGITIZED, MAKE, MODEL, TAKEN, Exif, add_tiff, read_exif
from ..dates.found import Found
from ..dates.name_date import date_in_name
from ..dates.window import Window
from .formats import RAW, sniff


class Taken(NamedTuple):
    """`at` is ISO 8601: 2024-01-31T12:30:59, the time of the place, with `.123` and `+02:00` where
    the camera wrote so; only the day where no more is known. `is_from_name`: the file's name says
    it, as nothing else does.
    """

    at: str
    is_from_name: bool = False


def taken(file: BinaryIO, *, name: str = "", sidecar: bytes = b"") -> Taken | None:
    """When the photo in a file was taken; None when nobody says.

    `name` is the file's; `sidecar` the XMP beside it. Reads headers only, and never fails: a date
    is not worth a photo.
    """
    with contextlib.suppress(Exception):  # what is damaged may raise anything
        if (at := date_of(find_metadata(file), sidecar)) is not None:
            return Taken(at)
    at = date_in_name(name)
    return Taken(at, is_from_name=True) if at else None


def date_of(found: Found, sidecar: bytes = b"") -> str | None:
    """The first valid one of the dates in a file and in the sidecar beside it."""
    return next((when for when in _dates(found, sidecar) if when is not None), None)


def _dates(found: Found, sidecar: bytes) -> Iterator[str | None]:
    beside = xmp_dates.xmp_dates(sidecar) if sidecar else {}
    for name in (xmp_dates.TAKEN, xmp_dates.MADE):  # where programs put what a person corrected
        yield read_date(beside.get(name, ""))
    blocks = [read_exif(block) for block in found.exif]
    yield from (block.date(TAKEN) for block in blocks)
    packets = [*map(xmp_dates.xmp_dates, found.xmp), beside]
    for name in (xmp_dates.TAKEN, xmp_dates.MADE):
        yield from (read_date(packet.get(name, "")) for packet in packets)
    yield read_date(xmp_dates.iptc_date(found.iptc))
    yield from map(read_date, found.stated)
    yield from (block.date(DIGITIZED) for block in blocks)
    for name in (xmp_dates.DIGITIZED, xmp_dates.CREATED):
        yield from (read_date(packet.get(name, "")) for packet in packets)
    yield from (block.date(CHANGED) for block in blocks)


def find_metadata(file: BinaryIO) -> Found:
    """The metadata in a file, by what its first bytes say it is; may raise anything."""
    found = Found()
    _add(found, Window.over(file))
    return found


def camera_s_words(found: Found) -> Exif:
    """What the camera wrote: the first block that names it, or else the first one."""
    blocks = [read_exif(block) for block in found.exif]
    named = (block for block in blocks if MODEL in block.texts or MAKE in block.texts)
    return next(named, blocks[0] if blocks else Exif())


def _add(found: Found, file: Window) -> None:
    head = file.read(0, 16)
    if head[:3] == b"\xff\xd8\xff":
        containers.add_jpeg(found, file)
    elif head[:8] == b"\x89PNG\r\n\x1a\n":
        containers.add_png(found, file)
    elif head[:3] == b"GIF":
        containers.add_gif(found, file)
    elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        containers.add_webp(found, file)
    elif head[4:8] in (b"ftyp", b"jP  ", b"JXL "):
        containers.add_boxes(found, file)
    elif head[:8] == b"FUJIFILM":
        containers.add_jpeg(found, raw_heads.raf_s_jpeg(file))
    elif head[:4] == b"\0MRM":
        raw_heads.add_mrw(found, file)
    elif head[6:14] == b"HEAPCCDR":
        raw_heads.add_crw(found, file)
    elif head[:4] == b"FOVb":
        for preview in raw_heads.x3f_s_jpegs(found, file):
            containers.add_jpeg(found, preview)
    elif head[:2] in (b"II", b"MM") and (inside := add_tiff(found, file)):
        containers.add_jpeg(found, inside)


def open_header(file: BinaryIO) -> Image.Image:
    """The picture in a file, of which nothing is decoded; raises anything for what is broken."""
    kind = sniff(file)
    file.seek(0)
    # Most camera RAW files are TIFF files of a kind: their header can be read as one.
    return Image.open(file, formats=("TIFF" if kind == RAW else str(kind),))
