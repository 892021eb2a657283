"""Time `prepare` and `picture_digest` on a 12-megapixel JPEG beside the least that each can take.

    python -m tools.bench_prepare [--rounds 15] [PHOTO]

The floor is libjpeg-turbo alone, as Pillow bundles it: decode at the DCT scale 1/2, encode with the
same quality, from memory to memory. All ways take turns in the same run; of each, the round with
the least CPU time of its thread counts, which a busy machine stretches less than the time on the
clock (shown beside it; the decoders of HEIC use further threads). The bar is 1.08 times the floor.

The floor of a digest is the SHA-256 of the whole file; the bar is 1.3 times it.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image

from desktop.core.photo.identity import file_digest, picture_digest
from desktop.core.photo.prepare import JPEG_QUALITY, MAX_EDGE_PX, prepare
from tests.rig import photos

BAR = 1.08
DIGEST_BAR = 1.3
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


def least_ms(rounds: int, ways: dict[str, Callable[[], object]]) -> dict[str, tuple[float, float]]:
    """Least CPU and clock time of each way; the ways take turns."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(rounds + 1):  # the first one warms up
        for name, way in ways.items():
            started = time.thread_time(), time.perf_counter()
            way()
            ended = time.thread_time(), time.perf_counter()
            times[name].append((ended[0] - started[0], ended[1] - started[1]))
    return {
        name: (min(cpu for cpu, _ in taken[1:]) * 1000, min(wall for _, wall in taken[1:]) * 1000)
        for name, taken in times.items()
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("photo", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.photo or Path(folder) / "photo.jpg"
        if arguments.photo is None:
            make_photo(path)
        data = path.read_bytes()
        ways: dict[str, Callable[[], object]] = {
            "floor": lambda: floor(data),
            "prepare": lambda: prepare(path),
            "thumbnail()": lambda: thumbnail(data),
            "resize()": lambda: naive(data),
        }
        with Image.open(path) as image:
            size, pixels = image.size, image.convert("RGB")
        for name, suffix, save in photos.GOOD:
            if arguments.photo is None and name in {"turned", "wide-gamut", "progressive", "heic"}:
                other = Path(folder) / f"{name}{suffix}"
                save(pixels, other)
                ways[f"prepare, {name}"] = partial(prepare, other)
        times = least_ms(arguments.rounds, ways)
        digests: dict[str, Callable[[], object]] = {
            "SHA-256 of the file": partial(digest_of, path, file_digest),
            "digest of the picture": partial(digest_of, path, picture_digest),
        }
        digest_times = least_ms(10 * arguments.rounds, digests)
        result = prepare(path).data
    print(f"{path.name}: {size[0]}×{size[1]}, {len(data) / 1e6:.2f} MB")
    with Image.open(io.BytesIO(result)) as image:
        width, height = image.size
    print(f"becomes {width}×{height}, {len(result) / 1000:.0f} kB")
    for name, (cpu, wall) in times.items():
        print(f"{name:22} {cpu:7.1f} ms  {cpu / times['floor'][0]:5.2f} × floor ({wall:.1f} ms)")
    sha256, of_picture = (cpu for cpu, _ in digest_times.values())
    for name, (cpu, wall) in digest_times.items():
        print(f"{name:22} {cpu:7.2f} ms  {cpu / sha256:5.2f} × SHA-256 ({wall:.2f} ms)")
    verdicts = [(times["prepare"][0] / times["floor"][0], BAR), (of_picture / sha256, DIGEST_BAR)]
    for ratio, bar in verdicts:
        print(f"{'ok' if ratio <= bar else 'TOO SLOW'}: {ratio:.3f} of at most {bar}")
    return 0 if all(ratio <= bar for ratio, bar in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
