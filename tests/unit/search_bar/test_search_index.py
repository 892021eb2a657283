"""What a search keeps in memory follows the library, whatever happens to its photos."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.core.errors import ImageError
from desktop.core.events import State
from desktop.core.library.catalog import Catalog, Query
from desktop.core.search import search_index

from ..test_edits import Album

SEARCHES = (
    "dog",
    "cat",
    "-dog",
    "name:b",
    "summer",
    "folder:hol",
    "2001",
    "may",
    "july 2010",
    "is:favourite",
)


@pytest.fixture
def album(tmp_path: Path) -> Iterator[Album]:
    album = Album(tmp_path / "library.db")
    album.label("a.jpg", Dog=95)
    album.label("Summer holiday 2025/b.jpg", Dog=60, Cat=90)
    album.label("Vacations/Dogs/c.jpg", Tree=90)
    yield album
    album.library.close()


def found(album: Album, catalog: Catalog, text: str) -> set[str]:
    files = {file.file_id: file.path.name for file in album.library.files()}
    query = Query(terms=catalog.understand(text))
    assert catalog.count_found(query, 55) == len(catalog.find(query, 55))
    return {files[each] for each in catalog.find(query, 55)}


@pytest.mark.parametrize("most", [10_000, 1])
def test_one_that_was_asked_before_finds_what_a_new_one_finds(
    album: Album, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "MOST_RENEWED", most)
    library, edits = album.library, album.edits
    ids = {file.path.name: file.file_id for file in library.files()}
    moved = (ids["a.jpg"], "/photos/a.jpg", "/other/Summer/bb.jpg")
    old = Catalog(library.store)

    def set_changed(day: str) -> None:
        (file,) = [file for file in library.files() if file.file_id == ids["b.jpg"]]
        seconds = int(datetime.fromisoformat(day).astimezone().timestamp())
        library.images.identify(file.file_id, file.path, "b" * 64, 1, seconds * 10**9)

    def set_taken(when: str) -> None:
        (file,) = [file for file in library.files() if file.file_id == ids["c.jpg"]]
        library.images.identify(file.file_id, file.path, "c" * 64, 1, 1, taken_at=when)

    for change in (
        lambda: None,
        lambda: album.label("new dog.jpg", Cat=70),
        lambda: album.label("a.jpg", Cat=99),
        lambda: edits.move_folder("move", Path("/photos"), Path("/other"), [moved]),
        lambda: edits.remove_files("remove", [ids["b.jpg"], ids["c.jpg"]]),
        edits.undo,
        lambda: edits.set_favourite("like", [ids["c.jpg"]], is_favourite=True),
        lambda: edits.rename_label("rename", "Cat", "Dog"),
        lambda: set_changed("2001-05-31T23:59:59"),
        lambda: set_changed("2001-06-01"),
        lambda: set_taken("2010-07-15T12:00:00"),
    ):
        change()
        new = Catalog(library.store)
        assert [found(album, old, each) for each in SEARCHES] == [
            found(album, new, each) for each in SEARCHES
        ]
    assert found(album, old, "2001 -may -summer -mai") == set()
    assert found(album, old, "june 2001") == {"b.jpg"}
    assert found(album, old, "15.7.2010") == found(album, old, "july -june") == {"c.jpg"}


def test_words_find_folders_by_their_names(album: Album) -> None:
    catalog = Catalog(album.library.store)
    for text, names in {
        "holiday": {"b.jpg"},
        "summer holiday": {"b.jpg"},
        '"holiday 2025"': {"b.jpg"},
        '"holi"': set(),
        "2025": {"b.jpg"},
        "dog": {"a.jpg", "b.jpg", "c.jpg"},
        "cat": {"b.jpg"},  # in Vacations no word begins so
        "vacations": {"c.jpg"},
        "-vacations": {"a.jpg", "b.jpg"},
        "vacations dogs": {"c.jpg"},
    }.items():
        assert found(album, catalog, text) == names, text


def test_a_folder_that_leads_to_all_photos_alike_is_no_name(tmp_path: Path) -> None:
    album = Album(tmp_path / "library.db")
    for number, folder in enumerate(("Holiday", "Garden/flowers")):
        album.library.add_items(album.job_id, [Path(f"/home/anna/{folder}/{number}.jpg")])
    catalog = Catalog(album.library.store)
    assert found(album, catalog, "anna") == found(album, catalog, "home") == set()
    assert found(album, catalog, "folder:anna") == {"0.jpg", "1.jpg"}
    assert found(album, catalog, "flowers") == {"1.jpg"}
    album.library.close()


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_a_folder_whose_name_is_no_text_is_searched_like_others(album: Album) -> None:
    folder = Path("/photos/Caf\udce9 noir")
    album.library.add_items(album.job_id, [folder / "z.jpg"])
    assert found(album, Catalog(album.library.store), "noir") == {"z.jpg"}


def test_states_find_what_the_places_of_the_sidebar_hold(album: Album) -> None:
    library, edits = album.library, album.edits
    library.add_items(album.job_id, [Path("/photos/waits.jpg"), Path("/photos/bad.jpg")])
    bad = [*library.job_items(album.job_id)][-1]
    library.set_final([bad.id], State.FAILED, ImageError("Bad"))
    unsure = album.label("unsure.jpg", Fox=69.99999)
    album.label("sure.jpg", Fox=70)
    album.label("none.jpg")
    catalog = Catalog(library.store)

    def are_same() -> None:
        for text, place in (("is:review", "review"), ("is:failed", "failed")):
            query = Query(terms=catalog.understand(text))
            assert catalog.find(query, 55) == catalog.find(Query(place=place), 55)  # type: ignore[arg-type]

    are_same()
    assert found(album, catalog, "is:review") == {"unsure.jpg", "none.jpg"}
    assert found(album, catalog, "-is:labelled") == {"none.jpg", "waits.jpg", "bad.jpg"}
    album.change("keep", unsure, "Fox", "keep")
    (sure,) = [file for file in library.files() if file.path.name == "sure.jpg"]
    library.images.identify(sure.file_id, sure.path, "d" * 64, 2, 2)
    are_same()
    assert found(album, catalog, "is:review") == {"none.jpg", "sure.jpg"}
    edits.undo()
    are_same()
