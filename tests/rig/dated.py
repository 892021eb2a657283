"""Files that say when they were taken, each in the way of its format; no picture needs to be in."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

import imagecodecs

TAKEN, DIGITIZED, CHANGED = 0x9003, 0x9004, 0x0132
_IN_CAMERA_S = range(0x9000, 0xA000)


def tiff(
    texts: Mapping[int, str | bytes], *, start: bytes = b"II*\0", more: Mapping[int, bytes] = {}
) -> bytes:
    """A TIFF with these tags of text, where Exif has them; `more` are tags of bytes beside."""
    order = ">" if start[:1] == b"M" else "<"
    split: tuple[dict[int, bytes], dict[int, bytes]] = ({}, {})
    for tag, text in texts.items():
        data = text if isinstance(text, bytes) else text.encode() + b"\0"
        split[tag in _IN_CAMERA_S][tag] = data
    camera_s = 8
    inner = _directory(split[1], camera_s, order, {})
    first = camera_s + len(inner)
    link = {0x8769: struct.pack(order + "I", camera_s)}
    outer = _directory({**split[0], **more}, first, order, link)
    return start + struct.pack(order + "I", first) + inner + outer


def _directory(
    values: Mapping[int, bytes], place: int, order: str, links: Mapping[int, bytes]
) -> bytes:
    tags = sorted({*values, *links})
    behind = place + 2 + 12 * len(tags) + 4
    entries, rest = b"", b""
    for tag in tags:
        if tag in links:
            entries += struct.pack(order + "HHI", tag, 4, 1) + links[tag]
            continue
        value = values[tag]
        where = value.ljust(4, b"\0")
        if len(value) > 4:
            where = struct.pack(order + "I", behind + len(rest))
            rest += value + b"\0" * (len(value) % 2)
        entries += struct.pack(order + "HHI", tag, 2, len(value)) + where
    return struct.pack(order + "H", len(tags)) + entries + bytes(4) + rest


def xmp(**dates: str) -> bytes:
    """A packet with these, by names with `_` for the colon: exif_DateTimeOriginal."""
    said = "".join(f' {name.replace("_", ":", 1)}="{when}"' for name, when in dates.items())
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        f' xmlns:xmp="http://ns.adobe.com/xap/1.0/"{said}/></rdf:RDF></x:xmpmeta>'
    ).encode()


def iptc(day: bytes, time: bytes = b"") -> bytes:
    """Photoshop's resources with Date Created and Time Created."""
    sets = b"".join(
        bytes((0x1C, 2, number)) + struct.pack(">H", len(data)) + data
        for number, data in ((55, day), (60, time))
        if data
    )
    sets += b"\0" * (len(sets) % 2)
    return b"8BIM\x04\x04\0\0" + struct.pack(">I", len(sets)) + sets


