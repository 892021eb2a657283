"""Files that are gone are marked; ones that moved are found again by what is in them."""

from __future__ import annotations

import errno
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage

from desktop.core.events import State

from .conftest import Desk, make_folder
from .test_search import names
from .test_window import button


def test_a_file_that_is_gone_is_marked_and_keeps_its_labels(desk: Desk, photos: Path) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    desk.close()
    lost = photos / "0002.png"
    content = lost.read_bytes()
    lost.unlink()
    window = desk.start()
    thumbnails = window._parts.thumbnails
    desk.until(lambda: thumbnails.is_gone(lost))
    assert len(names(desk)) == 6
    assert [record.label for record in window.model.labels(window.model.row(2))] == ["Dog", "Grass"]
    assert not thumbnails.is_gone(photos / "0001.png")
    spoken = window.model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "0002.png, Dog, 98.7 per cent, Grass, 77.0 per cent, file is gone"
    window.grid.setCurrentIndex(window.model.index(2))
    desk.until(lambda: window.panel.state_text.startswith("The file is gone"))
    lost.write_bytes(content)
    window.add([lost])
    desk.until(lambda: not thumbnails.is_gone(lost))
    desk.until(lambda: not (thumbnails.get(lost) or window.grab().toImage()).isNull())
    desk.until(lambda: "gone" not in window.panel.state_text)
    desk.until(lambda: not (window.panel.preview.picture or QImage()).isNull())


def test_a_place_that_cannot_be_shown_is_said(
    desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    window.grid.setCurrentIndex(window.model.index(2))
    opened: list[QUrl] = []

    def no_program(url: QUrl) -> bool:
        opened.append(url)
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", no_program)
    (photos / "0002.png").unlink()
    window.gallery.actions_.place.trigger()
    desk.until(window.messages.isVisible)
    assert opened == [QUrl.fromLocalFile(str(photos))]
    button(window.messages, "Copy the path").click()
    assert QGuiApplication.clipboard().text() == str(photos / "0002.png")
    desk.until(lambda: not window.messages.isVisible())
    photos.rename(photos.with_name("elsewhere"))
    window.gallery.actions_.place.trigger()
    desk.until(window.messages.isVisible)
    assert len(opened) == 1


def test_a_drive_that_does_not_answer_does_not_stop_the_window(
    desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    lost = photos / "0002.png"
    window.grid.setCurrentIndex(window.model.index(2))
    asked, answers = threading.Event(), threading.Event()
    exists = Path.exists

    def slow(path: Path, **how: bool) -> bool:
        if path == lost:
            asked.set()
            answers.wait(10)
            raise OSError(errno.EHOSTDOWN, "Host is down")
        return exists(path, **how)

    monkeypatch.setattr(Path, "exists", slow)
    began = time.perf_counter()
    window.gallery.actions_.place.trigger()
    assert time.perf_counter() - began < 5
    desk.until(asked.is_set)
    answers.set()
    desk.until(lambda: window.messages.title == "The folder cannot be shown")


def test_a_moved_photo_is_there_once_with_its_labels(
    desk: Desk, photos: Path, tmp_path: Path
) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    submits = desk.backend.submits.total()
    moved = tmp_path / "sorted" / "best.png"
    moved.parent.mkdir()
    (photos / "0003.png").rename(moved)
    window.add([moved.parent])
    rest = ["best.png", "0000.png", "0001.png", "0002.png", "0004.png", "0005.png"]
    desk.until(lambda: names(desk) == rest)
    row = window.model.row(0)
    assert row.state is State.SKIPPED
    assert [record.label for record in window.model.labels(row)] == ["Dog", "Grass"]
    assert desk.backend.submits.total() == submits
    desk.close()
    desk.start()
    desk.until(lambda: names(desk) == rest)


def test_copies_stay_both(desk: Desk, photos: Path, tmp_path: Path) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    window.add([make_folder(tmp_path / "copies", 2)])
    desk.until_ended(8)
    assert len(names(desk)) == 8
