"""What a drop holds, before anything is labelled."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop.core.estimate import Estimate, estimate, images_per_s
from desktop.core.library import Library
from desktop.core.settings import Settings

from .memory_backend import MemoryBackend
from .test_pipeline import Person, save_photo


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(6):
        save_photo(folder / f"{number}.jpg", number)
    return folder


def last(library: Library, *roots: Path, again: bool = False) -> Estimate:
    return list(estimate(library, roots, "aws", Settings(), again=again, cancel=threading.Event()))[
        -1
    ]


def test_everything_is_new_at_first(library: Library, photos: Path) -> None:
    assert last(library, photos) == Estimate(6, 0, 0.006, 1.2, is_complete=True)


def test_what_is_labelled_and_unchanged_costs_nothing(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend())
    person.label(photos)
    person.leave()
    save_photo(photos / "0.jpg", 99)
    save_photo(photos / "new.jpg", 98)
    (photos / "1.jpg").unlink()
    found = last(library, photos, photos / "missing.jpg")
    assert (found.new, found.known) == (3, 4)
    assert last(library, photos, again=True).known == 0
    local = list(
        estimate(library, [photos], "local", Settings(), again=False, cancel=threading.Event())
    )[-1]
    assert (local.new, local.known, local.dollars) == (6, 0, 0.0)


@pytest.mark.parametrize("name", ["nul\0.jpg", "long" * 100 + ".jpg"])
def test_a_path_that_the_system_refuses_is_counted(
    library: Library, photos: Path, name: str
) -> None:
    assert last(library, photos / name, photos).new == 7


def test_it_ends_when_it_is_cancelled(library: Library, photos: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    assert list(estimate(library, [photos], "aws", Settings(), again=False, cancel=cancel)) == []


def test_the_rate_is_that_of_the_last_job(library: Library) -> None:
    assert images_per_s(library, "local") == 5.0
    with library.store.write() as db:
        for number in range(31):
            db.execute("INSERT INTO images (digest, image_name) VALUES (?, ?)", (str(number),) * 2)
            db.execute(
                "INSERT INTO answers VALUES (last_insert_rowid(), 'local', 1, '', ?, 0)",
                (f"2026-01-01T10:00:{number // 3:02d}+00:00",),
            )
    assert images_per_s(library, "local") == pytest.approx(3.1, abs=0.01)
