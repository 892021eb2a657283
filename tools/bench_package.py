"""Measure the packaged program: what it weighs, how soon its window is there, and the first label.

    python -m tools.bench_package [--runs 9]

Needs the archive that `make package` made. It builds a bare window to measure against, and looks at
the program's through tests/rig/eye.py. It fails when a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from desktop import __version__
from tests.rig.person import person_at
from tools.package.build import EYE, ROOT, build_folder, run_pyinstaller
from tools.screen import own_screen

DIST = ROOT / "dist"
BARE = ROOT / "build" / "bare"
LIMIT_S = 60

Bar = tuple[str, float, str, float]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    (archive,) = DIST.glob(f"tagdrop-{__version__}-linux-*.tar.xz")
    seeing = build_folder()
    bars = [*weigh(archive), *launch(seeing, runs), first_label(archive, seeing)]
    for name, value, unit, most in bars:
        verdict = "ok" if value <= most else "MISSED"
        print(f"{name:44}{value:10.2f} {unit:3} (at most {most:.1f})  {verdict}")
    sys.exit(any(value > most for _, value, _, most in bars))


def weigh(archive: Path) -> Iterator[Bar]:
    """The archive and the folder, and what fills that."""
    folder = DIST / "tagdrop"
    parts: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            inside = path.relative_to(folder).parts
            part = inside[1] if len(inside) > 2 else "Python's and the system's libraries"
            parts[part.removesuffix(".libs")] += path.stat().st_size
    print("What fills the folder, in MB:")
    for part, size in parts.most_common(14):
        print(f"  {size / 1e6:7.1f}  {part}")
    yield "archive", archive.stat().st_size / 1e6, "MB", 130
    yield "folder", parts.total() / 1e6, "MB", 330


def launch(seeing: Path, runs: int) -> Iterator[Bar]:
    """From start to painted window: packaged, from sources and a bare window, in turns."""
    run_pyinstaller("bare", BARE)
    programs: dict[str, list[str | Path]] = {
        "packaged": [seeing / EYE],
        "sources": [sys.executable, "-m", "tests.rig.eye"],
        "bare": [BARE / "bare" / "bare"],
    }
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    with own_screen() as display:
        env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        for run in range(runs + 1):  # the first fills the disk's cache and does not count
            for name, command in programs.items():
                moments = launch_once(command, env, is_bare=name == "bare")
                if run:
                    took[name].append(moments)
    median: dict[str, float] = {}
    for name, times in took.items():
        painted, ready = zip(*times, strict=True)
        median[name] = statistics.median(painted)
        print(
            f"{name}: painted after {median[name]:.2f} s ({min(painted):.2f}–{max(painted):.2f}),"
            f" all of it after {statistics.median(ready):.2f} s"
        )
    yield "start, packaged to sources", median["packaged"] / median["sources"], "", 1.3
    yield "start, packaged to a bare window", median["packaged"] / median["bare"], "", 2.0


def launch_once(
    command: list[str | Path], env: Mapping[str, str], *, is_bare: bool
) -> tuple[float, float]:
    """Seconds until it was painted and until all of it was, for a person without photos."""
    with tempfile.TemporaryDirectory(prefix="tagdrop-bench-") as data_dir:
        begin = time.monotonic()
        arguments = [] if is_bare else [data_dir]
        process = subprocess.Popen(
            [*command, *arguments],
            env=env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin
        assert process.stdout
        if is_bare:
            painted = ready = float(process.stdout.readline().split()[1])
        else:
            moments: list[float] = []
            while len(moments) < 2:
                time.sleep(0.02)
                process.stdin.write("look\n")
                process.stdin.flush()
                moments = json.loads(process.stdout.readline())["moments"]
            painted, ready = moments
        process.terminate()
        process.communicate(timeout=LIMIT_S)
    return painted - begin, ready - begin


def has_label(thing: Mapping[str, Any]) -> bool:
    """Whether it is a photo with its label and the confidence of it, as a screen reader says it."""
    name, _, label = str(thing.get("said", "")).partition(", ")
    return thing.get("view") == "Photos" and bool(name) and bool(re.search(r"\d\d", label))


def first_label(archive: Path, seeing: Path) -> Bar:
    """A new person's way, from the unpacked archive; one click, no question."""
    with tempfile.TemporaryDirectory(prefix="tagdrop-bench-") as folder:
        top = Path(folder)
        subprocess.run(["tar", "-xf", archive, "-C", top], check=True)
        (program,) = top.glob("tagdrop-*")
        shutil.copy(seeing / EYE, program)
        (top / "home").mkdir()

        def start_eye(display: str, data_dir: Path) -> subprocess.Popen[str]:
            return subprocess.Popen(
                [program / EYE, data_dir],
                env={"HOME": str(top / "home"), "DISPLAY": display, "PATH": ""},
                cwd=top,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )

        begin = time.monotonic()
        with person_at(top / "home" / "data", start_eye=start_eye) as person:
            person.click(person.see("Try it with sample photos"))
            person.until(lambda: any(map(has_label, person.look())), "the first label")
            seconds = time.monotonic() - begin
            assert person.clicks == 1
    return "unpacked archive to the first label", seconds, "s", 10


if __name__ == "__main__":
    main()
