"""The search box: what is found while one types, and how one gets back."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from desktop.core.events import State
from desktop.core.library.catalog import Catalog, Query
from desktop.core.overview.counts import Counts
from desktop.core.settings import Settings
from desktop.ui.browse.suggestion_list import LEAST_PX
from desktop.ui.grid.view_bar import ViewBar
from desktop.ui.top_bar import SOME_WORDS_PX

from .conftest import Desk, make_folder, rows_of, selected_names
from .test_window import button


def names(desk: Desk) -> list[str]:
    assert desk.window is not None
    return [row.path.name for row in rows_of(desk.window.model)]


@pytest.fixture
def zoo(desk: Desk, photos: Path) -> Desk:
    """A window on six labelled photos: three with dogs, of which one with a cat, two cats …"""
    desk.backend.finds = {
        "0000": [("Dog", 97), ("Cat", 80)],
        "0001": [("Dog", 91)],
        "0002": [("Polar Bear", 88)],
        "0003": [("Cat", 99)],
        "0004": [("Dog", 60)],
        "0005": [("Beach", 45)],
    }
    window = desk.start()
    # A model that breaks Qt's rules fails the test by its warnings.
    QAbstractItemModelTester(
        window.model, QAbstractItemModelTester.FailureReportingMode.Warning, window
    )
    window.add([photos])
    desk.until_ended(6)
    return desk


def test_whoever_comes_to_the_box_finds_it_ready(zoo: Desk, monkeypatch) -> None:
    window, prepared = zoo.window, threading.Event()
    assert window is not None
    real = Catalog.prepare
    monkeypatch.setattr(Catalog, "prepare", lambda c: (real(c), prepared.set()))
    window.activateWindow()
    window.grid.setFocus()
    zoo.qtbot.keyClick(window.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    zoo.until(prepared.is_set)


def test_ctrl_f_and_typing_find_at_once(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    window.activateWindow()
    window.grid.setFocus()
    zoo.qtbot.keyClick(window.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    box = window.top_bar.search
    assert window.focusWidget() is box
    zoo.qtbot.keyClicks(box, "dog")
    zoo.until(lambda: names(zoo) == ["0000.png", "0001.png", "0004.png"])
    zoo.qtbot.keyClicks(box, " -cat")
    zoo.until(lambda: names(zoo) == ["0001.png", "0004.png"])
    assert window.gallery.view_bar.what == "2 photos · “dog -cat”"
    assert window.focusWidget() is box
    zoo.qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    zoo.until(lambda: len(names(zoo)) == 6)
    zoo.qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert window.focusWidget() is window.grid


def test_a_narrow_bar_keeps_room_for_typing_and_its_suggestions_are_whole(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    window.resize(900, 600)
    bar = window.top_bar
    zoo.until(lambda: bar.width() == 900)
    zoo.until(lambda: bar.search.width() >= SOME_WORDS_PX)
    zoo.until(lambda: bool(window.gallery.browse.counts.labels))
    window.activateWindow()
    bar.search.begin_with("b")
    zoo.until(lambda: bar.search.suggestions.is_open)
    (popup,) = (
        each
        for each in QApplication.topLevelWidgets()
        if each.objectName() == "suggestions" and each.isVisible()
    )
    assert popup.width() >= LEAST_PX
    bar.search.suggestions.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"polar bear"', ["0002.png"]),
        ("bear", ["0002.png"]),
        ("DOG CAT", ["0000.png"]),
        ("0003", ["0003.png"]),
        ("-dog", ["0002.png", "0003.png", "0005.png"]),
        ("%", []),
        ("beach", []),  # not sure enough, so it is not to be seen either
    ],
)
def test_words_quotes_and_minus(zoo: Desk, text: str, found: list[str]) -> None:
    window = zoo.window
    assert window is not None
    window.top_bar.search.setText(text)
    zoo.until(lambda: names(zoo) == found)


def test_an_empty_result_says_what_to_do(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    box = window.top_bar.search
    box.setFocus()
    zoo.qtbot.keyClicks(box, "beach")
    nothing = window.gallery.nothing
    zoo.until(nothing.isVisible)
    assert "fewer words" in nothing.text
    assert "slider towards More" in nothing.text
    assert window.focusWidget() is box
    window.top_bar.slider.setValue(40)
    zoo.until(lambda: names(zoo) == ["0005.png"])
    assert window.grid.isVisible()
    box.setText("nowhere")
    zoo.until(nothing.isVisible)
    zoo.qtbot.mouseClick(button(nothing, "Show all photos"), Qt.MouseButton.LeftButton)
    zoo.until(lambda: len(names(zoo)) == 6)
    assert box.text() == ""


def test_the_selected_photo_stays_selected_in_what_is_found(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    window.grid.setCurrentIndex(window.model.index(3))
    window.top_bar.search.setText("cat")
    zoo.until(lambda: names(zoo) == ["0000.png", "0003.png"])
    assert selected_names(window) == ["0003.png"]
    window.top_bar.search.setText("dog")
    zoo.until(lambda: len(names(zoo)) == 3)
    assert selected_names(window) == []


def test_while_results_arrive_a_search_only_grows(zoo: Desk, tmp_path: Path) -> None:
    window = zoo.window
    assert window is not None
    window.gallery.browse._calm.setInterval(50)
    window.top_bar.search.setText("dog")
    zoo.until(lambda: len(names(zoo)) == 3)
    window.grid.setCurrentIndex(window.model.index(1))
    resets: list[bool] = []
    window.model.modelReset.connect(lambda: resets.append(window.feed.job_id is None))
    zoo.backend.finds = {"0007": [("Dog", 99)], "0009": [("Dog", 90)], "00": [("Cat", 90)]}
    window.add([make_folder(tmp_path / "later", 30)])
    zoo.until(lambda: zoo.count(State.DONE, State.SKIPPED) == 36)
    zoo.until_ended(36)
    # Three of the new ones are copies of the first dogs.
    dogs = [f"{n:04d}.png" for n in (0, 1, 4, 7, 9, 0, 1, 4)]
    zoo.until(lambda: names(zoo) == dogs)
    assert selected_names(window) == ["0001.png"]
    assert not any(not at_rest for at_rest in resets)


def test_typing_does_not_wait_for_the_search(zoo: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    window = zoo.window
    assert window is not None
    real, asked, may_end = Catalog.find, [], threading.Event()

    def slow(self: Catalog, *wish: Any, **order: Any) -> list[int]:
        asked.append(threading.get_ident())
        may_end.wait(10)
        return real(self, *wish, **order)

    monkeypatch.setattr(Catalog, "find", slow)
    window.gallery.browse._typing.setInterval(1)
    for letter in "polar bear":
        zoo.qtbot.keyClicks(window.top_bar.search, letter)
        zoo.qtbot.waitUntil(lambda: not window.gallery.browse._typing.isActive())
    may_end.set()
    zoo.until(lambda: names(zoo) == ["0002.png"])
    assert threading.get_ident() not in asked
    assert len(asked) < 10  # what was typed over is not looked for


def test_what_is_found_does_not_wait_for_the_count(
    zoo: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = zoo.window
    assert window is not None
    begun, may_end, real = threading.Event(), threading.Event(), Catalog.count

    def slow(self: Catalog, least: float) -> Counts:
        begun.set()
        may_end.wait()
        return real(self, least)

    monkeypatch.setattr(Catalog, "count", slow)
    try:
        window.gallery.browse.refresh()
        zoo.until(begun.is_set)
        window.top_bar.search.setText("polar")
        zoo.until(lambda: names(zoo) == ["0002.png"])
    finally:
        may_end.set()


def test_the_confidence_is_respected_by_names_on_the_bar(desk: Desk, photos: Path) -> None:
    window = desk.start(Settings(min_confidence=80))
    window.add([photos])
    desk.until_ended(6)
    bar = window.gallery.view_bar
    # Of each photo Grass (77 %) and Park (42 %) are hidden, Dog is left.
    desk.until(lambda: bar.hidden == "12 less certain labels hidden")
    window.top_bar.search.setText("name:0002 or name:0003")
    desk.until(lambda: bar.hidden == "4 less certain labels hidden")
    window.top_bar.slider.setValue(99)
    desk.until(lambda: bar.hidden == "6 less certain labels hidden; 2 photos show none")
    window.gallery.browse.show_all()
    desk.until(lambda: bar.hidden == "18 less certain labels hidden; 6 photos show none")
    window.top_bar.slider.setValue(40)
    desk.until(lambda: bar.hidden == "")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        (Query(), "All photos"),
        (Query("review"), "To review"),
        (Query(labels=("Dog",)), "Dog"),
        (Query(folder=Path("/photos/Holiday 2025")), "Holiday 2025"),
        (Query(same_as=3), "Duplicates"),
        (Query(job=3), "Photos of a job"),
        (Query(labels=("Dog", "Cat")), "Results"),
        (Query("review", folder=Path("/photos")), "Results"),
    ],
)
def test_one_filter_is_called_by_its_name(qtbot: QtBot, query: Query, title: str) -> None:
    bar = ViewBar()
    qtbot.addWidget(bar)
    bar.show_query(query, 3)
    assert bar.title == title


@pytest.mark.parametrize("place", ["all", "failed"])
def test_what_is_hidden_is_said_only_where_it_shortens_nothing(qtbot: QtBot, place: str) -> None:
    bar = ViewBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.show_hidden(41, 6)
    bar.show_query(Query(place=place), 12_345)  # type: ignore[arg-type]
    number = bar.what.partition(" · ")[0]
    shown = set()
    for width in range(300, 1100, 7):
        bar.resize(width, bar.height())
        both = bar._hidden.isVisible()
        shown.add(both)
        assert not both or bar._what.text() == number
        assert bar._what.toolTip() == f"{number}\n41 less certain labels hidden; 6 photos show none"
    assert shown == {True, False}


def test_what_finds_nothing_offers_what_comes_nearest(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    box, nothing = window.top_bar.search, window.gallery.nothing
    zoo.qtbot.keyClicks(box, "dgo")
    zoo.until(lambda: nothing.isVisible() and bool(nothing.offers))
    assert [button.text() for button in nothing.offers] == ["Did you mean “dog”? (3 photos)"]
    assert "Did you mean “dog”?" in nothing.spoken
    zoo.qtbot.keyClick(box, Qt.Key.Key_Return)
    zoo.until(lambda: names(zoo) == ["0000.png", "0001.png", "0004.png"])
    assert box.text() == "dog"
    box.setText("pupp")
    zoo.until(lambda: nothing.isVisible() and bool(nothing.offers))
    assert [button.text() for button in nothing.offers] == ["Did you mean “puppy”? (3 photos)"]
    box.setText("polar")
    zoo.qtbot.keyClick(box, Qt.Key.Key_Return)  # of what is typed nothing is offered yet
    zoo.until(lambda: names(zoo) == ["0002.png"])
    assert box.text() == "polar"
    box.setText("beach dog")
    zoo.until(lambda: nothing.isVisible() and bool(nothing.offers))
    zoo.qtbot.mouseClick(button(nothing, "Show “dog” (3 photos)"), Qt.MouseButton.LeftButton)
    zoo.until(lambda: names(zoo) == ["0000.png", "0001.png", "0004.png"])
    window.gallery.browse.ask(Query(labels=("Polar Bear",)))
    zoo.until(nothing.isVisible)
    everywhere = "Search all photos for “dog” (3 photos)"
    zoo.until(lambda: [b.text() for b in nothing.offers] == [everywhere])
    zoo.qtbot.mouseClick(button(nothing, everywhere), Qt.MouseButton.LeftButton)
    zoo.until(lambda: len(names(zoo)) == 3)
    assert window.gallery.browse.query.labels == ()


def test_suggestions_say_how_many_and_are_taken_by_keyboard(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    box = window.top_bar.search
    suggestions = box.suggestions
    zoo.until(lambda: "Dog" in dict(window.gallery.browse.counts.labels))  # they are counted
    window.activateWindow()
    box.begin_with("d")
    assert window.focusWidget() is box
    assert suggestions.names == ["Dog"]
    assert suggestions.is_open
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QListView)
    assert popup.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Dog, 3 photos"
    zoo.qtbot.keyClick(popup, Qt.Key.Key_Down)
    zoo.qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert box.text() == "Dog "
    assert not suggestions.is_open
    zoo.until(lambda: names(zoo) == ["0000.png", "0001.png", "0004.png"])
    zoo.qtbot.keyClicks(box, "-po")
    assert suggestions.names == ["Polar Bear"]
    zoo.qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
    assert not suggestions.is_open
    assert box.text() == "Dog -po"
    box.begin_with("fol")
    assert suggestions.names == ["folder:"]
    box.begin_with("folder:ph")
    assert suggestions.names == ["folder:photos"]
