"""Which picture a file holds: a digest of its picture data, whatever its metadata says.

What counts is the coded picture and all that decoding it takes: sizes, quantisation, palettes,
tiles. What does not are EXIF, XMP, IPTC, comments, colour profiles, the orientation and whatever
follows the picture in the file. Programs that rate, tag or strip photos leave the former alone and
rewrite the latter. Files of other formats, and those that break their format's rules, count whole:
what a decoder makes of them may change with its version, which a digest must not.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
from collections.abc import Callable

from .formats import RAW, sniff
from .heif_parts import add_heif
from .parts import NotSoError, Parts
from .tiff_parts import add_tiff


def picture_digest(file: io.BufferedReader | io.BytesIO) -> str:
    """SHA-256 in hex of the picture in an opened file; no two different pictures share one.

    Costs about as much as the SHA-256 of the whole file, by `tools/bench/prepare.py`, and reads no
    file more than about three times, however broken it is.
    """
    kind = sniff(file) or ""
    if kind in _ADDERS:
        parts = Parts(file, kind)
        try:
            _ADDERS[kind](parts)
        except NotSoError:
            pass
        else:
            return parts.hexdigest()
    return file_digest(file)


def is_cut_off(file: io.BufferedReader | io.BytesIO) -> bool:
    """Whether a JPEG or PNG has no end: decoders make a picture of one that lacks the last bytes.

    False for other formats, whose decoders notice. Takes no longer than `picture_digest`.
    """
    kind = sniff(file) or ""
    parts = Parts(file, kind)
    try:
        if kind == "JPEG":
            return parts.read(_end_of_scans(parts, 2) - 2, 2) != bytes((0xFF, _EOI))
        if kind == "PNG":
            _add_png(parts)
    except NotSoError:
        return True
    return False


def file_digest(file: io.BufferedReader | io.BytesIO) -> str:
    """SHA-256 in hex of all that an opened file holds."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


# JPEG: segments, each with its length, and scans, which have none

_SOS, _EOI, _COM, _LIST, _ADOBE = 0xDA, 0xD9, 0xFE, 0xE2, 0xEE
_ENTRIES = 0xB002
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)


def _add_jpeg(parts: Parts) -> None:
    """All segments but APPn and comments, and all scans, up to the picture's end.

    Of Adobe's segment the colour transform counts. Other pictures and films may follow the end. A
    phone lists the pictures with their lengths. Where that list is not true any more, or a file
    without one does not end as a picture does, the end is looked for, which takes 0.6 times as long
    as the digest.
    """
    place, end = 2, parts.size_bytes
    while True:
        marker, body, place = _segment(parts, place)
        if marker == _ADOBE and body.startswith(b"Adobe"):
            parts.add(b"Adobe" + body[11:12])
        elif marker == _LIST and body.startswith(b"MPF\0"):
            end = _first_length(body)
        elif marker != _COM and not 0xE0 <= marker <= 0xEF:
            parts.add(bytes((marker,)) + body)
        if marker == _SOS:
            if not place < end <= parts.size_bytes or parts.read(end - 2, 2) != b"\xff\xd9":
                end = _end_of_scans(parts, place)
            parts.add_piece(place, end - place)
            return


def _segment(parts: Parts, place: int) -> tuple[int, bytes, int]:
    """The marker and content of the segment at `place`, and where the next one is."""
    while (head := parts.read(place, 4))[:2] == b"\xff\xff":  # fill bytes
        place += 1
    length = int.from_bytes(head[2:], "big")
    if head[0] != 0xFF or length < 2:
        raise NotSoError
    return head[1], parts.read(place + 4, length - 2), place + 2 + length


def _first_length(listing: bytes) -> int:
    """How many bytes the first picture takes, by the list of them; 0 where that is broken."""
    order = "<" if listing[4:6] == b"II" else ">"
    try:
        (start,) = struct.unpack_from(order + "I", listing, 8)
        (count,) = struct.unpack_from(order + "H", listing, 4 + start)
        for number in range(count):
            tag, place = struct.unpack_from(order + "H6xI", listing, 6 + start + 12 * number)
            if tag == _ENTRIES:
                return int(struct.unpack_from(order + "I", listing, 4 + place + 4)[0])
    except struct.error:
        pass
    return 0


def _end_of_scans(parts: Parts, place: int) -> int:
    """Past the first end of image from `place`, in a scan or where a segment begins.

    The file's end where it was cut off.
    """
    while True:
        for start, block in parts.blocks(place):
            if found := _MARKER.search(block):
                place = start + found.start()
                break
        else:
            return parts.size_bytes
        if parts.read(place + 1, 1)[0] == _EOI:
            return place + 2
        *_, place = _segment(parts, place)


# PNG, WebP and GIF: chunks

_PNG = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"fcTL", b"fdAT"}
_WEBP = {b"VP8 ", b"VP8L", b"ALPH", b"ANMF"}


def _add_png(parts: Parts) -> None:
    place = 8
    while True:
        head = parts.read(place, 8)
        length, name = int.from_bytes(head[:4], "big"), head[4:]
        if name == b"IEND":
            return
        if name in _PNG:
            parts.add(name)
            parts.add_piece(place + 8, length)
        place += 12 + length


def _add_webp(parts: Parts) -> None:
    end = min(8 + int.from_bytes(parts.read(4, 4), "little"), parts.size_bytes)
    place, is_empty = 12, True
    while place < end:
        head = parts.read(place, 8)
        name, length = head[:4], int.from_bytes(head[4:], "little")
        if name in _WEBP:
            parts.add(name)
            parts.add_piece(place + 8, length)
            is_empty = False
        elif name == b"VP8X":
            flags = parts.read(place + 8, min(length, 10))
            if not flags:
                raise NotSoError
            if flags[0] & 2:  # of an animation; to another picture it gives nothing of its own
                parts.add(flags[4:])
        place += 8 + length + length % 2
    if is_empty:
        raise NotSoError


def _add_gif(parts: Parts) -> None:
    head = parts.read(6, 7)
    parts.add(head)
    place = _add_gif_palette(parts, 13, head[4])
    while (kind := parts.read(place, 1)) != b";":
        if kind == b",":
            head = parts.read(place + 1, 9)
            parts.add(head)
            place = _add_gif_palette(parts, place + 10, head[8])
            parts.add(parts.read(place, 1))
            place = _add_gif_blocks(parts, place + 1, counts=True)
        elif kind == b"!":
            label = parts.read(place + 1, 1)
            # Comments and what applications keep (XMP among them) are not the picture.
            counts = label not in (b"\xfe", b"\xff")
            if counts:
                parts.add(label)
            place = _add_gif_blocks(parts, place + 2, counts=counts)
        else:
            raise NotSoError


def _add_gif_palette(parts: Parts, place: int, flags: int) -> int:
    length = 3 << (flags & 7) + 1 if flags & 0x80 else 0
    parts.add_piece(place, length)
    return place + length


def _add_gif_blocks(parts: Parts, place: int, *, counts: bool) -> int:
    while length := parts.read(place, 1)[0]:
        if counts:
            parts.add_piece(place, length + 1)
        place += length + 1
    return place + 1


_ADDERS: dict[str, Callable[[Parts], None]] = {
    "JPEG": _add_jpeg,
    "PNG": _add_png,
    "WEBP": _add_webp,
    "GIF": _add_gif,
    "TIFF": add_tiff,
    RAW: add_tiff,
    "HEIF": add_heif,
    "AVIF": add_heif,
}
