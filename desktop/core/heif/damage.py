"""How much of a HEIC or AVIF is there, of which its decoders say nothing: zeros stand for what was
never written, or was lost.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ..decoding.request import LEAST_SHARE, Picture, Request
from ..errors import ImageError
from ..photo.parts import NotSoError, Parts
from .items import IN_META, Item, Pictures, read_pictures

_NEVER_IN_HEVC = bytes(3)
"""Rec. ITU-T H.265, 7.4.2.1: a byte is put in between."""
_HARDLY_IN_AV1 = bytes(64)
_TRIES = 5
_MOST_MISSING_BYTES = 100_000_000


def read_what_is_there(
    file: BinaryIO, request: Request, read: Callable[[BinaryIO, Request], Picture]
) -> Picture:
    """What `read` makes of a file; of one that was cut off or holds zeros, what is there.

    Raises what `read` does, and ValueError where less than LEAST_SHARE is.
    """
    try:
        picture = read(file, request)
    except ImageError:
        raise
    except Exception:
        share = _share_there(file)
        if share < LEAST_SHARE or (cut := _with_an_end(file, request, read)) is None:
            raise
        return cut._replace(is_partly_damaged=share < 1)
    share = _share_there(file) if request.finds_damage else 1
    if share < LEAST_SHARE:
        raise ValueError("too little is there")
    return picture._replace(is_partly_damaged=share < 1)


def _with_an_end(
    file: BinaryIO, request: Request, read: Callable[[BinaryIO, Request], Picture]
) -> Picture | None:
    for whole in _ends(file):  # a chance end may stand for what cannot be
        with contextlib.suppress(Exception):
            return read(whole, request)
    return None


def _share_there(file: BinaryIO) -> float:
    """How much of the picture that is shown first is there, from 0 to 1, by the bytes of its tiles;
    1 for what is of another kind.
    """
    parts = Parts(file, "HEIF")
    try:
        pictures = read_pictures(parts)
        shares = [_share(item, pictures, parts) for item in _tiles(pictures)]
    except (NotSoError, IndexError, KeyError, StopIteration):
        return 1.0
    return sum(shares) / len(shares) if shares else 1.0


def _ends(file: BinaryIO) -> Iterator[BinaryIO]:
    """Copies in memory of one that lacks its end, with one after the other; none of one that lacks
    none, or too much to be worth it.
    """
    try:
        items = read_pictures(Parts(file, "HEIF")).items.values()
    except NotSoError:
        return
    places = [each for item in items if item.method != IN_META for each in item.extents]
    length = max((place + count for place, count in places), default=0)
    file.seek(0)
    data = file.read()
    there = data.rstrip(b"\0") if data.endswith(_HARDLY_IN_AV1) else data
    missing = max(length, len(data)) - len(there)
    if 0 < missing <= min(len(there), _MOST_MISSING_BYTES):
        for number in range(_TRIES):
            end = hashlib.shake_128(bytes((number,))).digest(missing) if number else bytes(missing)
            yield io.BytesIO(there + end)


def _tiles(pictures: Pictures) -> Iterator[Item]:
    numbers = pictures.refers().get((b"dimg", pictures.number), [pictures.number])
    return (pictures.items[number] for number in numbers)


def _share(item: Item, pictures: Pictures, parts: Parts) -> float:
    """How much of an item stands before the first zeros that do not belong there, or the end."""
    data, length = b"", 0
    for place, count in item.extents:
        if item.method == IN_META:
            data += pictures.kept[place : place + count]
        else:
            left = max(0, parts.size_bytes - place)
            data += parts.read(place, min(count or left, left)) if left else b""
        length += count
    if item.kind == b"hvc1":
        found = _lost_in_hevc(data, item)
    else:
        found = data.find(_HARDLY_IN_AV1) if item.kind == b"av01" else -1
    if found < 0:
        found = len(data)
    return found / max(length, len(data), 1)


def _lost_in_hevc(data: bytes, item: Item) -> int:
    """Where damage begins in pieces that each begin with their length; -1 for nowhere."""
    settings = next(body for (kind, body), _ in item.properties if kind == b"hvcC")
    width, place, is_empty = (settings[21] & 3) + 1, 0, True
    while place + width <= len(data):
        begin = place + width
        place = begin + int.from_bytes(data[place:begin], "big")
        if (found := data.find(_NEVER_IN_HEVC, begin, place)) >= 0:
            return found
        is_empty = is_empty and place == begin
    return 0 if is_empty else -1
