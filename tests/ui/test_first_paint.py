"""The window is to be seen before the rest of the program is loaded, and filled without a jump."""

from __future__ import annotations

import os
from pathlib import Path

from tests.rig.processes import run_python

# Says what it sees of the invitation when the window is filled and when all of it is to be seen.
SCRIPT = """
import sys
from PySide6.QtCore import QRect
from desktop import app, cli
from desktop.ui import application
from desktop.ui.window import Window

def say(window, when):
    empty = window.empty
    place = QRect(empty.mapTo(window, empty.rect().topLeft()), empty.size())
    print(when, empty.isVisible(), place.getRect(), flush=True)

def show_at_once(window):
    really_show(window)
    heavy = {"PIL", "boto3", "desktop.core.job.queue", "desktop.ui.photos.gallery", "keyring"}
    loaded = heavy - sys.modules.keys()
    print("not loaded", *sorted(loaded), flush=True)
    say(window, "first")
    if "close" in sys.argv:
        window.close()

def fill(window, *parts):
    really_fill(window, *parts)
    say(window, "filled")
    window.ready.connect(lambda: (say(window, "ready"), say_modules(), window.close()))

def say_modules():
    print("not needed", *sorted({"numpy", "onnxruntime", "rawpy"} - sys.modules.keys()))

really_show, application.show_at_once = application.show_at_once, show_at_once
really_fill, Window.fill = Window.fill, fill
app.end_process(cli.run(["--data-dir", sys.argv[1]]))
"""


def said(data_dir: Path, *how: str) -> list[str]:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return run_python("-c", SCRIPT, data_dir, *how, env=env, code=0).stdout.splitlines()


def test_a_new_person_is_invited_before_the_rest_is_loaded(tmp_path: Path) -> None:
    loaded, first, _, ready, not_needed = said(tmp_path)
    assert loaded == "not loaded PIL boto3 desktop.core.job.queue desktop.ui.photos.gallery keyring"
    assert first.startswith("first True ")
    assert ready == first.replace("first", "ready")  # nothing has jumped
    assert not_needed == "not needed numpy onnxruntime rawpy"


def test_nobody_with_photos_sees_the_invitation_flash(tmp_path: Path) -> None:
    said(tmp_path)
    assert [line.split()[:2] for line in said(tmp_path)[1:3]] == [
        ["first", "False"],
        ["filled", "False"],
    ]


def test_it_can_be_closed_before_it_is_filled(tmp_path: Path) -> None:
    assert len(said(tmp_path, "close")) == 3
