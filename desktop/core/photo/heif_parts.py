"""The parts of a HEIC's or AVIF's pictures: their items, without the items that hold metadata."""

from __future__ import annotations

from ..heif.boxes import Box, children
from ..heif.items import IN_META, NO_PICTURE, TURNS, read_pictures
from .parts import NotSoError, Parts


def add_heif(parts: Parts) -> None:
    """Which item is the picture, and of each that is none of metadata its kind, its properties
    (size, crop, how it is coded; not its colour profile) and its data. Where they stand does not
    count.
    """
    number, items, references, kept = read_pictures(parts)
    pictures = {number: item for number, item in items.items() if item.kind not in NO_PICTURE}
    if number not in pictures:
        raise NotSoError
    parts.add(b"%d" % number)
    for number, item in sorted(pictures.items()):
        parts.add(b"%d %b" % (number, item.kind))
        boxes = [kind + body for (kind, body), _ in item.properties if _counts((kind, body))]
        parts.add(b"".join(b"%d %b" % (len(each), each) for each in boxes))
        for place, length in item.extents:
            if item.method == IN_META:
                parts.add(kept[place : place + length])
            else:
                parts.add_piece(place, length or parts.size_bytes - place)
    for kind, body in children(references[4:]):
        if kind != b"cdsc":  # which picture metadata describes
            parts.add(kind + body)


def _counts(of: Box) -> bool:
    kind, body = of
    is_profile = kind == b"colr" and body[:4] in (b"prof", b"rICC")
    return kind not in TURNS and not is_profile
