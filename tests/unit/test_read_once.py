"""A job reads each file once, and keeps little of what it has read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import BinaryIO

import pytest

from desktop.core.events import Event, ItemEvent, JobState, State
from desktop.core.job import intake
from desktop.core.library.library import Library
from desktop.core.photo import prepare
from desktop.core.photo.shape import aspect_of
from desktop.core.recognisers import Recogniser
from desktop.recognisers import AWS, LOCAL, RECOGNISERS
from tests.rig.memory_backend import MemoryBackend
from tests.rig.processes import until

from .conftest import save_photo
from .test_job import Person


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counter[Path]:
    """How often each file was opened to be read, but for the one look at its head."""
    opened: Counter[Path] = Counter()

    def count(path: Path) -> BinaryIO:
        opened[path] += 1
        return path.open("rb")

    def look(path: Path) -> float | None:
        with path.open("rb") as file:
            return aspect_of(file)

    monkeypatch.setattr(prepare, "_open", count)
    monkeypatch.setattr(intake, "shape_of", look)
    return opened


@pytest.mark.parametrize("recogniser", [AWS, LOCAL], ids=lambda each: each.name)
def test_a_photo_is_read_once(
    library: Library, photos: Path, opened: Counter[Path], recogniser: Recogniser
) -> None:
    person = Person(library, MemoryBackend(recogniser))
    assert person.label(photos).state is JobState.FINISHED
    assert opened == dict.fromkeys(photos.iterdir(), 1)
    person.leave()


def test_what_the_table_knows_is_read_once_and_never_decoded(
    library: Library, photos: Path, opened: Counter[Path], tmp_path: Path
) -> None:
    first = Person(library, MemoryBackend())
    first.label(photos)
    first.leave()
    opened.clear()
    elsewhere = Library(tmp_path / "other" / "library.db", RECOGNISERS)
    second = Person(elsewhere, first.backend)
    assert second.label(photos).state is JobState.FINISHED
    assert opened == dict.fromkeys(photos.iterdir(), 1)
    told = {event.state for event in second.events if isinstance(event, ItemEvent)}
    assert told == {State.QUEUED, State.DONE}
    second.leave()
    elsewhere.close()


def test_large_files_are_read_twice_so_that_many_are_asked_for_at_a_time(
    library: Library, photos: Path, opened: Counter[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MAX_KEPT_BYTES", 1)
    monkeypatch.setattr(intake, "CHUNK_BYTES", 2)
    person = Person(library, MemoryBackend())
    assert person.label(photos).state is JobState.FINISHED
    assert opened == dict.fromkeys(photos.iterdir(), 2)
    # as many as had been found by then; kept in memory, one would be asked for at a time
    assert max(map(len, person.backend.polls)) > len(opened) // 2
    person.leave()


def test_of_the_files_that_were_read_few_are_kept(
    library: Library, tmp_path: Path, opened: Counter[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(40):
        save_photo(folder / f"{number}.jpg", number)
    most_bytes = max(path.stat().st_size for path in folder.iterdir())
    monkeypatch.setattr(intake, "CHUNK_BYTES", 3 * most_bytes)
    prepared: set[str] = set()
    kept = [0]

    def count(event: Event) -> None:
        if isinstance(event, ItemEvent) and event.state is State.PREPARING:
            prepared.add(event.path)
        kept.append(len(opened) - len(prepared))

    person = Person(library, MemoryBackend(max_concurrency=100))
    person.when(count)
    assert person.label(folder).state is JobState.FINISHED
    assert opened == dict.fromkeys(folder.iterdir(), 1)
    at_a_time = 3 + 1  # the last of a chunk may go beyond
    assert 1 < max(kept) <= 2 * at_a_time
    person.leave()


def test_what_was_sent_before_a_stop_is_not_kept_while_it_waits(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(2):
        save_photo(folder / f"{number}.jpg", number)
    silent = Person(library, MemoryBackend(answer=lambda name, count: None))
    silent.queue.add([folder], "aws", again=True)
    until(lambda: silent.backend.submits.total() == 2, "both sent")
    silent.leave()
    for number in range(2, 10):
        save_photo(folder / f"{number}.jpg", number)
    monkeypatch.setattr(intake, "CHUNK_BYTES", 1)  # one that is kept would hold up all others
    next_start = Person(library, MemoryBackend())
    next_start.queue.add([folder], "aws", again=True)
    until(lambda: next_start.backend.submits.total() == 8, "the others sent")
    next_start.leave()
