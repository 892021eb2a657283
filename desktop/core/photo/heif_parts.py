"""The parts of a HEIC's or AVIF's pictures: their items, without the items that hold metadata."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .parts import NotSoError, Parts

_MAX_BOXES = 1000
_NO_PICTURE = {b"Exif", b"mime", b"uri "}
_TURNS = {b"irot", b"imir"}
"""How to turn and mirror it: what the orientation is to other formats."""
_IN_FILE, _IN_META = 0, 1
"""Where an item's data lies: at places of the file, or in the box idat."""

_Box = tuple[bytes, bytes]


@dataclass(slots=True)
class _Item:
    kind: bytes = b""
    method: int = _IN_FILE
    extents: list[tuple[int, int]] = field(default_factory=list)
    properties: list[bytes] = field(default_factory=list)


def add_heif(parts: Parts) -> None:
    """Which item is the picture, and of each that is none of metadata its kind, its properties
    (size, crop, how it is coded; not its colour profile) and its data. Where they stand does not
    count.
    """
    try:
        _add_items(parts, dict(_children(_meta(parts)[4:])))
    except (IndexError, KeyError) as error:
        raise NotSoError from error


def _add_items(parts: Parts, meta: dict[bytes, bytes]) -> None:
    items = _items(meta[b"iinf"])
    _locate(items, _Reader(meta[b"iloc"]))
    _describe(items, dict(_children(meta[b"iprp"])))
    pictures = {number: item for number, item in items.items() if item.kind not in _NO_PICTURE}
    primary = _Reader(meta[b"pitm"])
    number = primary.number(2 if primary.version == 0 else 4)
    if number not in pictures:
        raise NotSoError
    parts.add(b"%d" % number)
    kept = meta.get(b"idat", b"")
    for number, item in sorted(pictures.items()):
        parts.add(b"%d %b" % (number, item.kind))
        parts.add(b"".join(b"%d %b" % (len(each), each) for each in item.properties))
        for place, length in item.extents:
            if item.method == _IN_META:
                parts.add(kept[place : place + length])
            else:
                parts.add_piece(place, length or parts.size_bytes - place)
    for kind, body in _children(meta.get(b"iref", bytes(4))[4:]):
        if kind != b"cdsc":  # which picture metadata describes
            parts.add(kind + body)


def _meta(parts: Parts) -> bytes:
    place = 0
    for _ in range(_MAX_BOXES):
        head = parts.read(place, 8)
        length, start = int.from_bytes(head[:4], "big"), 8
        if length == 1:
            length, start = int.from_bytes(parts.read(place + 8, 8), "big"), 16
        elif length == 0:
            length = parts.size_bytes - place
        if length < start:
            break
        if head[4:] == b"meta":
            return parts.read(place + start, length - start)
        place += length
    raise NotSoError


def _children(data: bytes) -> Iterator[_Box]:
    """The boxes in a box, in order; those of more than 4 GB are not expected in there."""
    place = 0
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big") or len(data) - place
        if length < 8:
            raise NotSoError
        yield data[place + 4 : place + 8], data[place + 8 : place + length]
        place += length


class _Reader:
    """Takes numbers off a box that begins with its version and flags."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.version, self.flags = data[0], int.from_bytes(data[1:4], "big")
        self._place = 4

    def number(self, width: int) -> int:
        """The next `width` bytes as a number; 0 bytes are 0."""
        taken = self._data[self._place : self._place + width]
        if len(taken) < width:
            raise NotSoError
        self._place += width
        return int.from_bytes(taken, "big")

    def rest(self) -> bytes:
        """What was not taken."""
        return self._data[self._place :]


def _items(data: bytes) -> dict[int, _Item]:
    info = _Reader(data)
    info.number(2 if info.version == 0 else 4)
    items: dict[int, _Item] = {}
    for kind, body in _children(info.rest()):
        entry = _Reader(body)
        if kind != b"infe" or entry.version not in (2, 3):
            raise NotSoError
        number = entry.number(2 if entry.version == 2 else 4)
        entry.number(2)
        items[number] = _Item(entry.rest()[:4])
    return items


def _locate(items: dict[int, _Item], places: _Reader) -> None:
    wide = places.version == 2
    widths = places.number(2)
    offset_width, length_width, base_width = widths >> 12, widths >> 8 & 15, widths >> 4 & 15
    index_width = widths & 15 if places.version in (1, 2) else 0
    for _ in range(places.number(4 if wide else 2)):
        item = items[places.number(4 if wide else 2)]
        item.method = places.number(2) & 15 if places.version in (1, 2) else _IN_FILE
        where, base = places.number(2), places.number(base_width)
        is_picture = item.kind not in _NO_PICTURE
        if is_picture and (where or item.method not in (_IN_FILE, _IN_META)):
            raise NotSoError  # in another file, or made of other items
        for _ in range(places.number(2)):
            places.number(index_width)
            offset, length = places.number(offset_width), places.number(length_width)
            item.extents.append((base + offset, length))


def _describe(items: dict[int, _Item], boxes: dict[bytes, bytes]) -> None:
    properties = list(_children(boxes[b"ipco"]))
    chosen = _Reader(boxes[b"ipma"])
    width = 2 if chosen.flags & 1 else 1
    for _ in range(chosen.number(4)):
        item = items[chosen.number(2 if chosen.version == 0 else 4)]
        for _ in range(chosen.number(1)):
            index = chosen.number(width) & (0x7FFF if width == 2 else 0x7F)
            if index == 0:
                continue
            kind, body = properties[index - 1]
            is_profile = kind == b"colr" and body[:4] in (b"prof", b"rICC")
            if kind not in _TURNS and not is_profile:
                item.properties.append(kind + body)
