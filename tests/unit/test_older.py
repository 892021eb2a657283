"""Which photos are offered to be labelled again, and that they lose nothing on the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.backends.local import MODELS, model_version
from desktop.backends.recognition import Recogniser
from desktop.core.backend import Answer, BackendName
from desktop.core.errors import BackendMissingError
from desktop.core.events import Event, JobEvent, JobState, State
from desktop.core.job.queue import JobQueue
from desktop.core.library.edits import Edits
from desktop.core.library.library import Library
from desktop.core.library.older import find_older
from desktop.core.records import LabelRecord
from desktop.recognisers import AWS, LOCAL, RECOGNISERS
from tests.rig.memory_backend import MemoryBackend

from .conftest import save_photo

LIMIT_S = 30


class Desk:
    """A library, a queue and an on-device model in memory, whose version can be changed."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.library = library
        self.folder = folder
        self.model = "old"
        self.finds = ("Dog",)
        self.is_silent = False
        self.local = MemoryBackend(LOCAL, answer=self._answer)
        self.aws = MemoryBackend(AWS)
        self.events: list[Event] = []
        self.ended = threading.Semaphore(0)
        self.queue = JobQueue(library, RECOGNISERS, self.backend, self.take)

    def backend(self, name: BackendName) -> MemoryBackend:
        return self.local if name == "local" else self.aws

    def _answer(self, name: str, _: int) -> Answer | None:
        records = tuple(LabelRecord(name, label, 90) for label in self.finds)
        return None if self.is_silent else Answer(records, model_version=self.model)

    def take(self, event: Event) -> None:
        self.events.append(event)
        if isinstance(event, JobEvent) and event.state is not JobState.RUNNING:
            self.ended.release()

    def add(self, *numbers: int) -> list[Path]:
        paths = [self.folder / f"{number}.jpg" for number in numbers]
        for number, path in zip(numbers, paths, strict=True):
            save_photo(path, number)
        return paths

    def label(self, paths: list[Path], backend: BackendName = "local") -> None:
        self.queue.add(paths, backend)
        assert self.ended.acquire(timeout=LIMIT_S)

    def label_again(self) -> None:
        self.queue.add_again(
            find_older(self.library, LOCAL, "new", cancel=threading.Event()).file_ids, "local"
        )
        assert self.ended.acquire(timeout=LIMIT_S)

    def older(self, model: str = "new") -> list[str]:
        found = find_older(self.library, LOCAL, model, cancel=threading.Event())
        return sorted(row.path.name for row in self.library.files_by_id(found.file_ids))

    def states(self) -> dict[str, State]:
        return {row.path.name: row.state for row in self.library.files()}

    def labels(self, path: Path) -> dict[str, str]:
        row = next(row for row in self.library.files() if row.path == path)
        shown = self.library.effective_labels(row.image_id or 0)
        return {label.record.label: label.origin for label in shown}

    def file_id(self, path: Path) -> int:
        return next(row.file_id for row in self.library.files() if row.path == path)


@pytest.fixture
def desk(library: Library, tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "album").mkdir()
    desk = Desk(library, tmp_path / "album")
    yield desk
    assert desk.queue.close(LIMIT_S)


def test_the_model_names_itself_as_its_answers_do(tmp_path: Path) -> None:
    assert model_version() == Recogniser(MODELS).version
    with pytest.raises(BackendMissingError):
        model_version(tmp_path)


def test_photos_of_another_model_are_found_file_by_file(desk: Desk) -> None:
    one, two = desk.add(1, 2)
    twin = desk.folder / "twin.jpg"
    twin.write_bytes(one.read_bytes())
    desk.label([one, two, twin])
    assert desk.older("old") == []
    assert desk.older() == ["1.jpg", "2.jpg", "twin.jpg"]
    desk.model = "new"
    desk.label(desk.add(3))
    assert desk.older() == ["1.jpg", "2.jpg", "twin.jpg"]


def test_what_is_removed_gone_failed_or_amazons_is_not_offered(desk: Desk) -> None:
    out, gone, amazon, changed, stays = desk.add(1, 2, 3, 4, 5)
    desk.label([out, gone, amazon, changed, stays])
    desk.label([amazon], "aws")
    Edits(desk.library.store).remove_files("Remove", [desk.file_id(out)])
    gone.unlink()
    assert desk.older() == ["4.jpg", "5.jpg"]
    changed.write_bytes(b"no photo any more")
    desk.label([changed])
    assert desk.states()["4.jpg"] is State.FAILED
    assert desk.older() == ["5.jpg"]


def test_labels_that_were_taken_back_are_not_offered(desk: Desk) -> None:
    desk.label(desk.add(1))
    desk.label(desk.add(2))
    Edits(desk.library.store).remove_job_labels("Take back", 2)
    assert desk.older() == ["1.jpg"]


