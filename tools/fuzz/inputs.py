"""Whole photos of every format, and what is made of them: input number N is always the same."""

from __future__ import annotations

import io
import random
import tempfile
import zlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from PIL import Image

from desktop.core.metadata.fields import NONE, Fields
from desktop.core.photo.formats import sniff
from desktop.core.save.metadata import change_keywords
from tests.rig import ROOT, odd_photos, photos, tiffs
from tests.rig.raws import RAWS

EDGE_PX = 128
"""Its short side is above the 80 pixels below which a photo is refused, and the file is small."""
EDGES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
"""Numbers that sizes and offsets are often wrong at."""

_OF_THEIR_OWN = ("crw", "iiq", "mrw", "orf", "raf", "rw2", "x3f")
"""Raw formats that LibRaw reads otherwise than as a plain TIFF."""
TAGS = Fields(subject=("Größe",), hierarchical=("Tier|Hund",), iptc=("Hund",))

Save = Callable[[Image.Image, Path], None]


def _with(**options: Any) -> Save:
    return lambda image, path: image.save(path, **options)


def _in_mode(mode: str, **options: Any) -> Save:
    return lambda image, path: image.convert(mode).save(path, **options)


def _tiff16(image: Image.Image, path: Path) -> None:
    wide = bytearray(2 * len(data := image.tobytes()))
    wide[1::2] = data
    tiffs.save_tiff16(bytes(wide), image.size, path)


def _tagged(image: Image.Image, path: Path) -> None:
    image.save(path)
    kind = sniff(io.BytesIO(data := path.read_bytes())) or ""
    path.write_bytes(change_keywords(data, kind, NONE, TAGS).data)


SAVERS: dict[str, Save] = {
    **{f"{name}{suffix}": save for name, suffix, save in photos.GOOD},
    "no preview.dng": partial(tiffs.save_dng, preview=False),
    "interlaced.png": _in_mode("P", transparency=1),
    "grey.png": _in_mode("LA"),
    "12.bmp": _in_mode("P"),
    "bits.bmp": _in_mode("1"),
    "lossless.webp": _with(lossless=True, method=0),
    "alpha.webp": _in_mode("RGBA", method=0),
    "plain.tif": _with(),
    "deflated.tif": _with(compression="tiff_adobe_deflate"),
    "jpeg.tif": _with(compression="jpeg"),
    "packbits.tif": _with(compression="packbits"),
    "fax.tif": _in_mode("1", compression="group4"),
    "float.tif": _in_mode("F"),
    "cmyk.tif": _in_mode("CMYK", compression="tiff_lzw"),
    "16.tif": _tiff16,
    "alpha.avif": _in_mode("RGBA", speed=10),
    "lossy.jp2": _with(irreversible=True, quality_layers=[20]),
    "lossless.j2k": _with(),
    **{f"tagged.{suffix}": _tagged for suffix in ("jpg", "png", "tif", "webp")},
}


@cache
def seeds() -> dict[str, bytes]:
    """Name → content of whole photos that Tagdrop reads, in their order."""
    made: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        image = photos.picture(5, edge_px=EDGE_PX, sample="friends_by_Aitzol_Berasategi.jpg")
        for name, save in SAVERS.items():
            path = Path(folder) / name
            save(image, path)
            made[name] = path.read_bytes()
        made |= {f"{what}{suffix}": make(image) for what, (suffix, make) in odd_photos.ODD.items()}
        made |= {f"{what}.tif": make(image) for what, make in odd_photos.TIFFS.items()}
        even = image.crop((0, 0, image.width & ~1, image.height & ~1))
        made |= {f"camera.{suffix}": RAWS[suffix](even) for suffix in _OF_THEIR_OWN}
        made["JPEG XL.dng"] = odd_photos.dng_in_jpeg_xl(image)
    for path in sorted((ROOT / "packaging" / "formats").iterdir()):
        made[f"small{path.suffix}"] = path.read_bytes()
    return made


def damaged(number: int, run: int) -> tuple[str, bytes]:
    """The name of the photo that input `number` of this run is made of, and its content."""
    names = list(seeds())
    name = names[number % len(names)]
    data, rng = bytearray(seeds()[name]), random.Random(f"{run} {number}")
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        rng.choice(_DAMAGES)(data, rng)
    if name.endswith(".png") and rng.random() < 0.7:
        _mend_sums(data)
    return name, bytes(data)


def _place(data: bytearray, rng: random.Random) -> int:
    """Half of all damage is where headers are."""
    return rng.randrange(max(1, min(len(data), rng.choice((64, 512, len(data), len(data))))))


def _flip(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 1, 2, 8, 64)) if data else 0):
        data[_place(data, rng)] ^= 1 << rng.randrange(8)


def _put(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 1, 2, 8, 64)) if data else 0):
        data[_place(data, rng)] = rng.randrange(256)


def _number(data: bytearray, rng: random.Random) -> None:
    width, place = rng.choice((1, 2, 4)), _place(data, rng)
    number = rng.choice(EDGES) & (1 << 8 * width) - 1
    data[place : place + width] = number.to_bytes(width, rng.choice(("big", "little")))


def _cut(data: bytearray, rng: random.Random) -> None:
    del data[_place(data, rng) :]


def _zero(data: bytearray, rng: random.Random) -> None:
    place, length = _place(data, rng), rng.choice((4, 64, 512, 4096))
    data[place : place + length] = bytes(min(length, len(data) - place))


def _leave_out(data: bytearray, rng: random.Random) -> None:
    place = _place(data, rng)
    del data[place : place + rng.choice((1, 4, 64, 512))]


def _double(data: bytearray, rng: random.Random) -> None:
    place, length = _place(data, rng), rng.choice((1, 4, 64, 512, 4096))
    data[place:place] = data[place : place + length]


def _splice(data: bytearray, rng: random.Random) -> None:
    """With a part of another photo, at the same place or at any."""
    other = rng.choice(list(seeds().values()))
    place, length = _place(data, rng), rng.choice((16, 64, 512, len(other)))
    start = min(place, len(other)) if rng.random() < 0.5 else rng.randrange(len(other))
    data[place : place + length] = other[start : start + length]


def _mend_sums(data: bytearray) -> None:
    """Let a PNG's checksums fit what it holds now: a decoder would look at nothing else."""
    place = 8
    while place + 12 <= len(data):
        end = place + 8 + int.from_bytes(data[place : place + 4], "big")
        data[end : end + 4] = zlib.crc32(data[place + 4 : end]).to_bytes(4, "big")
        place = end + 4


_DAMAGES = (_flip, _flip, _put, _number, _number, _cut, _zero, _leave_out, _double, _splice)
