"""`prepare` and `picture_digest` on a 12-megapixel JPEG beside the least that each can take.

The floor is libjpeg-turbo alone, as Pillow bundles it: decode at the DCT scale 1/2, encode with the
same quality, from memory to memory. That of a digest is the SHA-256 of the whole file. What counts
is the CPU time of the thread, which a busy machine stretches less than the time on the clock; the
decoders of HEIC use further threads. Other formats and plainer ways are told without a bar.
"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PIL import Image

from desktop.core.photo.identity import file_digest, picture_digest
from desktop.core.photo.prepare import JPEG_QUALITY, MAX_EDGE_PX, prepare
from tests.rig import photos

from .figures import Figure
from .turns import in_turns

MOST = 1.08
MOST_OF_DIGEST = 1.3
FLOOR = "libjpeg-turbo alone"
SAMPLE = "sunset_by_Aitzol_Berasategi.jpg"


def make_photo(path: Path) -> None:
    """12 megapixels of a sample at a camera's quality."""
    with Image.open(photos.SAMPLES / SAMPLE) as image:
        photos.save_jpeg(image.convert("RGB").resize((4032, 3024)), path, quality=95)


def floor(data: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        image.draft(None, (MAX_EDGE_PX, MAX_EDGE_PX * image.height // image.width))
        image.load()  # save() alone would copy the picture once more: 15 ms
        image.save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()


def thumbnail(data: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        image.thumbnail((2048, 2048))
        image.save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()


def naive(data: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        image.resize((2048, 2048 * image.height // image.width)).save(
            out, "JPEG", quality=JPEG_QUALITY
        )
    return out.getvalue()


def digest_of(path: Path, digest: Callable[[io.BufferedReader], str]) -> str:
    with path.open("rb") as file:
        return digest(file)


def measure(*, is_short: bool) -> Iterator[Figure]:
    """JPEG's way and its digest with their bars, then the others."""
    turns = 7 if is_short else 15
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo.jpg"
        make_photo(path)
        data = path.read_bytes()
        ways: dict[str, Callable[[], object]] = {
            FLOOR: lambda: floor(data),
            "a JPEG": lambda: prepare(path),
            "a JPEG by Pillow's thumbnail()": lambda: thumbnail(data),
            "a JPEG by Pillow's resize()": lambda: naive(data),
        }
        with Image.open(path) as image:
            pixels = image.convert("RGB")
        for name, suffix, save in photos.GOOD:
            if not is_short and name in {"turned", "wide-gamut", "progressive", "heic"}:
                other = Path(folder) / f"{name}{suffix}"
                save(pixels, other)
                ways[f"a picture, {name}"] = partial(prepare, other)
        took = in_turns(turns, ways, time.thread_time)
        digests: dict[str, Callable[[], object]] = {
            "its SHA-256": partial(digest_of, path, file_digest),
            "the digest of a JPEG's picture": partial(digest_of, path, picture_digest),
        }
        digested = in_turns(10 * turns, digests, time.thread_time)
    least = took.pop(FLOOR)
    for name, times in took.items():
        yield Figure(name, "ms", times, FLOOR, least, MOST if name == "a JPEG" else None)
    sha256, of_picture = digested.items()
    yield Figure(of_picture[0], "ms", of_picture[1], *sha256, MOST_OF_DIGEST)
