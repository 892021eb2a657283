"""A folder is looked through again, or watched, from its menu."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from desktop.core.events import State
from desktop.core.settings import Connection, Settings
from desktop.core.watch.watched import WatchedFolders
from desktop.recognisers import AWS
from desktop.ui.folders.watch_dialog import WatchDialog
from desktop.ui.sidebar.menu import make_menu
from desktop.ui.sidebar.model import ENTRY
from desktop.ui.words.languages import speak
from tests.rig.photos import SAMPLES
from tests.ui.conftest import Desk, Recogniser, rows_of

AMAZON = Settings("aws", connection=Connection("1", "eu-central-1", "tagdrop", "bucket", "table"))


def offers(desk: Desk, folder: Path) -> dict[str, QAction]:
    """What the menu *Folders* offers for a folder, which it shows once it is counted."""
    assert desk.window is not None
    menu = desk.window.shell.folders.menu

    def submenus() -> list[QMenu]:
        menu.aboutToShow.emit()
        return [each for each in menu.findChildren(QMenu) if each.title() == folder.name]

    desk.until(lambda: bool(submenus()))
    return {action.text(): action for action in submenus()[-1].actions()}


def choose(desk: Desk, folder: Path, text: str) -> None:
    offers(desk, folder)[text].trigger()


def put(folder: Path, number: int) -> Path:
    """A new photo, whole at once: it gets its name when it is written."""
    partial, path = folder / f".{number}.part", folder / f"new-{number}.png"
    Image.new("RGB", (120, 90), (200, number, 9)).save(partial, "PNG")
    return partial.rename(path)


@pytest.fixture(autouse=True)
def _english(application: QApplication) -> None:
    speak(application, "en")


def watched(desk: Desk) -> list[tuple[Path, str, float | None]]:
    assert desk.library is not None
    folders = WatchedFolders(desk.library.store).all()
    return [(each.path, each.backend, each.dollars) for each in folders]


def test_a_rescan_labels_what_is_new_and_offers_to_remove_what_is_gone(
    desk: Desk, photos: Path
) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    note, messages = window.editing.note, window.messages
    choose(desk, photos, "Rescan")
    desk.until(lambda: note.text == "photos: nothing has changed")
    (photos / "0000.png").unlink()
    Image.new("RGB", (120, 90), "red").save(photos / "0001.png")
    put(photos, 1)
    choose(desk, photos, "Rescan")
    desk.until(lambda: messages.title.startswith("photos: "))
    assert messages.title == "photos: 1 new, 1 changed, 1 no longer there"
    assert note.text == ""  # one rescan is told of in one place
    desk.until_ended(7)
    assert desk.count(State.DONE) == 7  # what is gone keeps its labels
    assert messages.button_text == "Remove from Tagdrop"
    messages.press()
    desk.until(lambda: desk.count(*State) == 6)
    choose(desk, photos, "Rescan")
    desk.until(lambda: note.text == "photos: nothing has changed")


def test_a_watched_folder_labels_by_itself_also_after_a_restart_until_it_is_watched_no_more(
    desk: Desk, photos: Path
) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    note = window.editing.note
    choose(desk, photos, "Watch for new photos")
    desk.until(lambda: note.text.startswith("Watching photos"))
    sidebar = window.sidebar
    folder = sidebar.entries.index_of("folder", str(photos))
    assert folder.data(ENTRY).is_watched
    menu = make_menu(sidebar, folder.data(ENTRY))
    assert {"Rescan", "Stop watching"} <= {action.text() for action in menu.actions()}
    menu.deleteLater()
    assert watched(desk) == [(photos, "local", None)]
    put(photos, 1)
    desk.until(lambda: note.text == "1 new photo in photos")
    desk.until_ended(7)
    desk.close()
    put(photos, 2)
    window = desk.start()
    desk.until_ended(8)
    choose(desk, photos, "Stop watching")
    desk.until(lambda: watched(desk) == [])
    desk.until(lambda: "Watch for new photos" in offers(desk, photos))


def test_a_folder_that_is_found_again_elsewhere_is_watched_there(desk: Desk, photos: Path) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    choose(desk, photos, "Watch for new photos")
    desk.until(lambda: watched(desk) == [(photos, "local", None)])
    elsewhere = photos.rename(photos.with_name("elsewhere"))
    window.finding.folders.move(photos, elsewhere)
    desk.until(lambda: watched(desk) == [(elsewhere, "local", None)])
    put(elsewhere, 1)
    desk.until_ended(7)
    assert desk.backend.submits.total() == 7
    window.editing.undo.trigger()
    desk.until(lambda: watched(desk) == [(photos, "local", None)])
    desk.until(lambda: window.shell.watching.get(photos) is not None)


def test_with_amazon_a_limit_is_agreed_before_and_said_when_it_is_reached(
    desk: Desk, photos: Path
) -> None:
    desk.backend = Recogniser(AWS)
    window = desk.start(AMAZON)
    window.shell.watching.begin(photos)
    (dialog,) = window.findChildren(WatchDialog)
    assert dialog.limit.value() == 1
    assert watched(desk) == []
    dialog.limit.setValue(0.01)
    dialog.accept()
    desk.until_ended(6)
    assert watched(desk) == [(photos, "aws", 0.01)]
    for number in range(6):
        put(photos, number)
    desk.until(lambda: window.messages.title == "The month's limit for photos is reached")
    desk.until_ended(10)
    choose(desk, photos, "Change the limit…")
    desk.until(lambda: len(window.findChildren(WatchDialog)) == 1)
    (dialog,) = window.findChildren(WatchDialog)
    assert dialog.limit.value() == 0.01
    dialog.limit.setValue(0.02)
    dialog.accept()
    desk.until_ended(12)
    assert watched(desk) == [(photos, "aws", 0.02)]


def test_duplicates_are_shown_beside_each_other(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("coffee.png", "china.jpg", "flower.jpg"):
        with Image.open(SAMPLES / name) as photo:
            photo.convert("RGB").save(folder / f"{name}.jpg")
            photo.convert("RGB").resize((200, 150)).save(folder / f"small {name}.jpg")
    (folder / "small flower.jpg.jpg").unlink()
    shutil.copy(folder / "flower.jpg.jpg", folder / "copy flower.jpg.jpg")
    shutil.copy(SAMPLES / "rocket.jpg", folder)
    window = desk.start()
    window.add([folder])
    desk.until_ended(7)
    window.shell.duplicates.action.trigger()
    desk.until(lambda: window.gallery.browse.query.place == "duplicates")
    desk.until(lambda: window.model.rowCount() == 6)
    names = [row.path.name.split()[-1] for row in rows_of(window.model)]
    assert names[::2] == names[1::2]
    assert window.gallery.view_bar.what == "6 photos · duplicates"
    headings = [(section.title, section.count) for section in window.model.sections()]
    assert sorted(headings) == [("Identical", 2), ("Similar", 2), ("Similar", 2)]
