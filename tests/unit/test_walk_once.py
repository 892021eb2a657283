"""What was found to say what a drop holds is not looked for again by its job."""

from __future__ import annotations

import errno
import os
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from desktop.core.errors import CredentialsError
from desktop.core.events import FoundEvent, JobState, State
from desktop.core.library.library import Library
from desktop.core.money import estimate as estimating
from desktop.core.money.estimate import estimate
from desktop.core.photo.discover import Found
from desktop.core.settings import Settings
from desktop.recognisers import AWS
from tests.rig.folders import refuse
from tests.rig.memory_backend import MemoryBackend

from .conftest import save_photo
from .test_job import Person, states


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each folder was listed."""
    listed: Counter[str] = Counter()
    scandir = os.scandir

    def count(folder: str) -> Any:
        listed[folder] += 1
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", count)
    return listed


def count_up(library: Library, *roots: Path) -> Found | None:
    *_, told = estimate(library, roots, AWS, Settings(), again=False, cancel=threading.Event())
    return told.found


def label(person: Person, folder: Path, found: Found | None) -> JobState:
    person.queue.add([folder], "aws", found=found)
    return person.wait_for_end().state


def test_a_folder_that_was_counted_is_walked_once(
    library: Library, photos: Path, listed: Counter[str]
) -> None:
    (photos / "more").mkdir()
    save_photo(photos / "more" / "10.jpg", 10)
    person = Person(library, MemoryBackend())
    assert label(person, photos, count_up(library, photos)) is JobState.FINISHED
    assert listed == {str(photos): 1, str(photos / "more"): 1}
    assert library.count_states(1) == {State.DONE: 11}
    assert any(isinstance(event, FoundEvent) and event.complete for event in person.events)
    person.leave()


def test_a_photo_that_is_gone_since_fails_alone_and_a_new_one_waits_for_the_next_drop(
    library: Library, photos: Path, listed: Counter[str]
) -> None:
    found = count_up(library, photos)
    (photos / "3.jpg").unlink()
    save_photo(photos / "new.jpg", 99)
    person = Person(library, MemoryBackend())
    assert label(person, photos, found) is JobState.FINISHED
    outcome = states(person.items(1))
    assert outcome.pop("3.jpg") is State.FAILED
    assert list(outcome.values()) == [State.DONE] * 9
    assert listed[str(photos)] == 1
    person.leave()


def test_a_drive_that_was_unplugged_since_is_told_once_and_not_for_each_photo(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = count_up(library, photos)
    refuse(monkeypatch, photos, errno.EHOSTDOWN)
    person = Person(library, MemoryBackend())
    assert label(person, photos, found) is JobState.STOPPED
    assert not person.items(1)
    person.leave()


def test_another_folder_in_its_place_is_walked(library: Library, photos: Path) -> None:
    found = count_up(library, photos)
    photos.rename(photos.with_name("elsewhere"))
    photos.mkdir()
    save_photo(photos / "other.jpg", 50)
    person = Person(library, MemoryBackend())
    assert label(person, photos, found) is JobState.FINISHED
    assert states(person.items(1)) == {"other.jpg": State.DONE}
    person.leave()


def test_a_drop_that_goes_on_with_its_job_is_walked_anew(library: Library, photos: Path) -> None:
    stopped = Person(library, MemoryBackend())
    stopped.backend.check_errors = [CredentialsError("Amazon does not know this key")]
    label(stopped, photos, None)
    stopped.leave()
    found = count_up(library, photos)
    save_photo(photos / "new.jpg", 99)
    person = Person(library, MemoryBackend())
    assert label(person, photos, found) is JobState.FINISHED
    assert library.count_states(1) == {State.DONE: 11}
    person.leave()


def test_no_more_paths_are_handed_on_than_fit_into_little_memory(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(estimating, "MOST_HANDED_ON", 10)
    found = count_up(library, photos)
    assert found is not None
    assert len(found.paths) == 10
    save_photo(photos / "10.jpg", 10)
    assert count_up(library, photos) is None


def test_what_could_not_be_read_is_looked_for_again(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (photos / "hidden").mkdir()
    refuse(monkeypatch, photos / "hidden", errno.EIO)
    assert count_up(library, photos) is None
