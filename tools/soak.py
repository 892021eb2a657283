"""Label many photos amid kills and failing calls, and see whether all is there at the end.

    python -m tools.soak [--with local aws] [--photos 10000] [--kills 100] [--faults 0.2] [--seed 1]

The same photos are first labelled undisturbed, on a computer of their own. Through the emulator,
where the stand-in's networks set the pace, they are a tenth, and so are the kills. A fifth of the
calls to AWS then fail: throttled, reset, with an answer that is cut short or comes late. It ends
with 1 unless

- every photo is in the library once, and done; none is lost, none there twice; no job is left open;
- each has the labels that it got undisturbed;
- no photo is put more often than once, and once more for each kill and each fault that it met;
- each put is counted as spent.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from desktop.core.events import State
from desktop.core.library.library import Library
from desktop.core.money.spending import Spending
from desktop.core.settings import change_settings, library_path, load_settings
from desktop.recognisers import AWS, LOCAL, RECOGNISERS
from tests.rig.aws.controls import CLIENT_KEY, Emulator
from tests.rig.aws.fixtures import emulating
from tests.rig.aws.proxy import Faults, proxied
from tests.rig.command import Computer
from tests.rig.photos import picture, save_jpeg
from tests.rig.processes import run_python

ALIVE_S = (1.0, 8.0)
"""A life lasts between these; the first second goes by until the program has started."""
LIMIT_S = 6 * 3600
FEWER = 10
_UNLIMITED = ("--monthly-limit", "100000")
Labels = dict[str, tuple[tuple[str, float], ...]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [LOCAL.name, AWS.name]
    parser.add_argument("--with", dest="recognisers", nargs="+", choices=names, default=names)
    parser.add_argument("--photos", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--faults", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    broken: list[str] = []
    for name in args.recognisers:
        with tempfile.TemporaryDirectory(prefix="tagdrop-soak-") as place:
            soak = Soak(Path(place), random.Random(args.seed))
            if name == LOCAL.name:
                broken += soak.on_this_computer(args.photos, args.kills)
            else:
                some = args.photos // FEWER, args.kills // FEWER
                broken += soak.through_the_emulator(*some, args.faults)
    for each in broken:
        print(f"BROKEN: {each}")
    sys.exit(bool(broken))


class Soak:
    """One soak, in a folder of its own."""

    def __init__(self, place: Path, chance: random.Random) -> None:
        self._place, self._chance = place, chance
        self._photos = place / "photos"

    def on_this_computer(self, photos: int, kills: int) -> list[str]:
        """What is not as it must be, in words."""
        self._make_photos(photos)
        calm, rough = (Computer(self._place / name) for name in ("calm", "rough"))
        self._undisturbed(calm)
        self._disturbed(rough, kills)
        return self._differences(calm, rough)

    def through_the_emulator(self, photos: int, kills: int, share: float) -> list[str]:
        """The same with Amazon."""
        self._make_photos(photos)
        with _service(self._place) as (emulator, faults, connected):
            calm, rough = (
                Computer(self._place / name, AWS.name, env)
                for name, env in (
                    ("calm", emulator.env),
                    ("rough", {**emulator.env, "AWS_ENDPOINT_URL": faults.url}),
                )
            )
            for computer in (calm, rough):
                change_settings(computer.data_dir, lambda _: load_settings(connected))
            self._undisturbed(calm)
            emulator.forget_requests()
            faults.set(*_rules(share))
            # Labelled again, for else what the calm computer has paid for would be found.
            self._disturbed(rough, kills, "--again")
            faults.set()
            broken = self._differences(calm, rough)
            puts = _puts(emulator)
            met = kills + faults.fired()
            most = max(puts.values())
            print(
                f"  {puts.total()} puts of {photos} photos, {most} of one at most; {met} troubles"
            )
            with closing(Library(library_path(rough.data_dir), RECOGNISERS)) as library:
                counted = Spending(library.store).this_month().images
            if most > 1 + met:
                broken.append(f"{most} puts of one photo")
            if counted < puts.total():
                broken.append(f"{counted} puts are counted of {puts.total()}")
        return broken

    def _make_photos(self, photos: int) -> None:
        self._photos.mkdir()
        for seed in range(photos):
            save_jpeg(picture(seed, edge_px=300), self._photos / f"IMG_{seed:05}.jpg")

    def _undisturbed(self, computer: Computer) -> None:
        began = time.monotonic()
        run = computer.label(self._photos, *_options(computer), limit_s=LIMIT_S)
        assert run.code == 0, run.errors
        print(f"undisturbed: {dict(run.states())} in {time.monotonic() - began:.0f} s", flush=True)

    def _disturbed(self, computer: Computer, kills: int, *options: str) -> None:
        began, killed = time.monotonic(), 0
        while True:
            with computer.start(self._photos, *_options(computer), *options) as process:
                life_s = self._chance.uniform(*ALIVE_S) if killed < kills else LIMIT_S
                try:
                    process.communicate(timeout=life_s)
                    break
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.communicate()
                    killed += 1
        took_s = time.monotonic() - began
        print(f"  {killed} kills; ended with {process.returncode} after {took_s:.0f} s", flush=True)

    def _differences(self, calm: Computer, rough: Computer) -> list[str]:
        wanted, got = _labels(calm), _labels(rough)
        there = {path.name for path in self._photos.iterdir()}
        with closing(Library(library_path(rough.data_dir), RECOGNISERS)) as library:
            listed = Counter(row.path.name for row in library.files())
            left_open = [str(job.id) for job in library.open_jobs()]
        broken = []
        for what, names in (
            ("photos lost", there - listed.keys()),
            ("photos there twice", {name for name, count in listed.items() if count > 1}),
            ("photos not done undisturbed", there - wanted.keys()),
            ("photos not done", there - got.keys()),
            ("with other labels", {n for n in got.keys() & wanted.keys() if got[n] != wanted[n]}),
            ("jobs left open", left_open),
        ):
            print(f"  {len(names)} {what}")
            if names:
                broken.append(f"{len(names)} {what}: {', '.join(sorted(names)[:5])}")
        return broken


def _options(computer: Computer) -> tuple[str, ...]:
    return _UNLIMITED if computer.backend == AWS.name else ()


@contextmanager
def _service(place: Path) -> Iterator[tuple[Emulator, Faults, Path]]:
    """The emulator with a stack, the proxy before it, and a data folder that knows both."""
    with emulating(place) as (emulator, _), proxied(emulator, place / "proxy.log") as faults:
        data_dir = place / "connected"
        run_python("-m", "deploy", "setup", "--data-dir", data_dir, env=emulator.env, code=0)
        yield emulator, faults, data_dir


def _rules(share: float) -> list[dict[str, Any]]:
    """So many calls fail, in one of four ways."""
    each = share / 4
    return [
        {"service": "*", "probability": each, "error": {"code": "SlowDown", "status": 503}},
        {"service": "*", "probability": each, "reset": True},
        {"service": "*", "probability": each, "response": {"abort_frac": 0.3}},
        {"service": "*", "probability": each, "latency": {"min": 500, "max": 4000}},
    ]


def _puts(emulator: Emulator) -> Counter[str]:
    """How often each photo was put, by its key."""
    return Counter(
        request.operation
        for request in emulator.requests()
        if request.kind == "s3 PUT object" and request.access_key == CLIENT_KEY
    )


def _labels(computer: Computer) -> Labels:
    """The labels of each photo that is done, by its file's name."""
    with closing(Library(library_path(computer.data_dir), RECOGNISERS)) as library:
        return {
            row.path.name: tuple(
                (label.label, label.confidence)
                for label in library.records(row.image_id, computer.backend)
            )
            for row in library.files()
            if row.image_id is not None and row.state in (State.DONE, State.SKIPPED)
        }


if __name__ == "__main__":
    main()