def jpeg(*, exif: bytes = b"", packet: bytes = b"", photoshop: bytes = b"") -> bytes:
    """The segments of a JPEG up to where its picture would begin."""
    bodies = (
        (0xE1, b"Exif\0\0" + exif if exif else b""),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet if packet else b""),
        (0xED, b"Photoshop 3.0\0" + photoshop if photoshop else b""),
    )
    segments = b"".join(
        struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body for marker, body in bodies if body
    )
    return b"\xff\xd8" + segments + b"\xff\xda\0\2"


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG whose picture is before these chunks."""
    data = b"\x89PNG\r\n\x1a\n"
    for name, body in ((b"IHDR", bytes(13)), (b"IDAT", bytes(100)), *chunks, (b"IEND", b"")):
        data += struct.pack(">I", len(body)) + name + body
        data += struct.pack(">I", zlib.crc32(name + body))
    return data


def gif(packet: bytes) -> bytes:
    """A GIF whose XMP stands before its picture, with the trailer by which it is passed over."""
    head = b"GIF89a" + struct.pack("<HHBBB", 100, 80, 0, 0, 0)
    trailer = b"\1" + bytes(range(255, -1, -1)) + b"\0"
    return head + b"\x21\xff\x0bXMP DataXMP" + packet + trailer + b"\x3b"


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP with these chunks."""
    body = b"".join(
        name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
        for name, data in ((b"VP8X", bytes(10)), *chunks)
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def box(name: bytes, *parts: bytes) -> bytes:
    """A box of ISO's file format."""
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def heif(*, exif: bytes = b"", packet: bytes = b"") -> bytes:
    """A HEIC with an item of each, and none that is a picture."""
    contents = {1: (b"Exif", bytes(4) + exif), 2: (b"mime", packet)}
    front = box(b"ftyp", b"heic", bytes(4), b"mif1")
    entries = [
        box(b"infe", b"\2\0\0\0", struct.pack(">HH", number, 0), kind, b"\0", what)
        for number, kind, what in ((1, b"Exif", b""), (2, b"mime", b"application/rdf+xml\0"))
    ]
    info = box(b"iinf", bytes(4), struct.pack(">H", 2), *entries)

    def located(place: int) -> bytes:
        places = b""
        for number, (_, data) in contents.items():
            places += struct.pack(">HHHII", number, 0, 1, place, len(data))
            place += len(data)
        return box(b"meta", bytes(4), info, box(b"iloc", bytes(4), b"\x44\0\0\2", places))

    behind = len(front) + len(located(0)) + 8
    return front + located(behind) + box(b"mdat", *(data for _, data in contents.values()))


def cr3(exif: bytes) -> bytes:
    """Canon's box of the camera's directory in the middle of a CR3."""
    canon = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
    moov = box(b"moov", box(b"uuid", canon, box(b"CNCV", bytes(30)), box(b"CMT2", exif)))
    return box(b"ftyp", b"crx ", bytes(4)) + moov + box(b"mdat", bytes(8))


def jxl(*boxes: bytes) -> bytes:
    """A JPEG XL with these boxes before its picture."""
    return box(b"JXL ", b"\r\n\x87\n") + b"".join(boxes) + box(b"jxlc", b"\xff\x0a")


def packed_box(kind: bytes, content: bytes) -> bytes:
    """A box of JPEG XL that is packed by Brotli."""
    return box(b"brob", kind, bytes(imagecodecs.brotli_encode(content)))


def jp2(exif: bytes) -> bytes:
    """A JPEG 2000 with the box that programs put EXIF into."""
    return box(b"jP  ", b"\r\n\x87\n") + box(b"uuid", b"JpgTiffExif->JP2", exif)


def raf(exif: bytes) -> bytes:
    """Fujifilm's: a JPEG behind its header."""
    inside = jpeg(exif=exif)
    head = b"FUJIFILMCCD-RAW ".ljust(84, b"\0") + struct.pack(">II", 100, len(inside))
    return head.ljust(100, b"\0") + inside


def mrw(exif: bytes) -> bytes:
    """Minolta's: blocks, one of which is a TIFF."""
    blocks = b"\0PRD" + struct.pack(">I", 4) + bytes(4)
    blocks += b"\0TTW" + struct.pack(">I", len(exif)) + exif
    return b"\0MRM" + struct.pack(">I", len(blocks)) + blocks


def crw(seconds: int) -> bytes:
    """Canon's old one: a heap in a heap, which has the time."""
    inner = struct.pack("<III", seconds, 0, 0)
    inner += struct.pack("<HHII", 1, 0x180E, 12, 0) + struct.pack("<I", 12)
    outer = inner + struct.pack("<HHII", 1, 0x300A, len(inner), 0) + struct.pack("<I", len(inner))
    return b"II" + struct.pack("<I", 26) + b"HEAPCCDR" + bytes(12) + outer


def x3f(seconds: int) -> bytes:
    """Sigma's: a section of properties, listed at the end."""
    words = [b"CAMMODEL", b"SD14", b"TIME", str(seconds).encode()]
    texts = b"".join(word.decode().encode("utf-16-le") + b"\0\0" for word in words)
    starts = [sum(len(word) + 1 for word in words[:number]) for number in range(4)]
    section = b"SECp" + struct.pack("<IIIII", 0x20000, 2, 0, 0, len(texts) // 2)
    section += struct.pack("<4I", *starts) + texts
    directory = b"SECd" + struct.pack("<II", 0x20000, 1)
    directory += struct.pack("<II", 64, len(section)) + b"PROP"
    data = b"FOVb".ljust(64, b"\0") + section
    return data + directory + struct.pack("<I", len(data))
