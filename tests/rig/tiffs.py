"""Makers of TIFF files that Pillow cannot write: DNG and 16 bits a channel.

No RAW file comes with a package that the tests could install, so a DNG is written by hand; `raws`
has those of other brands.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

TO_STORED = {  # what turns an upright picture into the one a camera stores under this orientation
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}

Tag = tuple[int, int, "bytes | list[int]"]


def dng(
    image: Image.Image,
    *,
    preview: bool = True,
    preview_edge_px: int = 1600,
    orientation: int = 1,
) -> bytes:
    """A small but complete DNG: a colour-filter mosaic and, unless told otherwise, a JPEG preview.

    Written by hand as the DNG 1.4 specification has it: IFD0 holds the preview, its SubIFD the
    16-bit RGGB mosaic. Without a preview, IFD0 is the mosaic itself.
    """
    if orientation in TO_STORED:
        image = image.transpose(TO_STORED[orientation])
    image = image.crop((0, 0, image.width & ~1, image.height & ~1))
    jpeg = io.BytesIO()
    if preview:
        small = image.copy()
        small.thumbnail((preview_edge_px, preview_edge_px))
        small.save(jpeg, "JPEG", quality=88)
    camera: list[Tag] = [
        (271, 2, b"Tagdrop\0"),
        (272, 2, b"Test camera\0"),
        (274, 3, [orientation]),
        (50706, 1, bytes((1, 4, 0, 0))),  # DNGVersion
        (50708, 2, b"Tagdrop Test camera\0"),  # UniqueCameraModel
        # ColorMatrix1: XYZ to linear sRGB, so that the mosaic holds plain sRGB light
        (50721, 10, [32405, -15371, -4985, -9693, 18760, 416, 556, -2040, 10572]),
        (50728, 5, [10000, 10000, 10000]),  # AsShotNeutral
        (50778, 3, [21]),  # CalibrationIlluminant1: D65
    ]
    sensor = mosaic(image)
    raw = [*mosaic_tags(image, sensor), (50714, 3, [0]), (50717, 3, [65535])]
    if not preview:
        return tiff([(camera + raw, sensor)])
    first: list[Tag] = [
        (254, 4, [1]),
        (256, 4, [small.width]),
        (257, 4, [small.height]),
        (258, 3, [8, 8, 8]),
        (259, 3, [7]),
        (262, 3, [6]),
        (273, 4, [0]),
        (277, 3, [3]),
        (278, 4, [small.height]),
        (279, 4, [jpeg.tell()]),
        (330, 4, [0]),
    ]
    return tiff([(camera + first, jpeg.getvalue()), (raw, sensor)])


def save_dng(image: Image.Image, path: Path, **options: Any) -> None:
    """Write what `dng` makes."""
    path.write_bytes(dng(image, **options))


def save_tiff16(data: bytes, size: tuple[int, int], path: Path) -> None:
    """An RGB TIFF of 16 bits a channel, little-endian, which Pillow cannot write."""
    width, height = size
    tags: list[Tag] = [(254, 4, [0]), (256, 4, [width]), (257, 4, [height])]
    tags += [(258, 3, [16, 16, 16]), (259, 3, [1]), (262, 3, [2]), (273, 4, [0]), (277, 3, [3])]
    tags += [(278, 4, [height]), (279, 4, [len(data)])]
    path.write_bytes(tiff([(tags, data)]))


def mosaic_tags(image: Image.Image, sensor: bytes) -> list[Tag]:
    """What a TIFF says of a picture's mosaic."""
    return [
        (254, 4, [0]),
        (256, 4, [image.width]),
        (257, 4, [image.height]),
        (258, 3, [16]),
        (259, 3, [1]),
        (262, 3, [32803]),
        (273, 4, [0]),
        (277, 3, [1]),
        (278, 4, [image.height]),
        (279, 4, [len(sensor)]),
        (33421, 3, [2, 2]),
        (33422, 1, bytes((0, 1, 1, 2))),
    ]


def mosaic(image: Image.Image) -> bytes:
    """The RGGB mosaic of a picture as 16-bit linear light, little-endian."""
    linear = [round(65535 * (v / 255) ** 2.2) for v in range(256)]
    wide = [struct.pack("<H", v) for v in linear]
    low, high = bytes(w[0] for w in wide), bytes(w[1] for w in wide)
    red, green, blue = (band.tobytes() for band in image.split())
    width = image.width
    out = bytearray()
    for y in range(image.height):
        even, odd = (green, blue) if y % 2 else (red, green)
        line = bytearray(width)
        line[0::2] = even[y * width : (y + 1) * width : 2]
        line[1::2] = odd[y * width + 1 : (y + 1) * width : 2]
        both = bytearray(2 * width)
        both[0::2], both[1::2] = line.translate(low), line.translate(high)
        out += both
    return bytes(out)


def tiff(images: Sequence[tuple[list[Tag], bytes]]) -> bytes:
    """A little-endian TIFF: the first image is IFD0, the others hang under its SubIFDs tag."""
    pack = {1: "B", 3: "H", 4: "I"}
    sizes = []
    for tags, _data in images:
        extra = sum(n + (n & 1) for t in tags if (n := len(_tag_data(t, pack))) > 4)
        sizes.append(2 + 12 * len(tags) + 4 + extra)
    starts, position = [], 8
    for size, (_tags, data) in zip(sizes, images, strict=True):
        starts.append(position)
        position += size + len(data) + (len(data) & 1)
    out = bytearray(b"II*\0" + struct.pack("<I", 8))
    for index, (tags, data) in enumerate(images):
        places = {273: [starts[index] + sizes[index]], 330: starts[1:]}
        entries, extra_at, extra_data = bytearray(), starts[index] + 6 + 12 * len(tags), bytearray()
        for tag, kind, value in sorted(tags, key=lambda t: t[0]):
            raw = _tag_data((tag, kind, places.get(tag, value)), pack)
            count = len(raw) // {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 10: 8}[kind]
            if len(raw) <= 4:
                entries += struct.pack("<HHI", tag, kind, count) + raw.ljust(4, b"\0")
            else:
                entries += struct.pack("<HHII", tag, kind, count, extra_at + len(extra_data))
                extra_data += raw + b"\0" * (len(raw) & 1)
        out += struct.pack("<H", len(tags)) + entries + b"\0\0\0\0" + extra_data
        out += data + b"\0" * (len(data) & 1)
    return bytes(out)


def _tag_data(tag: Tag, pack: dict[int, str]) -> bytes:
    _number, kind, value = tag
    if isinstance(value, bytes):
        return value
    if kind in {5, 10}:  # fractions in ten-thousandths
        return b"".join(struct.pack("<iI", v, 10000) for v in value)
    return struct.pack(f"<{len(value)}{pack[kind]}", *value)
