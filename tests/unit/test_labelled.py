"""Photos with their labels, streamed in the order that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.backend import Answer
from desktop.core.errors import ImageError
from desktop.core.events import State
from desktop.core.library.effective import EffectiveLabel, most_specific
from desktop.core.library.labelled import (
    LabelledFile,
    files_below,
    files_of_images,
    files_of_jobs,
    files_of_last_job,
    labelled_files,
)
from desktop.core.records import Instance, LabelRecord

from .test_edits import Album


@pytest.fixture
def album(tmp_path: Path) -> Iterator[Album]:
    album = Album(tmp_path / "library.db")
    yield album
    album.library.close()


def photos(album: Album, *file_ids: int, least: float = 55) -> list[LabelledFile]:
    return list(labelled_files(album.library.store, file_ids or None, least))


def names(photo: LabelledFile) -> list[str]:
    return [label.record.label for label in photo.labels]


def test_each_photo_has_the_labels_that_the_window_shows(album: Album) -> None:
    dog = album.label("dog.jpg", Dog=90, Cat=40, Sea=60)
    album.label("nothing.jpg")
    album.change("Add Bello", dog, "Bello", "add")
    album.change("Keep Cat", dog, "Cat", "keep")
    first, second = photos(album)
    assert (first.path, first.name, first.image_id) == (Path("/photos/dog.jpg"), "dog.jpg", dog)
    assert names(first) == ["Bello", "Dog", "Sea", "Cat"]
    assert first.labels == tuple(
        each
        for each in album.library.effective_labels(dog)
        if each.is_kept or each.record.confidence >= 55
    )
    assert (second.name, second.labels) == ("nothing.jpg", ())
    assert names(photos(album, least=61)[0]) == ["Bello", "Dog", "Cat"]


def test_a_label_comes_with_all_that_was_found_about_it(album: Album) -> None:
    image = album.label("a.jpg")
    box = Instance(0.1, 0.2, 0.3, 0.4, 88.0)
    found = (
        LabelRecord("", "Animal", 90.0),
        LabelRecord("", "Dog", 90.0, ("Mammal", "Animal"), ("Pets",), (box,)),
    )
    (item,) = album.library.job_items(album.job_id)
    album.library.record_answer(album.job_id, [item.id], image, "local", Answer(found))
    (photo,) = photos(album)
    dog, animal = (label.record for label in photo.labels)
    assert (dog.label, dog.parents, dog.categories, dog.instances) == (
        ("Dog", ("Mammal", "Animal"), ("Pets",), (box,))
    )
    assert (animal.label, animal.image_name) == ("Animal", photo.image_name)


def test_they_come_in_the_order_asked_for_each_file_of_a_picture_for_itself(album: Album) -> None:
    for number in range(1200):
        album.label(f"{number}.jpg", Dog=90)
    first = album.library.files()[0]
    twin = Path("/photos/twin.jpg")
    album.library.add_items(album.job_id, [twin])
    item = list(album.library.job_items(album.job_id))[-1]
    album.library.images.identify(item.file_id, twin, b"0.jpg".hex().ljust(64, "0"), 1, 1)
    album.library.set_final([item.id], State.SKIPPED)
    everything = photos(album)
    assert [photo.file_id for photo in everything] == sorted(p.file_id for p in everything)
    assert len(everything) == 1201
    assert everything[-1].labels == everything[0].labels
    backwards = [photo.file_id for photo in reversed(everything)]
    assert [photo.file_id for photo in photos(album, *backwards)] == backwards
    assert [p.file_id for p in photos(album, item.file_id, first.file_id)] == [
        item.file_id,
        first.file_id,
    ]


def test_what_failed_waits_or_was_removed_is_left_out(album: Album) -> None:
    for name in ("good.jpg", "removed.jpg", "failed.jpg"):
        album.label(name, Dog=90)
    files = {file.path.name: file.file_id for file in album.library.files()}
    album.edits.remove_files("Remove", [files["removed.jpg"]])
    again = album.library.add_job_again([files["failed.jpg"], files["good.jpg"]], "local")
    items = {item.path.name: item.id for item in album.library.job_items(again.id)}
    album.library.set_final([items["failed.jpg"]], State.FAILED, ImageError("Damaged"))
    album.library.add_items(album.job_id, [Path("/photos/new.jpg")])
    assert [photo.name for photo in photos(album)] == ["good.jpg"]
    assert [photo.name for photo in photos(album, *files.values())] == ["good.jpg"]


def test_what_is_specific_comes_before_what_describes_the_whole() -> None:
    insect, box = ("Beetle", "Insect", "Animal"), Instance(0.1, 0.1, 0.2, 0.2, 91.0)
    records = [
        LabelRecord("ladybird", "Close-Up", 99.5),
        LabelRecord("ladybird", "Animal", 99.0),
        LabelRecord("ladybird", "Plant", 97.8),
        LabelRecord("ladybird", "Ladybug", 95.4, parents=insect),
        LabelRecord("ladybird", "Person", 91.0, instances=(box,)),
        LabelRecord("ladybird", "Leaf", 62.0, parents=("Flora",)),
    ]
    labels = [EffectiveLabel(record, "local", False, record.label) for record in records]
    told = [each.record.label for each in most_specific(labels)]
    assert told == ["Ladybug", "Person", "Close-Up", "Plant", "Leaf"]


def test_photos_are_named_by_folder_picture_and_job(album: Album) -> None:
    store, library = album.library.store, album.library
    first, second = album.label("in/a.jpg", Dog=90), album.label("in/deeper/b.jpg", Dog=90)
    album.label("in between.jpg")
    ids = {file.path.name: file.file_id for file in library.files()}
    a, b = ids["a.jpg"], ids["b.jpg"]
    assert files_below(store, Path("/photos/in")) == [a, b]
    assert files_below(store, Path("/photos/in/a.jpg")) == [a]
    assert files_below(store, Path("/photos/i")) == []
    assert files_of_images(store, [first, second]) == {a, b}
    album.edits.remove_files("remove", [a])
    assert files_of_images(store, [first, second]) == {b}
    newer = library.add_job([Path("/photos")], "local", again=True)
    library.add_items(newer.id, [Path("/photos/in/deeper/b.jpg")])
    assert files_of_last_job(store) == files_of_jobs(store, [newer.id]) == {b}
    assert files_of_jobs(store, [album.job_id, newer.id]) == {*ids.values()}
    assert files_of_jobs(store, []) == set()
