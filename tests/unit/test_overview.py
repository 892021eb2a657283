"""What the sidebar lists: trees of labels and folders, missing folders, searches that are kept."""

from __future__ import annotations

import threading
from pathlib import Path

from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.library import Library
from desktop.core.library.moves import moved_along
from desktop.core.overview.folder_tree import Folder, folder_tree
from desktop.core.overview.label_tree import label_tree
from desktop.core.overview.missing_folders import missing_folders
from desktop.core.overview.saved_searches import SavedSearch, SavedSearches
from desktop.core.watch.watched import WatchedFolders

from .test_edits import Album


def test_labels_stand_below_the_nearest_that_is_in_use() -> None:
    counts = {"Animal": 9, "Dog": 5, "Mammal": 5, "Bird": 4, "Poodle": 2, "Sky": 1}
    parents = {
        "Dog": ("Mammal", "Animal"),
        "Mammal": ("Animal",),
        "Bird": ("Vertebrate", "Animal"),  # which is in no photo
        "Poodle": ("Animal", "Dog", "Mammal"),
    }
    assert label_tree(counts, parents) == {
        "": ["Animal", "Sky"],
        "Animal": ["Dog", "Bird"],  # all mammals are dogs here
        "Dog": ["Poodle"],
    }
    assert label_tree({"A": 1, "B": 1}, {"A": ("B",), "B": ("A",)}) == {"": ["A", "B"]}


def test_folders_join_what_lies_in_them() -> None:
    def outline(folders: list[Folder]) -> list[object]:
        return [(each.name, each.count, outline(each.folders)) for each in folders]

    home = Path("/home/eva")
    counts = [
        (home / "Pictures" / "Holiday", 2),
        (home / "Pictures" / "Holiday" / "2025" / "Beach", 3),
        (home / "Pictures" / "Holiday-2", 4),
        (home / "Scans", 1),
    ]
    assert outline(folder_tree(counts)) == [
        ("Pictures", 9, [("Holiday", 5, [("Beach", 3, [])]), ("Holiday-2", 4, [])]),
        ("Scans", 1, []),
    ]
    twins = [(home / "a" / "Photos", 1), (home / "b" / "Photos", 2)]
    assert outline(folder_tree(twins)) == [("a/Photos", 1, []), ("b/Photos", 2, [])]
    assert folder_tree([]) == []


def test_the_highest_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    folders = [tmp_path / "there", tmp_path / "gone" / "a", tmp_path / "gone" / "b"]
    assert missing_folders(folders, threading.Event()) == [tmp_path / "gone"]


def test_a_folder_is_shown_with_those_in_it_and_a_job_by_its_photos(tmp_path: Path) -> None:
    album = Album(tmp_path / "library.db")
    for name in ("a/1.jpg", "a/b/2.jpg", "a-b/3.jpg"):
        album.label(name, Dog=90)
    catalog = Catalog(album.library.store)
    assert catalog.find(Query(folder=Path("/photos/a")), 55) == [1, 2]
    assert catalog.find(Query(job=album.job_id), 55) == [1, 2, 3]
    assert catalog.find(Query(job=album.job_id + 1), 55) == []
    ((job),) = catalog.count(55).jobs
    assert (job.id, job.photos, job.labelled) == (album.job_id, 3, 3)
    album.library.close()


def test_moved_photos_take_the_place_of_what_was_added_there_meanwhile(tmp_path: Path) -> None:
    album = Album(tmp_path / "library.db")
    album.label("old/1.jpg", Dog=90)
    album.label("old/2.jpg", Cat=90)
    library = album.library
    library.add_items(album.job_id, [Path("/photos/new/1.jpg")])
    (twin,) = (item for item in library.job_items(album.job_id) if "new" in item.path.parts)
    digest = b"old/1.jpg".hex().ljust(64, "0")
    library.images.identify(twin.file_id, twin.path, digest, 1, 1)
    before, after = Path("/photos/old"), Path("/photos/new")
    moved = [*moved_along(library.store, before, after, lambda path: True)]
    step = album.edits.move_folder("locate", before, after, moved)
    assert step.moved == (before, after)
    assert step.file_ids == {1, 2, twin.file_id}
    assert [str(file.path) for file in library.files()] == [
        "/photos/new/1.jpg",
        "/photos/new/2.jpg",
    ]
    step = album.edits.undo() or step
    assert step.moved == (after, before)
    paths = {str(file.path) for file in library.files()}
    assert paths == {"/photos/old/1.jpg", "/photos/old/2.jpg", "/photos/new/1.jpg"}
    library.close()


def test_what_names_a_folder_names_it_where_it_is_found_again_and_back(tmp_path: Path) -> None:
    album = Album(tmp_path / "library.db")
    library = album.library
    album.label("old/in/1.jpg", Dog=90)
    watched, searches = WatchedFolders(library.store), SavedSearches(library.store)
    for name in ("old/in", "old-timer", "new/known", "old/known"):
        watched.add(Path("/photos") / name, "local", None)
    job = library.add_job([Path("/photos/old"), Path("/else")], "local", again=False)
    for folder in (Path("/photos/old/in"), Path("/photos/else"), None):
        searches.save(SavedSearch("Dogs", Query("all", ("Dog",), folder=folder), "dogs"))

    def named() -> list[object]:
        return [
            {str(each.path.relative_to("/photos")) for each in watched.all()},
            library.job(job.id).roots,
            [search.query.folder for search in searches.all()],
        ]

    before = named()
    album.edits.move_folder("locate", Path("/photos/old"), Path("/photos/new"), [])
    after = [
        {"new/in", "old-timer", "new/known", "old/known"},
        (Path("/photos/new"), Path("/else")),
        [Path("/photos/new/in"), Path("/photos/else"), None],
    ]
    assert named() == after
    album.edits.undo()
    assert named() == before
    album.edits.redo()
    assert named() == after
    library.close()


def test_a_renamed_label_takes_along_what_you_decided(tmp_path: Path) -> None:
    album = Album(tmp_path / "library.db")
    kept, removed, added = (album.label(name, Dog=90) for name in "abc")
    album.change("Keep", kept, "Dog", "keep")
    album.change("Remove", removed, "Dog", "remove")
    album.change("Add", added, "Rex", "add")
    album.edits.rename_label("rename", "Dog", "Hound")
    assert [album.shows(each) for each in (kept, removed)] == [{"Hound": 90.0}, {}]
    album.edits.rename_label("merge", "Rex", "Hound")
    assert album.shows(added) == {"Hound": 100.0}
    album.edits.rename_label("rename", "Hound", "Dog")
    assert [rule.label for rule in album.edits.rules()] == ["Hound", "Rex"]
    for _ in range(3):
        album.edits.undo()
    assert [album.shows(each) for each in (kept, removed, added)] == [
        {"Dog": 90.0},
        {},
        {"Dog": 90.0, "Rex": 100.0},
    ]
    album.library.close()


def test_searches_are_kept_and_come_back(library: Library) -> None:
    searches = SavedSearches(library.store)
    query = Query("review", ("Dog",), ("Cat",), folder=Path("/photos/a"))
    saved = searches.save(SavedSearch("Dogs", query, "out -in"))
    assert searches.all() == [saved]
    searches.rename(saved.id, "Hounds")
    searches.remove(saved.id)
    assert searches.save(saved) == saved
    with library.store.write() as db:
        db.execute("INSERT INTO searches (name, query) VALUES ('newer', '{\"place\": \"moon\"}')")
    assert searches.all() == [saved]
