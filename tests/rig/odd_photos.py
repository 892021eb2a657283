"""Makers of photos that are rarely seen, and of damaged ones: whole files, as bytes.

They are encoded by other libraries than Pillow, or by hand where no library writes such a file.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any

import imagecodecs
import numpy as np
import pillow_heif
import tifffile
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from .photos import camera_exif

Samples = np.ndarray[Any, Any]


def _samples(image: Image.Image) -> Samples:
    return np.asarray(image.convert("RGB"))


def tiff(samples: Samples, **options: Any) -> bytes:
    """A TIFF of these samples; `options` are those of tifffile's `imwrite`."""
    out = io.BytesIO()
    tifffile.imwrite(out, samples, **({"photometric": "rgb"} | options))
    return out.getvalue()


def _wide(image: Image.Image) -> Samples:
    return _samples(image).astype(np.uint16) * 257


def _with_alpha(image: Image.Image) -> bytes:
    grey = np.asarray(image.convert("L")).astype(np.uint16) * 257
    both = np.stack([grey, np.full_like(grey, 65535)], axis=2)
    return tiff(both, photometric="minisblack", extrasamples=["unassalpha"], planarconfig="contig")


def _pyramid(image: Image.Image) -> bytes:
    """Like a slide scanner's: a stamp first, then the picture in tiles, and a smaller copy."""
    out = io.BytesIO()
    with tifffile.TiffWriter(out) as writer:
        for step, tile in ((8, None), (1, (64, 64)), (2, (64, 64))):
            writer.write(_samples(image)[::step, ::step], photometric="rgb", tile=tile)
    return out.getvalue()


def _in_sub_directory(image: Image.Image) -> bytes:
    """A stamp whose sub-directory is the picture."""
    out = io.BytesIO()
    with tifffile.TiffWriter(out) as writer:
        stamp = _samples(image)[::8, ::8]
        writer.write(stamp, photometric="rgb", subifds=1, subfiletype=1)
        writer.write(_samples(image), photometric="rgb")
    return out.getvalue()


TIFFS: dict[str, Callable[[Image.Image], bytes]] = {
    "float": lambda i: tiff(_samples(i).astype(np.float32) / 255),
    "half float": lambda i: tiff(_samples(i).astype(np.float16) / 255),
    "float, LZW, predictor": lambda i: tiff(
        _samples(i).astype(np.float32) / 255, compression="lzw", predictor=3
    ),
    "32-bit whole numbers": lambda i: tiff(_samples(i).astype(np.uint32) * 16_843_009),
    "grey with alpha, 16 bits": _with_alpha,
    "BigTIFF, big-endian": lambda i: tiff(_wide(i), bigtiff=True, byteorder=">"),
    "WebP": lambda i: tiff(_samples(i), compression="webp"),
    "JPEG 2000": lambda i: tiff(_samples(i), compression="jpeg2000"),
    "JPEG XL": lambda i: tiff(_samples(i), compression="jpegxl"),
    "Zstandard": lambda i: tiff(_samples(i), compression="zstd"),
    "planes, 16 bits": lambda i: tiff(_wide(i).transpose(2, 0, 1), planarconfig="separate"),
    "planes, 8 bits": lambda i: tiff(_samples(i).transpose(2, 0, 1), planarconfig="separate"),
    "white is zero, 16 bits": lambda i: tiff(
        65535 - np.asarray(i.convert("L")).astype(np.uint16) * 257, photometric="miniswhite"
    ),
    "white is zero, 8 bits": lambda i: tiff(
        255 - np.asarray(i.convert("L")), photometric="miniswhite"
    ),
    "pyramid": _pyramid,
    "in a sub-directory": _in_sub_directory,
}
"""What it is -> a TIFF of that kind that shows an image."""


def bmp_with_masks(image: Image.Image, masks: tuple[int, int, int]) -> bytes:
    """A BMP of 32 bits a pixel whose colours stand where the masks (of 8 bits each) say."""
    pixels = np.zeros((image.height, image.width), "<u4")
    for mask, channel in zip(masks, np.moveaxis(_samples(image), 2, 0), strict=True):
        pixels |= channel.astype("<u4") << np.uint32((mask & -mask).bit_length() - 1)
    data = pixels[::-1].tobytes()
    head = struct.pack(
        "<2sIIIIiiHHIIiiII",
        b"BM",
        66 + len(data),
        0,
        66,
        40,
        *image.size,
        1,
        32,
        3,
        len(data),
        2835,
        2835,
        0,
        0,
    )
    return head + struct.pack("<3I", *masks) + data


