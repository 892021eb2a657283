"""What keeps the window from opening is said in a dialog, and a copy of the library helps."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop.core.errors import DamagedError
from desktop.core.library.library import Library
from desktop.recognisers import RECOGNISERS
from tests.rig import ROOT

# Presses one button of each dialog, and closes the window as soon as there is one.
SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from desktop import app, cli
from desktop.ui import application as qt
from desktop.ui.window import Window

def look():
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QMessageBox) and top.isVisible():
            print("said", top.text(), "|", *(b.text() for b in top.buttons()), flush=True)
            for button in top.buttons():
                if button.text() == sys.argv[2]:
                    button.click()
        elif isinstance(top, Window) and hasattr(top, "feed") and top.feed._loaded:
            print("photos", top.model.total, flush=True)
            top.close()

real = qt.make_application
def make_application(given):
    application = real()
    timer = QTimer(application)
    timer.timeout.connect(look)
    timer.start(20)
    return application
qt.make_application = make_application
app.end_process(cli.run(["--data-dir", sys.argv[1]]))
"""


def start(data_dir: Path, button: str, language: str = "C") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(data_dir), button],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": language, "LC_ALL": language},
    )


def run(data_dir: Path, button: str, language: str = "C") -> subprocess.CompletedProcess[str]:
    program = start(data_dir, button, language)
    out, err = program.communicate(timeout=120)
    return subprocess.CompletedProcess(program.args, program.returncode, out, err)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A library of one photo with a copy; then the file is damaged."""
    make_library(tmp_path)
    (tmp_path / "library.db").write_bytes(b"nothing of a library" * 1000)
    return tmp_path


def make_library(tmp_path: Path) -> None:
    """One photo, with a copy."""
    library = Library(tmp_path / "library.db", RECOGNISERS)
    job = library.add_job([tmp_path], "local", again=False)
    library.add_items(job.id, [tmp_path / "photo.jpg"])
    library.set_found_all(job.id)
    library.store.look_after()
    library.close()


def test_a_copy_takes_the_place_of_a_damaged_library(data_dir: Path) -> None:
    done = run(data_dir, "Use the backup")
    assert "said The library is damaged" in done.stdout
    assert done.stdout.count("said") == 1
    assert "photos 1" in done.stdout, done.stderr
    assert done.returncode == 0
    kept = [path.read_bytes() for path in data_dir.glob("library.db.damaged-*")]
    assert b"nothing of a library" * 1000 in kept


def test_a_library_that_is_gone_comes_back(tmp_path: Path) -> None:
    make_library(tmp_path)
    (tmp_path / "library.db").unlink()
    done = run(tmp_path, "Use the backup")
    assert "said The library is gone" in done.stdout
    assert "photos 1" in done.stdout, done.stderr


def test_who_begins_anew_keeps_what_there_was(data_dir: Path) -> None:
    done = run(data_dir, "Start with an empty library")
    assert done.stdout.count("said") == 1
    assert "photos 0" in done.stdout, done.stderr
    assert len(list(data_dir.glob("library.db.backup.kept-*"))) == 1
    assert len(list(data_dir.glob("library.db.damaged-*"))) == 1


def test_damage_in_the_middle_is_mended_by_the_next_start(tmp_path: Path) -> None:
    make_library(tmp_path)
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path)) as db:  # a page that no start reads
        ((page, page_bytes),) = db.execute(
            "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = 'labels'"
        )
    with path.open("r+b") as file:
        file.seek((page - 1) * page_bytes)
        file.write(b"\xff" * page_bytes)
    library = Library(path, RECOGNISERS)
    with pytest.raises(DamagedError):
        library.store.look_after()
    library.close()
    done = run(tmp_path, "Use the backup")
    assert "said The library is damaged" in done.stdout
    assert "photos 1" in done.stdout, done.stderr


def test_no_room_for_the_copy_is_told_and_the_next_try_works(data_dir: Path) -> None:
    (data_dir / "library.db.part").mkdir()
    with start(data_dir, "Use the backup") as program:
        assert program.stdout is not None
        assert program.stdout.readline().startswith("said The library is damaged")
        assert program.stdout.readline().startswith("said The library cannot be used")
        program.send_signal(signal.SIGTERM)
        try:
            assert program.wait(30) == 3
        finally:
            program.kill()
    (data_dir / "library.db.part").rmdir()
    assert "photos 1" in run(data_dir, "Use the backup").stdout


def test_who_closes_the_dialog_has_everything_as_it_was(data_dir: Path) -> None:
    before = (data_dir / "library.db").read_bytes()
    done = run(data_dir, "Close")
    assert "The library is damaged" in done.stderr
    assert done.returncode == 3
    assert (data_dir / "library.db").read_bytes() == before


def test_a_signal_ends_it_in_front_of_the_dialog(data_dir: Path) -> None:
    with start(data_dir, "Nobody is there") as program:
        assert program.stdout is not None
        assert program.stdout.readline().startswith("said The library is damaged")
        program.send_signal(signal.SIGTERM)
        try:
            assert program.wait(30) == 3
        finally:
            program.kill()


def test_a_newer_library_offers_no_copy(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "library.db")) as db:
        db.execute("PRAGMA user_version = 999")
    done = run(tmp_path, "Close")
    said = next(line for line in done.stdout.splitlines() if line.startswith("said"))
    assert "newer Tagdrop" in said
    assert "Use the backup" not in said
    assert done.returncode == 3


def test_it_is_said_in_the_persons_language(data_dir: Path) -> None:
    assert "said Die Bibliothek ist beschädigt" in run(data_dir, "Schließen", "de_DE.UTF-8").stdout
