"""The parts of a TIFF's picture; DNG, NEF, CR2, ARW and PEF are TIFFs outside, too."""

from __future__ import annotations

import struct

from .parts import NotSoError, Parts

_MAX_DIRECTORIES = 64
_SIZES = {1: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4, 13: 4, 16: 8, 17: 8, 18: 8}
_CODES = {
    1: "B",
    3: "H",
    4: "I",
    6: "b",
    7: "B",
    8: "h",
    9: "i",
    13: "I",
    16: "Q",
    17: "q",
    18: "Q",
}
"""TIFF's types of whole numbers: bytes of each, and what `struct` calls it."""
_LAYOUT = {
    256,  # width
    257,  # height
    258,  # bits a sample
    259,  # compression
    262,  # photometric interpretation
    266,  # fill order
    277,  # samples a pixel
    278,  # rows a strip
    284,  # planes
    292,  # options of fax groups 3
    293,  # and 4
    317,  # predictor
    320,  # palette
    322,  # tile width
    323,  # tile height
    332,  # inks
    338,  # extra samples
    339,  # sample format
    347,  # JPEG tables
    530,  # subsampling
    33421,  # colour filter's size
    33422,  # colour filter
    50712,  # linearisation table
    50829,  # active area
}
"""Tags without which the same data may be another picture."""
_DATA = ((273, 279), (324, 325), (513, 514))
"""Offsets and lengths of strips, tiles and embedded JPEGs."""
_SUB_DIRECTORIES = 330

_Tags = dict[int, tuple[int, ...]]


def add_tiff(parts: Parts) -> None:
    """Layout and data of every picture in it: pages, previews, the sensor's.

    Where a directory or its data stands does not count: programs move them when they write.
    """
    tags = _Directories(parts)
    is_empty = True
    for directory in tags.walk():
        for tag in sorted(_LAYOUT & directory.keys()):
            parts.add(repr((tag, directory[tag])).encode())
        for offsets, lengths in _DATA:
            places, sizes = directory.get(offsets, ()), directory.get(lengths, ())
            if len(places) != len(sizes):
                raise NotSoError
            for place, size in zip(places, sizes, strict=True):
                parts.add_piece(place, size)
                is_empty = False
    if is_empty:
        raise NotSoError


class _Directories:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        head = parts.read(0, 16)
        self._order = {b"II": "<", b"MM": ">"}.get(head[:2], "")
        version = struct.unpack(self._order + "H", head[2:4])[0] if self._order else 0
        if version not in (42, 43):  # cameras' own: ORF, RW2
            raise NotSoError
        self._is_big = version == 43
        self._number = "Q" if self._is_big else "I"
        self._first = self._unpack(self._number, head[8:16] if self._is_big else head[4:8])

    def walk(self) -> list[_Tags]:
        """The directories in the order of the chain, each before its sub-directories."""
        found: list[_Tags] = []
        seen: set[int] = set()
        waiting = [self._first]
        while waiting:
            place = waiting.pop()
            if place == 0:
                continue
            if place in seen or len(seen) == _MAX_DIRECTORIES:
                raise NotSoError
            seen.add(place)
            tags, following = self._read(place)
            found.append(tags)
            waiting += [following, *reversed(tags.get(_SUB_DIRECTORIES, ()))]
        return found

    def _read(self, place: int) -> tuple[_Tags, int]:
        """What a directory says in tags that count, and where the next one is; 0: nowhere."""
        head, entry, code = (8, 20, "Q") if self._is_big else (2, 12, "H")
        count = self._unpack(code, self._parts.read(place, head))
        entries = self._parts.read(place + head, count * entry)
        tags: _Tags = {}
        for start in range(0, len(entries), entry):
            tag = self._unpack("H", entries[start : start + 2])
            if tag in _WANTED:
                tags[tag] = self._values(entries[start + 2 : start + entry])
        tail = self._parts.read(place + head + len(entries), struct.calcsize(self._number))
        return tags, self._unpack(self._number, tail)

    def _values(self, entry: bytes) -> tuple[int, ...]:
        kind = self._unpack("H", entry[:2])
        width = struct.calcsize("=" + self._number)
        count = self._unpack(self._number, entry[2 : 2 + width])
        if kind not in _SIZES:
            raise NotSoError
        length = count * _SIZES[kind]
        data = entry[2 + width :][:length]
        if length > width:
            data = self._parts.read(self._unpack(self._number, entry[2 + width :]), length)
        return struct.unpack(f"{self._order}{count}{_CODES[kind]}", data)

    def _unpack(self, code: str, data: bytes) -> int:
        return int(struct.unpack(self._order + code, data)[0])


_WANTED = {*_LAYOUT, *(tag for pair in _DATA for tag in pair), _SUB_DIRECTORIES}
