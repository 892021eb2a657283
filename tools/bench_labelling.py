"""Measure `tagdrop label` on photos of 12 megapixels, beside the bare networks on both cores.

    python -m tools.bench_labelling [--images 80] [--turns 5] [--formats jpeg heic png raw]
    python -m tools.bench_labelling --amazon 1000
    python -m tools.bench_labelling --amazon 300 --rate 5

The photos are parts of the samples, of 12 megapixels each, as a camera stores them. In every turn a
process of its own labels all of them, another one a tenth, and a third runs only the networks, on
ready tensors, at the same priority. What one more photo takes is the difference of the first two,
so that starting the program and loading the networks do not count: that is done once, however many
photos there are. "whole" is the first process from start to end. Times are medians of the turns.

The bare loop runs, for each photo, two views in the classifier and a full square of 416 pixels in
the detector, one thread per core with a photo each: that was faster than two threads on one photo.
"framed" beside it gives the detector what the program does, a photo of 4:3 without the square's
bars. CPU is what the system counts for the process and all its threads, user and system.

It fails when a JPEG takes more than 0.095 s of CPU, or its rate is under 0.70 of the bare loop's.

With `--amazon` so many small photos go through the emulator of the tests instead, and it fails when
the program has more than 24 threads at any time or calls AWS more often than `tests/rig/aws/bounds`
says. With `--rate` Rekognition answers so many a second, and it fails, too, when the time from the
first photo handed in to the last question for labels is more than 1.25 times photos / rate, or when
more than a tenth of the calls of Rekognition were throttled; `--unknown-rate` keeps the program
from knowing the rate.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps

from desktop.recognisers import AWS
from tests.rig import ROOT, photos
from tests.rig.command import Computer
from tests.rig.processes import run_python
from tests.rig.tiffs import save_dng

LEAST_RATIO = 0.70
MOST_CPU_S = 0.095
LONG_PX, SHORT_PX = 4032, 3024
NICE = 10
MOST_RATIO = 1.25
MOST_THROTTLED = 0.10

FORMATS: dict[str, tuple[str, Callable[[Image.Image, Path], None]]] = {
    "jpeg": (".jpg", partial(photos.save_jpeg, quality=95)),
    "heic": (".heic", photos.save_heic),
    "png": (".png", photos.save_png),
    "raw": (".dng", partial(save_dng, preview_edge_px=LONG_PX)),
}
FEWER = 4
"""Only a fourth as many of the other formats: they take up to 25 MB each, and longer."""


class Run(NamedTuple):
    """A process from its start to its end, in seconds."""

    wall_s: float
    cpu_s: float


class Rates(NamedTuple):
    """Photos a second, and seconds of CPU for each."""

    rate: float
    cpu_s: float


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--images", type=int, default=80)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS))
    parser.add_argument("--amazon", type=int, metavar="PHOTOS")
    parser.add_argument("--rate", type=float, metavar="PER_S")
    parser.add_argument("--unknown-rate", action="store_true")
    parser.add_argument("--bare", choices=("square", "framed"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.bare:
        print(json.dumps(_bare(arguments.images, framed=arguments.bare == "framed")))
        return
    if arguments.amazon:
        known_per_s = None if arguments.unknown_rate else arguments.rate
        sys.exit(not _label_with_amazon(arguments.amazon, arguments.rate, known_per_s))
    is_met = True
    with tempfile.TemporaryDirectory(prefix="tagdrop-bench-") as folder:
        for name in arguments.formats:
            count = arguments.images if name == "jpeg" else arguments.images // FEWER
            met = _bench(name, Path(folder) / name, count, arguments.turns)
            is_met = is_met and (met or name != "jpeg")
    sys.exit(not is_met)


def _bench(name: str, folder: Path, count: int, turns: int) -> bool:
    """Measure one format and print it; whether it meets the bars."""
    all_of_them, a_few = folder / "all", folder / "few"
    size_mb = make_photos(all_of_them, count, name)
    make_photos(a_few, max(1, count // 10), name)
    each: list[Rates] = []
    whole: list[Rates] = []
    square: list[Rates] = []
    framed: list[Rates] = []
    for turn in range(turns):
        square.append(_run_bare(count, "square"))
        few, long = _label(a_few, folder / f"few-{turn}"), _label(all_of_them, folder / f"{turn}")
        framed.append(_run_bare(count, "framed"))
        more = count - max(1, count // 10)
        each.append(Rates(more / (long.wall_s - few.wall_s), (long.cpu_s - few.cpu_s) / more))
        whole.append(Rates(count / long.wall_s, long.cpu_s / count))
    print(f"{name}: {count} photos of {size_mb:.1f} MB, {os.cpu_count()} cores")
    ways = {"one more": each, "whole": whole, "bare, square": square, "bare, framed": framed}
    for way, taken in ways.items():
        rate, cpu_s = (statistics.median(values) for values in zip(*taken, strict=True))
        beside = [
            statistics.median(t.rate / b.rate for t, b in zip(taken, bare, strict=True))
            for bare in (square, framed)
        ]
        print(
            f"  {way:14}{rate:6.1f} a second {1000 * cpu_s:6.1f} ms of CPU  "
            f"{beside[0]:.2f} of square  {beside[1]:.2f} of framed"
        )
    ratio = statistics.median(t.rate / b.rate for t, b in zip(each, square, strict=True))
    cpu_s = statistics.median(t.cpu_s for t in each)
    is_met = ratio >= LEAST_RATIO and cpu_s <= MOST_CPU_S
    verdict = "ok" if is_met else "MISSED" if name == "jpeg" else "no bar"
    print(
        f"  {ratio:.2f} of the bare rate (at least {LEAST_RATIO:.2f}),"
        f" {cpu_s:.3f} s of CPU (at most {MOST_CPU_S})  {verdict}"
    )
    return is_met


def make_photos(folder: Path, count: int, name: str) -> float:
    """Write so many photos; their mean size in MB. The same arguments give the same photos."""
    folder.mkdir(parents=True)
    suffix, save = FORMATS[name]
    for seed in range(count):
        save(_picture(seed), folder / f"IMG_{seed:04}{suffix}")
    return statistics.mean(path.stat().st_size for path in folder.iterdir()) / 1e6


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


def _label_with_amazon(count: int, per_s: float | None, known_per_s: float | None) -> bool:
    """Count threads, calls and, with a rate, the time; whether they keep to their bounds."""
    # only here: they load boto3 and more
    from tests.rig.aws.bounds import MOST_THREADS, most_calls  # noqa: PLC0415
    from tests.rig.aws.controls import calls_by_kind  # noqa: PLC0415
    from tests.rig.aws.fixtures import emulating  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="tagdrop-bench-") as name:
        folder, data_dir = Path(name) / "photos", Path(name) / "data"
        folder.mkdir()
        for seed in range(count):
            photos.save_jpeg(photos.picture(seed, edge_px=500), folder / f"IMG_{seed:04}.jpg")
        with emulating(Path(name)) as (emulator, rekognition):
            if per_s:
                emulator.grant(known_per_s)
            run_python("-m", "deploy", "setup", "--data-dir", data_dir, env=emulator.env, code=0)
            computer = Computer(data_dir, AWS.name, emulator.env)
            if per_s:
                rekognition.find_nothing()  # the stand-in's networks are slower than 50 a second
                warm = Path(name) / "warm"
                warm.mkdir()
                for seed in range(20):
                    photos.save_jpeg(photos.picture(seed + count), warm / f"{seed}.jpg")
                computer.label(warm, "--monthly-limit", "100")
                rekognition.reset()
                rekognition.find_nothing()
                rekognition.limit(per_s)
            emulator.forget_requests()
            run = computer.label(folder, "--monthly-limit", str(count), limit_s=60 + 2 * count)
            requests, counts = emulator.requests(), rekognition.counts()
            calls, most = calls_by_kind(requests), most_calls(count, run.seconds)
    is_met = run.states() == {"done": count} and run.most_threads <= MOST_THREADS and calls <= most
    print(f"{dict(run.states())} in {run.seconds:.0f} s  {run.errors.strip()}")
    print(f"  {run.most_threads} threads at most (at most {MOST_THREADS})")
    for kind in calls | most:
        print(f"  {calls[kind]:5} {kind} (at most {most[kind]})")
    print(f"  {calls.total()} calls  {'ok' if is_met else 'MISSED'}")
    if per_s is None:
        return is_met
    sent = [r.at for r in requests if r.kind == "s3 PUT object"]
    asked = [r.at for r in requests if r.kind == "dynamodb BatchGetItem"]
    ratio = (max(asked) - min(sent)) / (count / per_s)  # copies are deleted after that
    throttled = counts["throttled"] / counts["calls"]
    on_pace = ratio <= MOST_RATIO and throttled <= MOST_THROTTLED
    print(
        f"  {ratio:.2f} of photos / rate (at most {MOST_RATIO}), {throttled:.0%} of"
        f" {counts['calls']} calls throttled (at most {MOST_THROTTLED:.0%}), sent in"
        f" {max(sent) - min(sent):.1f} s  {'ok' if on_pace else 'MISSED'}"
    )
    return is_met and on_pace


def _label(folder: Path, data_dir: Path) -> Run:
    command = [sys.executable, "-m", "desktop", "label", "--format", "json"]
    return _timed([*command, "--data-dir", str(data_dir), str(folder)])


def _timed(command: list[str]) -> Run:
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    wall_s, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall_s, cpu_s)


def _run_bare(count: int, form: str) -> Rates:
    command = [sys.executable, "-m", "tools.bench_labelling"]
    done = subprocess.run(
        [*command, "--bare", form, "--images", str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    return Rates(*json.loads(done.stdout))


def _bare(count: int, *, framed: bool) -> Rates:
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
    return Rates(done / (time.monotonic() - began), (time.process_time() - cpu_before) / done)


if __name__ == "__main__":
    main()
