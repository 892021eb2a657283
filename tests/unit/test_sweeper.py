"""Copies are deleted as soon as their answers are here: noted, in hundreds, in nobody's way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.core.errors import NetworkError
from desktop.core.events import JobState, State
from desktop.core.library.library import Library
from desktop.core.money.upload_log import UploadLog, UploadRow
from tests.rig.memory_backend import MemoryBackend, dog

from .conftest import save_photo
from .test_job import Person

pytestmark = pytest.mark.usefixtures("no_long_waits")


class Bucket(MemoryBackend):
    """Amazon's side, and how many copies each call has deleted."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.deletions: list[int] = []

    def delete_copies(self, image_names, *, cancel) -> None:  # type: ignore[no-untyped-def]
        super().delete_copies(image_names, cancel=cancel)
        self.deletions.append(len(image_names))


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(120):
        save_photo(folder / f"{number}.jpg", number)
    return folder


def sweeping(library: Library, bucket: Bucket, late_after_s: float = 60) -> Person:
    person = Person(library, bucket, late_after_s)
    person.settings = replace(person.settings, deletes_copies=True)
    return person


def rows(library: Library) -> list[UploadRow]:
    log = UploadLog(library.store)
    return log.rows(log.ids())


def test_the_copies_of_a_job_are_gone_at_its_end(library: Library, photos: Path) -> None:
    bucket = Bucket()
    person = sweeping(library, bucket)
    end = person.label(photos)
    assert (end.state, library.count_states(end.job_id)) == (JobState.FINISHED, {State.DONE: 120})
    assert bucket.copies == {}
    assert sum(bucket.deletions) == 120
    assert len(bucket.deletions) <= 3
    assert len(bucket.table) == 120  # the labels stay there for other computers
    assert all(row.deleted_at for row in rows(library))
    person.leave()


def test_they_stay_if_that_is_wished(library: Library, photos: Path) -> None:
    bucket = Bucket()
    person = Person(library, bucket)
    person.label(photos / "1.jpg")
    assert len(bucket.copies) == 1
    assert [row.deleted_at for row in rows(library)] == [None]
    person.leave()


def test_a_copy_that_cannot_be_deleted_is_in_nobodys_way(library: Library, photos: Path) -> None:
    bucket = Bucket()
    bucket.forget_errors = [NetworkError("No way")]
    person = sweeping(library, bucket)
    assert person.label(photos / "1.jpg").state is JobState.FINISHED
    assert [row.deleted_at for row in rows(library)] == [None]
    person.leave()


def test_what_has_no_labels_yet_keeps_its_copy(library: Library, photos: Path) -> None:
    bucket = Bucket(answer=lambda name, count: dog(name) if "-2" in name else None)
    person = sweeping(library, bucket, late_after_s=0.05)
    person.label(photos / "1.jpg", photos / "2.jpg")
    assert [name for name in bucket.copies if "-2" in name] == []
    assert len(bucket.copies) == 1
    person.leave()
