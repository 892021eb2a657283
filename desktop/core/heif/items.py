"""What a HEIC or AVIF says of its pictures: each is an item with properties, and lies somewhere.

ISO/IEC 14496-12, 8.11, and 23008-12.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from ..photo.parts import NotSoError, Parts
from .boxes import FULL, Box, Reader, children

NO_PICTURE = {b"Exif", b"mime", b"uri "}
TURNS = {b"irot", b"imir"}
"""How to turn and mirror it: what the orientation is to other formats."""
IN_FILE, IN_META = 0, 1
"""Where an item's data lies: at places of the file, or in the box idat."""
_MAX_BOXES = 1000
_RARELY_CODED = {b"j2k1", b"jpeg", b"unci", b"vvc1", b"avc1"}


@dataclass(slots=True)
class Item:
    """One picture, or what belongs to it.

    `extents` are places and lengths of its data, 0 for all that follows. `properties` are boxes,
    and whether each is essential.
    """

    kind: bytes = b""
    method: int = IN_FILE
    extents: list[tuple[int, int]] = field(default_factory=list)
    properties: list[tuple[Box, bool]] = field(default_factory=list)


class Pictures(NamedTuple):
    """The number of the picture that is shown, all items by number, and references as they stand.

    `kept` is data of items that lies beside their descriptions.
    """

    number: int
    items: dict[int, Item]
    references: bytes
    kept: bytes

    def refers(self) -> dict[tuple[bytes, int], list[int]]:
        """Kind of a reference and the item that refers -> to which; raises NotSoError."""
        width = 2 if Reader(self.references).version == 0 else 4
        found = {}
        for kind, body in children(self.references[4:]):
            numbers = Reader(FULL + body)
            item = numbers.number(width)
            found[kind, item] = [numbers.number(width) for _ in range(numbers.number(2))]
        return found


def read_pictures(parts: Parts) -> Pictures:
    """All that is said of the pictures; raises NotSoError for what is broken."""
    try:
        meta = dict(children(_meta(parts)[4:]))
        items = _items(meta[b"iinf"])
        _locate(items, Reader(meta[b"iloc"]))
        for number, each, is_essential in _chosen(meta[b"iprp"]):
            items[number].properties.append((each, is_essential))
        return Pictures(_primary(meta), items, meta.get(b"iref", bytes(4)), meta.get(b"idat", b""))
    except (IndexError, KeyError) as error:
        raise NotSoError from error


def is_turned_by_itself(file: BinaryIO) -> bool:
    """Whether a HEIC says in its container how to turn it, which then holds, whatever its EXIF
    says. True for one that is broken.
    """
    try:
        return any(kind in TURNS for kind in _properties(file))
    except NotSoError:
        return True


def is_coded_otherwise(file: BinaryIO) -> bool:
    """Whether a HEIF's pictures are coded in a way that libheif is seldom built for."""
    try:
        meta = dict(children(_meta(Parts(file, "HEIF"))[4:]))
        return any(item.kind in _RARELY_CODED for item in _items(meta[b"iinf"]).values())
    except (IndexError, KeyError, NotSoError):
        return False


def upright_heif_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height in pixels of the picture that is shown first, turned as the container says.

    Raises NotSoError for one that is broken, and for a film without a still picture.
    """
    properties = _properties(file)
    try:
        width, height = struct.unpack_from(">II", properties[b"ispe"], 4)
        if (crop := _crop(properties, (width, height))) is not None:
            width, height = crop[2] - crop[0], crop[3] - crop[1]
        is_lying = properties.get(b"irot", b"\0")[0] % 2 == 1  # quarters of a turn
    except (IndexError, KeyError, struct.error) as error:
        raise NotSoError from error
    return (height, width) if is_lying else (width, height)


def crop_of(file: BinaryIO, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """The part of a picture of this size, before it is turned, that is to be shown: left, top,
    right, bottom. None for all of it.
    """
    try:
        return _crop(_properties(file), size)
    except NotSoError:
        return None


def _crop(
    properties: dict[bytes, bytes], size: tuple[int, int]
) -> tuple[int, int, int, int] | None:
    """By `clap`: width, height, and how far its middle is from the picture's, as fractions."""
    try:
        numbers = struct.unpack_from(">IIIIiIiI", properties[b"clap"])
        shown = [numbers[0] // numbers[1], numbers[2] // numbers[3]]
        moved = [numbers[4] / numbers[5], numbers[6] / numbers[7]]
    except (KeyError, ZeroDivisionError, struct.error):
        return None
    left, top = (
        int((whole - part) / 2 + off) for whole, part, off in zip(size, shown, moved, strict=True)
    )
    right, bottom = left + shown[0], top + shown[1]
    is_inside = 0 <= left < right <= size[0] and 0 <= top < bottom <= size[1]
    return (left, top, right, bottom) if is_inside else None


def _properties(file: BinaryIO) -> dict[bytes, bytes]:
    """Those of the picture that is shown first, by kind; raises NotSoError."""
    try:
        meta = dict(children(_meta(Parts(file, "HEIF"))[4:]))
        number = _primary(meta)
        return dict(each for item, each, _ in _chosen(meta[b"iprp"]) if item == number)
    except (IndexError, KeyError) as error:
        raise NotSoError from error


def _primary(meta: dict[bytes, bytes]) -> int:
    primary = Reader(meta[b"pitm"])
    return primary.number(2 if primary.version == 0 else 4)


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


def _items(data: bytes) -> dict[int, Item]:
    info = Reader(data)
    info.number(2 if info.version == 0 else 4)
    items: dict[int, Item] = {}
    for kind, body in children(info.rest()):
        entry = Reader(body)
        if kind != b"infe" or entry.version not in (2, 3):
            raise NotSoError
        number = entry.number(2 if entry.version == 2 else 4)
        entry.number(2)
        items[number] = Item(entry.rest()[:4])
    return items


def _locate(items: dict[int, Item], places: Reader) -> None:
    wide = places.version == 2
    widths = places.number(2)
    offset_width, length_width, base_width = widths >> 12, widths >> 8 & 15, widths >> 4 & 15
    index_width = widths & 15 if places.version in (1, 2) else 0
    for _ in range(places.number(4 if wide else 2)):
        item = items[places.number(4 if wide else 2)]
        item.method = places.number(2) & 15 if places.version in (1, 2) else IN_FILE
        where, base = places.number(2), places.number(base_width)
        is_picture = item.kind not in NO_PICTURE
        if is_picture and (where or item.method not in (IN_FILE, IN_META)):
            raise NotSoError  # in another file, or made of other items
        for _ in range(places.number(2)):
            places.number(index_width)
            offset, length = places.number(offset_width), places.number(length_width)
            item.extents.append((base + offset, length))


def _chosen(iprp: bytes) -> Iterator[tuple[int, Box, bool]]:
    """Of each item in turn its number, and what it has for properties, whether essential."""
    boxes = list(children(iprp))
    properties = list(children(dict(boxes)[b"ipco"]))
    for kind, body in boxes:
        if kind != b"ipma":
            continue
        chosen = Reader(body)
        width = 2 if chosen.flags & 1 else 1
        for _ in range(chosen.number(4)):
            number = chosen.number(2 if chosen.version == 0 else 4)
            for _ in range(chosen.number(1)):
                entry = chosen.number(width)
                essential = 0x8000 if width == 2 else 0x80
                if index := entry & ~essential:
                    yield number, properties[index - 1], bool(entry & essential)
