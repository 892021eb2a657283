"""Rules for labels: offered after the same correction twice, listed and dropped in the settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.core.settings import Settings
from desktop.ui.settings.rules_page import RulesPage
from desktop.ui.window import Window

from .conftest import Desk
from .test_editing import choose, in_grid, names
from .test_window import button

CLICK = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(desk: Desk, photos: Path) -> Window:
    """Six labelled photos."""
    window = desk.start(Settings(min_confidence=40))
    window.add([photos])
    desk.until_ended(6)
    return window


@pytest.fixture
def page(desk: Desk, window: Window) -> Iterator[RulesPage]:
    page = RulesPage(window.editing.editor)
    desk.qtbot.addWidget(page)
    page.show()
    yield page
    page.close()


def remove(desk: Desk, window: Window, place: int, label: str) -> None:
    window.activateWindow()
    desk.until(window.isActiveWindow)
    where = window.grid.visualRect(window.model.index(place)).center()
    desk.qtbot.mouseClick(window.grid.viewport(), CLICK, pos=where)
    desk.until(lambda: label in names(window))
    choose(window, label)
    desk.qtbot.keyClick(window.panel.list, Qt.Key.Key_Delete)
    desk.until(lambda: label not in names(window))


def add(desk: Desk, window: Window, label: str) -> None:
    line = window.panel.add_line
    window.panel.list.setFocus()
    desk.qtbot.keyClick(window.panel.list, Qt.Key.Key_A)
    desk.qtbot.keyClicks(line, label)
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.until(lambda: label in names(window))


def test_never_show_is_offered_after_the_second_time(
    desk: Desk, window: Window, page: RulesPage
) -> None:
    remove(desk, window, 0, "Grass")
    assert window.editing.note.text == "Removed “Grass”"
    remove(desk, window, 1, "Grass")
    note = window.editing.note
    assert note.text == "Removed “Grass”"
    assert [act.text for act in note.acts] == ["Undo", "Never show “Grass”"]
    desk.qtbot.mouseClick(button(window.editing.note, "Never show “Grass”"), CLICK)
    desk.until(lambda: in_grid(window, 5) == ["Dog", "Park"])
    assert window.editing.note.text == "“Grass” is never shown"
    desk.until(lambda: page.sentences == ["“Grass” is never shown"])
    desk.qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: in_grid(window, 5) == ["Dog", "Grass", "Park"])
    desk.until(lambda: page.sentences == [])


def test_an_offer_is_made_once(desk: Desk, window: Window) -> None:
    for place in range(3):
        remove(desk, window, place, "Grass")
    assert [act.text for act in window.editing.note.acts] == ["Undo"]


def test_what_you_take_back_yourself_asks_for_no_rule(desk: Desk, window: Window) -> None:
    for place in range(3):
        where = window.grid.visualRect(window.model.index(place)).center()
        desk.qtbot.mouseClick(window.grid.viewport(), CLICK, pos=where)
        add(desk, window, "Bello")
        remove(desk, window, place, "Bello")
        assert window.editing.note.text == "Removed “Bello”"


def test_call_it_is_offered_after_replacing_twice_and_dropped_in_the_settings(
    desk: Desk, window: Window, page: RulesPage
) -> None:
    for place in range(2):
        remove(desk, window, place, "Park")
        add(desk, window, "Garden")
    assert window.editing.note.text == "Added “Garden”"
    desk.qtbot.mouseClick(button(window.editing.note, "Rename “Park” to “Garden”"), CLICK)
    desk.until(lambda: in_grid(window, 4) == ["Dog", "Grass", "Garden"])
    desk.until(lambda: page.sentences == ["“Park” is shown as “Garden”"])
    desk.qtbot.mouseClick(page.drop, CLICK)
    desk.until(lambda: in_grid(window, 4) == ["Dog", "Grass", "Park"])
    desk.until(lambda: page.sentences == [])
    assert not page.drop.isVisible()
    desk.qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: in_grid(window, 4) == ["Dog", "Grass", "Garden"])
    desk.until(lambda: page.sentences == ["“Park” is shown as “Garden”"])


def test_the_hint_names_the_machines_own_word(desk: Desk, window: Window) -> None:
    for place in range(2):
        remove(desk, window, place, "Park")
        add(desk, window, "Garden")
    desk.qtbot.mouseClick(button(window.editing.note, "Rename “Park” to “Garden”"), CLICK)
    where = window.grid.visualRect(window.model.index(3)).center()
    desk.qtbot.mouseClick(window.grid.viewport(), CLICK, pos=where)
    desk.until(lambda: "Garden" in names(window))
    shown = window.panel.list.labels
    hint = shown.index(names(window).index("Garden")).data(Qt.ItemDataRole.ToolTipRole)
    assert hint == "Maybe (labelled on this computer)\nYou renamed “Park”"


def test_a_rule_can_be_made_before_anything_was_corrected(
    desk: Desk, window: Window, page: RulesPage
) -> None:
    form = page.form
    assert not form.add.isEnabled()
    desk.qtbot.keyClicks(form.label, "grass")
    desk.qtbot.mouseClick(form.add, CLICK)
    desk.until(lambda: page.sentences == ["“Grass” is never shown"])
    form.what.setCurrentIndex(1)
    desk.qtbot.keyClicks(form.label, "dog")
    assert not form.add.isEnabled()
    desk.qtbot.keyClicks(form.name, "Hound")
    desk.qtbot.keyClick(form.name, Qt.Key.Key_Return)
    desk.until(lambda: len(page.sentences) == 2)
    window.editing.undo.trigger()
    desk.until(lambda: page.sentences == ["“Grass” is never shown"])
