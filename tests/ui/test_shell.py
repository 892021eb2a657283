"""What stands around the photos: how the window was left, crashes, menu, shortcuts, the end."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.events import JobEvent, JobState, State
from desktop.ui.dialogs.crash_dialog import CrashDialog, CrashReporter
from desktop.ui.dialogs.shortcuts_dialog import ShortcutsDialog, shortcuts_of
from desktop.ui.grid.reader import Tally
from desktop.ui.jobs.end_notice import EndNotice
from desktop.ui.window_state import FILE_NAME, first_size, on_screen
from tests.rig.processes import run_python

from .conftest import Desk, make_folder

SCREENS = [QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 1024)]


# How the window was left


def test_the_window_comes_back_as_it_was_left(desk: Desk, photos: Path) -> None:
    window = desk.start()
    window.setGeometry(20, 50, 764, 540)
    window.add([photos])
    desk.until_ended(6)
    splitter = window.findChild(QSplitter)
    assert splitter is not None
    window.shell.show_settings("privacy")
    splitter.setSizes(
        [size + (20 if place else -20) for place, size in enumerate(splitter.sizes())]
    )
    state = splitter.saveState()
    desk.close()
    window = desk.start()
    assert window.geometry() == QRect(20, 50, 764, 540)
    desk.until(window.panel.isVisible)
    splitter = window.findChild(QSplitter)
    assert splitter is not None
    assert splitter.saveState() == state
    assert window.shell.show_settings().page == "privacy"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff", b'{"geometry": 5}', b'{"geometry": "????"}', b'{"parts": 1}'],
)
@pytest.mark.expects_log("cannot be understood", always=False)
def test_a_damaged_file_is_no_obstacle(desk: Desk, content: bytes) -> None:
    desk.data_dir.mkdir()
    (desk.data_dir / FILE_NAME).write_bytes(content)
    window = desk.start()
    assert window.isVisible()
    desk.close()
    assert "geometry" in json.loads((desk.data_dir / FILE_NAME).read_text())


def test_what_another_version_keeps_there_stays(desk: Desk) -> None:
    desk.data_dir.mkdir()
    (desk.data_dir / FILE_NAME).write_text('{"later": [1, 2]}')
    desk.start()
    desk.close()
    assert json.loads((desk.data_dir / FILE_NAME).read_text())["later"] == [1, 2]


def test_a_window_of_a_screen_that_is_gone_comes_to_one_that_is_there(desk: Desk) -> None:
    window = desk.start()
    window.setGeometry(5000, 4000, 900, 600)
    desk.close()
    window = desk.start()
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert screen.contains(window.geometry().center())


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (QRect(10, 10, 800, 600), QRect(10, 10, 800, 600)),
        (QRect(2000, 10, 800, 600), QRect(2000, 10, 800, 600)),
        (QRect(-400, 10, 800, 600), QRect(-400, 10, 800, 600)),
        (QRect(5000, 10, 800, 600), QRect(560, 240, 800, 600)),
        (QRect(10, -100, 800, 600), QRect(560, 240, 800, 600)),
        (QRect(10, 1070, 800, 600), QRect(560, 240, 800, 600)),
        (QRect(10, 10, 4000, 3000), QRect(10, 10, 1920, 1080)),
        (QRect(9000, 10, 4000, 3000), QRect(0, 0, 1920, 1080)),
    ],
)
def test_a_mouse_can_grasp_the_window(left: QRect, expected: QRect) -> None:
    assert on_screen(left, SCREENS) == expected
    assert on_screen(left, []) == left


def test_the_first_window_fits_its_screen_with_a_frame() -> None:
    assert first_size(QSize(1280, 800), QSize(1920, 1080)) == QSize(1280, 800)
    assert first_size(QSize(1280, 800), QSize(1366, 728)) == QSize(1280, 684)


# Crashes


@pytest.fixture
def reporter(qtbot: QtBot) -> Iterator[CrashReporter]:
    hooks = sys.excepthook, threading.excepthook
    reporter = CrashReporter()
    reporter.install()
    yield reporter
    sys.excepthook, threading.excepthook = hooks
    if reporter.dialog is not None:
        reporter.dialog.close()
    QApplication.clipboard().clear()


def crash(reporter: CrashReporter, text: str = "a mistake") -> None:
    try:
        raise ValueError(text)
    except ValueError as error:
        reporter.take(type(error), error, error.__traceback__)


def dialogs() -> list[CrashDialog]:
    shown = QApplication.topLevelWidgets()
    return [widget for widget in shown if isinstance(widget, CrashDialog) and widget.isVisible()]


@pytest.mark.expects_log("^unexpected: ValueError")
def test_a_crash_is_shown_copied_and_gone_on_from(reporter: CrashReporter, qtbot: QtBot) -> None:
    crash(reporter, f"in {Path.home()}/private")
    dialog = reporter.dialog
    assert dialog is not None
    assert "ValueError: in ~/private" in dialog.text.toPlainText()
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == dialog.text.toPlainText()
    qtbot.mouseClick(dialog.go_on_button, Qt.MouseButton.LeftButton)
    assert dialogs() == []


@pytest.mark.expects_log("^unexpected: ValueError")
def test_there_is_never_a_cascade_of_dialogs(reporter: CrashReporter, qtbot: QtBot) -> None:
    for _ in range(50):
        crash(reporter)
    assert len(dialogs()) == 1
    assert reporter.dialog is not None
    assert "49" in reporter.dialog.more.text()
    reporter.dialog.accept()
    for _ in range(50):
        crash(reporter)  # the same again: the person knows
    assert dialogs() == []


@pytest.mark.expects_log("^unexpected.*: KeyError")
def test_a_crash_in_another_thread_is_shown_too(reporter: CrashReporter, qtbot: QtBot) -> None:
    def fail() -> None:
        raise KeyError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: reporter.dialog is not None, timeout=20_000)
    assert reporter.dialog is not None
    assert "in a thread" in reporter.dialog.text.toPlainText()


QUIT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop.core.events import State
from desktop.ui.dialogs.crash_dialog import CrashReporter
application = QApplication([])
reporter = CrashReporter()
reporter.install()
QTimer.singleShot(0, lambda: 1 / 0)
QTimer.singleShot(100, lambda: reporter.dialog.quit_button.click())
sys.exit(application.exec())
"""


