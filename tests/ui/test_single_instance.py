"""One window per data folder: later starts hand over and end; what a crash left is no obstacle."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from desktop.core.errors import StorageError
from desktop.core.events import State
from desktop.ui.arrivals import Arrivals
from desktop.ui.single_instance import Instance, claim, server_name

from .conftest import make_folder
from .test_program import ROOT, start, states, wait_for

LIMIT_MS = 40_000
CLAIM = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.ui.arrivals import Arrivals
from desktop.ui.single_instance import claim
application = QCoreApplication([])
asks = "--asks" in sys.argv
paths = [Path(each) for each in sys.argv[2:] if each != "--asks"]
instance = claim(Path(sys.argv[1]), paths, asks=asks, patience_s=10)
print("first" if instance else "handed over", flush=True)
if instance and "--stay" in sys.argv:
    sys.stdin.read()
"""

# A window that is not filled yet, as in front of a dialog: it waits for the file `go`. Meanwhile
# macOS wants two photos opened.
HELD_BACK = """
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from desktop import app

real, data_dir = app.open_core, Path(sys.argv[1])
def open_core(data_dir, settings):
    for path in sys.argv[2:]:
        QApplication.sendEvent(QApplication.instance(), QFileOpenEvent(path))
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: (data_dir / "go").exists() and loop.quit())
    timer.start(20)
    print("waits", flush=True)
    loop.exec()
    return real(data_dir, settings)
app.open_core = open_core
app.end_process(app.open_window(data_dir, []))
"""


def start_claim(data_dir: Path, *arguments: str | bytes, cwd: Path = ROOT) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CLAIM, str(data_dir), *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def first(qtbot: QtBot, tmp_path: Path) -> Iterator[Instance]:
    instance = claim(tmp_path / "data", [])
    assert instance is not None
    yield instance
    instance.close()


def test_a_later_start_hands_over_paths_of_any_bytes(
    first: Instance, qtbot: QtBot, tmp_path: Path
) -> None:
    odd = os.fsencode(tmp_path) + b"/not \xff text\n.jpg"
    with qtbot.waitSignal(first.received, timeout=LIMIT_MS) as told:
        later = start_claim(tmp_path / "data", "relative.jpg", odd, cwd=tmp_path)
    assert told.args == [[tmp_path / "relative.jpg", Path(os.fsdecode(odd))]]
    assert later.communicate()[0] == "handed over\n"
    assert later.returncode == 0


def test_many_paths_are_handed_over_at_once(first: Instance, qtbot: QtBot, tmp_path: Path) -> None:
    paths = [f"/photos/{number:05d}-{'x' * 60}.jpg" for number in range(1500)]
    with qtbot.waitSignal(first.received, timeout=LIMIT_MS) as told:
        later = start_claim(tmp_path / "data", *paths)
    assert told.args == [[Path(path) for path in paths]]
    later.communicate()


def test_without_paths_the_window_is_only_called(
    first: Instance, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(first.received, timeout=LIMIT_MS) as told:
        later = start_claim(tmp_path / "data")
    assert told.args == [[]]
    later.communicate()


def test_a_later_start_may_want_the_person_to_be_asked(
    first: Instance, qtbot: QtBot, tmp_path: Path
) -> None:
    arrivals = Arrivals()
    first.received.connect(arrivals.take)
    first.asked.connect(arrivals.ask)
    with qtbot.waitSignal(first.asked, timeout=LIMIT_MS):
        later = start_claim(tmp_path / "data", "/a.jpg", "--asks")
    later.communicate()
    told: list[tuple[Sequence[Path], bool]] = []
    arrivals.listen(lambda *arrival: told.append(arrival))
    arrivals.ask()
    assert told == [([Path("/a.jpg")], True), ([], True)]


def test_another_data_folder_has_its_own_window(first: Instance, tmp_path: Path) -> None:
    other = claim(tmp_path / "other", [])
    assert other is not None
    other.close()
    assert server_name(tmp_path / "data") == server_name(tmp_path / "other" / ".." / "data")


def test_what_a_killed_window_left_is_replaced(qtbot: QtBot, tmp_path: Path) -> None:
    killed = start_claim(tmp_path / "data", "--stay")
    assert killed.stdout is not None
    assert killed.stdout.readline() == "first\n"
    killed.kill()
    killed.communicate()
    assert Path(server_name(tmp_path / "data")).exists()
    instance = claim(tmp_path / "data", [])
    assert instance is not None
    with qtbot.waitSignal(instance.received, timeout=LIMIT_MS):
        later = start_claim(tmp_path / "data", "/a.jpg")
    later.communicate()
    instance.close()


def test_one_that_does_not_answer_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    frozen = start_claim(tmp_path / "data", "--stay")
    assert frozen.stdout is not None
    assert frozen.stdout.readline() == "first\n"  # and now it waits without looking at its socket
    with pytest.raises(StorageError, match="not responding"):
        claim(tmp_path / "data", [], patience_s=0.3)
    frozen.communicate("")


def test_one_that_may_not_be_asked_is_told_at_once(
    first: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class OfAnother(QLocalSocket):
        """As Windows answers who has fewer rights than the window."""

        def waitForConnected(self, _: int = 0) -> bool:  # noqa: N802
            return False

        def error(self) -> QLocalSocket.LocalSocketError:
            return QLocalSocket.LocalSocketError.SocketAccessError

    monkeypatch.setattr("desktop.ui.single_instance.QLocalSocket", OfAnother)
    with pytest.raises(StorageError, match="other rights"):
        claim(tmp_path / "data", [], patience_s=LIMIT_MS)


def test_nonsense_on_the_socket_is_ignored(first: Instance, qtbot: QtBot, tmp_path: Path) -> None:
    name = server_name(tmp_path / "data")
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(name)
        stranger.send(b"\xff" * 100)
    half = QLocalSocket()
    half.connectToServer(name)
    half.write((100).to_bytes(8, "big") + b"half of it")
    half.abort()
    with qtbot.waitSignal(first.received, timeout=LIMIT_MS) as told:
        later = start_claim(tmp_path / "data", "/a.jpg")
    assert told.args == [[Path("/a.jpg")]]
    later.communicate()


def test_a_second_start_of_the_program_labels_in_the_first_window(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    folder = make_folder(tmp_path / "photos", 2)
    program = start(data_dir)
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "painted\n"
        second = start(data_dir, folder)
        said, _ = second.communicate(timeout=60)
        assert (said, second.returncode) == ("", 0)
        wait_for(lambda: states(data_dir) == [State.DONE, State.DONE], program)
    finally:
        program.kill()
        program.communicate()


def test_what_comes_before_the_window_is_filled_is_labelled(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    folder, dock = make_folder(tmp_path / "photos", 2), make_folder(tmp_path / "more", 4)
    program = subprocess.Popen(
        [sys.executable, "-c", HELD_BACK, data_dir, dock / "0002.png", dock / "0003.png"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "waits\n"
        second = start(data_dir, folder)
        second.communicate(timeout=60)
        assert second.returncode == 0
        (data_dir / "go").touch()
        wait_for(lambda: states(data_dir) == [State.DONE] * 4, program)
    finally:
        program.kill()
        program.communicate()
