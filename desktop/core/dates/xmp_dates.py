"""Dates in XMP and IPTC: what programs say of when a photo was taken."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from xml.parsers import expat

from ..metadata.fields import UnsafeError
from ..metadata.iptc import read_sets
from ..metadata.xmp_parser import MOST_BYTES, RDF

TAKEN = "http://ns.adobe.com/exif/1.0/ DateTimeOriginal"
MADE = "http://ns.adobe.com/photoshop/1.0/ DateCreated"
DIGITIZED = "http://ns.adobe.com/exif/1.0/ DateTimeDigitized"
CREATED = "http://ns.adobe.com/xap/1.0/ CreateDate"
_WANTED = {TAKEN, MADE, DIGITIZED, CREATED}
_DAY, _TIME = (2, 55), (2, 60)
"""Date Created and Time Created."""


class _Dates:
    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._open: list[str] = []
        self._text: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element; properties of a description may be its attributes."""
        self._open.append(name)
        self._text = []
        if self._open[-2:] == [f"{RDF} RDF", f"{RDF} Description"]:
            for wanted in _WANTED & attributes.keys():
                self.found.setdefault(wanted, attributes[wanted])

    def add(self, text: str) -> None:
        """A part of an element's text."""
        self._text.append(text)

    def end(self, name: str) -> None:
        """A property of a photo stands in a description, and that in the packet's root."""
        if name in _WANTED and self._open[-3:-1] == [f"{RDF} RDF", f"{RDF} Description"]:
            self.found.setdefault(name, "".join(self._text).strip())
        self._open.pop()


def xmp_dates(packet: bytes) -> dict[str, str]:
    """The dates in a packet as they are written, by TAKEN, MADE, DIGITIZED and CREATED.

    Of one that is damaged, what comes before the damage.
    """
    dates = _Dates()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = dates.begin
    parser.EndElementHandler = dates.end
    parser.CharacterDataHandler = dates.add
    parser.StartDoctypeDeclHandler = _refuse
    with contextlib.suppress(expat.ExpatError, UnsafeError, ValueError, LookupError):
        parser.Parse(packet[:MOST_BYTES].strip(b"\0 \r\n\t"), True)
    return dates.found


def _refuse(*_: object) -> None:
    raise UnsafeError


def iptc_date(blocks: Iterable[bytes]) -> str:
    """Date Created with its time, as text; empty where there is none."""
    for block in blocks:
        with contextlib.suppress(UnsafeError):
            sets = dict(reversed(read_sets(block)))
            if _DAY in sets:
                return b" ".join(filter(None, (sets[_DAY], sets.get(_TIME)))).decode("latin-1")
    return ""
