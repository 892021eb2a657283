"""EXIF and TIFF: what the first directory and the camera's say in the few tags that are wanted.

Read tag by tag and no further than to these, so that nothing else that is damaged can hide them.
Sources: TIFF 6.0; Exif 2.32, 4.6; TIFF/EP, which has the dates in the first directory.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from .date_text import read_date
from .found import Found
from .window import Window

TAKEN, DIGITIZED, CHANGED = 0x9003, 0x9004, 0x0132
"""DateTimeOriginal, DateTimeDigitized, DateTime."""
MAKE, MODEL, ORIENTATION = 0x010F, 0x0110, 0x0112
_BESIDE = {TAKEN: (0x9291, 0x9011), DIGITIZED: (0x9292, 0x9012), CHANGED: (0x9290, 0x9010)}
"""What of a date is kept apart: parts of a second, and the zone."""
_TEXTS = {*_BESIDE, MAKE, MODEL, *(tag for pair in _BESIDE.values() for tag in pair)}
_MOST_TEXT_BYTES = 200
_CAMERA_S, _XMP, _IPTC, _PHOTOSHOP, _PANASONIC_S_JPEG = 0x8769, 700, 33723, 34377, 0x002E
_MOST_ENTRIES = 4096
_NUMBERS = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 13: "I", 16: "Q", 17: "q", 18: "Q"}
"""TIFF's types of whole numbers, as `struct` calls them; all other types count as bytes."""

_Entries = Mapping[int, tuple[int, Window]]
"""By tag: its type, and its content."""


@dataclass(frozen=True, slots=True)
class Exif:
    """What one block says. `orientation` is as it stands in it, 1 where it says nothing."""

    texts: Mapping[int, str] = field(default_factory=dict)
    orientation: int = 1

    def date(self, tag: int) -> str | None:
        """One of the three dates as ISO 8601, with all that is known of it."""
        fraction, zone = _BESIDE[tag]
        return read_date(
            self.texts.get(tag, ""),
            fraction=self.texts.get(fraction, ""),
            zone=self.texts.get(zone, ""),
        )


def read_exif(block: Window) -> Exif:
    """The texts of the first directory and the camera's; the camera's come first."""
    reader = _Reader(block)
    first = reader.entries(reader.first)
    place = reader.number(first, _CAMERA_S)
    camera_s = reader.entries(place) if place else {}
    texts: dict[int, str] = {}
    for entries in (first, camera_s):
        for tag in _TEXTS & entries.keys():
            text = entries[tag][1].read(0, _MOST_TEXT_BYTES).split(b"\0")[0].strip()
            if text:
                texts[tag] = text.decode("utf-8", "replace")
    return Exif(texts, reader.number(first, ORIENTATION) or 1)


def add_tiff(found: Found, file: Window) -> Window | None:
    """A TIFF, or a raw file that is one outside; Panasonic's have a JPEG inside, which is handed
    back, with what the camera wrote."""
    found.exif.append(file)
    reader = _Reader(file)
    entries = reader.entries(reader.first)
    found.xmp += [entries[_XMP][1].read()] if _XMP in entries else []
    found.iptc += [entries[_IPTC][1].read()] if _IPTC in entries else []
    if _PHOTOSHOP in entries:
        found.add_photoshop(entries[_PHOTOSHOP][1].read())
    return entries[_PANASONIC_S_JPEG][1] if _PANASONIC_S_JPEG in entries else None


class _Reader:
    """Reads directories of a block; what is damaged is as if it were not there."""

    def __init__(self, block: Window) -> None:
        self._block = block
        self._order = ">" if block.read(0, 2) == b"MM" else "<"
        self._is_big = self._unpack("H", block.read(2, 2)) == 43
        self._number = "Q" if self._is_big else "I"
        width = 8 if self._is_big else 4
        self.first = self._unpack(self._number, block.read(width, width))

    def entries(self, place: int) -> _Entries:
        """The entries of one directory; of equal tags the first."""
        head, size, code = (8, 20, "Q") if self._is_big else (2, 12, "H")
        count = min(self._unpack(code, self._block.read(place, head)), _MOST_ENTRIES)
        data = self._block.read(place + head, count * size)
        found: dict[int, tuple[int, Window]] = {}
        width = struct.calcsize("=" + self._number)
        for start in range(0, len(data) - size + 1, size):
            tag, kind = struct.unpack(self._order + "HH", data[start : start + 4])
            count = self._unpack(self._number, data[start + 4 : start + 4 + width])
            length = count * struct.calcsize("=" + _NUMBERS.get(kind, "B"))
            at = place + head + start + 4 + width
            if length > width:
                at = self._unpack(self._number, data[start + 4 + width : start + size])
            found.setdefault(tag, (kind, self._block.part(at, length)))
        return found

    def number(self, entries: _Entries, tag: int) -> int:
        """The first number of a tag; 0 where there is none."""
        kind, content = entries.get(tag, (0, self._block.part(0, 0)))
        code = _NUMBERS.get(kind, "")
        return self._unpack(code, content.read(0, struct.calcsize("=" + code))) if code else 0

    def _unpack(self, code: str, data: bytes) -> int:
        is_whole = len(data) == struct.calcsize("=" + code)
        return int(struct.unpack(self._order + code, data)[0]) if is_whole else 0
