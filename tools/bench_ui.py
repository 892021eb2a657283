"""Measure what a person feels of the window: gaps while it labels, and a library of 100,000.

    python -m tools.bench_ui labelling [--images 1000]
    python -m tools.bench_ui large [--images 100000]

`labelling` labels photos on this computer and measures the gaps of a 5-ms timer in the GUI thread,
against the idle window in the same run. `large` opens the window as a program of its own on an
empty library and on a large one, filters, types and scrolls. It fails when a bar is missed.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop.app import open_core
from desktop.core.library.catalog import Query
from desktop.core.library.folding import folded
from desktop.core.library.library import Library
from desktop.core.settings import Settings
from desktop.recognisers import LOCAL, RECOGNISERS
from desktop.ui.main import close_parts, make_parts
from desktop.ui.rubbish import Rubbish
from desktop.ui.shell import Shell
from desktop.ui.window import Window
from tests.rig.photos import picture
from tools.screen import own_screen

BEAT_MS = 5
IDLE_S = 5.0
PATIENCE_S = 1800.0
FILL = """
INSERT INTO images (id, digest, image_name) VALUES (:id, :digest, :digest);
INSERT INTO files
    (id, path, name, folded_name, folder, image_id, size_bytes, mtime_ns, item_id)
    VALUES (:id, :path, :name, :folded, :folder, :id, 1000000, 1700000000000000000, :id);
INSERT INTO items (id, job_id, file_id, state) VALUES (:id, 1, :id, 'done');
INSERT INTO answers VALUES (:id, :origin, 1, 'bench', '2026-01-01T00:00:00+00:00', 0);
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("labelling", "large", "open"))
    parser.add_argument("--images", type=int)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.what == "open":
        _open(arguments.data)
        return
    with _screen(), tempfile.TemporaryDirectory(prefix="tagdrop-bench-") as folder:
        bench = _labelling if arguments.what == "labelling" else _large
        default = 1000 if arguments.what == "labelling" else 100_000
        bars = list(bench(Path(folder), arguments.images or default))
    for name, value, unit, most in bars:
        verdict = "ok" if value <= most else "MISSED"
        print(f"{name:44}{value:10.1f} {unit:3} (at most {most:.1f})  {verdict}")
    sys.exit(any(value > most for _, value, _, most in bars))


@contextmanager
def _screen() -> Iterator[None]:
    if not sys.platform.startswith("linux") or os.environ.get("DISPLAY"):
        yield
        return
    with own_screen() as display:
        os.environ.update(DISPLAY=display, QT_QPA_PLATFORM="xcb")
        yield


