"""Fast review: every label confirmed or corrected by one key, and the next photo by itself."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.core.library.catalog import Query
from desktop.core.library.edits import Edits
from desktop.ui.labels.review import Review

from .conftest import Desk, make_folder
from .test_search import names

KEY = Qt.Key


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.backend.finds = {"0000": [("Dog", 95.0)], "": [("Dog", 65.0), ("Grass", 45.0)]}
    return desk


def begin(desk: Desk, folder: Path, count: int) -> Review:
    window = desk.start()
    window.add([make_folder(folder, count)])
    desk.until_ended(count)
    window.activateWindow()
    desk.until(window.isActiveWindow)
    review = window.findChild(Review)
    assert isinstance(review, Review)
    desk.qtbot.keyClick(window, KEY.Key_F7)
    desk.until(lambda: review.is_on)
    return review


def edits(desk: Desk) -> Counter[tuple[str, str]]:
    assert desk.library is not None
    rows = desk.library.store.read("SELECT label, kind FROM edits")
    return Counter((row["label"], row["kind"]) for row in rows)


def test_four_keys_confirm_or_correct_100_labels_on_50_photos(desk: Desk, tmp_path: Path) -> None:
    begin(desk, tmp_path / "photos", 51)  # one of them has a sure label
    window = desk.window
    assert window is not None
    canvas, press = window.gallery.viewer.canvas, desk.qtbot.keyClick
    assert window.gallery.viewer.bar.position.text() == "1 of 50"
    for photo in range(49):
        assert canvas.accessibleName() == f"{photo + 1:04d}.png"
        press(canvas, KEY.Key_Return)
        press(canvas, KEY.Key_Delete if photo % 2 else KEY.Key_Return)
    press(canvas, KEY.Key_Space)  # both labels of the last one
    assert window.grid.isVisible() or window.gallery.nothing.isVisible()
    desk.until(lambda: edits(desk).total() == 100)
    assert edits(desk) == {("Dog", "keep"): 50, ("Grass", "keep"): 26, ("Grass", "remove"): 24}
    desk.until(window.gallery.nothing.isVisible)
    assert window.gallery.browse.query == Query(place="review")


def test_a_photo_can_be_passed_over_and_given_another_label(desk: Desk, tmp_path: Path) -> None:
    review = begin(desk, tmp_path / "photos", 4)
    window = desk.window
    assert window is not None
    canvas, press, line = window.gallery.viewer.canvas, desk.qtbot.keyClick, window.panel.add_line
    assert not window.finding.filters.isVisible()  # the photo has the room
    assert [entry.label for entry in window.panel.list.labels.entries] == ["Dog", "Grass"]
    assert window.panel.list.entry is not None
    press(canvas, KEY.Key_Right)
    press(canvas, KEY.Key_Delete)
    assert window.panel.list.entry.label == "Grass"
    press(canvas, KEY.Key_A)
    assert line.hasFocus()
    desk.qtbot.keyClicks(line, "Cat")
    press(line, KEY.Key_Return)
    desk.until(canvas.hasFocus)
    press(canvas, KEY.Key_Return)
    assert canvas.accessibleName() == "0003.png"
    desk.qtbot.mouseClick(review.line.next, Qt.MouseButton.LeftButton)
    desk.until(lambda: edits(desk).total() == 3)
    assert edits(desk) == {("Dog", "remove"): 1, ("Cat", "add"): 1, ("Grass", "keep"): 1}
    desk.until(lambda: names(desk) == ["0001.png", "0003.png"])
    assert not review.is_on
    assert desk.library is not None
    assert Edits(desk.library.store).undo_title() == "confirm “Grass”"
