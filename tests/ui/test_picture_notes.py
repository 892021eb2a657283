"""What the panel says of a photo's picture: its duplicates, and that it was edited."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.core.overview.counts import Counts
from desktop.core.records import Findings, Flag, TextLine
from desktop.core.settings import Settings
from desktop.ui.window import Window

from .conftest import Desk, rows_of
from .test_editing import choose, in_grid, names, said

CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def window(desk: Desk, photos: Path, tmp_path: Path) -> Window:
    """Six labelled photos, the first of which lies in two more folders."""
    for name in ("Copies", "Old copies"):
        (tmp_path / name).mkdir()
        shutil.copy(photos / "0000.png", tmp_path / name)
    window = desk.start(Settings(min_confidence=40))
    window.add([photos, tmp_path / "Copies", tmp_path / "Old copies"])
    desk.until_ended(8)
    return window


def select(desk: Desk, window: Window, place: int, *, with_shift: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ShiftModifier if with_shift else Qt.KeyboardModifier.NoModifier
    at = window.grid.visualRect(window.model.index(place)).center()
    desk.qtbot.mouseClick(window.grid.viewport(), CLICK, modifier, at)


def test_duplicates_are_counted_with_their_folders(
    desk: Desk, window: Window, tmp_path: Path
) -> None:
    notes, said_of = window.panel.notes, window.panel.facts.duplicates
    select(desk, window, 0)
    desk.until(said_of.isVisible)
    assert said_of.text().startswith("2 duplicates · ")
    folders = said_of.toolTip().splitlines()[1:]
    assert folders == [str(tmp_path / "Copies"), str(tmp_path / "Old copies")]
    assert not notes.right.isVisible()
    select(desk, window, 1)
    desk.until(lambda: names(window) == ["Dog", "Grass", "Park"])
    assert not said_of.isVisible()
    select(desk, window, 0, with_shift=True)  # of several photos it would be a riddle
    desk.until(lambda: said(window)[:1] == ["Dog, 2 of 2"])
    assert not said_of.isVisible()
    select(desk, window, 0)
    desk.until(said_of.isVisible)
    said_of.linkActivated.emit("show")
    desk.until(lambda: window.model.rowCount() == 3)


def test_a_correction_says_that_it_concerns_the_duplicates(desk: Desk, window: Window) -> None:
    select(desk, window, 0)
    desk.until(window.panel.facts.duplicates.isVisible)
    choose(window, "Dog")
    desk.qtbot.keyClick(window.panel.list, Qt.Key.Key_Delete)
    note = window.editing.note
    desk.until(lambda: note.text == "Removed “Dog” · also applies to 2 duplicates")
    desk.until(lambda: [in_grid(window, place) for place in (0, 6, 7)] == [["Grass", "Park"]] * 3)
    select(desk, window, 1)
    desk.until(lambda: names(window) == ["Dog", "Grass", "Park"])
    choose(window, "Grass")
    desk.qtbot.keyClick(window.panel.list, Qt.Key.Key_Delete)
    desk.until(lambda: note.text == "Removed “Grass”")


def test_an_edited_photo_waits_for_its_review(desk: Desk, window: Window, photos: Path) -> None:
    Image.new("RGB", (90, 120), "teal").save(photos / "0001.png")
    window.add([photos])
    desk.until(lambda: counts(window).to_review == 1)
    select(desk, window, 1)
    notes = window.panel.notes
    desk.until(notes.right.isVisible)
    desk.qtbot.mouseClick(notes.right, CLICK)
    desk.until(lambda: not notes.isVisible())
    assert window.editing.note.text == "Reviewed 1 photos"
    desk.until(lambda: counts(window).to_review == 0)
    desk.qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.until(notes.right.isVisible)
    desk.until(lambda: counts(window).to_review == 1)


def counts(window: Window) -> Counts:
    return window.sidebar.entries._counts


LINES = tuple(
    TextLine(text, 99.0, 0.1, 0.1, 0.5, 0.1)
    for text in ("<b>Exit</b>", "Rue de Rivoli", "3rd line", "4th line", "5th line", "6th line")
)
FLAGS = (Flag("Violence", 91.0), Flag("Weapons", 88.5, ("Violence",)))


def test_text_and_flags_are_said_found_and_copied(desk: Desk, photos: Path) -> None:
    desk.backend.finds_also = {"0001": Findings(LINES, FLAGS)}
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    notes = window.panel.notes
    select(desk, window, 1)
    desk.until(notes.isVisible)
    assert notes.text.text() == (
        "Text: <b>Exit</b>\nRue de Rivoli\n3rd line\n4th line\n5th line\n…"
    )
    assert notes.text.textFormat() == Qt.TextFormat.PlainText
    assert notes.flags.text() == "May be explicit: Weapons 88.5\u00a0%"
    desk.qtbot.mouseClick(notes.copy, CLICK)
    assert QGuiApplication.clipboard().text() == "\n".join(line.text for line in LINES)
    select(desk, window, 0)
    desk.until(lambda: not notes.isVisible())
    for words in ("rivoli", "explicit", "weapons"):
        window.top_bar.search.setText(words)
        desk.until(lambda: [row.path.name for row in rows_of(window.model)] == ["0001.png"])
    select(desk, window, 0)
    desk.until(notes.isVisible)
    assert names(window) == ["Dog", "Grass"]  # none of it is a label