def test_amazons_labels_that_were_taken_back_hide_nothing(desk: Desk) -> None:
    paths = desk.add(1)
    desk.label(paths)
    desk.label(paths, "aws")
    assert desk.older() == []
    Edits(desk.library.store).remove_job_labels("Take back", 2)
    assert desk.older() == ["1.jpg"]


def test_a_cancelled_job_leaves_the_rest_as_it_was_and_can_go_on(desk: Desk) -> None:
    desk.label(desk.add(1, 2, 3))
    desk.is_silent = True
    desk.queue.add_again([row.file_id for row in desk.library.files()], "local")
    while desk.local.submits.total() < 4:
        desk.ended.acquire(timeout=0.01)
    assert desk.older() == []  # the job comes to them
    assert set(desk.states().values()) == {State.DONE}
    desk.queue.cancel(2)
    assert desk.ended.acquire(timeout=LIMIT_S)
    assert desk.library.count_states(2) == {State.CANCELLED: 3}
    assert set(desk.states().values()) == {State.DONE}
    assert desk.labels(desk.folder / "1.jpg") == {"Dog": "local"}
    assert desk.older() == ["1.jpg", "2.jpg", "3.jpg"]
    desk.is_silent, desk.model = False, "new"
    desk.queue.reopen(2)
    assert desk.ended.acquire(timeout=LIMIT_S)
    assert desk.library.count_states(2) == {State.DONE: 3}
    assert desk.older() == []


def test_a_job_that_was_stopped_goes_on_at_the_next_start(desk: Desk) -> None:
    desk.label(desk.add(1, 2))
    desk.is_silent = True
    desk.queue.add_again([row.file_id for row in desk.library.files()], "local")
    while desk.local.submits.total() < 3:
        desk.ended.acquire(timeout=0.01)
    assert desk.queue.close(LIMIT_S)
    assert desk.labels(desk.folder / "1.jpg") == {"Dog": "local"}
    assert set(desk.states().values()) == {State.DONE}
    assert desk.older() == []
    desk.is_silent, desk.model = False, "new"
    later = JobQueue(desk.library, RECOGNISERS, desk.backend, desk.take)
    while desk.ended.acquire(blocking=False):
        pass
    later.resume()
    assert desk.ended.acquire(timeout=LIMIT_S)
    assert later.close(LIMIT_S)
    assert desk.older() == []
    assert desk.older("old") == ["1.jpg", "2.jpg"]


def test_a_photo_that_vanishes_before_its_turn_keeps_its_labels(desk: Desk) -> None:
    there, gone = desk.add(1, 2)
    desk.label([there, gone])
    ids = find_older(desk.library, LOCAL, "new", cancel=threading.Event()).file_ids
    gone.unlink()
    desk.model = "new"
    desk.queue.add_again(ids, "local")
    assert desk.ended.acquire(timeout=LIMIT_S)
    assert desk.library.count_states(2) == {State.DONE: 1, State.FAILED: 1}
    assert set(desk.states().values()) == {State.DONE}
    assert desk.labels(gone) == {"Dog": "local"}
    assert desk.older() == []


def test_corrections_outlast_a_model_that_finds_something_else(desk: Desk) -> None:
    (photo,) = desk.add(1)
    desk.finds = ("Dog", "Grass", "Toy")
    desk.label([photo])
    edits, ids = Edits(desk.library.store), [desk.file_id(photo)]
    edits.change_label("Keep", ids, "Dog", "keep")
    edits.change_label("Remove", ids, "Grass", "remove")
    edits.change_label("Add", ids, "Rex", "add")
    desk.model, desk.finds = "new", ("Cat", "Grass")
    desk.label_again()
    assert desk.labels(photo) == {"Dog": "you", "Rex": "you", "Cat": "local"}
    edits.change_label("Remove", ids, "Dog", "remove")
    assert desk.labels(photo) == {"Rex": "you", "Cat": "local"}
    edits.undo()
    assert "Dog" in desk.labels(photo)
    edits.change_label("Unkeep", ids, "Dog", "unkeep")
    assert "Dog" not in desk.labels(photo)


def test_to_look_ends_when_it_is_not_wanted_any_more(desk: Desk) -> None:
    desk.label(desk.add(1))
    with desk.library.store.write() as db:  # more files than one step looks at
        db.executemany(
            "INSERT INTO files (path, name, folded_name, image_id, item_id) SELECT ?, name, name,"
            " image_id, item_id FROM files WHERE id = 1",
            [(b"/nowhere/%d" % number,) for number in range(1500)],
        )
    cancel = threading.Event()
    assert find_older(desk.library, LOCAL, "new", cancel=cancel).file_ids == (1,)
    cancel.set()
    assert find_older(desk.library, LOCAL, "new", cancel=cancel).file_ids == ()
