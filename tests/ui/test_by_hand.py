"""Photos leave by hand: dragged out of the grid, or opened in other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QDesktopServices, QDrag
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView

from desktop.core.events import State
from desktop.ui.saving import by_hand
from tests.rig.person import ROOT, person_at
from tests.rig.photos import make_photos

from .conftest import Desk


class Programs(QObject):
    """Takes the place of the system's own programs for files."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def programs() -> Iterator[Programs]:
    programs = Programs()
    QDesktopServices.setUrlHandler("file", programs, "open")
    yield programs
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def dragged(monkeypatch: pytest.MonkeyPatch) -> list[QDrag]:
    """What was dragged; no screen, no other program."""
    dragged: list[QDrag] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, action: dragged.append(drag))
    return dragged


@pytest.fixture
def album(desk: Desk, photos: Path) -> Desk:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    return desk


def select(desk: Desk, *places: int) -> None:
    assert desk.window is not None
    chosen = desk.window.grid.selectionModel()
    chosen.clearSelection()
    for place in places:
        index = desk.window.model.index(place)
        chosen.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.Select)


def pull(desk: Desk, start: QPoint, by: QPoint) -> None:
    assert desk.window is not None
    view = desk.window.grid.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, start + QPoint(5, 5))
    QTest.mouseMove(view, start + by)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + by)


def test_pulling_a_selected_photo_drags_all_that_are_selected(
    album: Desk, photos: Path, dragged: list[QDrag]
) -> None:
    window = album.window
    assert window is not None
    select(album, 0, 2)
    pull(album, window.grid.visualRect(window.model.index(2)).center(), QPoint(60, 0))
    paths = [Path(url.toLocalFile()) for url in dragged[0].mimeData().urls()]
    assert paths == [photos / "0000.png", photos / "0002.png"]
    assert not dragged[0].pixmap().isNull()
    assert window.gallery.selection.count == 2


def test_pulling_another_photo_drags_that_one(
    album: Desk, photos: Path, dragged: list[QDrag]
) -> None:
    window = album.window
    assert window is not None
    select(album, 0, 2)
    pull(album, window.grid.visualRect(window.model.index(1)).center(), QPoint(60, 0))
    assert [Path(url.toLocalFile()) for url in dragged[0].mimeData().urls()] == [
        photos / "0001.png"
    ]


def test_pulling_from_between_the_photos_draws_a_rubber_band(
    album: Desk, dragged: list[QDrag]
) -> None:
    window = album.window
    assert window is not None
    first, third = (window.grid.visualRect(window.model.index(row)) for row in (0, 2))
    view = window.grid.viewport()
    start = QPoint(first.left() + 2, first.center().y())
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, start + QPoint(30, 30))
    QTest.mouseMove(view, third.center())
    assert window.grid.state() == QAbstractItemView.State.DragSelectingState
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=third.center())
    assert window.gallery.selection.count == 3
    assert not dragged


def test_more_than_another_program_takes_are_not_dragged(
    album: Desk, dragged: list[QDrag], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_hand, "MOST_DRAGGED", 5)
    window = album.window
    assert window is not None
    window.grid.selectAll()
    pull(album, window.grid.visualRect(window.model.index(1)).center(), QPoint(60, 0))
    assert not dragged
    assert window.editing.note.text == "At most 5 photos can be dragged at once."


def test_the_selected_photos_are_opened_by_key(album: Desk, programs: Programs) -> None:
    window = album.window
    assert window is not None
    select(album, 1, 3)
    window.grid.setFocus()
    QTest.keyClick(window.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    album.until(lambda: len(programs.opened) == 2)
    assert [path.name for path in programs.opened] == ["0001.png", "0003.png"]
    assert not window.gallery.is_enlarged


def test_a_photo_that_is_gone_is_named(album: Desk, programs: Programs, photos: Path) -> None:
    window = album.window
    assert window is not None
    (photos / "0001.png").unlink()
    select(album, 1)
    window.gallery.actions_.outside.trigger()
    album.until(window.messages.isVisible)
    assert window.messages.title == "“0001.png” is not there"
    assert not programs.opened


def test_a_file_that_no_program_opens_is_named(
    album: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    window = album.window
    assert window is not None
    select(album, 1)
    window.gallery.actions_.outside.trigger()
    album.until(window.messages.isVisible)
    assert window.messages.title == "No program opens “0001.png”"


def test_too_many_are_not_opened(album: Desk, programs: Programs, tmp_path: Path) -> None:
    window = album.window
    assert window is not None
    make_photos(tmp_path / "more", 10)
    window.add([tmp_path / "more"])
    album.until_ended(16)
    window.grid.selectAll()
    for action in (window.gallery.actions_.outside, window.gallery.actions_.outside_with):
        window.editing.note.clear()
        action.trigger()
        assert window.editing.note.text == "At most 15 photos can be opened at once."
    assert not programs.opened


@pytest.mark.skipif(sys.platform != "linux", reason="the portal is Linux's")
def test_a_desktop_without_a_chooser_says_so_once(
    album: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = QDBusConnection("nowhere")
    monkeypatch.setattr(QDBusConnection, "sessionBus", lambda: nowhere)
    window = album.window
    assert window is not None
    select(album, 1)
    window.gallery.actions_.outside_with.trigger()
    album.until(lambda: bool(window.editing.note.text))
    assert window.editing.note.text.startswith("This system has no dialog to choose a program")
    assert not window.gallery.actions_.outside_with.isVisible()


@pytest.mark.skipif(sys.platform != "linux", reason="real X events need Linux")
def test_a_person_drags_a_photo_into_another_program_but_not_into_this_one(tmp_path: Path) -> None:
    with person_at(tmp_path / "data") as person:
        person.click(person.see("Try it with sample photos"))
        person.until(lambda: person.states() == [State.DONE] * 13, "13 labelled photos")
        photo = person.see("chelsea.png", view="Photos")
        assert person.drag_out(photo) == [ROOT / "samples" / "chelsea.png"]
        person.pull(photo, 700, 300)  # within the window
        assert person.find("Drop to label") is None
        person.do("mouseup", 1)
        person.see("13 labelled")  # still the receipt of the first job
