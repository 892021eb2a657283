"""Dates in cameras' own formats that are no TIFF: Fujifilm's RAF, Minolta's MRW, Canon's CRW,
Sigma's X3F.

Sources: exiftool's FujiFilm.pm, MinoltaRaw.pm, CanonRaw.pm and SigmaRaw.pm; the CIFF
Specification, version 1.0 revision 4; X3F's in its own description by Sigma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from .found import Found
from .window import Window

_MOST_ENTRIES = 1000
_MOST_HEAPS = 20
_CANON_S_TIME = 0x180E
_SECONDS = re.compile(r"[0-9]{1,10}")
_JPEG = 18
"""X3F's name for a preview's format."""


def raf_s_jpeg(file: Window) -> Window:
    """The JPEG in a RAF, with all that the camera wrote."""
    return file.part(file.number(84), file.number(88))


def add_mrw(found: Found, file: Window) -> None:
    """The block TTW is a TIFF."""
    place, end = 8, 8 + file.number(4)
    for _ in range(_MOST_ENTRIES):
        name, length = file.read(place, 4), file.number(place + 4)
        if place >= end or len(name) < 4:
            return
        if name == b"\0TTW":
            found.exif.append(file.part(place + 8, length))
        place += 8 + length


def add_crw(found: Found, file: Window) -> None:
    """The time stands in one of its heaps, as seconds since 1970 by the camera's clock."""
    is_little = file.read(0, 2) == b"II"

    def number(window: Window, place: int, length: int = 4) -> int:
        return window.number(place, length, is_little=is_little)

    heaps = [file.part(number(file, 2))]
    for _ in range(_MOST_HEAPS):
        if not heaps:
            return
        heap = heaps.pop()
        start = number(heap, heap.size_bytes - 4)
        for place in _entries(start + 2, number(heap, start, 2), 10):
            tag = number(heap, place, 2)
            content = heap.part(number(heap, place + 6), number(heap, place + 2))
            if tag == _CANON_S_TIME:
                found.stated.append(_by_clock(number(content, 0)))
            elif tag & 0x3800 in (0x2800, 0x3000):
                heaps.append(content)


def x3f_s_jpegs(found: Found, file: Window) -> Iterator[Window]:
    """The previews, some with what the camera wrote; the time is one of its properties, too."""
    directory = file.part(file.number(file.size_bytes - 4, is_little=True))
    for place in _entries(12, directory.number(8, is_little=True), 12):
        kind = directory.read(place + 8, 4)
        start, length = (directory.number(place + each, is_little=True) for each in (0, 4))
        section = file.part(start, length)
        if kind in (b"IMAG", b"IMA2") and section.number(12, is_little=True) == _JPEG:
            yield section.part(28)
        elif kind == b"PROP":
            times = [value for name, value in _properties(section) if name == "TIME"]
            found.stated += [_by_clock(int(time)) for time in times if _SECONDS.fullmatch(time)]


def _properties(section: Window) -> Iterator[tuple[str, str]]:
    """Names and values: first where each begins in what follows, in characters of two bytes."""
    count = min(section.number(8, is_little=True), _MOST_ENTRIES)
    text = section.part(24 + 8 * count)

    def word(place: int) -> str:
        end = text.read(2 * place, 200).decode("utf-16-le", "replace")
        return end.partition("\0")[0]

    for place in _entries(24, count, 8):
        name, value = (section.number(place + each, is_little=True) for each in (0, 4))
        yield word(name), word(value)


def _entries(start: int, count: int, size: int) -> range:
    return range(start, start + size * min(count, _MOST_ENTRIES), size)


def _by_clock(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}"