def test_quit_ends_the_program() -> None:
    assert "ZeroDivisionError" in run_python("-c", QUIT, code=0).stderr


def test_the_end_of_the_program_is_no_crash(reporter: CrashReporter) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert reporter.dialog is None


# Keys, and a job that stands still


def test_the_shortcuts_are_those_of_the_window(desk: Desk) -> None:
    window = desk.start()
    window.activateWindow()
    desk.qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(ShortcutsDialog)
    assert dialog is not None
    shown = {
        heading.text(0): {
            heading.child(row).text(0): heading.child(row).text(1)
            for row in range(heading.childCount())
        }
        for heading in map(dialog.list.topLevelItem, range(dialog.list.topLevelItemCount()))
        if heading is not None
    }
    assert shown["Everywhere"]["Settings"] == "Ctrl+,"
    assert shown["Everywhere"]["Keyboard shortcuts"] == "F1, ?"
    assert shown["Everywhere"]["Undo"] == "Ctrl+Z"
    assert shown["Photos"]["Select several"] == "Ctrl+click, Shift+click"
    assert shown["Photos"]["Remove from Tagdrop"] == "Del"
    assert shown["Labels of a photo"]["Confirm or unconfirm"] == "K, Space"
    assert shown["Places, labels and folders"]["Leave this label out"] == "Alt+click, -"
    later = QAction("Something new", window)
    later.setShortcut("Ctrl+Alt+N")
    assert ("Something new", "Ctrl+Alt+N") in shortcuts_of(window)[0].lines


