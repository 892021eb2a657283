"""The threads of a job: they give way, nobody waits for them, and none holds up another."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop.core.backend import Answer
from desktop.core.errors import (
    AppError,
    CredentialsError,
    FolderError,
    LimitError,
    StorageError,
)
from desktop.core.events import Event, FoundEvent, ItemEvent, JobEvent, JobState, State
from desktop.core.job import job
from desktop.core.job.intake import Intake
from desktop.core.library.library import Library
from desktop.core.photo.prepare import Prepared
from desktop.core.settings import Settings
from tests.rig.memory_backend import MemoryBackend, dog

from .test_job import LIMIT_S, Person

pytestmark = pytest.mark.usefixtures("no_long_waits")


class Together(MemoryBackend):
    """No image is taken before so many are handed in at a time."""

    def __init__(self, together: int) -> None:
        super().__init__()
        self._together, self._now = together, 0
        self._coming = threading.Condition()
        self.threads: set[threading.Thread] = set()

    def submit(
        self, image_name: str, prepared: Prepared, *, cancel: threading.Event, again: bool = False
    ) -> float | None:
        with self._coming:
            self._now += 1
            self._coming.notify_all()
            assert self._coming.wait_for(lambda: self._now >= self._together, LIMIT_S)
        self.threads.add(threading.current_thread())
        return super().submit(image_name, prepared, cancel=cancel, again=again)


def test_photos_are_prepared_while_others_are_on_their_way(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even on one core: sending takes none."""
    monkeypatch.setattr("desktop.core.job.cores.count_cores", lambda: 1)
    person = Person(library, Together(2))
    assert person.label(photos).state is JobState.FINISHED
    person.leave()


def test_all_that_work_give_way_to_what_a_person_does(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gave_way: set[threading.Thread] = set()
    monkeypatch.setattr(job, "give_way", lambda: gave_way.add(threading.current_thread()))
    backend = Together(1)
    person = Person(library, backend)

    def note(event: Event) -> None:
        if isinstance(event, JobEvent) and event.state is JobState.RUNNING:
            backend.threads.add(threading.current_thread())

    person.when(note)
    person.label(photos)
    assert len(backend.threads) > 1
    assert backend.threads <= gave_way
    person.leave()


def test_a_program_that_ends_waits_for_none_of_them(library: Library, photos: Path) -> None:
    silent = MemoryBackend(answer=lambda name, count: None)
    before = set(threading.enumerate())
    person = Person(library, silent)
    looked: list[threading.Thread] = []

    def look(event: Event) -> None:
        if isinstance(event, FoundEvent):  # told by the thread that finds
            looked.append(threading.current_thread())

    person.when(look)
    person.queue.add([photos], "aws")
    person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    ours = [*looked, *(set(threading.enumerate()) - before)]
    # What has a worker's name ends by itself, and at once: the queue sees to it.
    assert all(each.daemon for each in ours if not each.name.startswith("worker"))
    person.leave()
    assert not set(threading.enumerate()) - before


@pytest.mark.expects_log("open items")
def test_a_photo_that_never_ended_keeps_the_job_open_though_it_was_the_first(
    library: Library, photos: Path
) -> None:
    class Panic(BaseException):
        """As a library in Rust raises it: no Exception."""

    backend = MemoryBackend()
    backend.submit_errors = [Panic()]  # type: ignore[list-item]
    person = Person(library, backend)
    assert person.label(photos / "1.jpg").state is JobState.STOPPED
    person.queue.resume()
    assert person.wait_for_end().state is JobState.FINISHED
    person.leave()


def test_a_late_photo_waits_anew_each_time_it_is_handed_in(library: Library, photos: Path) -> None:
    """An answer that comes between counts, and no round is over before its time."""

    def answer(name: str, count: int) -> Answer | None:
        return dog(name) if count == 3 else None

    person = Person(library, MemoryBackend(answer=answer), late_after_s=0.05)
    end = person.label(photos / "1.jpg")
    assert library.count_states(end.job_id) == {State.DONE: 1}
    assert person.backend.submits.total() == 3
    person.leave()


def test_a_job_that_goes_on_runs_again(library: Library, photos: Path) -> None:
    backend = MemoryBackend(answer=lambda name, count: None)
    backend.check_errors = [CredentialsError("Signed out", "Sign in again.")]
    person = Person(library, backend)
    end = person.label(photos / "1.jpg")
    assert library.job(end.job_id).state is JobState.STOPPED
    person.queue.resume()
    person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    row = library.job(end.job_id)
    assert (row.state, row.error) == (JobState.RUNNING, None)
    person.leave()


def test_the_end_waits_for_what_a_folder_says_last(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()
    find = Intake.find

    def find_slowly(intake: Intake) -> None:
        find(intake)
        ended.wait(0.3)  # as long as the end does not come before its time
        raise FolderError("A folder cannot be read")

    monkeypatch.setattr(Intake, "find", find_slowly)
    person = Person(library, MemoryBackend())

    def note_end(event: Event) -> None:
        if isinstance(event, JobEvent) and event.state is not JobState.RUNNING:
            ended.set()

    person.when(note_end)
    end = person.label(photos / "1.jpg")
    assert (end.state, end.error) == (JobState.STOPPED, FolderError("A folder cannot be read"))
    assert library.count_states(end.job_id) == {State.DONE: 1}
    person.leave()


@pytest.mark.expects_log("job 1: The disk is full")
def test_an_end_that_cannot_be_written_is_told(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = StorageError("The disk is full")
    write = library.set_job_state

    def refuse(job_id: int, state: JobState, error: AppError | None = None) -> None:
        if state is not JobState.RUNNING:
            raise full
        write(job_id, state, error)

    monkeypatch.setattr(library, "set_job_state", refuse)
    person = Person(library, MemoryBackend())
    assert person.label(photos / "1.jpg").error == full
    person.leave()


def test_at_the_limit_a_job_ends_though_others_are_on_their_way(
    library: Library, photos: Path
) -> None:
    person = Person(library, MemoryBackend())
    person.settings = Settings(monthly_limit_dollars=0.002)
    end = person.label(photos)
    assert isinstance(end.error, LimitError)
    assert library.count_states(end.job_id) == {State.DONE: 2, State.QUEUED: 8}
    person.leave()


@pytest.mark.expects_log("^job 1: ZeroDivisionError")
def test_a_bug_that_concerns_no_photo_stops_the_job(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(intake: Intake) -> None:
        intake._found_all.set()
        raise ZeroDivisionError

    monkeypatch.setattr(Intake, "find", fail)
    person = Person(library, MemoryBackend())
    end = person.label(photos)
    assert end.state is JobState.STOPPED
    assert end.error is not None
    assert "inside Tagdrop" in end.error.title
    person.leave()
