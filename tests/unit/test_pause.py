"""A paused job begins nothing new, lets land what was handed in, and loses nothing."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from desktop.core.events import Event, ItemEvent, JobEvent, JobState, State, WaitingEvent
from desktop.core.library.library import Library
from tests.rig.memory_backend import MemoryBackend, dog
from tests.rig.processes import until

from .conftest import save_photo
from .test_job import LIMIT_S, Person


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Forty small photos of different colours."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(40):
        save_photo(folder / f"{number}.png", number)
    return folder


class Waiting:
    """A backend that keeps silent until `release`, and the moments in which it got something."""

    def __init__(self, most: int) -> None:
        self.backend = MemoryBackend(answer=lambda name, count: None, max_concurrency=most)

    def release(self) -> None:
        for name in list(self.backend.submits):
            self.backend.table.setdefault(name, dog(name))


def is_waiting(event: Event) -> bool:
    return isinstance(event, ItemEvent) and event.state is State.WAITING


def is_done(event: Event) -> bool:
    return isinstance(event, ItemEvent) and event.state is State.DONE


def after_the_queue(person: Person) -> None:
    """Return when the queue has done all that it was asked for until now."""
    asked = threading.Event()
    person.queue._calls.put(asked.set)
    assert asked.wait(LIMIT_S)


def test_waiting_ones_land_and_nothing_new_begins(library: Library, photos: Path) -> None:
    slow = Waiting(4)
    person = Person(library, slow.backend)
    person.queue.add([photos], "aws")
    for _ in range(4):
        event = person.wait_for(is_waiting)
    assert isinstance(event, ItemEvent)
    person.queue.pause(event.job_id)
    after_the_queue(person)
    submitted = slow.backend.submits.total()
    slow.backend._answer = lambda name, count: dog(name)
    slow.release()
    for _ in range(submitted):
        person.wait_for(is_done)
    assert person.queue._current is not None
    assert not person.queue._current.wait(0.2)  # else it would be through by now
    prepared = os.cpu_count() or 1  # before the pause; these may still be handed in
    assert library.count_states(event.job_id)[State.DONE] <= submitted + prepared
    person.queue.resume_job(event.job_id)
    end = person.wait_for_end()
    assert end.state is JobState.FINISHED
    assert library.count_states(event.job_id) == {State.DONE: 40}
    assert set(slow.backend.submits.values()) == {1}
    person.leave()


def test_a_paused_job_can_be_cancelled(library: Library, photos: Path) -> None:
    slow = Waiting(4)
    person = Person(library, slow.backend)
    person.queue.add([photos], "aws")
    event = person.wait_for(is_waiting)
    assert isinstance(event, ItemEvent)
    until(lambda: library.found_all(event.job_id), "all photos found")
    person.queue.pause(event.job_id)
    person.queue.cancel(event.job_id)
    assert person.wait_for_end().state is JobState.CANCELLED
    counts = library.count_states(event.job_id)
    assert set(counts) <= {State.CANCELLED, State.DONE}
    assert sum(counts.values()) == 40
    person.leave()


def test_the_next_start_goes_on_with_it(library: Library, photos: Path) -> None:
    slow = Waiting(4)
    person = Person(library, slow.backend)
    person.queue.add([photos], "aws")
    event = person.wait_for(is_waiting)
    assert isinstance(event, ItemEvent)
    person.queue.pause(event.job_id)
    after_the_queue(person)
    person.leave()  # ends within its time although the job is paused
    answered = MemoryBackend()
    answered.table.update({name: dog(name) for name in slow.backend.submits})
    later = Person(library, answered)
    later.queue.resume()
    assert later.wait_for_end().state is JobState.FINISHED
    assert library.count_states(event.job_id) == {State.DONE: 40}
    later.leave()


def test_jobs_that_wait_are_told(library: Library, photos: Path) -> None:
    slow = Waiting(40)
    person = Person(library, slow.backend)
    person.queue.add([photos], "aws")
    person.wait_for(is_waiting)
    for number in range(2):
        person.queue.add([photos / f"{number}.png"], "aws")
    assert person.wait_for(lambda e: isinstance(e, WaitingEvent) and e.jobs == 2)
    slow.backend._answer = lambda name, count: dog(name)
    slow.release()
    assert person.wait_for(lambda e: e == WaitingEvent(1))
    assert person.wait_for(lambda e: e == WaitingEvent(0))
    assert person.wait_for(
        lambda e: isinstance(e, JobEvent) and e.job_id == 3 and e.state is JobState.FINISHED
    )
    person.leave()


def test_pausing_what_does_not_run_does_nothing(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend())
    person.queue.pause(99)
    person.queue.resume_job(99)
    assert person.label(photos).state is JobState.FINISHED
    person.leave()
