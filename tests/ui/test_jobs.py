"""Jobs one after another, and what is said of each at its end."""

from __future__ import annotations

import errno
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.core.events import JobEvent, JobState, State
from desktop.core.settings import Connection, Settings
from desktop.core.walk.passed_over import PassedOver
from desktop.recognisers import AWS
from desktop.ui.grid.reader import Tally
from desktop.ui.jobs.job_button import JobButton
from desktop.ui.jobs.progress import ProgressLine
from tests.rig.folders import refuse
from tests.rig.memory_backend import MemoryBackend

from .conftest import Desk, make_folder

AMAZON = Settings("aws", connection=Connection("1", "eu-central-1", "tagdrop", "bucket", "table"))


def offered(parent: QWidget) -> list[str]:
    return [b.text() for b in parent.findChildren(QPushButton) if b.isVisible()]


def press(desk: Desk, parent: QWidget, text: str) -> None:
    (button,) = [b for b in parent.findChildren(QPushButton) if b.text() == text]
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_job_that_waited_can_be_paused_and_cancelled_when_its_turn_comes(
    desk: Desk, tmp_path: Path
) -> None:
    desk.backend.hold()
    window = desk.start()
    window.add([make_folder(tmp_path / "first", 30)])
    desk.until(lambda: "of 30" in window.progress.text)
    window.add([make_folder(tmp_path / "second", 40)])
    desk.until(lambda: "1 more job" in window.progress.text)
    desk.until(lambda: window.model.rowCount() == 70)  # those of the one that waits, too
    assert window.model.row(0).path == tmp_path / "second" / "0000.png"
    press(desk, window.progress, "Cancel")
    desk.until(lambda: "of 40" in window.progress.text)
    desk.until(lambda: "cancelled" in window.editing.note.text)
    assert offered(window.progress) == ["Pause", "Cancel"]
    assert not window.findChildren(JobButton)[0].isVisible()
    assert offered(window.editing.note) == ["Label the rest"]
    press(desk, window.progress, "Cancel")
    desk.until(lambda: offered(window.progress) == ["Label the rest"])
    assert window.progress.text == "40 cancelled"


def test_a_folder_that_could_not_be_read_is_found_by_try_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folder(tmp_path / "photos", 3)
    make_folder(folder / "nas", 5)
    window = desk.start()
    with monkeypatch.context() as patch:
        refuse(patch, folder / "nas", errno.EIO)
        window.add([folder])
        desk.until(lambda: window.messages.title == "A folder cannot be read")
        desk.until(lambda: window.progress.text == "3 labelled")
    assert window.messages.button_text == "Try again"
    assert offered(window.progress) == ["Cancel the rest"]
    window.messages.press()
    desk.until(lambda: window.progress.text == "8 labelled")
    assert window.messages.title == ""


def test_what_came_of_a_job_is_said_though_the_next_one_runs(desk: Desk, tmp_path: Path) -> None:
    desk.backend.hold()
    window = desk.start()
    window.add([make_folder(tmp_path / "first", 10)])
    desk.until(lambda: "of 10" in window.progress.text)
    window.add([make_folder(tmp_path / "second", 40)])
    desk.until(lambda: "1 more job" in window.progress.text)
    desk.backend.release()
    desk.until(lambda: window.progress.text == "30 labelled · 10 already labelled")
    assert window.editing.note.text == "Finished: 10 labelled"
    assert offered(window.editing.note) == []


def test_the_receipt_says_what_amazon_was_paid_for(
    desk: Desk, photos: Path, tmp_path: Path
) -> None:
    desk.backend = MemoryBackend(AWS)  # type: ignore[assignment]
    window = desk.start(AMAZON)
    window.add([photos])
    desk.until(window.shell.sheet.start_button.isVisible)
    press(desk, window.shell.sheet, "Start")
    desk.until_ended(6)
    assert window.progress.text == "6 labelled · cost less than 1 cent"
    window.add([make_folder(tmp_path / "copies", 6)])  # the same pictures: nobody is paid again
    desk.until(window.shell.sheet.start_button.isVisible)
    press(desk, window.shell.sheet, "Start")
    desk.until_ended(12)
    assert window.progress.text == "6 already labelled"


def test_what_was_passed_over_is_said_before_a_job_and_after_it(desk: Desk) -> None:
    passed_over = PassedOver(Counter(EPS=1, PSD=2), online_only=12, not_photos=2)
    line = ProgressLine()
    desk.qtbot.addWidget(line)
    told = (
        "3 files of kinds that Tagdrop cannot read (PSD, EPS) · 12 photos are only online: download"
        " them first · 2 files are not photos"
    )
    tally = Tally(1, {}, True, final=True, passed_over=passed_over)
    assert line.receipt(JobEvent(1, JobState.FINISHED), tally) == told


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "248 labelled · 12 already labelled · cost $0.25"),
        (9.0, "248 labelled · 12 already labelled · cost $0.25"),
        (45.0, "248 labelled · 12 already labelled · cost $0.25 · in 45 seconds"),
        (185.0, "248 labelled · 12 already labelled · cost $0.25 · in 3 minutes"),
        (9000.0, "248 labelled · 12 already labelled · cost $0.25 · in 2.5 hours"),
    ],
)
def test_the_receipt_says_how_long_it_took(desk: Desk, seconds: float | None, said: str) -> None:
    counts = {State.DONE: 248, State.SKIPPED: 12}
    tally = Tally(1, counts, True, final=True, dollars=0.248, seconds=seconds)
    line = ProgressLine()
    desk.qtbot.addWidget(line)
    assert line.receipt(JobEvent(1, JobState.FINISHED), tally) == said
