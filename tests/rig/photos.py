"""Makers of test photos: good ones of every format, and each kind of bad input.

Photos come from `samples/`, cropped, mirrored and scaled, so that every one differs in content and
still shows what its sample shows. The same arguments give the same photos.
"""

from __future__ import annotations

import io
import os
import random
import struct
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pillow_heif
from PIL import Image, ImageCms

from . import ROOT
from .tiffs import TO_STORED, save_dng

SAMPLES = ROOT / "samples"
ORIENTATION = 0x0112


@cache
def _sample(name: str) -> Image.Image:
    with Image.open(SAMPLES / name) as image:
        image.draft("RGB", (1300, 1300))
        plain = image.convert("RGB")
    plain.info = {}  # what its camera wrote would be saved with every picture made of it
    return plain


@cache
def sample_names() -> tuple[str, ...]:
    """The file names in `samples/`, sorted."""
    return tuple(sorted(p.name for p in SAMPLES.iterdir() if p.suffix in {".jpg", ".png"}))


def picture(seed: int = 0, *, edge_px: int = 800, sample: str | None = None) -> Image.Image:
    """An upright RGB picture whose long edge is `edge_px`; another one for every seed."""
    rng = random.Random(seed)
    names = sample_names()
    image = _sample(sample or names[seed % len(names)])
    share = rng.uniform(0.8, 0.98)
    width, height = int(image.width * share), int(image.height * share)
    left, top = rng.randint(0, image.width - width), rng.randint(0, image.height - height)
    if rng.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    scale = edge_px / max(width, height)
    return image.resize(
        (max(1, round(width * scale)), max(1, round(height * scale))),
        Image.Resampling.BILINEAR,
        box=(left, top, left + width, top + height),
    )


def camera_exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: maker, time and the place the photo was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[ORIENTATION] = "Tagdrop", "Test camera", orientation
    exif[0x9003] = "2025:07:14 12:30:00"
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (43.0, 15.0, 30.5), 3: "W", 4: (4.0, 49.0, 12.25), 29: "2025:07:14"}
    )
    return exif


# ---- good photos, one maker per kind ------------------------------------------------------------


def save_jpeg(image: Image.Image, path: Path, *, orientation: int = 1, **options: object) -> None:
    """A JPEG with EXIF, GPS, XMP and a comment; shown as `image` whatever the orientation."""
    if orientation in TO_STORED:
        image = image.transpose(TO_STORED[orientation])
    options = {"quality": 90, "exif": camera_exif(orientation), **options}
    image.save(path, "JPEG", xmp=b"<x:xmpmeta>secret</x:xmpmeta>", comment=b"secret", **options)


def save_oriented(image: Image.Image, path: Path, orientation: int) -> None:
    """A JPEG, PNG, TIFF, WebP or AVIF (by the suffix of `path`) with an EXIF orientation."""
    stored = image.transpose(TO_STORED[orientation]) if orientation in TO_STORED else image
    if path.suffix == ".tif":
        stored.save(path, tiffinfo={ORIENTATION: orientation})
    else:
        stored.save(path, quality=95, exif=camera_exif(orientation))


def save_heic(image: Image.Image, path: Path, *, orientation: int = 1) -> None:
    """A HEIC as a phone writes it: turned by the container, with EXIF."""
    stored = image.transpose(TO_STORED[orientation]) if orientation in TO_STORED else image
    exif = camera_exif(orientation).tobytes()
    pillow_heif.from_pillow(stored).save(
        path, quality=70, exif=exif, enc_params={"preset": "ultrafast"}
    )


def save_avif(image: Image.Image, path: Path) -> None:
    image.save(path, "AVIF", speed=10, quality=70, exif=camera_exif())


def save_webp(image: Image.Image, path: Path) -> None:
    image.save(path, "WEBP", quality=80, method=0, exif=camera_exif())


def save_tiff(image: Image.Image, path: Path) -> None:
    image.save(path, "TIFF", compression="tiff_lzw")


def save_bmp(image: Image.Image, path: Path) -> None:
    image.save(path, "BMP")


def save_gif(image: Image.Image, path: Path) -> None:
    """An animation; the second frame is the picture in negative."""
    first = image.quantize(64, method=Image.Quantize.FASTOCTREE)
    second = image.point(lambda v: 255 - v).quantize(64, method=Image.Quantize.FASTOCTREE)
    first.save(path, "GIF", save_all=True, append_images=[second])


def save_png(image: Image.Image, path: Path) -> None:
    image.save(path, "PNG", compress_level=1, exif=camera_exif())


def save_png16(image: Image.Image, path: Path) -> None:
    """16 bits per channel RGB, which Pillow cannot write."""
    width, height = image.size
    data = image.tobytes()
    rows = bytearray()
    for y in range(height):
        line = data[y * width * 3 : (y + 1) * width * 3]
        wide = bytearray(2 * len(line))
        wide[0::2] = wide[1::2] = line
        rows += b"\0" + wide
    path.write_bytes(_png(width, height, depth=16, colour=2, data=zlib.compress(bytes(rows), 1)))