def heic_turned_by_exif(image: Image.Image) -> bytes:
    """A HEIC that is to be turned by 90° to the right, by its EXIF alone."""
    out = io.BytesIO()
    lying = image.transpose(Image.Transpose.ROTATE_90)
    pillow_heif.from_pillow(lying).save(out, quality=70, exif=camera_exif(1).tobytes())
    one, six = (b"\x01\x12\x00\x03\x00\x00\x00\x01\x00" + bytes((n,)) for n in (1, 6))
    if out.getvalue().count(one) != 1:
        raise LookupError("no orientation")
    return out.getvalue().replace(one, six)


def avif_with_spoilt_exif(image: Image.Image) -> bytes:
    """An AVIF whose EXIF is no TIFF."""
    data = io.BytesIO()
    image.save(data, "AVIF", quality=90, exif=camera_exif())
    return data.getvalue().replace(b"Exif\0\0MM", b"Exif\0\0??")


def avif_with_spoilt_gain_map(image: Image.Image) -> bytes:
    """An AVIF whose other picture, for brighter screens, is nothing of the kind."""
    data = io.BytesIO()
    image.save(data, "AVIF", quality=90, exif=camera_exif())
    return data.getvalue().replace(b"ExifExif", b"tmapExif").replace(b"MA1B", b"tmap", 1)


