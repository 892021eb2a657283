"""Makers of cameras' raw files, by their endings: whole files, as bytes.

No package has real ones: each is made as its brand lays it out, with a JPEG preview inside, as far
as LibRaw wants it to say whose it is. Behind most previews stands a mosaic that nobody develops;
Minolta's has no preview. Sources: LibRaw's identify.cpp and x3f_parse_process.cpp; exiftool's
tables of tags; the CIFF Specification, version 1.0 revision 4.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from functools import partial

from PIL import Image

from .tiffs import Tag, dng, mosaic, mosaic_tags, tiff


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def _words(*texts: str) -> list[Tag]:
    return [(271 + number, 2, text.encode() + b"\0") for number, text in enumerate(texts)]


def in_tiff(image: Image.Image, *, camera: tuple[str, str], start: bytes = b"II*\0") -> bytes:
    """What most brands write: a TIFF with a preview, and the sensor's data in a sub-directory."""
    preview, sensor = _jpeg(image), mosaic(image)
    first: list[Tag] = [
        *_words(*camera),
        (254, 4, [1]),
        (256, 4, [image.width]),
        (257, 4, [image.height]),
        (258, 3, [8, 8, 8]),
        (259, 3, [6]),
        (262, 3, [6]),
        (273, 4, [0]),
        (277, 3, [3]),
        (278, 4, [image.height]),
        (279, 4, [len(preview)]),
        (330, 4, [0]),
    ]
    return start + tiff([(first, preview), (mosaic_tags(image, sensor), sensor)])[4:]


def crw(image: Image.Image) -> bytes:
    """Canon's old one: a heap, listed at its end."""
    size = struct.pack("<9H", 17, *image.size, 1, 1, 0, 0, image.width - 1, image.height - 1)
    parts = {
        0x2007: _jpeg(image),
        0x2005: mosaic(image),
        0x080A: b"Canon\0Canon EOS D60\0",
        0x1031: size,
    }
    heap, entries = b"", struct.pack("<H", len(parts))
    for tag, content in parts.items():
        entries += struct.pack("<HII", tag, len(content), len(heap))
        heap += content
    heap += entries + struct.pack("<I", len(heap))
    return b"II" + struct.pack("<I", 26) + b"HEAPCCDR" + struct.pack("<III", 0x10002, 0, 0) + heap


def mrw(image: Image.Image) -> bytes:
    """Minolta's: blocks, and the sensor's data of 12 bits, the highest byte first."""
    words = tiff([([*_words("Minolta Co., Ltd.", "DiMAGE A1")], b"")])
    width, height = image.size
    size = struct.pack(">4H6BH", height, width, height, width, 16, 16, 0x52, 0, 0, 0, 0x103)
    blocks = b""
    for name, content in ((b"\0PRD", b"21810002" + size), (b"\0TTW", words)):
        blocks += name + struct.pack(">I", len(content)) + content
    wide = struct.unpack(f"<{width * height}H", mosaic(image))
    sensor = struct.pack(f">{len(wide)}H", *(value >> 4 for value in wide))
    return b"\0MRM" + struct.pack(">I", len(blocks)) + blocks + sensor


def raf(image: Image.Image) -> bytes:
    """Fujifilm's: a JPEG, then what is said of the sensor's data, then that."""
    size = struct.pack(">2H", image.height, image.width)
    said = struct.pack(">I", 2) + b"".join(
        struct.pack(">2H", tag, len(size)) + size for tag in (0x100, 0x121)
    )
    head = b"FUJIFILMCCD-RAW 0201FF129502FinePix S5100".ljust(84, b"\0")
    parts, place = [_jpeg(image), said, mosaic(image)], 160
    for part in parts:
        head += struct.pack(">2I", place, len(part))
        place += len(part)
    return head.ljust(160, b"\0") + b"".join(parts)


def x3f(image: Image.Image) -> bytes:
    """Sigma's: sections, listed at its end."""
    words = ["CAMMANUF", "SIGMA", "CAMMODEL", "SIGMA SD9"]
    texts = b"".join(word.encode("utf-16-le") + b"\0\0" for word in words)
    starts = [sum(len(word) + 1 for word in words[:number]) for number in range(4)]
    properties = struct.pack("<9I", 0x20000, 2, 0, 0, len(texts) // 2, *starts) + texts
    preview = struct.pack("<6I", 0x20000, 2, 18, *image.size, 0) + _jpeg(image)
    sensor = struct.pack("<6I", 0x20000, 3, 30, *image.size, 0) + bytes(4096)
    data = b"FOVb" + struct.pack("<I16x4I", 0x20000, 0, *image.size, 0)
    directory = b"SECd" + struct.pack("<2I", 0x20000, 3)
    for name, kind, section in (
        (b"IMA2", b"SECi", preview),
        (b"IMAG", b"SECi", sensor),
        (b"PROP", b"SECp", properties),
    ):
        data += bytes(-len(data) % 4)
        directory += struct.pack("<2I", len(data), 4 + len(section)) + name
        data += kind + section
    data += bytes(-len(data) % 4)
    return data + directory + struct.pack("<I", len(data))


_STARTS = {"orf": b"IIRO", "rw2": b"IIU\0", "rwl": b"IIU\0"}
"""Of those that begin otherwise than a TIFF."""
_CAMERAS = {
    "3fr": ("Hasselblad", "Hasselblad H3D"),
    "arw": ("SONY", "ILCE-7"),
    "cr2": ("Canon", "Canon EOS 5D"),
    "dcr": ("Kodak", "DCS760C"),
    "erf": ("SEIKO EPSON CORP.", "R-D1"),
    "fff": ("Imacon", "Ixpress"),
    "iiq": ("Phase One", "P 45"),
    "kdc": ("EASTMAN KODAK COMPANY", "KODAK P880 ZOOM DIGITAL CAMERA"),
    "mef": ("Mamiya-OP Co.,Ltd.", "Mamiya ZD"),
    "mos": ("Leaf", "Leaf Aptus 22"),
    "nef": ("NIKON CORPORATION", "NIKON D70"),
    "nrw": ("NIKON", "COOLPIX P7000"),
    "orf": ("OLYMPUS", "E-1"),
    "pef": ("PENTAX", "PENTAX K10D"),
    "rw2": ("Panasonic", "DMC-GH1"),
    "rwl": ("LEICA", "D-LUX 5"),
    "sr2": ("SONY", "DSC-R1"),
    "srf": ("SONY", "DSC-F828"),
    "srw": ("SAMSUNG", "NX10"),
}
RAWS: dict[str, Callable[[Image.Image], bytes]] = {
    **{
        suffix: partial(in_tiff, camera=camera, start=_STARTS.get(suffix, b"II*\0"))
        for suffix, camera in _CAMERAS.items()
    },
    "crw": crw,
    "dng": dng,
    "mrw": mrw,
    "raf": raf,
    "x3f": x3f,
}
"""Ending -> maker of a raw file that shows an image of even width and height."""
