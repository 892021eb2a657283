"""Where JPEG, PNG, GIF, WebP and what is made of boxes (HEIF, CR3, JPEG 2000 and XL) keep metadata.

Read with more patience than where something is written: what is damaged ends the search, and what
was found until then counts. Sources: Exif 2.32, 4.7.2; XMP Specification Part 3 (2020); PNG (Third
Edition), 11.3.3 and 11.3.4.4; ISO/IEC 14496-12, 8.11; 18181-2, 9; exiftool's Jpeg2000.pm.
"""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from ..errors import ImageError
from ..isolation.decoding import unpack_brotli_safely
from .found import Found
from .window import MOST_BYTES, Window

_MOST_PARTS = 100_000
_MOST_TEXTS = 50
"""Of a PNG: each may be a few bytes that unpack to 32 MB. Of a JPEG XL: to 8 MB."""
_MOST_UNPACKED_BYTES = 8 << 20
_PACKED = {b"Exif", b"xml "}
_XMP_NAME = b"http://ns.adobe.com/xap/1.0/\0"
_PHOTOSHOP_NAME = b"Photoshop 3.0\0"
_PACKET = re.compile(re.escape(_XMP_NAME) + rb"|(?=<\?xpacket|<x:xmpmeta)")
"""Some programs spoil the name."""
_ALONE = {0x01, *range(0xD0, 0xD9)}
"""Markers of a JPEG without a length."""
_UUIDS = {
    b"JpgTiffExif->JP2": "exif",
    bytes.fromhex("be7acfcb97a942e89c71999491e3afac"): "xmp",
    bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38"): "iptc",
    bytes.fromhex("85c0b687820f11e08111f4ce462b6a48"): "canon",
}
_IN_META = 1
"""Where an item's data lies: not at a place of the file, but in the box idat."""


def add_jpeg(found: Found, file: Window) -> None:
    """The segments before the first scan, and what programs left between them."""
    place, photoshop = 2, []
    for _ in range(_MOST_PARTS):
        head = file.read(place, 4)
        if len(head) < 4 or (head[0] == 0xFF and head[1] in (0xD9, 0xDA)):
            break
        if head[0] != 0xFF or head[1] in (0, 0xFF) or head[1] in _ALONE:
            place += 2 if head[0] == 0xFF and head[1] in _ALONE else 1
            continue
        length = int.from_bytes(head[2:], "big")
        body = file.part(place + 4, max(0, length - 2))
        if head[1] == 0xE1 and body.read(0, 5) == b"Exif\0":
            found.exif.append(body.part(6))
        elif head[1] == 0xE1 and (start := _PACKET.search(body.read(0, 100))):
            found.xmp.append(body.read(start.end()))
        elif head[1] == 0xED and body.read(0, len(_PHOTOSHOP_NAME)) == _PHOTOSHOP_NAME:
            photoshop.append(body.read(len(_PHOTOSHOP_NAME)))
        place += 2 + length
    found.add_photoshop(b"".join(photoshop))  # a long one is spread over several segments


def add_png(found: Found, file: Window) -> None:
    """The chunks before and behind the picture's data, which is passed over unread."""
    place, texts = 8, 0
    for _ in range(_MOST_PARTS):
        head = file.read(place, 8)
        length, name = int.from_bytes(head[:4], "big"), head[4:]
        if len(head) < 8 or name == b"IEND":
            return
        body = file.part(place + 8, length)
        if name == b"eXIf":
            found.exif.append(_without_name(body))
        elif name in (b"tEXt", b"zTXt", b"iTXt") and (texts := texts + 1) <= _MOST_TEXTS:
            with contextlib.suppress(zlib.error, ValueError):
                _add_text(found, name, body.read())
        place += length + 12


def _add_text(found: Found, kind: bytes, body: bytes) -> None:
    keyword, _, text = body.partition(b"\0")
    keyword = keyword.lower()
    is_profile = keyword.startswith(b"raw profile type ")
    if keyword not in (b"xml:com.adobe.xmp", b"creation time") and not is_profile:
        return
    is_compressed = kind == b"zTXt"
    if kind == b"iTXt":
        is_compressed = text[:1] == b"\1"
        text = text[2:].split(b"\0", 2)[-1]
    elif is_compressed:
        text = text[1:]
    if is_compressed:
        text = zlib.decompressobj().decompress(text, MOST_BYTES)
    if not is_profile:
        if keyword == b"creation time":
            found.stated.append(_png_time(text.decode("utf-8", "replace")))
        else:
            found.xmp.append(text)
        return
    # ImageMagick's: a name, a length, and the content as hexadecimal digits
    profile = keyword.rpartition(b" ")[2]
    _, length, digits = text.split(None, 2)
    digits = digits.translate(None, b" \r\n\t")[: 2 * int(length)]
    content = bytes.fromhex(digits.decode("ascii"))
    if content.startswith(_XMP_NAME):
        found.xmp.append(content[len(_XMP_NAME) :])
    elif profile in (b"exif", b"app1"):
        found.exif.append(_without_name(Window.of(content)))
    elif profile == b"xmp":
        found.xmp.append(content)
    elif profile in (b"iptc", b"8bim") and content.startswith(b"8BIM"):
        found.add_photoshop(content)
    elif profile == b"iptc":
        found.iptc.append(content)


def _png_time(text: str) -> str:
    """PNG recommends the form of an e-mail, "Sat, 20 Dec 2008 17:00:46 -0600"; most write ISO's."""
    with contextlib.suppress(ValueError):
        return parsedate_to_datetime(text).isoformat()
    return text


