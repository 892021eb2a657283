"""Measure what a person feels of the window: gaps while it labels, and a library of 100,000.

    python -m tools.bench_ui labelling [--images 1000]
    python -m tools.bench_ui large [--images 100000]     (or 1000000)

`labelling` labels photos on this computer and measures the gaps of a 5-ms timer in the GUI thread,
against the idle window in the same run. `large` opens the window as a program of its own on an
empty library and on a large one, filters, types and scrolls; then it counts anew where there are
thousands of labels and folders, and stores what a job brings. It fails when a bar is missed.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop.app import open_core
from desktop.core.library.catalog import Query
from desktop.core.library.edits import Edits
from desktop.core.library.library import Library
from desktop.core.settings import Settings
from desktop.recognisers import LOCAL
from desktop.ui.main import close_parts, make_parts
from desktop.ui.rubbish import Rubbish
from desktop.ui.shell import Shell
from desktop.ui.window import Window
from tests.rig.photos import picture
from tools.large_library import LABELLED, fill, stored_ms
from tools.screen import own_screen

BEAT_MS = 5
LABELS, FOLDERS = 3000, 2000
IDLE_S = 5.0
WHEEL_PX = 60
PATIENCE_S = 1800.0
STORED = 1000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("labelling", "large", "use", "count"))
    parser.add_argument("--images", type=int)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.data:
        _open(arguments.data, _used if arguments.what == "use" else _counted)
        return
    with screen(), tempfile.TemporaryDirectory(prefix="tagdrop-bench-") as folder:
        bench = _labelling if arguments.what == "labelling" else _large
        default = 1000 if arguments.what == "labelling" else 100_000
        bars = list(bench(Path(folder), arguments.images or default))
    for name, value, unit, most in bars:
        verdict = "ok" if value <= most else "MISSED"
        print(f"{name:44}{value:10.1f} {unit:3} (at most {most:.1f})  {verdict}")
    sys.exit(any(value > most for _, value, _, most in bars))


@contextmanager
def screen() -> Iterator[None]:
    """A screen of its own on Linux, unless there is one."""
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
    empty, large, many = (folder / name for name in ("empty", "large", "many"))
    for place in (empty, large, many):
        place.mkdir()
        Library(place / "library.db").close()
    fill(large / "library.db", images)
    nothing = min((opened(empty) for _ in range(3)), key=lambda run: run["usable_s"])
    told = min((opened(large) for _ in range(3)), key=lambda run: run["usable_s"])
    print(f"empty window usable after {nothing['usable_s']:.2f} s, {nothing['rss_mb']:.0f} MB")
    assert told["rows"] == images, told
    print(f"all {images} images listed after {told['loaded_s']:.2f} s")
    print(f"in the order of their days after {told['by_day_ms']:.0f} ms; worst gap until then")
    print(f"{told['day_gap_ms']:.0f} ms, and {told['all_gap_ms']:.0f} ms while all are shown again")
    usable_s, growth = told["usable_s"], max(0, images - 100_000) / 900_000
    yield f"{images} images: usable after", usable_s, "s", 1.5 * nothing["usable_s"] + 1
    yield "filter by a label, worst of ten", max(told["filter_ms"]), "ms", 100 + 50 * growth
    yield "search by words, worst of four", max(told["search_ms"]), "ms", 200
    yield "worst gap while typing a search", told["typing_gap_ms"], "ms", 100
    yield "99th percentile of the gaps while scrolling", told["scrolling_gap_ms"], "ms", 16
    yield "resident memory after scrolling", told["rss_mb"], "MB", 250 + 250 * growth
    accepted, stored = stored_ms(large / "library.db", STORED)
    yield f"{STORED} photos accepted", accepted, "ms", 250
    yield f"{STORED} answers stored, each by itself", stored, "ms", 1000
    (large / "library.db").unlink()
    fill(many / "library.db", images, labels=LABELS, folders=FOLDERS)
    gap_ms = min(opened(many, "count")["counted_gap_ms"] for _ in range(3))
    yield f"{LABELS} labels, {FOLDERS} folders: gap when counted", gap_ms, "ms", 16 + BEAT_MS


def opened(data_dir: Path, what: str = "use") -> dict[str, Any]:
    """What a program of its own has measured of the window on this library."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench_ui", what, "--data", str(data_dir)],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _open(data_dir: Path, use: Callable[[Program], dict[str, Any]]) -> None:
    """The child: opens the window, uses it as a person does, and prints what it measured."""
    process = psutil.Process()
    program = Program(QApplication(["tagdrop"]), data_dir)
    window = program.window
    told: set[str] = set()
    window.ready.connect(lambda: told.add("painted"))
    window.feed.loaded.connect(lambda: told.add("loaded"))
    window.show()
    window.activateWindow()  # no window manager does: without it nothing gets the keyboard
    # Usable: the first photos are to be seen and can be worked with; the rest comes behind them.
    program.until(lambda: "painted" in told and (window.model.rowCount() > 0 or "loaded" in told))
    usable_s = time.time() - process.create_time()
    program.until(lambda: "loaded" in told)
    told_usable = {"usable_s": usable_s, "loaded_s": time.time() - process.create_time()}
    rows = window.model.rowCount()
    program.rest(1)
    measured = use(program) if rows else {}
    rss_mb = process.memory_info().rss / 1e6
    print(json.dumps({**told_usable, "rows": rows, "rss_mb": rss_mb, **measured}))
    program.close()


