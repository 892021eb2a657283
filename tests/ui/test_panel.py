"""The panel: a line a path, what is said of a photo, favourites, and what leads to other photos."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt

from desktop.core.backend import Answer
from desktop.core.library.catalog import Query
from desktop.core.library.effective import EffectiveLabel
from desktop.core.records import Instance, LabelRecord
from desktop.core.settings import Settings
from desktop.recognisers import LOCAL, RECOGNISERS
from desktop.ui.labels.label_entries import entries_of_image
from desktop.ui.labels.photo_facts import PhotoFacts
from desktop.ui.window import Window

from .conftest import Desk
from .test_editing import choose, click_sign, names, said

CLICK = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
FOUND = (
    ("Animal", 97.0, ()),
    ("Mammal", 96.0, ("Animal",)),
    ("Dog", 95.0, ("Mammal", "Animal")),
    ("Cocker Spaniel", 62.0, ("Dog", "Mammal", "Animal")),
    ("Fence", 60.0, ()),
    ("Park", 42.0, ()),
)


@pytest.fixture
def window(desk: Desk, photos: Path) -> Window:
    """Six photos, the first one selected, with the labels of a dog at a fence."""
    exif = Image.Exif()
    exif[0x0110] = "EOS R6"
    exif.get_ifd(0x8769)[0x9003] = "2025:07:12 18:42:00"
    Image.new("RGB", (320, 240), "teal").save(photos / "0000.png", exif=exif)
    window = desk.start(Settings(min_confidence=55))
    window.add([photos])
    desk.until_ended(6)
    assert desk.library is not None
    row = window.model.row(0)
    assert row.image_id is not None
    records = tuple(LabelRecord("", n, c, parents) for n, c, parents in FOUND)
    desk.library.record_answer(1, [], row.image_id, "aws", Answer(records, model_version="test"))
    window.activateWindow()
    window.grid.setCurrentIndex(window.model.index(0))
    desk.until(lambda: names(window) == ["Dog", "Cocker Spaniel", "Fence"])
    return window


def test_a_path_whose_numbers_agree_is_one_line_that_opens(desk: Desk, window: Window) -> None:
    labels = window.panel.list
    ways = [labels.labels.index(n).data(Qt.ItemDataRole.AccessibleDescriptionRole) for n in (0, 1)]
    assert ways == ["Animal › Mammal", "Animal › Mammal › Dog"]
    choose(window, "Dog")
    desk.qtbot.keyClick(labels, Qt.Key.Key_Right)
    assert names(window) == ["Dog", "Mammal", "Animal", "Cocker Spaniel", "Fence"]
    click_sign(desk, window, "Mammal", "remove")
    desk.until(lambda: names(window) == ["Dog", "Animal", "Cocker Spaniel", "Fence"])
    line = labels.visualRect(labels.labels.index(0))
    desk.qtbot.mouseClick(labels.viewport(), CLICK, pos=line.topLeft() + QPoint(12, 14))
    assert names(window) == ["Dog", "Cocker Spaniel", "Fence"]


def test_all_that_is_shown_is_confirmed_in_one_step(desk: Desk, window: Window) -> None:
    panel = window.panel
    assert panel.hidden_line.text().startswith("1 less certain")
    panel.hidden_line.linkActivated.emit("show")
    assert names(window)[-1] == "Park"
    panel.hidden_line.linkActivated.emit("show")
    desk.qtbot.mouseClick(panel.foot.keep_all, CLICK)
    desk.until(lambda: window.editing.note.text == "Confirmed 3 labels")
    desk.until(lambda: all(each.is_kept for each in panel.list.labels.top))
    assert not panel.foot.keep_all.isEnabled()
    window.editing.undo.trigger()
    desk.until(lambda: said(window)[0] == "Dog, 95.0 per cent")


def test_several_photos_are_favourites_in_one_step(desk: Desk, window: Window) -> None:
    foot, browse = window.panel.foot, window.gallery.browse
    desk.qtbot.mouseClick(foot.favourite, CLICK)
    desk.until(lambda: window.model.row(0).is_favourite)
    desk.until(foot.favourite.isChecked)
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_A, CTRL)
    desk.until(lambda: not foot.favourite.isChecked())
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_D, CTRL)
    desk.until(foot.favourite.isChecked)
    assert window.editing.note.text == "Added 6 photos to favourites"
    desk.until(lambda: browse.counts.favourites == 6)
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_Z, CTRL)
    desk.until(lambda: browse.counts.favourites == 1)
    window.grid.clearSelection()
    browse.ask(Query(place="favourites"))
    desk.until(lambda: window.model.rowCount() == 1)
    assert window.gallery.view_bar.what.endswith(" · favourites")


def test_date_size_camera_and_folder_are_said_and_lead_on(desk: Desk, window: Window) -> None:
    facts, gallery = window.panel.facts, window.gallery

    def lines() -> list[str]:
        return facts.details.text().split("<br>")

    said = "12 Jul 2025, 18:42 · 320 × 240 · EOS R6 · <a"
    desk.until(lambda: " · ".join(lines()).startswith(said))
    assert len(lines()) == 2  # there is no room for more in one, and no sign at an end of it
    assert all(line == line.strip(" ·") for line in lines())
    facts.details.linkActivated.emit("folder")
    assert gallery.browse.query == Query(folder=window.model.row(0).path.parent)
    choose(window, "Fence")
    line = window.panel.list.visualRect(window.panel.list.labels.index(2)).center()
    desk.qtbot.mouseDClick(window.panel.list.viewport(), CLICK, pos=line)
    assert gallery.browse.query == Query(labels=("Fence",))
    desk.until(lambda: window.model.rowCount() == 1)


def test_where_a_date_comes_from_and_its_time_at_the_place(
    desk: Desk, window: Window, tmp_path: Path
) -> None:
    # Its own: the window's goes on to show the selected photo whenever something changes.
    facts = PhotoFacts(window._parts.work)
    desk.qtbot.addWidget(facts)
    exif = Image.Exif()
    for name, text in (
        ("IMG-20240131-WA0001.jpg", "31 Jan 2024, from the file name ·"),
        ("IMG_20240131_123059.jpg", "31 Jan 2024, 12:30, from the file name ·"),
        ("IMG_20240131_123100.jpg", "30 Jan 2024, 23:59 ·"),
    ):
        if "from" not in text:
            exif.get_ifd(0x8769)[0x9003] = "2024:01:30 23:59:58"
            exif.get_ifd(0x8769)[0x9291], exif.get_ifd(0x8769)[0x9011] = "5", "+11:00"
        Image.new("RGB", (90, 90)).save(tmp_path / name, exif=exif)
        facts.show_photo(tmp_path / name, is_other=True)
        desk.until(lambda text=text: facts.details.text().startswith(text))


def test_the_buttons_stay_in_sight_in_a_small_window(desk: Desk, window: Window) -> None:
    window.resize(900, 560)
    foot, panel = window.panel.foot, window.panel
    desk.until(lambda: panel.rect().contains(foot.geometry()) and foot.isVisible())
    assert panel.viewport().geometry().bottom() < foot.geometry().top()
    for button in (foot.favourite, foot.keep_all):
        assert foot.rect().contains(button.geometry())


def test_a_label_is_added_from_the_grid_by_key(desk: Desk, window: Window) -> None:
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_L, CTRL)
    assert window.panel.add_line.hasFocus()


def test_a_label_without_boxes_is_seen_where_what_it_belongs_to_is() -> None:
    box = Instance(0.1, 0.2, 0.3, 0.4, 99.0)
    dog = LabelRecord("", "Dog", 99.0, ("Animal",), instances=(box,))
    spaniel = LabelRecord("", "Cocker Spaniel", 97.0, ("Dog", "Animal"))
    labels = [EffectiveLabel(each, LOCAL.name, False, each.label) for each in (dog, spaniel)]
    (entry,) = entries_of_image(labels, RECOGNISERS)
    assert (entry.label, entry.boxes) == ("Cocker Spaniel", (box,))
