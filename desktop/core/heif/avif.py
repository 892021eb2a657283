"""An AVIF that libavif refuses, for its container breaks the rules: the same, written anew."""

from __future__ import annotations

import io
import struct
from typing import BinaryIO

from ..photo.parts import NotSoError, Parts
from .boxes import FULL, Box, box
from .items import Item, Pictures, read_pictures

_FILM, _HEAD_BYTES = b"avis", 32
"""A brand that stands among the first bytes."""
_ALPHA = b"alpha"
"""In what `auxC` says of a picture that belongs to another one: it is its transparency."""


def avif_anew(file: BinaryIO) -> BinaryIO | None:
    """A copy in memory of the picture that is shown first, with its transparency, and nothing
    beside it (EXIF, a gain map). Each tile of a grid is an item of its own, every item has a size,
    and one table says who has which properties. None for what cannot be understood, and for a
    film: one that libavif refuses is likely to be broken all over.
    """
    parts = Parts(file, "AVIF")
    try:
        if _FILM in parts.read(0, _HEAD_BYTES):
            return None
        pictures = read_pictures(parts)
        container = _Container(pictures, parts.size_bytes)
        head = container.head()
    except (NotSoError, IndexError, KeyError, StopIteration, struct.error):
        return None
    file.seek(0)
    return io.BytesIO(head + file.read())


class _Container:
    """The items that are kept, numbered from 1 on, and references between them."""

    def __init__(self, pictures: Pictures, size_bytes: int) -> None:
        self._old, self._size_bytes = pictures, size_bytes
        self._to: dict[tuple[bytes, int], list[int]] = pictures.refers()
        self._items: list[Item] = []
        self._references: list[bytes] = []
        picture = pictures.items[pictures.number]
        size = next(each for each, _ in picture.properties if each[0] == b"ispe")
        mine = self._add(pictures.number, size)
        for (kind, alpha), to in self._to.items():
            if kind == b"auxl" and to == [pictures.number] and _is_alpha(pictures.items[alpha]):
                number = self._add(alpha, size)
                self._refer(b"auxl", number, [mine])
                if alpha in self._to.get((b"prem", pictures.number), []):
                    self._refer(b"prem", mine, [number])

    def _add(self, number: int, size: Box) -> int:
        """Add one of the items, and the tiles that it is made of; returns its new number."""
        item = self._old.items[number]
        if not any(kind == b"ispe" for (kind, _), _ in item.properties):
            item.properties.insert(0, (size, False))
        self._items.append(item)
        mine = len(self._items)
        tiles = self._to.get((b"dimg", number), [])
        for tile in tiles:
            self._items.append(self._old.items[tile])
        if tiles:
            self._refer(b"dimg", mine, list(range(mine + 1, mine + 1 + len(tiles))))
        return mine

    def _refer(self, kind: bytes, number: int, to: list[int]) -> None:
        numbers = struct.pack(f">HH{len(to)}H", number, len(to), *to)
        self._references.append(box(kind, numbers))

    def head(self) -> bytes:
        """All that stands before the file, which goes into a box of data."""
        kind = box(b"ftyp", b"avif", FULL, b"avifmif1miaf")
        data = struct.pack(">I4s", 8 + self._size_bytes, b"mdat")
        moved = len(kind) + len(self._meta(0)) + len(data)
        return kind + self._meta(moved) + data

    def _meta(self, moved: int) -> bytes:
        numbers = range(1, len(self._items) + 1)
        entries = [
            box(b"infe", b"\2\0\0\0", struct.pack(">HH", number, 0), item.kind, b"\0")
            for number, item in zip(numbers, self._items, strict=True)
        ]
        count = struct.pack(">H", len(self._items))
        places = [self._place(number, moved) for number in numbers]
        return box(
            b"meta",
            FULL,
            box(b"hdlr", FULL, bytes(4), b"pict", bytes(13)),
            box(b"pitm", FULL, struct.pack(">H", 1)),
            box(b"iloc", b"\1\0\0\0\x44\0", count, *places),
            box(b"iinf", FULL, count, *entries),
            box(b"iref", FULL, *self._references),
            self._properties(),
            box(b"idat", self._old.kept or bytes(1)),  # libavif wants none that is empty
        )

    def _place(self, number: int, moved: int) -> bytes:
        item = self._items[number - 1]
        begin = 0 if item.method else moved
        found = struct.pack(">4H", number, item.method, 0, len(item.extents))
        for place, length in item.extents:
            found += struct.pack(">II", begin + place, length or self._size_bytes - place)
        return found

    def _properties(self) -> bytes:
        all_of: dict[Box, int] = {}
        chosen = []
        for number, item in enumerate(self._items, 1):
            chosen.append(struct.pack(">HB", number, len(item.properties)))
            for each, is_essential in item.properties:
                index = all_of.setdefault(each, len(all_of) + 1)
                chosen.append(struct.pack(">H", index | is_essential << 15))
        return box(
            b"iprp",
            box(b"ipco", *(box(*each) for each in all_of)),
            box(b"ipma", b"\0\0\0\1", struct.pack(">I", len(self._items)), *chosen),
        )


def _is_alpha(item: Item) -> bool:
    return any(kind == b"auxC" and _ALPHA in body for (kind, body), _ in item.properties)
