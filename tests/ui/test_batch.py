"""The labels of several photos at once: counts, and one step for all."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from desktop.core.library.edits import Edits
from desktop.core.library.library import Library
from desktop.core.settings import Settings
from desktop.recognisers import RECOGNISERS
from desktop.ui.window import Window

from .conftest import Desk
from .test_editing import choose, in_grid, names, said

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(desk: Desk, photos: Path) -> Window:
    """Six labelled photos, all selected; the first one has lost its Dog."""
    window = desk.start(Settings(min_confidence=40))
    window.add([photos])
    desk.until_ended(6)
    first = window.grid.visualRect(window.model.index(0)).center()
    desk.qtbot.mouseClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=first)
    desk.until(lambda: names(window) == ["Dog", "Grass", "Park"])
    choose(window, "Dog")
    desk.qtbot.keyClick(window.panel.list, Qt.Key.Key_Delete)
    desk.until(lambda: names(window) == ["Grass", "Park"])
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_A, CTRL)
    desk.until(lambda: names(window) == ["Grass", "Park", "Dog"])
    return window


def test_labels_are_counted(window: Window) -> None:
    assert said(window) == ["Grass, 6 of 6", "Park, 6 of 6", "Dog, 5 of 6"]
    assert [entry.number for entry in window.panel.list.labels.entries][2] == "5 of 6"


def test_the_count_follows_selection_and_slider(desk: Desk, window: Window) -> None:
    window.top_bar.slider.setValue(60)
    desk.until(lambda: said(window) == ["Grass, 6 of 6", "Dog, 5 of 6"])
    second = window.grid.visualRect(window.model.index(1)).center()
    desk.qtbot.mouseClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=second)
    desk.until(lambda: said(window)[0] == "Dog, 98.7 per cent")
    third = window.grid.visualRect(window.model.index(2)).center()
    desk.qtbot.mouseClick(window.grid.viewport(), Qt.MouseButton.LeftButton, SHIFT, pos=third)
    desk.until(lambda: said(window) == ["Dog, 2 of 2", "Grass, 2 of 2"])


def test_remove_from_all_is_one_step(desk: Desk, window: Window) -> None:
    choose(window, "Dog")
    desk.qtbot.keyClick(window.panel.list, Qt.Key.Key_Delete)
    desk.until(lambda: names(window) == ["Grass", "Park"])
    # The Dog was removed before; that it goes from five in one step asks for a rule all the same.
    note = window.editing.note
    desk.until(lambda: note.text == "Removed “Dog” from 5 photos")
    assert [act.text for act in note.acts] == ["Undo", "Never show “Dog”"]
    assert all(in_grid(window, place) == ["Grass", "Park"] for place in range(6))
    desk.qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: said(window)[-1] == "Dog, 5 of 6")
    assert window.editing.note.text == "Undid: remove “Dog” from 5 photos"


def test_one_step_asks_for_no_rule(desk: Desk, window: Window) -> None:
    choose(window, "Grass")
    desk.qtbot.keyClick(window.panel.list, Qt.Key.Key_Delete)
    desk.until(lambda: window.editing.note.text == "Removed “Grass” from 6 photos")
    assert [act.text for act in window.editing.note.acts] == ["Undo"]


def test_keep_on_all_that_have_it(desk: Desk, window: Window) -> None:
    choose(window, "Dog")
    desk.qtbot.keyClick(window.panel.list, Qt.Key.Key_K)
    desk.until(lambda: window.editing.note.text == "Confirmed “Dog” on 5 photos")
    window.top_bar.slider.setValue(99)
    desk.until(lambda: said(window) == ["Dog, 5 of 6"])
    assert window.panel.list.labels.entries[0].is_kept
    assert [in_grid(window, place) for place in range(6)] == [[]] + 5 * [["Dog"]]


def test_add_to_all_gives_each_what_it_lacks(desk: Desk, window: Window) -> None:
    line = window.panel.add_line
    window.panel.list.setFocus()
    desk.qtbot.keyClick(window.panel.list, Qt.Key.Key_A)
    desk.qtbot.keyClicks(line, "Dog")
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.until(lambda: said(window)[0] == "Dog, 6 of 6")
    assert window.editing.note.text == "Added “Dog” to 6 photos"
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: said(window)[-1] == "Dog, 5 of 6")
    assert in_grid(window, 0) == ["Grass", "Park"]


def test_counts_come_and_are_brought_up_to_date_while_a_job_brings_labels(
    desk: Desk, window: Window
) -> None:
    desk.qtbot.mouseClick(
        window.grid.viewport(),
        Qt.MouseButton.LeftButton,
        pos=window.grid.visualRect(window.model.index(1)).center(),
    )
    desk.until(lambda: said(window)[0] == "Dog, 98.7 per cent")
    busy = QTimer(window)  # as often as the bridge tells of a fast job
    last = window.model.index(5)
    busy.timeout.connect(lambda: window.model.dataChanged.emit(last, last))
    busy.start(20)
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_A, CTRL)
    desk.until(lambda: said(window) == ["Grass, 6 of 6", "Park, 6 of 6", "Dog, 5 of 6"])
    assert desk.library is not None
    changed = window.model.row(5).file_id
    Edits(desk.library.store).change_label("elsewhere", [changed], "Dog", "remove")
    desk.until(lambda: said(window) == ["Grass, 6 of 6", "Park, 6 of 6", "Dog, 4 of 6"])


def test_ten_thousand_photos_at_once(desk: Desk) -> None:
    fill(desk.data_dir / "library.db", 10_000)
    window = desk.start(Settings(min_confidence=40))
    desk.until(lambda: window.model.rowCount() == 10_000)
    number = QLocale().toString(10_000)
    everywhere = [f"Dog, {number} of {number}"]
    worst = Heartbeat(desk)
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_A, CTRL)
    desk.until(lambda: said(window)[:1] == everywhere)
    choose(window, "Dog")
    began = time.perf_counter()
    desk.qtbot.keyClick(window.panel.list, Qt.Key.Key_Delete)
    desk.until(lambda: "Dog" not in names(window))
    took_s = time.perf_counter() - began
    print(f"removed from 10,000 in {took_s:.2f} s, longest gap {worst.gap_s() * 1000:.0f} ms")
    desk.qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: said(window)[:1] == everywhere)
    assert took_s < 10


def test_the_labels_of_ten_thousand_photos_are_copied_elsewhere(desk: Desk) -> None:
    fill(desk.data_dir / "library.db", 10_000)
    window = desk.start(Settings(min_confidence=40))
    desk.until(lambda: window.model.rowCount() == 10_000)
    clipboard = QGuiApplication.clipboard()
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_A, CTRL)
    began = time.perf_counter()
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_C, CTRL)
    took_s = time.perf_counter() - began
    desk.until(lambda: clipboard.text().endswith("09999.jpg: Dog, Grass, Park"))
    assert clipboard.text().startswith("00000.jpg: Dog, Grass, Park\n00001.jpg: ")
    assert took_s < 0.3


class Heartbeat:
    """How long the window was deaf at most."""

    def __init__(self, desk: Desk) -> None:

        self._last = time.perf_counter()
        self._worst = 0.0
        self._timer = QTimer(desk.window)
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._worst = max(self._worst, now - self._last)
        self._last = now

    def gap_s(self) -> float:
        return self._worst


def fill(path: Path, count: int) -> None:
    """A library of so many labelled images, whose files are not there any more."""
    path.parent.mkdir(parents=True, exist_ok=True)
    library = Library(path, RECOGNISERS)
    job = library.add_job([Path("/photos")], "local", again=False)
    library.add_items(job.id, [Path(f"/photos/{n:05d}.jpg") for n in range(count)])
    with library.store.write() as db:
        db.execute("UPDATE items SET state = 'done'")
        db.execute("UPDATE jobs SET state = 'finished', found_all = 1")
        db.execute("INSERT INTO images (id, digest, image_name) SELECT id, id, id FROM files")
        db.execute("UPDATE files SET image_id = id, size_bytes = 1, mtime_ns = 1")
        db.execute(f"INSERT INTO answers SELECT id, 'local', {job.id}, 'test', '', 0 FROM images")
        for label, confidence in (("Dog", 98.7), ("Grass", 77), ("Park", 42)):
            db.execute(
                "INSERT INTO labels SELECT id, 'local', ?, ?, '[]', '[]', '[]' FROM images",
                (label, confidence),
            )
        db.execute(
            "INSERT INTO shown SELECT image_id, label, confidence, origin, label, 0 FROM labels"
        )
    library.close()
