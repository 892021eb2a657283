"""A photo keeps its labels, what you said of it and its name as long as its picture is the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop.core.events import State
from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.edits import Edits
from desktop.core.library.library import Library
from desktop.core.photo.identity import file_digest, picture_digest
from desktop.recognisers import RECOGNISERS
from tests.rig import exiftool, photos
from tests.rig.memory_backend import MemoryBackend
from tests.rig.tiffs import save_dng

from .test_job import Person, states

Save = Callable[[Image.Image, Path], None]
pytestmark = pytest.mark.usefixtures("no_long_waits")

KINDS: dict[str, Save] = {
    ".jpg": photos.save_jpeg,
    ".png": photos.save_png,
    ".webp": photos.save_webp,
    ".tif": photos.save_tiff,
    ".heic": photos.save_heic,
    ".avif": photos.save_avif,
    ".dng": save_dng,
}
TO_REVIEW = Query(place="review")


@pytest.fixture
def person(library: Library) -> Iterator[Person]:
    person = Person(library, MemoryBackend())
    yield person
    person.leave()


class Photo:
    """One labelled photo: the person has removed its Dog and added Rex."""

    def __init__(self, person: Person, path: Path) -> None:
        self.library = person.library
        self.edits = Edits(person.library.store)
        (item,) = person.items(person.label(path).job_id)
        self.file_id, self.image_name = item.file_id, item.image_name
        self.edits.change_label("Removed", [item.file_id], "Dog", "remove")
        self.edits.change_label("Added Rex", [item.file_id], "Rex", "add")

    def labels(self) -> list[str]:
        file = self.library.file(self.file_id)
        assert file is not None
        assert file.image_id is not None
        return [shown.record.label for shown in self.library.effective_labels(file.image_id)]

    def is_to_review(self) -> bool:
        return self.file_id in Catalog(self.library.store).find(TO_REVIEW, 55)


def fill(library: Library, count: int) -> None:
    """That many other labelled photos."""
    with library.store.write() as db:
        db.execute(
            "WITH RECURSIVE n (id) AS (VALUES (1000) UNION ALL SELECT id + 1 FROM n LIMIT :count)"
            " INSERT INTO images (id, digest, picture, image_name) SELECT id, id, id, id FROM n",
            {"count": count},
        )
        db.execute(
            "INSERT INTO files (id, path, name, folder, folded_name, image_id, size_bytes)"
            " SELECT id, CAST('/other/' || id AS BLOB), id, CAST('/other' AS BLOB), id, id, id"
            " FROM images WHERE id >= 1000"
        )
        db.execute("INSERT INTO answers SELECT id, 'aws', 1, '', '', 0 FROM images WHERE id > 999")


@pytest.mark.parametrize("suffix", KINDS)
@pytest.mark.parametrize("moves", [False, True], ids=["there", "moved"])
def test_metadata_changes_and_nothing_is_lost_nor_paid_again(
    person: Person, library: Library, tmp_path: Path, suffix: str, moves: bool
) -> None:
    fill(library, 10_000)
    path = tmp_path / f"photo{suffix}"
    KINDS[suffix](photos.picture(1, edge_px=320), path)
    photo = Photo(person, path)
    assert photo.image_name is not None
    changes = [exiftool.RATE, exiftool.STRIP] if suffix == ".jpg" else [exiftool.RATE]
    for number, options in enumerate(changes):
        exiftool.rewrite(path, options)
        if moves:
            path = path.rename(tmp_path / f"another {number}{suffix}")
        (item,) = person.items(person.label(path).job_id)
        assert (item.state, item.image_name) == (State.SKIPPED, photo.image_name)
        photo.file_id = item.file_id
        keywords = ["x"] if options is exiftool.RATE else []
        assert photo.labels() == ["Rex", *keywords]
        assert not photo.is_to_review()
    assert person.backend.submits == {photo.image_name: 1}
    assert library.files()[-1].file_id == photo.file_id


def test_a_photo_that_was_cropped_is_labelled_anew_with_what_you_said(
    person: Person, tmp_path: Path
) -> None:
    path = tmp_path / "photo.jpg"
    picture = photos.picture(1, edge_px=320)
    photos.save_jpeg(picture, path)
    photo = Photo(person, path)
    photo.edits.set_favourite("Liked", [photo.file_id], is_favourite=True)
    photos.save_jpeg(picture.crop((0, 0, 200, 200)), path)
    (item,) = person.items(person.label(path).job_id)
    assert [file.is_favourite for file in person.library.files()] == [True]
    assert (item.state, item.file_id) == (State.DONE, photo.file_id)
    assert item.image_name != photo.image_name
    assert len(person.backend.submits) == 2
    assert photo.labels() == ["Rex"]
    assert photo.is_to_review()
    photo.edits.review("Reviewed", [photo.file_id])
    assert not photo.is_to_review()
    photo.edits.undo()
    assert photo.is_to_review()
    photo.edits.change_label("Added", [photo.file_id], "Ball", "add")
    assert not photo.is_to_review()
    photo.edits.undo()
    assert (photo.is_to_review(), photo.labels()) == (True, ["Rex"])


def test_what_was_said_before_the_crop_can_be_undone_after_it(
    person: Person, tmp_path: Path
) -> None:
    path = tmp_path / "photo.jpg"
    picture = photos.picture(1, edge_px=320)
    photos.save_jpeg(picture, path)
    photo = Photo(person, path)
    original = path.read_bytes()
    photos.save_jpeg(picture.crop((0, 0, 200, 200)), path)
    person.label(path)
    for title, labels in (("Added Rex", []), ("Removed", ["Dog"])):
        step = photo.edits.undo()
        assert step is not None
        assert (step.title, photo.labels()) == (title, labels)
    photo.edits.redo()
    assert photo.labels() == []
    path.write_bytes(original)  # the crop is taken back: paid for already, and with the same words
    (item,) = person.items(person.label(path).job_id)
    assert (item.state, item.image_name) == (State.SKIPPED, photo.image_name)
    assert photo.labels() == []


def test_a_photo_that_failed_and_was_mended_is_not_to_be_reviewed(
    person: Person, tmp_path: Path
) -> None:
    path = tmp_path / "photo.jpg"
    photos.save_truncated_jpeg(path)
    (item,) = person.items(person.label(path).job_id)
    assert item.state is State.FAILED
    photos.save_jpeg(photos.picture(1), path)
    assert states(person.items(person.label(path).job_id)) == {"photo.jpg": State.DONE}
    assert Catalog(person.library.store).find(TO_REVIEW, 55) == []


def test_a_photo_that_another_known_one_replaces_takes_nothing_over(
    person: Person, tmp_path: Path
) -> None:
    path, other = tmp_path / "photo.jpg", tmp_path / "other.jpg"
    photos.save_jpeg(photos.picture(1), path)
    photos.save_jpeg(photos.picture(2), other)
    photo = Photo(person, path)
    person.label(other)
    shutil.copy(other, path)
    person.label(path)
    assert photo.labels() == ["Dog"]
    assert not photo.is_to_review()


def forget_pictures(library: Library, *paths: Path) -> None:
    """Bring the library to what the version before knew of these photos: their files' digests."""
    with library.store.write() as db:
        for path in paths:
            with path.open("rb") as file:
                known = {"whole": file_digest(file), "picture": picture_digest(file)}
            db.execute(
                "UPDATE images SET digest = :whole, picture = NULL, image_name = :whole"
                " WHERE picture = :picture",
                known,
            )


