"""Decisions about labels: what they change, and that every step can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.backend import Answer, BackendName
from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.changes import Changes
from desktop.core.library.edits import Edits, How, Rule, Step
from desktop.core.library.library import Library
from desktop.core.records import LabelRecord
from desktop.recognisers import RECOGNISERS


class Album:
    """A library with a few labelled images."""

    def __init__(self, path: Path) -> None:
        self.library = Library(path, RECOGNISERS)
        self.edits = Edits(self.library.store)
        self.job_id = self.library.add_job([path], "local", again=False).id

    def label(self, name: str, origin: BackendName = "local", **labels: float) -> int:
        """Label an image (anew); its id."""
        path = Path("/photos") / name
        self.library.add_items(self.job_id, [path])
        (item,) = [i for i in self.library.job_items(self.job_id) if i.path == path]
        image = self.library.images.identify(
            item.file_id, path, name.encode().hex().ljust(64, "0"), 1, 1
        )
        records = tuple(LabelRecord(image.image_name, k, v) for k, v in labels.items())
        self.library.record_answer(self.job_id, [item.id], image.id, origin, Answer(records))
        return image.id

    def shows(self, image_id: int) -> dict[str, float]:
        shown = self.library.effective_labels(image_id)
        return {s.record.label: s.record.confidence for s in shown}

    def change(self, title: str, image_id: int, label: str, how: How) -> Step:
        """Change a label of one image."""
        file_ids = [f.file_id for f in self.library.files() if f.image_id == image_id]
        return self.edits.change_label(title, file_ids, label, how)


@pytest.fixture
def album(tmp_path: Path) -> Iterator[Album]:
    album = Album(tmp_path / "library.db")
    yield album
    album.library.close()


def test_a_removed_label_is_gone_and_stays_gone_when_labelled_again(album: Album) -> None:
    image = album.label("a", Dog=90, Cat=60)
    step = album.change("Remove Cat", image, "Cat", "remove")
    assert step.image_ids == {image}
    assert album.shows(image) == {"Dog": 90}
    album.label("a", Dog=91, Cat=99)
    assert album.shows(image) == {"Dog": 91}


def test_an_added_label_is_yours_and_survives_a_new_answer(album: Album) -> None:
    image = album.label("a", Dog=90)
    album.change("Add Bello", image, "Bello", "add")
    album.label("a", Wolf=80)
    assert album.shows(image) == {"Bello": 100, "Wolf": 80}
    shown = {s.record.label: (s.origin, s.is_kept) for s in album.library.effective_labels(image)}
    assert shown == {"Bello": ("you", True), "Wolf": ("local", False)}


def test_a_kept_label_is_marked(album: Album) -> None:
    image = album.label("a", Dog=45)
    album.change("Keep Dog", image, "Dog", "keep")
    (shown,) = album.library.effective_labels(image)
    assert (shown.record.confidence, shown.is_kept) == (45, True)


def test_amazons_labels_count_where_it_answered(album: Album) -> None:
    image = album.label("a", Dog=90)
    album.label("a", "aws", Poodle=95)
    assert album.shows(image) == {"Poodle": 95}


def test_fifty_steps_go_back_and_forth_across_a_restart(album: Album) -> None:
    image = album.label("a", Dog=90)
    looks = [album.shows(image)]
    for number in range(60):
        album.change(f"Add {number}", image, f"Label {number}", "add")
        looks.append(album.shows(image))
    fresh = Edits(Library(album.library.path, RECOGNISERS).store)
    for look in reversed(looks[:-1]):
        assert fresh.undo()
        assert album.shows(image) == look
    assert fresh.undo() is None
    for look in looks[1:]:
        assert fresh.redo()
        assert album.shows(image) == look
    assert fresh.redo() is None
    fresh._store.close()


def test_a_new_step_ends_what_could_be_done_again(album: Album) -> None:
    image = album.label("a", Dog=90)
    album.change("Remove Dog", image, "Dog", "remove")
    album.edits.undo()
    assert album.edits.redo_title() == "Remove Dog"
    album.change("Keep Dog", image, "Dog", "keep")
    assert (album.edits.undo_title(), album.edits.redo_title()) == ("Keep Dog", None)


def test_what_changes_nothing_is_no_step(album: Album) -> None:
    image = album.label("a", Dog=90)
    album.change("Keep Dog", image, "Dog", "keep")
    assert not album.change("Keep Dog", image, "Dog", "keep").image_ids
    album.edits.undo()
    assert album.edits.undo_title() is None


def test_many_images_are_one_step(album: Album) -> None:
    images = [album.label(str(n), Train=50) for n in range(20)]
    step = album.edits.change_label("Remove Train", file_ids(album), "Train", "remove")
    assert step.image_ids == set(images)
    album.edits.undo()
    assert all(album.shows(i) == {"Train": 50} for i in images)


def test_the_labels_of_a_job_can_be_taken_back_and_brought_again(album: Album) -> None:
    image = album.label("a", Dog=90)
    album.change("Add Bello", image, "Bello", "add")
    album.edits.remove_job_labels("Remove labels", album.job_id)
    assert album.shows(image) == {"Bello": 100}
    album.edits.undo()
    assert album.shows(image) == {"Bello": 100, "Dog": 90}


def test_an_image_leaves_the_library_and_comes_back(album: Album) -> None:
    album.label("a", Dog=90)
    album.label("b", Dog=80)
    first, _ = album.library.files()
    album.edits.remove_files("Remove a", [first.file_id])
    assert [f.path.name for f in album.library.files()] == ["b"]
    album.edits.undo()
    assert [f.path.name for f in album.library.files()] == ["a", "b"]


def test_rules_rename_and_hide_what_the_machine_says(album: Album) -> None:
    image = album.label("a", Train=90, Tabby=80, Cat=70)
    album.edits.set_rule("Never show Train", Rule("Train", None))
    album.edits.set_rule("Call it Cat", Rule("Tabby", "Cat"))
    assert album.shows(image) == {"Cat": 80}
    assert album.edits.rules() == [Rule("Tabby", "Cat"), Rule("Train", None)]
    later = album.label("b", Train=90, Dog=60)
    assert album.shows(later) == {"Dog": 60}
    album.edits.drop_rule("Show Train again", "Train")
    assert album.shows(later) == {"Train": 90, "Dog": 60}
    album.edits.undo()
    album.edits.undo()
    album.edits.undo()
    assert album.edits.rules() == []
    assert album.shows(image) == {"Train": 90, "Tabby": 80, "Cat": 70}


def test_repeated_corrections_are_counted(album: Album) -> None:
    for name in "abc":
        image = album.label(name, Train=50)
        album.change("Remove Train", image, "Train", "remove")
        if name != "c":
            album.change("Add Tram", image, "Tram", "add")
    assert album.edits.count_removed("Train") == 3
    assert album.edits.count_replaced("Train", "Tram") == 2


def file_ids(album: Album) -> list[int]:
    return [file.file_id for file in album.library.files()]


def test_a_label_is_changed_on_many_images_by_how_it_stands_on_each(album: Album) -> None:
    found, yours, without = album.label("a", Cat=60), album.label("b"), album.label("c", Dog=90)
    album.change("Add", yours, "Cat", "add")
    step = album.edits.change_label("Remove", file_ids(album), "Cat", "remove")
    assert step.image_ids == {found, yours}
    assert [album.shows(i) for i in (found, yours, without)] == [{}, {}, {"Dog": 90}]
    assert album.edits.count_removed("Cat") == 1  # what you took back yourself is no correction
    album.edits.undo()
    assert [album.shows(i) for i in (found, yours)] == [{"Cat": 60}, {"Cat": 100}]


def test_adding_what_the_machine_found_confirms_it(album: Album) -> None:
    found, without = album.label("a", Cat=60), album.label("b")
    album.edits.change_label("Add", file_ids(album), "Cat", "add")
    (shown,) = album.library.effective_labels(found)
    assert (shown.origin, shown.record.confidence, shown.is_kept) == ("local", 60, True)
    assert album.shows(without) == {"Cat": 100}
    assert not album.edits.change_label("Add", file_ids(album), "Cat", "add").image_ids
    album.edits.change_label("Loosen", file_ids(album), "Cat", "unkeep")
    assert [s.is_kept for i in (found, without) for s in album.library.effective_labels(i)] == [
        False,
        True,
    ]


def test_keeping_leaves_removed_and_absent_labels_alone(album: Album) -> None:
    removed, absent, found = album.label("a", Cat=60), album.label("b"), album.label("c", Cat=50)
    album.change("Remove", removed, "Cat", "remove")
    step = album.edits.change_label("Keep", file_ids(album), "Cat", "keep")
    assert step.image_ids == {found}
    assert (album.shows(removed), album.shows(absent)) == ({}, {})


def test_a_label_under_a_rule_is_removed_by_its_new_name(album: Album) -> None:
    image = album.label("a", **{"Tabby Cat": 80})
    album.edits.set_rule("Call", Rule("Tabby Cat", "Cat"))
    album.edits.change_label("Remove", file_ids(album), "Cat", "remove")
    assert album.shows(image) == {}


def test_a_step_says_what_it_changed(album: Album) -> None:
    album.label("a", Cat=60)
    (file_id,) = file_ids(album)
    step = album.edits.remove_files("Remove", [file_id])
    assert (step.file_ids, step.size) == (frozenset({file_id}), 1)
    assert album.edits.undo() == step
    rule = album.edits.set_rule("Rule", Rule("Unseen", None))
    assert (rule.image_ids, rule.size) == (frozenset(), 1)
    assert album.edits.set_rule("Rule", Rule("Unseen", None)).size == 0


def test_favourites_are_counted_found_told_and_taken_back(album: Album) -> None:
    first, second = album.label("a", Dog=90), album.label("b", Cat=60)
    files = {f.image_id: f.file_id for f in album.library.files()}
    catalog, changes = Catalog(album.library.store), Changes(album.library.store)
    newest = changes.newest()

    def favourites() -> list[int]:
        found = catalog.find(Query(place="favourites"), 0)
        assert catalog.count(0).favourites == len(found)
        assert catalog.count_favourites([*files.values()]) == len(found)
        assert [f.file_id for f in album.library.files() if f.is_favourite] == found
        return found

    album.edits.set_favourite("add", [files[first]], is_favourite=True)
    assert favourites() == [files[first]]
    assert changes.since(newest, 10)[1] == [files[first]]
    both = album.edits.set_favourite("add all", [*files.values()], is_favourite=True)
    assert both.image_ids == {second}  # the first one was so already
    album.edits.undo()
    assert favourites() == [files[first]]
    album.edits.set_favourite("take off", [files[first]], is_favourite=False)
    assert favourites() == []
    album.edits.undo()
    assert favourites() == [files[first]]


def test_several_labels_are_confirmed_in_one_step(album: Album) -> None:
    image = album.label("a", Dog=90, Cat=60)
    (file_id,) = [f.file_id for f in album.library.files()]
    step = album.edits.change_labels("Confirm all", [file_id], ["Dog", "Cat", "Cow"], "keep")
    assert step.size == 2  # nobody has found a Cow
    assert {s.record.label for s in album.library.effective_labels(image) if s.is_kept} == {
        "Dog",
        "Cat",
    }
    album.edits.undo()
    assert not any(s.is_kept for s in album.library.effective_labels(image))
