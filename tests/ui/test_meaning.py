"""Search by meaning in the window: from its download to ranked photos, and back again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.ui.meaning.network_box import NetworkBox
from desktop.ui.shell import Shell
from desktop.ui.window import Window
from tests.rig.meaning import Hub, StandIn

from .conftest import Desk, rows_of

COLOURS = {"red": (200, 30, 30), "green": (30, 160, 40), "blue": (30, 40, 200)}


def names(window: Window) -> list[str]:
    return [row.path.stem for row in rows_of(window.model)]


@pytest.fixture
def colours(tmp_path: Path) -> Path:
    """Two photos of each colour, whose names and labels say nothing of it."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number, colour in enumerate([*COLOURS.values(), *COLOURS.values()]):
        shade = tuple(max(0, each - 12 * (number // 3)) for each in colour)
        Image.new("RGB", (300, 240), shade).save(folder / f"{number}.png")
    return folder


@pytest.fixture
def window(desk: Desk, colours: Path, stand_in: StandIn, hub: Hub) -> Window:
    """A window on six labelled photos, with the network on a server of this computer."""
    desk.networks = stand_in.manifest
    desk.backend.finds = {"": [("Dog", 97)]}
    window = desk.start()
    window.add([colours])
    desk.until_ended(6)
    return window


def shell_of(window: Window) -> Shell:
    assert isinstance(window.shell, Shell)
    return window.shell


def box_of(window: Window) -> NetworkBox:
    """The part of the settings about search by meaning."""
    found = shell_of(window).show_settings("labelling").findChild(NetworkBox)
    assert found is not None
    return found


def is_offered(window: Window) -> bool:
    return "search by what photos show" in window.editing.note.text


def answer(desk: Desk, window: Window, text: str) -> None:
    """Press this button of the offer by the keyboard."""
    buttons = window.editing.note.findChildren(QPushButton)
    press(desk, next(each for each in buttons if each.text() == text))


def press(desk: Desk, widget: QWidget) -> None:
    """By the keyboard."""
    widget.setFocus()
    desk.qtbot.keyClick(widget, Qt.Key.Key_Space)


def download(desk: Desk, window: Window) -> NetworkBox:
    """Have it downloaded, and all photos looked at."""
    box = box_of(window)
    press(desk, box.get)
    desk.until(lambda: box.state.text() == "Ready: all photos looked at.")
    return box


def look_for(desk: Desk, window: Window, words: str) -> None:
    window.top_bar.search.setFocus()
    window.top_bar.search.selectAll()
    desk.qtbot.keyClicks(window.top_bar.search, words)


def test_a_person_goes_from_the_download_to_ranked_photos(desk: Desk, window: Window) -> None:
    box = box_of(window)
    assert box.get.text() == "Download"
    assert box.remove.isHidden()
    assert not shell_of(window).meaning.is_there
    download(desk, window)
    assert box.get.isHidden()
    shell_of(window).show_settings().close()
    look_for(desk, window, "something green")
    desk.until(lambda: window.gallery.view_bar.title == "Photos that look like: something green")
    desk.until(lambda: set(names(window)[:2]) == {"1", "4"})
    assert len(names(window)) == 6
    assert window.top_bar.search.text() == "something green"
    assert window.finding.filters.texts == ["Looks like “something green”"]
    assert window.gallery.view_bar.what == "6 photos · Photos that look like: something green"
    look_for(desk, window, "a blue dog")  # of which “dog” would be a label
    desk.until(lambda: set(names(window)[:2]) == {"2", "5"})
    assert window.gallery.view_bar.title == "Photos that look like: a blue dog"
    window.top_bar.search.clear()  # and back
    desk.until(lambda: window.gallery.view_bar.title == "All photos")


def test_words_that_are_labels_filter_as_before(desk: Desk, window: Window) -> None:
    download(desk, window)
    look_for(desk, window, "dog")
    desk.until(lambda: window.gallery.view_bar.what == "6 photos · “dog”")
    filters = window.finding.filters
    desk.until(filters.by_meaning.isVisible)
    press(desk, filters.by_meaning)
    desk.until(lambda: window.gallery.view_bar.title == "Photos that look like: dog")
    assert filters.by_meaning.isHidden()
    desk.qtbot.keyClicks(window.top_bar.search, " -cat")  # other words, and no sentence
    desk.until(lambda: window.gallery.view_bar.what == "6 photos · “dog -cat”")
    assert filters.by_meaning.isHidden()


def test_a_folder_or_a_label_is_chosen_before_it_is_ranked(
    desk: Desk, window: Window, colours: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name, colour in (("leaf", COLOURS["green"]), ("sky", COLOURS["blue"])):
        Image.new("RGB", (300, 240), colour).save(other / f"{name}.png")
    window.add([other])
    desk.until_ended(8)
    download(desk, window)
    browse = window.gallery.browse
    look_for(desk, window, "something green")
    desk.until(lambda: len(names(window)) == 8)
    browse.ask(replace(browse.query, folder=other))
    desk.until(lambda: names(window) == ["leaf", "sky"])
    assert window.gallery.view_bar.title == "Results"
    assert "Looks like “something green”" in window.finding.filters.texts
    window.finding.filters.press("other")
    desk.until(lambda: len(names(window)) == 8)
    window.finding.filters.press("Looks like “something green”")
    desk.until(lambda: window.gallery.view_bar.title == "All photos")
    assert window.top_bar.search.text() == ""


def test_near_misses_are_offered_besides(desk: Desk, window: Window) -> None:
    download(desk, window)
    look_for(desk, window, "dogg")
    nothing = window.gallery.nothing
    desk.until(lambda: bool(nothing.isVisible() and nothing.offers))
    assert nothing.by_meaning.text() == "Show photos that look like “dogg”"
    press(desk, nothing.by_meaning)
    desk.until(lambda: window.gallery.view_bar.title == "Photos that look like: dogg")


def test_more_like_this_and_near_duplicates(desk: Desk, window: Window) -> None:
    like = window.gallery.actions_.like
    assert not like.isVisible()
    assert "Show near-duplicates" not in shown_actions(window)
    download(desk, window)
    assert like.isVisible()
    assert "Show near-duplicates" in shown_actions(window)
    place = names(window).index("2")
    window.grid.setCurrentIndex(window.model.index(place))
    shell_of(window).show_settings().close()
    window.activateWindow()
    desk.until(window.isActiveWindow)
    window.gallery.open()  # from the large view, too
    desk.until(window.gallery.viewer.canvas.hasFocus)
    desk.qtbot.keyClick(
        window.gallery.viewer.canvas,
        Qt.Key.Key_M,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    desk.until(lambda: window.gallery.view_bar.title == "Photos like this one")
    desk.until(lambda: names(window)[:2] == ["2", "5"])
    assert not window.gallery.is_enlarged
    window.finding.filters.press("Like one photo")
    desk.until(lambda: window.gallery.view_bar.title == "All photos")
    next(a for a in window.actions() if a.text() == "Show near-duplicates").trigger()
    desk.until(lambda: window.gallery.view_bar.title == "Near-duplicates")
    desk.until(lambda: [section.title for section in window.model.sections()] == ["Similar"] * 3)
    pairs = [{*names(window)[at : at + 2]} for at in (0, 2, 4)]
    assert pairs == [{"0", "3"}, {"1", "4"}, {"2", "5"}]


def shown_actions(window: Window) -> list[str]:
    return [action.text() for action in window.actions() if action.isVisible()]


def test_a_download_is_cancelled_and_resumed(
    desk: Desk, window: Window, hub: Hub, stand_in: StandIn
) -> None:
    hub.cut_after = lambda _path, length: length // 2
    hub.pause_s = 0.02
    box = box_of(window)
    press(desk, box.get)
    desk.until(lambda: box.bar.isVisible() and box.bar.value() > 0)
    assert "downloaded" in box.state.text()
    assert box.window().focusWidget() is box.cancel
    press(desk, box.cancel)
    desk.until(box.get.isVisible)
    assert box.get.text() == "Resume"
    assert box.problem == ""
    hub.cut_after = lambda _path, _length: None
    hub.pause_s = 0.0
    press(desk, box.get)
    desk.until(lambda: box.state.text() == "Ready: all photos looked at.")
    assert any(asked for _, asked in hub.asked)  # a part was asked for


def test_what_goes_wrong_is_said_with_a_button(desk: Desk, window: Window, hub: Hub) -> None:
    hub.status = 404
    box = box_of(window)
    press(desk, box.get)
    desk.until(lambda: bool(box.problem))
    assert box.get.text() == "Try again"
    assert box.get.isVisible()
    assert not shell_of(window).meaning.is_there
    hub.status = 0
    press(desk, box.get)
    desk.until(lambda: box.state.text() == "Ready: all photos looked at.")
    assert box.problem == ""


def test_removed_it_is_as_if_it_had_never_been(desk: Desk, window: Window) -> None:
    box = download(desk, window)
    press(desk, box.remove)
    desk.until(box.get.isVisible)
    assert box.get.text() == "Download"
    assert box.state.isHidden()
    assert not window.gallery.actions_.like.isVisible()
    look_for(desk, window, "something green")
    desk.until(window.gallery.nothing.isVisible)
    assert window.gallery.nothing.by_meaning.isHidden()


def test_it_is_offered_once_and_never_again_after_a_no(
    desk: Desk, window: Window, hub: Hub
) -> None:
    look_for(desk, window, "something green")
    desk.until(lambda: is_offered(window))
    answer(desk, window, "No, thanks")
    assert not is_offered(window)
    desk.close()
    window = desk.start()
    desk.until(lambda: len(names(window)) == 6)
    look_for(desk, window, "something blue")
    desk.until(window.gallery.nothing.isVisible)
    assert not is_offered(window)
    assert not hub.asked  # nothing is downloaded unasked


def test_the_offer_leads_to_the_download(desk: Desk, window: Window, hub: Hub) -> None:
    look_for(desk, window, "something green")
    desk.until(lambda: is_offered(window))
    answer(desk, window, "Learn more")
    desk.until(lambda: window.findChild(NetworkBox) is not None)
    box = window.findChild(NetworkBox)
    assert box is not None
    desk.until(box.isVisible)
    desk.until(lambda: box.window().focusWidget() is box.get)
    assert not hub.asked


def test_photos_that_come_later_are_looked_at_and_found(
    desk: Desk, window: Window, tmp_path: Path
) -> None:
    download(desk, window)
    desk.close()
    window = desk.start()  # and the work begins by itself
    later = tmp_path / "later"
    later.mkdir()
    Image.new("RGB", (300, 240), (230, 210, 20)).save(later / "later.png")
    window.add([later])
    desk.until_ended(7)
    box = box_of(window)
    desk.until(lambda: box.state.text() == "Ready: all photos looked at.")
    look_for(desk, window, "something yellow")
    desk.until(lambda: window.gallery.view_bar.title.startswith("Photos that look like"))
    desk.until(lambda: names(window)[0] == "later")
