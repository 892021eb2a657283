"""From the start of the program to its window, beside the least that a Qt program can be.

From sources, and the packaged program, which is built unless it is there; each beside a bare
window started the same way, for a person without photos. Painted is the first paint, ready the
whole window.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tools.package.build import EYE, ROOT, build_folder, run_pyinstaller
from tools.screen import own_screen

from .figures import Figure

BARE = ROOT / "build" / "bare"
LIMIT_S = 60
MOST_TIMES = 1.5
MOST_READY_MS = 400

Command = Sequence[str | Path]


class Moments(NamedTuple):
    """Ms from the start of the process until the window was painted, and until all of it was."""

    painted: float
    ready: float


def measure(*, is_short: bool) -> Iterator[Figure]:
    """The packaged program has bars; to be short it is left out, as its build takes minutes."""
    programs: dict[str, tuple[Command, Command]] = {
        "from sources": (
            [sys.executable, "-m", "tests.rig.eye"],
            [sys.executable, "-m", "tools.package.bare_window"],
        )
    }
    if not is_short:
        run_pyinstaller("bare", BARE)
        programs["packaged"] = [build_folder() / EYE], [BARE / "bare" / "bare"]
    with own_screen() as display:
        env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        for name, (program, bare) in programs.items():
            took: list[tuple[Moments, Moments]] = []
            for turn in range(4 if is_short else 10):
                both = _start(program, env), _start(bare, env, is_bare=True)
                if turn:  # the first fills the disk's cache and does not count
                    took.append(both)
            own, least = zip(*took, strict=True)
            bares = tuple(each.painted for each in least)
            has_bars = name == "packaged"
            painted, ready = zip(*own, strict=True)
            most = MOST_TIMES if has_bars else None
            yield Figure(f"painted, {name}", "ms", painted, "a bare window", bares, most)
            limit = MOST_READY_MS if has_bars else None
            yield Figure(f"ready, {name}", "ms", ready, "a bare window", bares, limit=limit)


def _start(command: Command, env: Mapping[str, str], *, is_bare: bool = False) -> Moments:
    with tempfile.TemporaryDirectory(prefix="tagdrop-bench-") as data_dir:
        began = time.monotonic()
        process = subprocess.Popen(
            [*command, *([] if is_bare else [data_dir])],
            env=env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin
        assert process.stdout
        moments: list[float] = []
        if is_bare:
            moments = [float(process.stdout.readline().split()[1])] * 2
        while len(moments) < 2:
            time.sleep(0.02)
            process.stdin.write("look\n")
            process.stdin.flush()
            moments = json.loads(process.stdout.readline())["moments"]
        process.terminate()
        process.communicate(timeout=LIMIT_S)
    return Moments(*(1000 * (moment - began) for moment in moments))
