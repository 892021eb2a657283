"""Editing the labels of one photo: keep, remove, add, by click and by key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.core.backend import Answer
from desktop.core.records import LabelRecord
from desktop.core.settings import Settings
from desktop.ui.labels.label_delegate import PAD_PX, SIGN_ROOM_PX
from desktop.ui.window import Window

from .conftest import Desk

CLICK = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(desk: Desk, photos: Path) -> Window:
    """Six labelled photos; the first one is selected."""
    window = desk.start(Settings(min_confidence=40))
    window.add([photos])
    desk.until_ended(6)
    first = window.grid.visualRect(window.model.index(0)).center()
    desk.qtbot.mouseClick(window.grid.viewport(), CLICK, pos=first)
    desk.until(lambda: names(window) == ["Dog", "Grass", "Park"])
    return window


def names(window: Window) -> list[str]:
    return [entry.label for entry in window.panel.list.labels.entries]


def said(window: Window) -> list[str]:
    shown = window.panel.list.labels
    role = Qt.ItemDataRole.AccessibleTextRole
    return [shown.index(place).data(role) for place in range(shown.rowCount())]


def choose(window: Window, label: str) -> None:
    window.panel.list.setFocus()
    window.panel.list.setCurrentIndex(window.panel.list.labels.index(names(window).index(label)))


def click_sign(desk: Desk, window: Window, label: str, sign: str) -> None:
    """Click ✓ (keep) or ✕ (remove) in the line of a label."""
    labels = window.panel.list
    line = labels.visualRect(labels.labels.index(names(window).index(label)))
    from_end = SIGN_ROOM_PX * (1.5 if sign == "keep" else 0.5)
    at = QPoint(int(line.right() - PAD_PX - from_end), line.top() + SIGN_ROOM_PX // 2)
    desk.qtbot.mouseClick(labels.viewport(), CLICK, pos=at)


def in_grid(window: Window, place: int) -> list[str]:
    return [r.label for r in window.model.labels(window.model.row(place))]


def test_delete_removes_the_label_from_panel_and_grid(desk: Desk, window: Window) -> None:
    choose(window, "Grass")
    desk.qtbot.keyClick(window.panel.list, Qt.Key.Key_Delete)
    desk.until(lambda: names(window) == ["Dog", "Park"])
    assert in_grid(window, 0) == ["Dog", "Park"]
    assert in_grid(window, 1) == ["Dog", "Grass", "Park"]
    assert window.panel.list.entry is not None
    assert window.panel.list.entry.label == "Park"  # the neighbour, so that Delete goes on
    assert window.editing.note.text == "Removed “Grass”"


def test_a_click_on_keep_marks_the_label_as_yours(desk: Desk, window: Window) -> None:
    panel = window.panel
    click_sign(desk, window, "Dog", "keep")
    desk.until(lambda: said(window)[0] == "Dog, 98.7 per cent, confirmed")
    assert panel.list.labels.entries[0].is_kept
    click_sign(desk, window, "Dog", "keep")
    desk.until(lambda: said(window)[0] == "Dog, 98.7 per cent")


@pytest.mark.parametrize("key", [Qt.Key.Key_K, Qt.Key.Key_Space])
def test_keys_keep_and_a_kept_label_is_shown_at_any_confidence(
    desk: Desk, window: Window, key: Qt.Key
) -> None:
    choose(window, "Park")
    desk.qtbot.keyClick(window.panel.list, key)
    desk.until(lambda: said(window)[2] == "Park, 42.0 per cent, confirmed")
    window.top_bar.slider.setValue(90)
    assert names(window) == ["Dog", "Park"]
    assert in_grid(window, 0) == ["Dog", "Park"]


def test_a_label_being_typed_keeps_the_keyboard_while_photos_change_places(
    desk: Desk, window: Window
) -> None:
    line = window.panel.add_line
    window.activateWindow()
    desk.qtbot.mouseClick(line, CLICK)
    desk.qtbot.keyClicks(line, "Bel")
    window.gallery.browse.order_by("name", is_reversed=True)
    desk.until(lambda: window.model.row(0).path.name == "0005.png")
    assert (line.hasFocus(), line.text()) == (True, "Bel")
    desk.qtbot.keyClicks(line, "lo")
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.qtbot.keyClick(line, Qt.Key.Key_Escape)
    desk.until(lambda: names(window) == ["Bello", "Dog", "Grass", "Park"])


@pytest.mark.parametrize("key", ["a", "+"])
def test_add_by_key_is_yours_and_apart(desk: Desk, window: Window, key: str) -> None:
    panel = window.panel
    choose(window, "Dog")
    desk.qtbot.keyClick(panel.list, key)
    desk.until(panel.add_line.hasFocus)
    desk.qtbot.keyClicks(panel.add_line, "  Bello ")
    desk.qtbot.keyClick(panel.add_line, Qt.Key.Key_Return)
    desk.until(lambda: names(window) == ["Bello", "Dog", "Grass", "Park"])
    assert panel.add_line.text() == ""
    assert said(window)[0] == "Bello, added by you"
    entry = panel.list.labels.entries[0]
    assert entry.is_yours
    assert entry.share is None
    assert in_grid(window, 0)[0] == "Bello"
    spoken = window.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "0000.png, Bello, added by you, Dog, 98.7 per cent"
    click_sign(desk, window, "Bello", "keep")  # there is nothing to confirm
    click_sign(desk, window, "Bello", "remove")
    desk.until(lambda: names(window) == ["Dog", "Grass", "Park"])


def test_what_is_typed_goes_to_the_photo_that_is_shown(desk: Desk, window: Window) -> None:
    second = window.grid.visualRect(window.model.index(1)).center()
    ctrl = Qt.KeyboardModifier.ControlModifier
    for _ in range(2):  # selected as well, and not any more; the keys stay with it
        desk.qtbot.mouseClick(window.grid.viewport(), CLICK, ctrl, pos=second)
    assert window.grid.currentIndex().row() == 1
    assert window.panel.facts.name.text() == "0000.png"
    line = window.panel.add_line
    desk.qtbot.mouseClick(line, CLICK)
    desk.qtbot.keyClicks(line, "Zebra")
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.until(lambda: names(window)[0] == "Zebra")
    assert in_grid(window, 0)[0] == "Zebra"
    assert in_grid(window, 1) == ["Dog", "Grass", "Park"]


def test_labels_in_use_are_completed(desk: Desk, window: Window) -> None:
    line = window.panel.add_line
    desk.qtbot.mouseClick(line, CLICK)
    completer = line.completer()
    assert completer is not None
    desk.until(lambda: completer.model().rowCount() == 3)
    desk.qtbot.keyClicks(line, "gr")
    desk.until(completer.popup().isVisible)
    popup = completer.popup()
    desk.qtbot.keyClick(popup, Qt.Key.Key_Down)
    assert line.text() == "Grass"
    desk.qtbot.keyClick(popup, Qt.Key.Key_Return)
    desk.until(lambda: said(window)[1] == "Grass, 77.0 per cent, confirmed")
    assert line.text() == ""


def test_a_label_typed_in_other_letters_is_the_one_in_use(desk: Desk, window: Window) -> None:
    line = window.panel.add_line
    desk.qtbot.mouseClick(line, CLICK)
    completer = line.completer()
    assert completer is not None
    desk.until(lambda: completer.model().rowCount() == 3)
    desk.qtbot.keyClicks(line, "PARK")
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.until(lambda: said(window)[2] == "Park, 42.0 per cent, confirmed")


def test_escape_leaves_the_line_without_adding(desk: Desk, window: Window) -> None:
    panel = window.panel
    desk.qtbot.mouseClick(panel.add_line, CLICK)
    desk.qtbot.keyClicks(panel.add_line, "zzz")
    desk.qtbot.keyClick(panel.add_line, Qt.Key.Key_Escape)
    assert panel.add_line.text() == ""
    assert panel.list.hasFocus()
    assert names(window) == ["Dog", "Grass", "Park"]


def test_the_hint_says_how_sure_and_who(window: Window) -> None:
    shown = window.panel.list.labels
    hints = [shown.index(place).data(Qt.ItemDataRole.ToolTipRole) for place in range(3)]
    assert hints == [
        "Very sure (labelled on this computer)",
        "Likely (labelled on this computer)",
        "Maybe (labelled on this computer)",
    ]


def test_all_boxes_at_a_key(desk: Desk, window: Window) -> None:
    preview = window.panel.preview
    choose(window, "Grass")
    assert list(preview.boxes) == []
    desk.qtbot.keyClick(window, Qt.Key.Key_B, CTRL)
    assert [box.left for box in preview.boxes] == [0.25]
    assert list(preview.names) == ["Dog"]
    desk.qtbot.keyClick(window, Qt.Key.Key_B, CTRL)
    assert list(preview.boxes) == []
    desk.qtbot.mouseClick(window.panel.add_line, CLICK)
    desk.qtbot.keyClicks(window.panel.add_line, "b")
    assert window.panel.add_line.text() == "b"
    assert list(preview.boxes) == []


def test_compare_shows_what_this_computer_found_beside_amazon(desk: Desk, window: Window) -> None:
    assert desk.library is not None
    row = window.model.row(0)
    file = desk.library.file(row.file_id)
    assert file is not None
    assert file.image_id is not None
    records = (
        LabelRecord("", "Dog", 99.1, ("Pet",)),
        LabelRecord("", "Leash", 80.0),
    )
    desk.library.record_answer(1, [], file.image_id, "aws", Answer(records, model_version="test"))
    desk.until(lambda: names(window) == ["Dog", "Leash"])
    ways = Qt.ItemDataRole.AccessibleDescriptionRole
    shown = window.panel.list.labels
    assert shown.index(0).data(ways) == "Pet"
    desk.qtbot.keyClick(window, Qt.Key.Key_C, CTRL_SHIFT)
    assert names(window) == ["Dog", "Leash", "Grass", "Park"]
    assert [shown.index(place).data(ways) for place in range(4)] == [
        "This computer: 98.7\u00a0%",
        "This computer: not found",
        "This computer only",
        "This computer only",
    ]
    click_sign(desk, window, "Grass", "remove")  # it is not there
    choose(window, "Grass")
    desk.qtbot.keyClick(window.panel.list, Qt.Key.Key_K)
    desk.until(lambda: names(window)[0] == "Grass")
    assert said(window)[0] == "Grass, added by you"
    desk.qtbot.keyClick(window, Qt.Key.Key_C, CTRL_SHIFT)
    assert names(window) == ["Grass", "Dog", "Leash"]


def test_never_show_in_the_menu_of_a_label(desk: Desk, window: Window) -> None:
    choose(window, "Grass")
    assert window.editing.never_show in window.panel.list.actions()
    window.editing.never_show.trigger()
    desk.until(lambda: in_grid(window, 3) == ["Dog", "Park"])
    assert window.editing.note.text == "“Grass” is never shown"
