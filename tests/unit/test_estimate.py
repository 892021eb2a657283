"""What a drop holds, before anything is labelled."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import pytest

from desktop.core.backend import Answer
from desktop.core.library.library import Library
from desktop.core.money.estimate import Estimate, estimate, images_per_s
from desktop.core.settings import Settings
from desktop.recognisers import AWS, LOCAL
from tests.rig.folders import refuse
from tests.rig.memory_backend import MemoryBackend

from .conftest import save_photo
from .test_job import Person


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(6):
        save_photo(folder / f"{number}.jpg", number)
    return folder


def last(library: Library, *roots: Path, again: bool = False) -> Estimate:
    return list(estimate(library, roots, AWS, Settings(), again=again, cancel=threading.Event()))[
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
        estimate(library, [photos], LOCAL, Settings(), again=False, cancel=threading.Event())
    )[-1]
    assert (local.new, local.known, local.dollars) == (6, 0, 0.0)


@pytest.mark.parametrize("name", ["nul\0.jpg", "long" * 100 + ".jpg"])
def test_a_path_that_the_system_refuses_is_counted(
    library: Library, photos: Path, name: str
) -> None:
    assert last(library, photos / name, photos).new == 7


def test_what_cannot_be_read_is_not_counted(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (photos / "hidden").mkdir()
    refuse(monkeypatch, photos / "hidden", errno.EIO)
    assert last(library, photos) == Estimate(6, 0, 0.006, 1.2, is_complete=True, is_whole=False)
    refuse(monkeypatch, photos, errno.EHOSTDOWN)
    assert last(library, photos) == Estimate(0, 0, 0.0, 0.0, is_complete=True, is_whole=False)


def test_it_ends_when_it_is_cancelled(library: Library, photos: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    assert list(estimate(library, [photos], AWS, Settings(), again=False, cancel=cancel)) == []


class Clock:
    """Labels photos at times of its own."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.count = 0
        self.job_id = 0
        self.begin_job()

    def begin_job(self) -> None:
        self.job_id = self.library.add_job([Path("/photos")], "local", again=False).id

    def label(self, *times: str, is_taken_over: bool = False) -> None:
        for time in times:
            self.count += 1
            path = Path(f"/photos/{self.count}.jpg")
            self.library.add_items(self.job_id, [path])
            (item,) = self.library.open_items(self.job_id, after_id=0, limit=1)
            image = self.library.images.identify(item.file_id, path, f"{self.count:016}", 1, 1)
            if not is_taken_over:
                self.library.set_waiting([item.id], "")
            self.library.record_answer(self.job_id, [item.id], image.id, "local", Answer())
            with self.library.store.write() as db:
                db.execute(
                    "UPDATE answers SET labelled_at = ? WHERE image_id = ?", (time, image.id)
                )


def three_a_second(day: int, minute: int) -> list[str]:
    return [f"2026-01-{day:02}T10:{minute:02}:{n // 3:02}+00:00" for n in range(31)]


def test_the_rate_is_that_of_the_photos_labelled_last(library: Library) -> None:
    assert images_per_s(library, LOCAL) == LOCAL.images_per_s
    clock = Clock(library)
    clock.label(*three_a_second(1, 0))
    assert images_per_s(library, LOCAL) == pytest.approx(3.0, abs=0.01)
    clock.begin_job()
    clock.label("2026-01-01T11:00:00+00:00")  # alone it would tell nothing
    assert images_per_s(library, LOCAL) == pytest.approx(3.0, abs=0.01)
    assert images_per_s(library, AWS) == 5.0


def test_a_job_that_rested_is_as_fast_as_when_it_worked(library: Library) -> None:
    clock = Clock(library)
    clock.label(*three_a_second(1, 0), *three_a_second(1, 20), *three_a_second(5, 0))
    assert images_per_s(library, LOCAL) == pytest.approx(3.0, abs=0.01)


def test_what_was_taken_over_tells_nothing_of_the_rate(library: Library) -> None:
    clock = Clock(library)
    clock.label(*["2026-01-01T10:00:00+00:00"] * 50, is_taken_over=True)
    clock.label(*three_a_second(1, 0))
    assert images_per_s(library, LOCAL) == pytest.approx(3.0, abs=0.01)
