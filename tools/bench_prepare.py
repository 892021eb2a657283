"""Time `prepare` on a 12-megapixel JPEG beside the least that any way of doing it can take.

    python tools/bench_prepare.py [--rounds 15] [PHOTO]

The floor is libjpeg-turbo alone, as Pillow bundles it: decode at the DCT scale 1/2, encode with the
same quality, from memory to memory. Both are taken in turn in the same run, so that a busy machine
slows both; the fastest round of each counts. The bar is 1.08 times the floor. Also shown: the
common ways to shrink, what other kinds of the same photo take, and the megabytes that leave.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.core.prepare import JPEG_QUALITY, MAX_EDGE_PX, prepare  # noqa: E402
from tests import photos  # noqa: E402

BAR = 1.08
SAMPLE = "sunset_by_Aitzol_Berasategi.jpg"


def make_photo(path: Path) -> None:
    """12 megapixels of a sample at a camera's quality."""
    with Image.open(ROOT / "samples" / SAMPLE) as image:
        photos.save_jpeg(image.convert("RGB").resize((4032, 3024)), path, quality=95)


def floor(data: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        image.draft(None, (MAX_EDGE_PX, MAX_EDGE_PX * image.height // image.width))
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


def fastest_ms(rounds: int, ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The fastest round of each way; the ways take turns."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):  # the first one warms up
        for name, way in ways.items():
            started = time.perf_counter()
            way()
            times[name].append((time.perf_counter() - started) * 1000)
    return {name: min(taken[1:]) for name, taken in times.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
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
            size, picture = image.size, image.convert("RGB")
        for name, suffix, save in photos.GOOD:
            if arguments.photo is None and name in {"turned", "wide-gamut", "progressive", "heic"}:
                other = Path(folder) / f"{name}{suffix}"
                save(picture, other)
                ways[f"prepare, {name}"] = lambda other=other: prepare(other)
        times = fastest_ms(arguments.rounds, ways)
        result = prepare(path)
    print(f"{path.name}: {size[0]}×{size[1]}, {len(data) / 1e6:.2f} MB")
    print(f"becomes {result.width}×{result.height}, {len(result.data) / 1000:.0f} kB")
    for name, taken in times.items():
        print(f"{name:22} {taken:7.1f} ms  {taken / times['floor']:5.2f} × floor")
    ratio = times["prepare"] / times["floor"]
    print(f"{'ok' if ratio <= BAR else 'TOO SLOW'}: {ratio:.3f} of at most {BAR}")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
