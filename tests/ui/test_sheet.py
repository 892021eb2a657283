"""The sheet before a job: asked only where it costs money or takes long."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.core.events import State
from desktop.core.library.library import Library
from desktop.core.money.estimate import Estimate, estimate
from desktop.core.settings import Connection, Settings
from desktop.recognisers import AWS
from desktop.ui.jobs import job_sheet
from desktop.ui.jobs.job_sheet import JobSheet
from tests.rig.folders import refuse

from .conftest import Desk, Recogniser, drop_onto, make_folder, mime_of

AMAZON = Settings("aws", connection=Connection("1", "eu-central-1", "tagdrop", "bucket", "table"))


def test_a_small_free_job_starts_at_once(desk: Desk, photos: Path) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    assert not window.shell.sheet.isVisible()


def test_a_job_that_costs_money_is_asked_about(desk: Desk, photos: Path, tmp_path: Path) -> None:
    desk.backend = Recogniser(AWS)
    window = desk.start(AMAZON)
    sheet = window.shell.sheet
    window.add([photos])
    window.add([make_folder(tmp_path / "more", 9)])
    desk.until(lambda: sheet.start_button.isVisible() and "still" not in sheet.text)
    assert sheet.text.startswith("6 photos to label")
    assert "about $0.01" in sheet.text
    sheet.cancel_button.click()
    desk.until(
        lambda: sheet.start_button.isVisible() and sheet.text.startswith("9 photos to label")
    )
    assert desk.backend.submits.total() == 0
    sheet.start_button.click()
    desk.until_ended(9)
    assert not sheet.isVisible()


def test_what_cannot_be_read_yet_may_cost_money_later_and_is_asked_about(
    desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = desk.start(AMAZON).shell.sheet
    with monkeypatch.context() as patch:
        refuse(patch, photos, errno.EHOSTDOWN)
        assert desk.window is not None
        desk.window.add([photos])
        desk.until(sheet.start_button.isVisible)
        assert "cannot be read and" in sheet.text
    assert desk.backend.submits.total() == 0
    sheet.cancel_button.click()


def test_a_large_free_job_is_asked_about(
    desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.jobs.job_sheet.FREE_AT_ONCE", 5)
    window = desk.start()
    window.add([photos])
    desk.until(window.shell.sheet.start_button.isVisible)
    assert "$" not in window.shell.sheet.text
    window.shell.sheet.start_button.click()
    desk.until_ended(6)


def test_fifty_thousand_files_in_one_drop_are_asked_about(desk: Desk, tmp_path: Path) -> None:
    files = list(make_folder(tmp_path / "many", 50).iterdir())
    for photo in files[:50]:
        for number in range(1, 1000):  # Windows takes no more links to a file
            os.link(photo, link := photo.with_name(f"{photo.stem}-{number}.png"))
            files.append(link)
    window = desk.start()
    sheet = window.shell.sheet
    drop_onto(window, mime_of(*files))
    desk.until(lambda: sheet.start_button.isVisible() and "still" not in sheet.text)
    assert sheet.text.startswith("50000 photos to label")
    sheet.cancel_button.click()
    desk.until(lambda: not sheet.isVisible())


@pytest.mark.parametrize("settings", [Settings(), AMAZON], ids=lambda each: each.backend)
def test_what_was_counted_is_not_looked_for_again(
    desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    for name in ("plan.psd", "poster.psd"):
        (photos / name).write_bytes(b"8BPS" + bytes(60))
    listed: list[str] = []
    scandir = os.scandir

    def count(folder: str) -> Any:
        listed.append(folder)
        return scandir(folder)

    if settings is AMAZON:
        desk.backend = Recogniser(AWS)
    sheet = desk.start(settings).shell.sheet
    assert desk.window is not None
    monkeypatch.setattr(os, "scandir", count)
    desk.window.add([photos])
    if settings is AMAZON:
        desk.until(lambda: sheet.is_asking and "still" not in sheet.text)
        assert " · 2 files of kinds that Tagdrop cannot read (PSD)" in sheet.text
        sheet.start_button.click()
    desk.until_ended(6)
    assert (
        "6 labelled · 2 files of kinds that Tagdrop cannot read (PSD)" in desk.window.progress.text
    )
    assert listed.count(str(photos)) == 1


def test_half_a_minute_is_a_minute(desk: Desk, tmp_path: Path) -> None:
    desk.backend = Recogniser(AWS)
    window = desk.start(AMAZON)
    window.add([make_folder(tmp_path / "many", 150)])  # 5 a second
    desk.until(lambda: window.shell.sheet.text.startswith("150 photos to label"))
    assert "about 1 minute" in window.shell.sheet.text


def test_a_drop_just_before_the_end_is_not_lost(desk: Desk, photos: Path) -> None:
    desk.start().add([photos])
    desk.close()
    desk.start()
    desk.until(lambda: desk.count(State.DONE) == 6)


@pytest.mark.expects_log("work")
def test_a_mistake_while_counting_is_told_and_keeps_nobody_waiting(
    desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(*_: object, **__: object) -> Iterator[Estimate]:
        raise ValueError("embedded null byte")

    window = desk.start()
    with monkeypatch.context() as patch:
        patch.setattr(job_sheet, "estimate", mistaken)
        window.add([photos])
        desk.until(lambda: window.messages.title == "Something went wrong inside Tagdrop")
    window.add([photos])
    desk.until_ended(6)


def test_a_drive_that_does_not_answer_keeps_no_window_open(
    desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, answers = threading.Event(), threading.Event()

    def slow(*_: object, **__: object) -> Iterator[Estimate]:
        begun.set()
        answers.wait(10)
        yield from ()

    monkeypatch.setattr(job_sheet, "estimate", slow)
    window = desk.start()
    window.add([photos])
    desk.until(begun.is_set)
    began = time.perf_counter()
    window.close()
    assert time.perf_counter() - began < 5
    answers.set()


@pytest.fixture
def slow_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder on a drive that does not answer before the count is dropped; others do."""
    folder = tmp_path / "slow"

    def slow(
        library: Library, paths: Sequence[Path], *more: Any, cancel: threading.Event, **others: Any
    ) -> Iterator[Estimate]:
        if folder in paths:
            cancel.wait(60)
        return estimate(library, paths, *more, cancel=cancel, **others)

    monkeypatch.setattr(job_sheet, "estimate", slow)
    return folder