def png_with_spoilt_profile(image: Image.Image) -> bytes:
    """A PNG whose colour profile has lost a byte; its checksum tells."""
    data = io.BytesIO()
    image.save(
        data, "PNG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    )
    place = data.getvalue().index(b"iCCP") + 40
    return data.getvalue()[:place] + b"?" + data.getvalue()[place + 1 :]


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def heif_sequence(image: Image.Image) -> bytes:
    """A HEIF that holds a sequence of one picture, as a burst, and no picture beside it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(image).save(out, quality=70)
    still = out.getvalue()
    at = still.index(b"hvcC") - 4
    settings = still[at : at + int.from_bytes(still[at : at + 4], "big")]
    data = still[still.index(b"mdat") + 4 :]
    kind = _box(b"ftyp", b"msf1", bytes(4), b"msf1hevc")
    entry = _box(b"hvc1", bytes(24), struct.pack(">HH", *image.size), bytes(50), settings)
    place = len(kind) + 8
    table = _box(
        b"stbl",
        _box(b"stsd", bytes(4), struct.pack(">I", 1), entry),
        _box(b"stsz", bytes(4), struct.pack(">III", 0, 1, len(data))),
        _box(b"stco", bytes(4), struct.pack(">II", 1, place)),
    )
    handler = _box(b"hdlr", bytes(8), b"pict", bytes(13))
    track = _box(b"trak", _box(b"mdia", handler, _box(b"minf", table)))
    return kind + _box(b"mdat", data) + _box(b"moov", track)


def jpeg_xl(image: Image.Image) -> bytes:
    return bytes(imagecodecs.jpegxl_encode(_samples(image), effort=3))


def jpeg_2000(image: Image.Image, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG2000", **{"quality_layers": [20], **options})
    return out.getvalue()


def jpeg_2000_of_16_bits(image: Image.Image) -> bytes:
    return bytes(imagecodecs.jpeg2k_encode(_wide(image), level=0))


def png_with_a_long_text(image: Image.Image) -> bytes:
    """A PNG that keeps 2 MB of what was done to it."""
    out, info = io.BytesIO(), PngInfo()
    info.add_text("history", "crop " * 400_000, zip=True)
    image.save(out, "PNG", pnginfo=info)
    return out.getvalue()


def heif_of_jpeg_2000(image: Image.Image) -> bytes:
    """A HEIF that says that its picture is coded in JPEG 2000."""
    out = io.BytesIO()
    pillow_heif.from_pillow(image).save(out, quality=70)
    return out.getvalue().replace(b"hvc1", b"j2k1")


def jpeg_lossless(image: Image.Image) -> bytes:
    return bytes(imagecodecs.jpeg8_encode(_samples(image), lossless=True))


def jpeg_12_bits(image: Image.Image) -> bytes:
    deep = _samples(image).astype(np.uint16) * 16
    return bytes(imagecodecs.jpeg8_encode(deep, level=95, bitspersample=12))


def dng_in_jpeg_xl(image: Image.Image) -> bytes:
    """A DNG 1.7 without a preview: linear light of a camera that sees sRGB's colours."""
    light = (_samples(image) / 255.0) ** 2.2
    matrix = [32405, -15371, -4985, -9693, 18760, 416, 556, -2040, 10572]
    rational = [number for each in matrix for number in (each, 10000)]
    return tiff(
        (light * 65535).astype(np.uint16),
        photometric=34892,
        compression=52546,
        compressionargs={"effort": 3},
        extratags=[
            (271, 2, 0, "Tagdrop", True),
            (50706, 1, 4, bytes((1, 7, 0, 0)), True),
            (50721, 10, 9, rational, True),
            (50728, 5, 3, [1, 1] * 3, True),
            (50717, 4, 3, [65535] * 3, True),
        ],
    )


ODD: dict[str, tuple[str, Callable[[Image.Image], bytes]]] = {
    "JPEG XL": (".jxl", jpeg_xl),
    "JPEG 2000": (".jp2", jpeg_2000),
    "JPEG 2000 in one size": (
        ".jp2",
        lambda i: jpeg_2000(i, num_resolutions=1, quality_layers=[4]),
    ),
    "JPEG 2000 of 16 bits": (".jp2", jpeg_2000_of_16_bits),
    "PNG with a long text": (".png", png_with_a_long_text),
    "PNG with a spoilt profile": (".png", png_with_spoilt_profile),
    "AVIF with spoilt EXIF": (".avif", avif_with_spoilt_exif),
    "AVIF with a spoilt gain map": (".avif", avif_with_spoilt_gain_map),
    "lossless JPEG": (".jpg", jpeg_lossless),
    "JPEG of 12 bits": (".jpg", jpeg_12_bits),
    "BMP with masks": (".bmp", lambda i: bmp_with_masks(i, (0xFF00, 0xFF000000, 0xFF))),
    "HEIF sequence": (".heics", heif_sequence),
    "HEIC turned by its EXIF": (".heic", heic_turned_by_exif),
}
"""What it is -> suffix, and maker of a file that shows an image."""


# ---- damaged ------------------------------------------------------------------------------------


def jpeg(image: Image.Image, **options: Any) -> bytes:
    """A JPEG as most cameras write it."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, **options)
    return out.getvalue()


def zeroed(data: bytes, at: float, count: int) -> bytes:
    """The file with `count` zeros inside, from this share of it on, as a broken disk gives it."""
    start = int(len(data) * at)
    return data[:start] + bytes(count) + data[start + count :]


def spliced(first: bytes, second: bytes) -> bytes:
    """A file of which only the first half is its own, as after a recovery."""
    return first[: len(first) // 2] + second[len(second) // 2 :]


def padded(data: bytes, count: int) -> bytes:
    """A JPEG with zeros before its end, as some cameras fill theirs up; all of it is there."""
    return data[:-2] + bytes(count) + data[-2:]


def tiff_with_impossible_offset() -> bytes:
    """A TIFF of which nothing can be read: its directory lies far beyond its end."""
    return b"MM\0+\0\x08\0\0" + (2**63 - 1).to_bytes(8, "big") + bytes(300)


def heif_with_impossible_offset() -> bytes:
    """A HEIF sequence whose second box says that the next one lies where no file reaches."""
    far = struct.pack(">I4sQ", 1, b"free", 2**63 - 8)
    return _box(b"ftyp", b"msf1", bytes(4), b"msf1hevc") + far + bytes(100)


def iiq() -> bytes:
    """The beginning of Phase One's IIQ, a TIFF outside, without any picture."""
    head = b"II*\0\x08\x0a\0\0IIIICwaR"
    return head.ljust(2568, b"\0") + struct.pack("<H", 1) + struct.pack("<HHII", 256, 4, 1, 1)