def add_gif(found: Found, file: Window) -> None:
    """XMP, in an extension that may stand anywhere (XMP Specification Part 3, 1.1.2)."""
    _, _, behind = file.read().partition(b"\x21\xff\x0bXMP DataXMP")
    if behind:
        found.xmp.append(behind.partition(b"\1\xff\xfe\xfd")[0])


def add_webp(found: Found, file: Window) -> None:
    """The chunks EXIF and XMP."""
    place = 12
    for _ in range(_MOST_PARTS):
        head = file.read(place, 8)
        if len(head) < 8:
            return
        length = int.from_bytes(head[4:], "little")
        body = file.part(place + 8, length)
        if head[:4] == b"EXIF":
            found.exif.append(_without_name(body))
        elif head[:4] == b"XMP ":
            found.xmp.append(body.read())
        place += 8 + length + length % 2


def _without_name(body: Window) -> Window:
    """Some programs put a JPEG segment's name before the block."""
    return body.part(6) if body.read(0, 6) == b"Exif\0\0" else body


# Boxes


def add_boxes(found: Found, file: Window) -> None:
    """What HEIF keeps as items, CR3 as Canon's boxes, JPEG 2000 and XL as boxes of their own."""
    for kind, body in _unpacked(_boxes(file)):
        if kind == b"meta":
            _add_items(found, file, body.part(4))
        elif kind == b"Exif":
            found.exif.append(body.part(4 + body.number(0)))
        elif kind == b"xml ":
            found.xmp.append(body.read())
        elif kind == b"moov":
            for inner, part in _boxes(body):
                if inner == b"uuid":
                    _add_uuid(found, part)
        elif kind == b"uuid":
            _add_uuid(found, body)


def _unpacked(boxes: Iterator[tuple[bytes, Window]]) -> Iterator[tuple[bytes, Window]]:
    """The same, where JPEG XL has packed its metadata by Brotli, unpacked."""
    left = _MOST_TEXTS
    for kind, body in boxes:
        inside = body.read(0, 4) if kind == b"brob" else b""
        if inside in _PACKED and left:
            left -= 1
            with contextlib.suppress(ImageError):
                content = unpack_brotli_safely(body.read(4), _MOST_UNPACKED_BYTES)
                yield inside, Window.of(content)
        else:
            yield kind, body


def _add_uuid(found: Found, body: Window) -> None:
    kind, content = _UUIDS.get(body.read(0, 16)), body.part(16)
    if kind == "exif":
        found.exif.append(content)
    elif kind == "xmp":
        found.xmp.append(content.read())
    elif kind == "iptc":
        found.iptc.append(content.read())
    elif kind == "canon":
        found.exif += [part for name, part in _boxes(content) if name in (b"CMT1", b"CMT2")]


def _boxes(file: Window) -> Iterator[tuple[bytes, Window]]:
    place = 0
    for _ in range(_MOST_PARTS):
        head = file.read(place, 16)
        length, start = int.from_bytes(head[:4], "big"), 8
        if length == 1:
            length, start = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = file.size_bytes - place
        if len(head) < 8 or length < start:
            return
        yield head[4:8], file.part(place + start, length - start)
        place += length


def _add_items(found: Found, file: Window, meta: Window) -> None:
    boxes = dict(_boxes(meta))
    if b"iinf" not in boxes or b"iloc" not in boxes:
        return
    wanted = dict(_metadata_items(boxes[b"iinf"]))
    for number, place, length, is_in_meta in _places(boxes[b"iloc"]):
        source = boxes.get(b"idat") if is_in_meta else file
        if number not in wanted or source is None:
            continue
        item = source.part(place, length or None)
        if wanted[number] == b"Exif":
            found.exif.append(item.part(4 + item.number(0)))
        else:
            found.xmp.append(item.read())


def _metadata_items(info: Window) -> Iterator[tuple[int, bytes]]:
    """The numbers of the items that hold EXIF or XMP, and which."""
    is_short = info.read(0, 1) == b"\0"
    for kind, entry in _boxes(info.part(6 if is_short else 8)):
        version = entry.number(0, 1)
        if kind != b"infe" or version not in (2, 3):
            continue
        width = 2 if version == 2 else 4
        what = entry.read(6 + width, 4)
        if what == b"Exif" or (what == b"mime" and b"rdf+xml" in entry.read(10 + width, 200)):
            yield entry.number(4, width), what


def _places(locations: Window) -> Iterator[tuple[int, int, int, bool]]:
    """Of each item whose data is in one piece: number, place, length (0: to the end), and whether
    it is in the box idat."""
    data = locations.read()
    version, place = data[0], 4

    def take(width: int) -> int:
        nonlocal place
        place += width
        return int.from_bytes(data[place - width : place], "big")

    widths = take(2)
    offset_width, length_width = widths >> 12, widths >> 8 & 15
    base_width, index_width = widths >> 4 & 15, widths & 15 if version else 0
    for _ in range(min(take(4 if version == 2 else 2), _MOST_PARTS)):
        number = take(4 if version == 2 else 2)
        method = take(2) & 15 if version else 0
        take(2)
        base, pieces = take(base_width), take(2)
        for _ in range(pieces):
            take(index_width)
            offset, length = take(offset_width), take(length_width)
            if pieces == 1 and method <= _IN_META:
                yield number, base + offset, length, method == _IN_META
        if place > len(data):
            return