def test_a_long_count_is_shown_and_cancelled_and_the_next_drop_has_its_turn(
    desk: Desk, photos: Path, slow_folder: Path, tmp_path: Path
) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    window.activateWindow()
    window.grid.setFocus()
    sheet = window.shell.sheet
    window.add([slow_folder])
    window.add([make_folder(tmp_path / "more", 3)])
    desk.until(sheet.isVisible)
    assert sheet.text == "Looking for photos…"
    assert not sheet.start_button.isVisible()
    assert window.focusWidget() is window.grid
    sheet.cancel_button.click()
    assert not sheet.isVisible()
    desk.until_ended(9)


def test_a_long_count_becomes_the_question(
    desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()

    def slow(*args: Any, **more: Any) -> Iterator[Estimate]:
        answers.wait(60)
        return estimate(*args, **more)

    monkeypatch.setattr(job_sheet, "estimate", slow)
    desk.backend = Recogniser(AWS)
    window = desk.start(AMAZON)
    sheet = window.shell.sheet
    window.add([photos])
    desk.until(sheet.isVisible)
    assert not sheet.start_button.isVisible()
    answers.set()
    desk.until(
        lambda: sheet.start_button.isVisible() and sheet.text.startswith("6 photos to label")
    )
    sheet.start_button.click()
    desk.until_ended(6)
    assert not sheet.isVisible()


def test_what_is_still_counted_at_the_end_is_not_lost(
    desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*args: Any, cancel: threading.Event, **more: Any) -> Iterator[Estimate]:
        cancel.wait(60)
        yield from ()

    window = desk.start()
    with monkeypatch.context() as patch:
        patch.setattr(job_sheet, "estimate", slow)
        window.add([photos])
        desk.until(window.shell.sheet.isVisible)
        desk.close()
    desk.start()
    desk.until(lambda: desk.count(State.DONE) == 6)


@pytest.fixture
def at_once_s() -> float:
    """How soon after a drop the sheet comes at once; ever so long, however busy the machine is."""
    return 60.0


@pytest.fixture
def asked(desk: Desk, photos: Path, at_once_s: float, monkeypatch: pytest.MonkeyPatch) -> JobSheet:
    """The sheet of a job of six photos that costs money; before it the photos had the keyboard."""
    monkeypatch.setattr(job_sheet, "AT_ONCE_S", at_once_s)
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    window.activateWindow()
    window.grid.setFocus()
    desk.backend = Recogniser(AWS)
    window._parts.settings.change(backend="aws", connection=AMAZON.connection)
    window.add([photos])
    desk.until(window.shell.sheet.start_button.isVisible)
    return window.shell.sheet


def test_enter_starts_and_escape_cancels(desk: Desk, asked: JobSheet, photos: Path) -> None:
    window = desk.window
    assert window is not None
    assert window.focusWidget() is asked.start_button
    desk.qtbot.keyClick(asked.start_button, Qt.Key.Key_Escape)
    assert not asked.isVisible()
    assert window.focusWidget() is window.grid
    assert desk.backend.submits.total() == 0
    window.add([photos])
    desk.until(asked.start_button.isVisible)
    desk.qtbot.keyClick(asked.start_button, Qt.Key.Key_Return)
    desk.until(lambda: desk.backend.submits.total() == 6)
    desk.until_ended(6)
    assert window.focusWidget() is window.grid


@pytest.mark.parametrize("at_once_s", [0.0])
def test_no_key_meant_for_the_photos_starts_what_comes_late(desk: Desk, asked: JobSheet) -> None:
    window = desk.window
    assert window is not None
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        focus = window.focusWidget()
        assert focus is asked
        desk.qtbot.keyClick(focus, key)
    assert asked.isVisible()
    reached = []
    for _ in range(2):
        desk.qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        reached.append(window.focusWidget())
    assert reached == [asked.cancel_button, asked.start_button]
    desk.qtbot.keyClick(asked.start_button, Qt.Key.Key_Escape)
    assert not asked.isVisible()
    assert window.focusWidget() is window.grid


def test_it_takes_no_key_from_someone_who_types(desk: Desk, photos: Path) -> None:
    window = desk.start(AMAZON)
    window.activateWindow()
    window.top_bar.search.setFocus()
    window.add([photos])
    desk.until(window.shell.sheet.start_button.isVisible)
    assert window.focusWidget() is window.top_bar.search


def test_a_screen_reader_hears_it(desk: Desk, asked: JobSheet) -> None:
    assert asked.accessibleName() == asked.text
    assert asked.text.startswith("6 photos to label · about $0.01")