def _used(program: Program) -> dict[str, Any]:
    browse, grid = program.window.gallery.browse, program.window.grid
    search = program.window.top_bar.search
    program.until(lambda: bool(browse.counts.labels))
    heart = Heartbeat()
    program.rest(1)
    idle = heart.take()
    labels = [label for label, _ in browse.counts.labels[:10]]
    filter_ms = [
        _shown_ms(program, lambda label=label: browse.ask(Query(labels=(label,))))  # type: ignore[misc]
        for label in labels
    ]
    browse.ask(Query())
    program.rest(1)
    all_gap_ms = heart.take()[-1]
    by_day_ms = _shown_ms(program, lambda: browse.order_by("taken"))
    program.rest(1)
    day_gap_ms = heart.take()[-1]
    browse.order_by("added")
    program.rest(1)
    search.setFocus()
    program.rest(1)
    heart.take()
    for typed in ("d", "do", "dog", "dog ", "dog -", "dog -c", "dog -ca", "dog -cat"):
        search.setText(typed)
        program.rest(0.2)
    program.rest(1)
    typing = heart.take()
    search_ms = [
        _shown_ms(program, lambda text=text: browse.show_only(Query(), text))  # type: ignore[misc]
        for text in ("cat", "dog or cat", "2024", "img_0000123")
    ]
    search.clear()
    program.rest(1)
    heart.take()
    bar = grid.verticalScrollBar()
    for step in range(50):  # a jump each, as by the scroll bar, then as by the wheel
        bar.setValue(bar.maximum() * step // 50)
        for _ in range(10):
            bar.setValue(bar.value() + WHEEL_PX)
            program.rest(0.02)
    scrolling = heart.take()
    return {
        "filter_ms": filter_ms,
        "bare_ms": [*_bare_ms(program, labels)],
        "idle_gap_ms": idle[len(idle) * 99 // 100],
        "search_ms": search_ms,
        "all_gap_ms": all_gap_ms,
        "by_day_ms": by_day_ms,
        "day_gap_ms": day_gap_ms,
        "typing_gap_ms": typing[-1],
        "scrolling_gap_ms": scrolling[len(scrolling) * 99 // 100],
    }


def _bare_ms(program: Program, labels: Sequence[str]) -> Iterator[float]:
    """How long SQLite takes for the ids of each label's photos, and nothing else."""
    path = program.core.library.store.path
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        for label in labels:
            began = time.perf_counter()
            db.execute(LABELLED, (label,)).fetchall()
            yield (time.perf_counter() - began) * 1000


def _shown_ms(program: Program, ask: Callable[[], object]) -> float:
    """From the wish until what was wished for is in the model."""
    shown: list[float] = []
    connection = program.window.gallery.browse.shown.connect(
        lambda: shown.append(time.perf_counter())
    )
    began = time.perf_counter()
    ask()
    program.until(lambda: bool(shown))
    QObject.disconnect(connection)
    return (shown[0] - began) * 1000


def _counted(program: Program) -> dict[str, Any]:
    """The worst gap while a photo gets a label of its own, all is counted, and the sidebar shows
    it.
    """
    browse, edits = program.window.gallery.browse, Edits(program.core.library.store)
    counted: list[object] = []
    browse.counted.connect(lambda *_: counted.append(1))
    program.until(lambda: bool(browse.counts.labels))
    program.rest(1)
    heart = Heartbeat()
    for number in range(3):
        counted.clear()
        edits.change_label("bench", [7], f"New label {os.getpid()} {number}", "add")
        program.until(lambda: bool(counted))
        program.rest(0.5)
    return {"counted_gap_ms": heart.take()[-1]}


if __name__ == "__main__":
    main()
