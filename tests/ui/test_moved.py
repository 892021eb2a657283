"""Files that are gone are marked; ones that moved are found again by what is in them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.core.events import State

from .conftest import Desk, make_folder
from .test_search import names


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
    lost.write_bytes(content)
    window.add([lost])
    desk.until(lambda: not thumbnails.is_gone(lost))
    desk.until(lambda: not (thumbnails.get(lost) or window.grab().toImage()).isNull())


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
    rest = ["0000.png", "0001.png", "0002.png", "0004.png", "0005.png", "best.png"]
    desk.until(lambda: names(desk) == rest)
    row = window.model.row(5)
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