@pytest.mark.parametrize("moves", [False, True], ids=["there", "moved"])
def test_a_photo_of_an_older_library_is_known_by_its_file_then_by_its_picture(
    person: Person, library: Library, tmp_path: Path, moves: bool
) -> None:
    path = tmp_path / "photo.jpg"
    photos.save_jpeg(photos.picture(1), path)
    Photo(person, path)
    forget_pictures(library, path)
    names: set[str | None] = set()
    for options in (None, exiftool.RATE, exiftool.STRIP):
        if options:
            exiftool.rewrite(path, options)
        if moves:
            path = path.rename(path.with_name("x" + path.name))
        (item,) = person.items(person.label(path).job_id)
        assert item.state is State.SKIPPED
        names.add(item.image_name)
    assert len(names) == len(person.backend.submits) == 1


def test_of_an_older_library_a_changed_file_counts_as_edited(
    person: Person, library: Library, tmp_path: Path
) -> None:
    """Nothing proves any more that its picture is the same; what you said is kept all the same."""
    path = tmp_path / "photo.jpg"
    photos.save_jpeg(photos.picture(1), path)
    photo = Photo(person, path)
    forget_pictures(library, path)
    exiftool.rewrite(path, exiftool.RATE)
    (item,) = person.items(person.label(path).job_id)
    assert item.state is State.DONE
    assert (photo.labels(), photo.is_to_review()) == (["Rex", "x"], True)


def test_another_computer_finds_the_answer_whatever_its_files_metadata(
    tmp_path: Path, person: Person
) -> None:
    path, other = tmp_path / "a" / "photo.jpg", tmp_path / "b" / "photo.jpg"
    path.parent.mkdir()
    photos.save_jpeg(photos.picture(1), path)
    shutil.copytree(path.parent, other.parent)
    exiftool.rewrite(other, exiftool.STRIP)
    person.label(path)
    library = Library(tmp_path / "elsewhere.db", RECOGNISERS)
    colleague = Person(library, person.backend)
    (item,) = colleague.items(colleague.label(other).job_id)
    assert item.state is State.DONE
    assert person.backend.submits == {item.image_name: 1}
    colleague.leave()
    library.close()
