"""`tagdrop label` on photos of 12 megapixels, beside the bare networks on all cores.

The photos are parts of the samples, of 12 megapixels each, as a camera stores them. In every turn a
process of its own labels all of them, another one a tenth, and a third runs only the networks, on
ready tensors, at the same priority. What one more photo takes is the difference of the first two,
so that starting the program and loading the networks do not count: that is done once, however many
photos there are.

The bare loop runs, for each photo, two views in the classifier and a full square of 416 pixels in
the detector, one thread per core with a photo each: that was faster than two threads on one photo.
"framed" beside it gives the detector what the program does, a photo of 4:3 without the square's
bars. CPU is what the system counts for the process and all its threads, user and system.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps

from tests.rig import ROOT, photos
from tests.rig.tiffs import save_dng

from .figures import Figure

MOST_TIMES = 1 / 0.70
"""At least 0.70 of the rate of the bare networks."""
MOST_CPU_MS = 95
IMAGES = 80
LONG_PX, SHORT_PX = 4032, 3024
NICE = 10

FORMATS: dict[str, tuple[str, Callable[[Image.Image, Path], None]]] = {
    "jpeg": (".jpg", partial(photos.save_jpeg, quality=95)),
    "heic": (".heic", photos.save_heic),
    "png": (".png", photos.save_png),
    "raw": (".dng", partial(save_dng, preview_edge_px=LONG_PX)),
}
FEWER = 4
"""Only a fourth as many of the other formats: they take up to 25 MB each, and longer."""


class Cost(NamedTuple):
    """What a photo, or a process from its start to its end, takes."""

    wall_ms: float
    cpu_ms: float


def measure(*, is_short: bool) -> Iterator[Figure]:
    """JPEG with its bars, then, unless it is to be short, the other formats."""
    with tempfile.TemporaryDirectory(prefix="tagdrop-bench-") as folder:
        for name in ["jpeg"] if is_short else FORMATS:
            count = IMAGES if name == "jpeg" else IMAGES // FEWER
            yield from _measure(name, Path(folder) / name, count, 2 if is_short else 5)


def _measure(name: str, folder: Path, count: int, turns: int) -> Iterator[Figure]:
    """One format."""
    all_of_them, a_few = folder / "all", folder / "few"
    make_photos(all_of_them, count, name)
    make_photos(a_few, max(1, count // 10), name)
    each, square, framed = list[Cost](), list[Cost](), list[Cost]()
    for turn in range(turns):
        square.append(_run_bare(count, "square"))
        few, long = _label(a_few, folder / f"few-{turn}"), _label(all_of_them, folder / f"{turn}")
        framed.append(_run_bare(count, "framed"))
        more = count - max(1, count // 10)
        each.append(Cost((long.wall_ms - few.wall_ms) / more, (long.cpu_ms - few.cpu_ms) / more))
    wall, cpu = zip(*each, strict=True)
    has_bar = name == "jpeg"
    for form, bare in (("square", square), ("framed", framed)):
        beside, (bare_wall, bare_cpu) = f"the networks, {form}", zip(*bare, strict=True)
        most = MOST_TIMES if has_bar and form == "square" else None
        yield Figure(f"one more {name} photo", "ms", wall, beside, bare_wall, most)
        limit = MOST_CPU_MS if most else None
        yield Figure(f"one more {name} photo, CPU", "ms", cpu, beside, bare_cpu, limit=limit)


def make_photos(folder: Path, count: int, name: str) -> None:
    """Write so many photos. The same arguments give the same photos."""
    folder.mkdir(parents=True)
    suffix, save = FORMATS[name]
    for seed in range(count):
        save(_picture(seed), folder / f"IMG_{seed:04}{suffix}")


def _picture(seed: int) -> Image.Image:
    """A part of a sample, another one for every seed, in a camera's shape."""
    names = photos.sample_names()
    chance = random.Random(seed)
    with Image.open(photos.SAMPLES / names[seed % len(names)]) as image:
        size = (LONG_PX, SHORT_PX) if image.width >= image.height else (SHORT_PX, LONG_PX)
        share = chance.uniform(0.85, 1)
        part = image.convert("RGB").crop(
            (0, 0, round(share * image.width), round(share * image.height))
        )
    return ImageOps.fit(part, size, centering=(chance.random(), chance.random()))


def _label(folder: Path, data_dir: Path) -> Cost:
    command = [sys.executable, "-m", "desktop", "label", "--format", "json"]
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [*command, "--data-dir", data_dir, folder], cwd=ROOT, stdout=subprocess.DEVNULL, check=True
    )
    wall_s, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(1000 * wall_s, 1000 * cpu_s)


def _run_bare(count: int, form: str) -> Cost:
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.labelling", form, str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    return Cost(*json.loads(done.stdout))


def _bare(count: int, *, framed: bool) -> Cost:
    """Only the networks, on tensors that are ready, one thread for each core."""
    os.nice(NICE)  # as the program's own threads
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    import numpy as np  # noqa: PLC0415 - only here, after the environment is set

    from desktop.backends import views  # noqa: PLC0415
    from desktop.backends.local import MODELS  # noqa: PLC0415
    from desktop.backends.recognition import open_networks  # noqa: PLC0415

    classifier, detector = open_networks(MODELS)
    photo = _picture(0).reduce(4)
    looks = [views.middle(photo), views.squeezed(photo)]
    whole = views.framed(photo)
    if not framed:
        square = np.zeros((1, views.DETECTOR_PX, views.DETECTOR_PX, 3), np.uint8)
        square[:, : whole.shape[1], : whole.shape[2]] = whole
        whole = square

    def work(photos_each: int) -> None:
        for _ in range(photos_each):
            for look in looks:
                classifier.run(None, {"image": look})
            detector.run(None, {"image": whole})

    cores = os.cpu_count() or 1
    work(2)
    began, cpu_before = time.monotonic(), time.process_time()
    threads = [threading.Thread(target=work, args=(count // cores,)) for _ in range(cores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = count // cores * cores
    wall_s, cpu_s = time.monotonic() - began, time.process_time() - cpu_before
    return Cost(1000 * wall_s / done, 1000 * cpu_s / done)


if __name__ == "__main__":
    print(json.dumps(_bare(int(sys.argv[2]), framed=sys.argv[1] == "framed")))