def save_png_alpha(image: Image.Image, path: Path) -> None:
    """The left third is transparent, and black where nobody should see it."""
    image = image.convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, image.width // 3, image.height))
    image.save(path, "PNG", compress_level=1)


def save_cmyk(image: Image.Image, path: Path) -> None:
    """A CMYK JPEG; Pillow writes it inverted and marked by Adobe's segment, as Photoshop does."""
    image.convert("CMYK").save(path, "JPEG", quality=90)


def save_progressive(image: Image.Image, path: Path) -> None:
    save_jpeg(image, path, progressive=True)


def display_p3() -> bytes:
    """A wide-gamut ICC profile much like the one phones write (primaries of Display P3)."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    data = bytearray(profile.tobytes())
    columns = {  # XYZ of the primaries, adapted to D50, in s15Fixed16
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
    }
    for index in range(struct.unpack_from(">I", data, 128)[0]):
        name, offset, _size = struct.unpack_from(">4sII", data, 132 + 12 * index)
        if name in columns:
            struct.pack_into(">3i", data, offset + 8, *(round(v * 65536) for v in columns[name]))
    return bytes(data).replace(
        "sRGB built-in".encode("utf-16-be"), "Wide built-in".encode("utf-16-be")
    )


def save_wide_gamut(image: Image.Image, path: Path) -> None:
    save_jpeg(image, path, icc_profile=display_p3())


GOOD: tuple[tuple[str, str, Callable[[Image.Image, Path], None]], ...] = (
    ("jpeg", ".jpg", save_jpeg),
    ("heic", ".HEIC", save_heic),
    ("turned", ".JPG", lambda i, p: save_jpeg(i, p, orientation=6)),
    ("png", ".png", save_png),
    ("dng", ".dng", save_dng),
    ("jpeg", ".jpeg", save_jpeg),
    ("webp", ".webp", save_webp),
    ("upside-down", ".jpg", lambda i, p: save_jpeg(i, p, orientation=3)),
    ("tiff", ".tif", save_tiff),
    ("avif", ".avif", save_avif),
    ("progressive", ".jpg", save_progressive),
    ("cmyk", ".jpg", save_cmyk),
    ("png16", ".png", save_png16),
    ("heic-turned", ".heic", lambda i, p: save_heic(i, p, orientation=8)),
    ("bmp", ".bmp", save_bmp),
    ("mirrored", ".jpg", lambda i, p: save_jpeg(i, p, orientation=5)),
    ("gif", ".gif", save_gif),
    ("wide-gamut", ".jpg", save_wide_gamut),
    ("alpha", ".png", save_png_alpha),
)


def make_photos(folder: Path, count: int, seed: int = 0, *, edge_px: int = 800) -> list[Path]:
    """Write `count` different photos of mixed formats into `folder`; their paths in order.

    200 photos take about 10 s on one core. Every eighth is larger than an upload may be, so that
    shrinking is part of the way.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for index in range(count):
        name, suffix, save = GOOD[index % len(GOOD)]
        large = index % 8 == 0 and name == "jpeg"
        image = picture(seed * 100_003 + index, edge_px=2600 if large else edge_px)
        path = folder / f"{index:04d} {name}{suffix}"
        save(image, path)
        paths.append(path)
    return paths


# ---- bad input ----------------------------------------------------------------------------------


def save_truncated_jpeg(path: Path) -> None:
    """The first 60 % of a JPEG, as an interrupted copy leaves it."""
    data = io.BytesIO()
    picture(1).save(data, "JPEG", quality=90)
    path.write_bytes(data.getvalue()[: data.tell() * 6 // 10])


def save_empty(path: Path) -> None:
    path.write_bytes(b"")


def save_text(path: Path) -> None:
    path.write_text("Dear diary, this is not a photo.\n" * 40, encoding="utf-8")


def save_tiny(path: Path) -> None:
    """60 pixels square: below what Rekognition takes."""
    picture(2).resize((60, 60)).save(path, "PNG")


def save_bomb(path: Path) -> None:
    """A valid PNG of 18 kB that holds 10,000 × 15,000 pixels (one bit each, all black)."""
    rows = bytes(1251 * 15_000)
    path.write_bytes(_png(10_000, 15_000, depth=1, colour=0, data=zlib.compress(rows, 9)))


BAD: dict[str, Callable[[Path], None]] = {
    "truncated.jpg": save_truncated_jpeg,
    "empty.jpg": save_empty,
    "text.jpg": save_text,
    "tiny.png": save_tiny,
    "bomb.png": save_bomb,
}
"""File name → maker of each bad input that the issue names; each ends with its own reason."""


def make_bad(folder: Path) -> list[Path]:
    """Write every bad input of `BAD` into `folder`; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, save in BAD.items():
        save(folder / name)
    return [folder / name for name in BAD]


def save_pipe(path: Path) -> None:
    """A named pipe nobody writes to: opening it the usual way would wait for ever."""
    os.mkfifo(path)


def _png(width: int, height: int, *, depth: int, colour: int, data: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