class Heartbeat:
    """The gaps between the beats of a timer in the GUI thread, in ms."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now

    def take(self) -> list[float]:
        """The gaps since the last time."""
        taken, self.gaps = self.gaps, []
        return sorted(taken)


class Program:
    """A window on a data folder, in this process."""

    def __init__(self, application: QApplication, data_dir: Path) -> None:
        self._application = application  # kept alive
        Rubbish(application)
        self.core = open_core(data_dir, Settings())
        self.parts = make_parts(self.core, samples=None)
        self.window = Window(data_dir, has_samples=False, is_new=False)
        self.window.fill(self.parts, Shell)
        self.window.feed.loaded.connect(gc.freeze)  # as main.py does

    def until(self, reached: Callable[[], bool]) -> None:
        """Let Qt run, as the program does, until this is so."""
        timer = QTimer()
        loop = QEventLoop()  # not the application's own: to quit that would close the window
        deadline = time.monotonic() + PATIENCE_S

        def look() -> None:
            if reached() or time.monotonic() > deadline:
                loop.quit()

        timer.timeout.connect(look)
        timer.start(2)
        loop.exec()
        timer.stop()
        if time.monotonic() > deadline:
            raise TimeoutError("the window did not get there")

    def rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)

    def close(self) -> None:
        self.window.close()
        close_parts(self.parts)
        self.core.library.close()


def _labelling(folder: Path, images: int) -> Iterator[tuple[str, float, str, float]]:
    photos = folder / "photos"
    photos.mkdir()
    for seed in range(images):
        picture(seed, edge_px=1000).save(photos / f"IMG_{seed:05}.jpg", quality=88)
    program = Program(QApplication(["tagdrop"]), folder)
    window = program.window
    window.show()
    program.rest(2)
    heart = Heartbeat()
    program.rest(IDLE_S)
    idle = heart.take()
    began = time.monotonic()
    program.parts.queue.add([photos], LOCAL.name)  # past the sheet that asks before a large job
    program.until(lambda: window.model.rowCount() == images and window.feed.job_id is None)
    took_s = time.monotonic() - began
    busy = heart.take()
    program.close()
    print(
        f"{images} images labelled in {took_s:.0f} s; {len(busy)} beats; idle worst {idle[-1]:.1f}"
    )
    yield "99th percentile of the gaps while labelling", busy[len(busy) * 99 // 100], "ms", 16
    yield "worst gap while labelling", busy[-1], "ms", idle[-1] + 100


def _large(folder: Path, images: int) -> Iterator[tuple[str, float, str, float]]:
    empty, large = folder / "empty", folder / "large"
    for place in (empty, large):
        place.mkdir()
        Library(place / "library.db").close()
    fill(large / "library.db", images)
    nothing = min((_opened(empty) for _ in range(3)), key=lambda run: run["usable_s"])
    told = min((_opened(large) for _ in range(3)), key=lambda run: run["usable_s"])
    print(f"empty window usable after {nothing['usable_s']:.2f} s, {nothing['rss_mb']:.0f} MB")
    assert told["rows"] == images, told
    print(f"all {images} images listed after {told['loaded_s']:.2f} s")
    usable_s = told["usable_s"]
    yield f"{images} images: usable after", usable_s, "s", 1.5 * nothing["usable_s"] + 1
    yield "filter by a label, worst of ten", max(told["filter_ms"]), "ms", 100
    yield "worst gap while typing a search", told["typing_gap_ms"], "ms", 100
    yield "resident memory after scrolling", told["rss_mb"], "MB", 350


def _opened(data_dir: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench_ui", "open", "--data", str(data_dir)],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _open(data_dir: Path) -> None:
    """The child: opens the window, uses it as a person does, and prints what it measured."""
    process = psutil.Process()
    program = Program(QApplication(["tagdrop"]), data_dir)
    window = program.window
    told: set[str] = set()
    window.ready.connect(lambda: told.add("painted"))
    window.feed.loaded.connect(lambda: told.add("loaded"))
    window.show()
    # Usable: the first photos are to be seen and can be worked with; the rest comes behind them.
    program.until(lambda: "painted" in told and (window.model.rowCount() > 0 or "loaded" in told))
    usable_s = time.time() - process.create_time()
    program.until(lambda: "loaded" in told)
    told_usable = {"usable_s": usable_s, "loaded_s": time.time() - process.create_time()}
    rows = window.model.rowCount()
    program.rest(1)
    measured = _used(program) if rows else {}
    rss_mb = process.memory_info().rss / 1e6
    print(json.dumps({**told_usable, "rows": rows, "rss_mb": rss_mb, **measured}))
    program.close()


def _used(program: Program) -> dict[str, Any]:
    browse, grid = program.window.gallery.browse, program.window.grid
    program.until(lambda: bool(browse.counts.labels))
    shown: list[float] = []
    browse.shown.connect(lambda: shown.append(time.perf_counter()))
    filter_ms = []
    for label, _ in browse.counts.labels[:10]:
        shown.clear()
        began = time.perf_counter()
        browse.ask(Query(labels=(label,)))
        program.until(lambda: bool(shown))
        filter_ms.append((shown[0] - began) * 1000)
    browse.ask(Query())
    program.rest(1)
    heart = Heartbeat()
    for typed in ("d", "do", "dog", "dog ", "dog -", "dog -c", "dog -ca", "dog -cat"):
        program.window.top_bar.search.setText(typed)
        program.rest(0.2)
    program.rest(1)
    typing = heart.take()
    program.window.top_bar.search.clear()
    bar = grid.verticalScrollBar()
    for step in range(50):
        bar.setValue(bar.maximum() * step // 50)
        program.rest(0.02)
    return {"filter_ms": filter_ms, "typing_gap_ms": typing[-1]}


def fill(path: Path, images: int) -> None:
    """A library of so many labelled photos in 100 folders, four labels each."""
    vocabulary = Path(__file__).parents[1] / "desktop" / "backends" / "models" / "labels.json"
    names = list(json.loads(vocabulary.read_text(encoding="utf-8"))["labels"])
    chance = random.Random(1)
    weights = [1 / (place + 1) for place in range(len(names))]
    chance.shuffle(names)
    library = Library(path, RECOGNISERS)
    with library.store.write() as db:
        db.execute(
            "INSERT INTO jobs (id, roots, backend, again, found_all, state, created_at)"
            " VALUES (1, '[]', ?, 0, 1, 'done', '2026-01-01T00:00:00+00:00')",
            (LOCAL.name,),
        )
        for each in range(1, images + 1):
            folder = f"/photos/{each % 100:02}"
            name = f"IMG_{each:06}.jpg"
            row = {
                "id": each,
                "origin": LOCAL.name,
                "digest": f"{each:064x}",
                "path": os.fsencode(f"{folder}/{name}"),
                "name": name,
                "folded": folded(name),
                "folder": os.fsencode(folder),
            }
            for statement in filter(str.strip, FILL.split(";")):
                db.execute(statement, row)
            for label in {*chance.choices(names, weights, k=4)}:
                said = chance.uniform(40, 100)
                values = (each, LOCAL.name, label, said)
                db.execute("INSERT INTO labels VALUES (?, ?, ?, ?, '[]', '[]', '[]')", values)
                shown = (each, label, said, LOCAL.name, label)
                db.execute("INSERT INTO shown VALUES (?, ?, ?, ?, ?, 0)", shown)
    library.close()


if __name__ == "__main__":
    main()
