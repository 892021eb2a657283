"""The orders of the grid, and that selection and sight survive them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from .conftest import Desk, make_folder, selected_names
from .test_search import names


def choose(desk: Desk, what: str | bool) -> None:
    """An order by its name, or whether it is to be turned round."""
    assert desk.window is not None
    menu = desk.window.gallery.view_bar.sorts.menu()
    next(a for a in menu.actions() if a.data() == what and a.isCheckable()).trigger()


def taken(path: Path, when: str, colour: int) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = when
    Image.new("RGB", (120, 90), (colour, 0, 0)).save(path, exif=exif)


@pytest.mark.parametrize("suffix", [".jpg", ".webp", ".heic"])
def test_by_date_taken(desk: Desk, tmp_path: Path, suffix: str) -> None:
    if suffix == ".heic":
        import pillow_heif

        pillow_heif.register_heif_opener()
    dates = ["2024:05:01 10:00:00", "2019:12:31 23:59:59", "2024:05:01 09:00:00"]
    folder = tmp_path / "trip"
    folder.mkdir()
    for number, date in enumerate(dates):
        taken(folder / f"{number}{suffix}", date, 50 * number)
    make_folder(folder, 1)  # 0000.png, without a date
    window = desk.start()
    window.add([folder])
    desk.until_ended(4)
    choose(desk, "taken")
    expected = [f"0{suffix}", f"2{suffix}", f"1{suffix}", "0000.png"]
    desk.until(lambda: names(desk) == expected)
    assert [each.title for each in window.model.sections()] == [
        "May 2024",
        "December 2019",
        "No date",
    ]
    choose(desk, True)
    expected = [f"1{suffix}", f"2{suffix}", f"0{suffix}", "0000.png"]
    desk.until(lambda: names(desk) == expected)
    assert window.gallery.scrubber.isVisible()


def test_every_order(desk: Desk, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "photos", 4)
    (folder / "0003.png").write_bytes(b"damaged")
    desk.backend.finds = {"0000": [("Dog", 60)], "0001": [("Cat", 90)], "0002": []}
    window = desk.start()
    window.add([folder / "0001.png", folder / "0000.png", folder / "0002.png", folder / "0003.png"])
    desk.until_ended(4)
    assert names(desk) == ["0001.png", "0000.png", "0002.png", "0003.png"]
    choose(desk, "name")
    desk.until(lambda: names(desk) == ["0000.png", "0001.png", "0002.png", "0003.png"])
    choose(desk, True)
    desk.until(lambda: names(desk) == ["0003.png", "0002.png", "0001.png", "0000.png"])
    choose(desk, "surest")
    desk.until(lambda: names(desk)[:2] == ["0001.png", "0000.png"])
    choose(desk, True)
    desk.until(lambda: names(desk)[:2] == ["0000.png", "0001.png"])
    choose(desk, "state")
    desk.until(lambda: names(desk)[0] == "0003.png")
    choose(desk, True)
    desk.until(lambda: names(desk)[-1] == "0003.png")
    choose(desk, "added")
    desk.until(lambda: names(desk) == ["0001.png", "0000.png", "0002.png", "0003.png"])
    make_folder(tmp_path / "more", 2)
    window.add([tmp_path / "more"])
    desk.until_ended(6)
    newest = ["0000.png", "0001.png"]  # of the second job
    desk.until(lambda: names(desk) == [*newest, "0001.png", "0000.png", "0002.png", "0003.png"])
    choose(desk, True)
    desk.until(lambda: names(desk) == ["0001.png", "0000.png", "0002.png", "0003.png", *newest])


def test_a_new_order_keeps_the_selection_in_sight(desk: Desk, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "photos", 60)
    window = desk.start()
    window.resize(900, 600)
    window.add([folder / f"{n:04d}.png" for n in reversed(range(60))])
    desk.until_ended(60)
    window.grid.setCurrentIndex(window.model.index(2))
    chosen = window.model.row(2).path.name
    choose(desk, "name")
    desk.until(lambda: names(desk)[0] == "0000.png")
    assert selected_names(window) == [chosen]
    assert window.grid.currentIndex().row() == 57
    assert 57 in window.grid.visible_rows()


def test_new_photos_come_first_and_fall_into_place_at_rest(desk: Desk, tmp_path: Path) -> None:
    old, new = make_folder(tmp_path / "b", 60), make_folder(tmp_path / "a", 20)
    for photo in new.iterdir():
        photo.rename(photo.with_name(f"a{photo.name}"))
    window = desk.start()
    window.resize(900, 600)
    window.add([old])
    desk.until_ended(60)
    choose(desk, "name")
    for is_turned, first in ((True, "0059.png"), (False, "0000.png")):
        choose(desk, is_turned)  # and back: else nobody sees when it is shown in this order
        desk.until(lambda first=first: names(desk)[0] == first)
    bar, news = window.grid.verticalScrollBar(), window.gallery.news
    bar.setValue(bar.maximum())
    window.grid.setCurrentIndex(window.model.index(57))
    top = window.grid.visualRect(window.grid.currentIndex()).top()
    desk.backend.hold()
    window.add([new])
    desk.until(lambda: len(names(desk)) == 80)
    assert names(desk)[20:] == [f"{n:04d}.png" for n in range(60)]
    assert window.grid.visualRect(window.grid.currentIndex()).top() == top
    desk.until(lambda: news.text() == "20 new photos: show them")
    assert news.isVisible()
    desk.backend.release()
    desk.until_ended(80)
    desk.until(lambda: names(desk)[-1].startswith("a0"))
    assert selected_names(window) == ["0057.png"]
    assert abs(window.grid.visualRect(window.grid.currentIndex()).top() - top) <= 1
    news.click()
    desk.until(lambda: 60 in window.grid.visible_rows())
    assert news.isHidden()


def test_new_photos_below_the_oldest_are_announced_where_they_are_not_in_sight(
    desk: Desk, tmp_path: Path
) -> None:
    window = desk.start()
    window.resize(900, 600)
    window.add([make_folder(tmp_path / "old", 60)])
    desk.until_ended(60)
    choose(desk, True)
    news = window.gallery.news
    window.add([make_folder(tmp_path / "new", 20)])
    desk.until_ended(80)
    desk.until(lambda: news.text() == "20 new photos: show them")
    news.click()
    desk.until(lambda: 60 in window.grid.visible_rows())
    assert news.isHidden()


def test_the_order_is_kept_for_the_next_start(desk: Desk, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "photos", 4)
    window = desk.start()
    window.add([folder / f"{n:04d}.png" for n in (2, 0, 3, 1)])
    desk.until_ended(4)
    choose(desk, "name")
    sorted_names = [f"{n:04d}.png" for n in range(4)]
    choose(desk, True)
    sorted_names.reverse()
    desk.until(lambda: names(desk) == sorted_names)
    window.resize(900, 600)  # the sidebar makes room
    desk.close()
    window = desk.start()
    desk.until(lambda: names(desk) == sorted_names)
    assert window.gallery.view_bar.sorts.text() == "Name"
    assert window.gallery.view_bar.sorts.accessibleDescription() == "Z to A"
    window.resize(1280, 800)
    desk.until(window.sidebar.isVisible)
    assert window.sidebar.width() >= 120
