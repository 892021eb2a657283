"""Undo and redo of everything a person decides, also after the next start."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop.core.library.library import Library
from desktop.core.library.rows import FileRow
from desktop.core.settings import Settings
from desktop.ui.jobs.job_button import JobButton
from desktop.ui.notices.acts import Act
from desktop.ui.window import Window

from .conftest import Desk
from .test_editing import choose, in_grid, names
from .test_window import button

CLICK = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SETTINGS = Settings(min_confidence=40)


@pytest.fixture
def window(desk: Desk, photos: Path) -> Window:
    """Six labelled photos; the first one is selected."""
    window = desk.start(SETTINGS)
    window.add([photos])
    desk.until_ended(6)
    select_first(desk, window)
    return window


def select_first(desk: Desk, window: Window) -> None:
    desk.until(lambda: window.model.rowCount() > 0 and window.grid.isVisible())
    first = window.grid.visualRect(window.model.index(0)).center()
    desk.qtbot.mouseClick(window.grid.viewport(), CLICK, pos=first)
    desk.until(lambda: bool(names(window)))


def remove(desk: Desk, window: Window, label: str) -> None:
    choose(window, label)
    desk.qtbot.keyClick(window.panel.list, Qt.Key.Key_Delete)
    desk.until(lambda: label not in names(window))


def test_an_and_in_a_name_is_no_key(desk: Desk, window: Window) -> None:
    line = window.panel.add_line
    desk.qtbot.mouseClick(line, CLICK)
    desk.qtbot.keyClicks(line, "Tom & Jerry")
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.until(lambda: window.editing.note.text == "Added “Tom & Jerry”")
    desk.until(lambda: window.editing.undo.text() == "Undo: add “Tom && Jerry”")
    sidebar = window.sidebar
    index_of = sidebar.entries.index_of
    desk.until(lambda: index_of("label", "Tom & Jerry").isValid())
    at = sidebar.visualRect(index_of("label", "Tom & Jerry")).center()
    sidebar.customContextMenuRequested.emit(at)
    menu = next(m for m in sidebar.findChildren(QMenu) if m.isVisible())
    offered = [action.text() for action in menu.actions()]
    menu.close()
    assert offered[:3] == [f"{what} “Tom && Jerry”" for what in ("Only", "And", "Not")]
    window.editing.note.show_note("again?", Act("Never show “Tom & Jerry”", menu.close))
    assert button(window.editing.note, "Never show “Tom && Jerry”")


def test_undo_and_redo_by_key_name_the_step(desk: Desk, window: Window) -> None:
    assert not window.editing.undo.isEnabled()
    remove(desk, window, "Grass")
    desk.until(lambda: window.editing.undo.text() == "Undo: remove “Grass”")
    assert not window.editing.redo.isEnabled()
    desk.qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: names(window) == ["Dog", "Grass", "Park"])
    assert in_grid(window, 0) == ["Dog", "Grass", "Park"]
    assert window.editing.note.text == "Undid: remove “Grass”"
    desk.until(lambda: window.editing.redo.text() == "Redo: remove “Grass”")
    assert not window.editing.undo.isEnabled()
    desk.qtbot.keyClick(window, Qt.Key.Key_Z, CTRL | SHIFT)
    desk.until(lambda: names(window) == ["Dog", "Park"])
    desk.qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: names(window) == ["Dog", "Grass", "Park"])
    desk.qtbot.keyClick(window, Qt.Key.Key_Y, CTRL)
    desk.until(lambda: names(window) == ["Dog", "Park"])


def test_the_note_has_the_way_back(desk: Desk, window: Window) -> None:
    remove(desk, window, "Dog")
    desk.qtbot.mouseClick(button(window.editing.note, "Undo"), CLICK)
    desk.until(lambda: names(window) == ["Dog", "Grass", "Park"])
    desk.until(lambda: window.editing.note.text == "Undid: remove “Dog”")
    desk.qtbot.mouseClick(button(window.editing.note, "Redo"), CLICK)
    desk.until(lambda: names(window) == ["Grass", "Park"])


def test_undo_after_the_next_start(desk: Desk, window: Window) -> None:
    remove(desk, window, "Dog")
    desk.close()
    again = desk.start(SETTINGS)
    desk.until(again.editing.undo.isEnabled)
    select_first(desk, again)
    assert names(again) == ["Grass", "Park"]
    desk.qtbot.keyClick(again, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: names(again) == ["Dog", "Grass", "Park"])


def test_what_was_decided_last_is_written_when_the_window_closes(
    desk: Desk, window: Window
) -> None:
    choose(window, "Dog")
    desk.qtbot.keyClick(window.panel.list, Qt.Key.Key_Delete)
    desk.close()
    again = desk.start(SETTINGS)
    select_first(desk, again)
    assert names(again) == ["Grass", "Park"]


def test_fifty_steps_and_more_can_be_undone(desk: Desk, window: Window) -> None:
    for _ in range(30):
        for how in ("keep", "unkeep"):
            window.editing.change_label("Dog", how, 1)
    desk.until(lambda: window.editing.undo.text() == "Undo: unconfirm “Dog”")
    for _ in range(60):
        desk.qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: not window.editing.undo.isEnabled())


def test_photos_removed_from_the_library_come_back(
    desk: Desk, window: Window, photos: Path
) -> None:
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_Right, SHIFT)
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_Delete)
    desk.until(lambda: window.model.rowCount() == 4)
    assert window.editing.note.text == "Removed 2 photos from Tagdrop, not from the disk"
    assert len(list(photos.iterdir())) == 6  # never from the disk
    desk.qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: window.model.rowCount() == 6)
    desk.qtbot.keyClick(window, Qt.Key.Key_Y, CTRL)
    desk.until(lambda: window.model.rowCount() == 4)
    desk.close()
    again = desk.start(SETTINGS)
    desk.until(lambda: again.model.rowCount() == 4 and again.editing.undo.isEnabled())
    desk.qtbot.keyClick(again, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: again.model.rowCount() == 6)


def test_labels_of_a_job_come_back(desk: Desk, window: Window) -> None:
    remove(desk, window, "Dog")
    more = window.findChild(JobButton)
    assert more is not None
    assert more.isVisible()
    more.take_back.trigger()
    desk.until(lambda: names(window) == [])
    assert not more.isVisible()
    assert in_grid(window, 3) == []
    desk.qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: names(window) == ["Grass", "Park"])
    assert in_grid(window, 3) == ["Dog", "Grass", "Park"]
    desk.qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: names(window) == ["Dog", "Grass", "Park"])


def test_doing_what_is_so_already_is_no_step(desk: Desk, window: Window) -> None:
    window.editing.change_label("Bello", "add", 1)
    window.editing.change_label("Bello", "add", 1)
    desk.until(lambda: window.editing.note.text == "Nothing to change")
    desk.qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: not window.editing.undo.isEnabled())
    desk.until(lambda: "Bello" not in names(window))


def test_photos_removed_before_this_start_come_back_when_they_are_dropped(
    desk: Desk, window: Window, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_Right, SHIFT)
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_Delete)
    desk.until(lambda: window.model.rowCount() == 4)
    desk.close()
    again = desk.start(SETTINGS)
    desk.until(lambda: again.model.rowCount() == 4)
    read_after: list[int] = []
    files = Library.files

    def watched(library: Library, *, after_id: int = 0, limit: int = -1) -> list[FileRow]:
        read_after.append(after_id)
        return files(library, after_id=after_id, limit=limit)

    monkeypatch.setattr(Library, "files", watched)
    again.add([photos])
    desk.until(lambda: again.model.rowCount() == 6)
    assert 0 not in read_after  # the whole library is not read again for them
