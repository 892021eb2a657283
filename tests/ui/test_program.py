"""The window as a program, with the real backend: from the first paint to the exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from desktop.core.events import State
from desktop.core.library.library import Library
from desktop.recognisers import RECOGNISERS
from tests.rig import ROOT
from tests.rig.processes import run_python, until

# `painted` is printed when the window is to be seen.
SCRIPT = """
import sys
from pathlib import Path
from desktop import app
from desktop.ui.window import Window

real = Window.show
def show(window):
    window.painted.connect(lambda: print("painted", flush=True))
    real(window)
Window.show = show
app.end_process(app.open_window(Path(sys.argv[1]), [Path(each) for each in sys.argv[2:]]))
"""


def start(data_dir: Path, *paths: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(data_dir), *map(str, paths)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def wait_for(reached: Callable[[], bool], program: subprocess.Popen[str]) -> None:
    def look() -> bool:
        assert program.poll() is None, program.communicate()
        return reached()

    until(look, "what the program is to do", pause_s=0.05)


def states(data_dir: Path) -> list[State]:
    library = Library(data_dir / "library.db", RECOGNISERS)
    try:
        return [row.state for row in library.files()]
    finally:
        library.close()


def test_it_labels_what_it_is_started_with_and_ends_quickly(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    program = start(data_dir, ROOT / "samples" / "chelsea.png", ROOT / "samples" / "coffee.png")
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "painted\n"
        wait_for(lambda: states(data_dir) == [State.DONE, State.DONE], program)
        library = Library(data_dir / "library.db", RECOGNISERS)
        shown = [
            {shown.record.label for shown in library.effective_labels(row.image_id or 0)}
            for row in library.files()
        ]
        library.close()
        assert "Cat" in shown[0]
        assert "Coffee" in shown[1]
        began = time.monotonic()
        program.send_signal(signal.SIGTERM)
        assert program.wait(20) == 0
        assert time.monotonic() - began < 2
    finally:
        program.kill()
        program.communicate()


def test_what_was_open_at_the_end_is_done_by_the_next_start(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    program = start(data_dir, ROOT / "samples")
    try:
        wait_for(lambda: len(states(data_dir)) == 13 and State.DONE in states(data_dir), program)
        program.send_signal(signal.SIGINT)
        assert program.wait(20) == 0
        left = states(data_dir)
        assert State.CANCELLED not in left
        assert State.FAILED not in left
    finally:
        program.kill()
        program.communicate()
    program = start(data_dir)
    try:
        wait_for(lambda: states(data_dir) == [State.DONE] * 13, program)
    finally:
        program.kill()
        program.communicate()


def test_the_self_check_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    """Even where the system has not yet listed its fonts: who looks at them first keeps a list."""
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    (tmp_path / "fonts.conf").write_text(
        f"<fontconfig><dir>{fonts}</dir><dir>/usr/share/fonts</dir>"
        '<cachedir>/proc/nowhere</cachedir><cachedir prefix="xdg">fontconfig</cachedir>'
        "</fontconfig>"
    )
    env = {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    run_python("-m", "desktop", "--self-check", env=env, code=0)
    assert list(home.iterdir()) == []