def test_undo_is_called_undo_among_the_keys(desk: Desk, photos: Path) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    window.grid.selectAll()
    window.gallery.actions_.remove.trigger()
    desk.until(lambda: window.editing.undo.text() == "Undo: remove 6 photos from Tagdrop")
    assert ("Undo", "Ctrl+Z") in shortcuts_of(window)[0].lines


def test_pause_holds_a_job_until_it_goes_on(desk: Desk, tmp_path: Path) -> None:
    desk.backend.hold()
    window = desk.start()
    window.add([make_folder(tmp_path / "many", 60)])
    desk.until(lambda: desk.backend.submits.total() > 0 and "of 60" in window.progress.text)
    (pause,) = [b for b in window.progress.findChildren(QPushButton) if b.text() == "Pause"]
    pause.click()
    assert pause.text() == "Resume"
    assert not pause.isCheckable()  # else a screen reader says: Go on, checked
    assert "paused" in window.progress.text
    window.add([make_folder(tmp_path / "other", 1)])
    desk.until(lambda: "1 more job" in window.progress.text)
    desk.backend.release()
    pause.click()
    desk.until(lambda: desk.count(State.DONE) + desk.count(State.SKIPPED) == 61)
    assert pause.text() == "Pause"


def test_a_paused_job_is_shown_as_paused_when_it_goes_on_with_a_new_backend(
    desk: Desk, tmp_path: Path
) -> None:
    desk.backend.hold()
    window = desk.start()
    window.add([make_folder(tmp_path / "many", 60)])
    desk.until(lambda: desk.backend.submits.total() > 0 and "of 60" in window.progress.text)
    (pause,) = [b for b in window.progress.findChildren(QPushButton) if b.text() == "Pause"]
    pause.click()
    begun: list[int] = []
    window.feed.job_started.connect(begun.append)
    desk.parts.queue.renew("local")
    desk.until(lambda: len(begun) == 1 and "of 60" in window.progress.text)
    assert "paused" in window.progress.text
    assert pause.text() == "Resume"
    desk.backend.release()
    pause.click()
    desk.until_ended(60)
    assert pause.text() == "Pause"


def test_the_menu_holds_what_the_window_can_do(desk: Desk) -> None:
    window = desk.start()
    window.activateWindow()
    desk.qtbot.keyClick(window, Qt.Key.Key_F10)
    menu = window.shell.menu
    desk.until(menu.isVisible)
    names = [action.text() for action in menu.actions() if action.text()]
    assert len(names) == len(set(names))
    for name in ("Paste", "Settings…", "Keyboard shortcuts", "About Tagdrop"):
        assert name in names
    assert names[-1] == "Quit"
    menu.close()


def test_only_the_end_of_a_long_job_behind_another_window_is_told(desk: Desk) -> None:
    window = desk.start()
    now = [0.0]
    told: list[tuple[str, str]] = []
    notice = EndNotice(
        window,
        window.progress.receipt,
        clock=lambda: now[0],
        tell=lambda *said: told.append(said),
    )
    tally = Tally(1, {State.DONE: 5}, found_all=True)
    other = QWidget()
    desk.qtbot.addWidget(other)
    for seconds, front, count in ((31, window, 0), (29, other, 0), (31, other, 1)):
        front.show()
        front.activateWindow()
        desk.until(front.isActiveWindow)
        notice.on_started(1)
        now[0] += seconds
        notice.on_started(2)  # another one began meanwhile
        notice.on_ended(JobEvent(1, JobState.FINISHED), tally)
        assert len(told) == count
    assert told == [("Labelling finished", "5 labelled")]
    notice.on_started(3)
    now[0] += 31
    notice.on_ended(JobEvent(3, JobState.STOPPED), tally)
    assert told[1:] == [("Labelling stopped", "5 labelled")]
