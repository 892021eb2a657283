"""A backend that is made anew while it is used: its job goes on, nothing is lost nor paid twice."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop.core.backend import BackendName
from desktop.core.errors import CredentialsError
from desktop.core.events import ItemEvent, JobEvent, JobState, State
from desktop.core.library.library import Library
from desktop.recognisers import RECOGNISERS
from tests.rig.memory_backend import MemoryBackend, dog
from tests.rig.processes import until

from .conftest import save_photo
from .test_job import LIMIT_S, Person
from .test_pause import after_the_queue, is_done, is_waiting


class Closing(MemoryBackend):
    """Tells whether it was closed."""

    is_closed = False

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(12):
        save_photo(folder / f"{number}.png", number)
    return folder


@pytest.fixture
def made() -> list[Closing]:
    """The backends that were made, oldest first."""
    return []


@pytest.fixture
def person(library: Library, made: list[Closing]) -> Person:
    person = Person(library, MemoryBackend())
    table = MemoryBackend().table  # Amazon's: what one backend got, the next one may ask for

    def make(name: BackendName) -> Closing:
        first = not made
        answer = (lambda image, count: None) if first else (lambda image, count: dog(image))
        backend = Closing(RECOGNISERS.get(name), answer=answer, max_concurrency=4)
        backend.table = table
        made.append(backend)
        return backend

    person.queue._make_backend = make
    return person


def answer_all(backend: MemoryBackend) -> None:
    """Amazon answers for what it has got."""
    for name in list(backend.submits):
        backend.table[name] = dog(name)


def job_states(person: Person) -> list[JobState]:
    return [event.state for event in person.events if isinstance(event, JobEvent)]


def test_a_running_job_goes_on_with_the_new_one(
    person: Person, made: list[Closing], photos: Path
) -> None:
    person.queue.add([photos], "aws")
    for _ in range(4):
        waiting = person.wait_for(is_waiting)
    assert isinstance(waiting, ItemEvent)
    answer_all(made[0])
    person.queue.renew("aws")
    assert person.wait_for_end().state is JobState.FINISHED
    assert len(made) == 2
    assert made[0].is_closed
    assert set(job_states(person)) == {JobState.RUNNING, JobState.FINISHED}
    assert person.library.count_states(waiting.job_id) == {State.DONE: 12}
    submits = made[0].submits + made[1].submits
    assert set(submits.values()) == {1}
    person.leave()


def test_a_paused_job_stays_paused(person: Person, made: list[Closing], photos: Path) -> None:
    person.queue.add([photos], "aws")
    for _ in range(4):
        waiting = person.wait_for(is_waiting)
    assert isinstance(waiting, ItemEvent)
    person.queue.pause(waiting.job_id)
    after_the_queue(person)
    put = made[0].submits.total()
    made[0]._answer = lambda image, count: dog(image)
    answer_all(made[0])
    person.queue.renew("aws")
    for _ in range(put):
        person.wait_for(is_done)
    job = person.queue._current
    assert job is not None
    assert not job.wait(0.2)  # else it would be through by now
    assert not made[1].submits
    person.queue.resume_job(waiting.job_id)
    assert person.wait_for_end().state is JobState.FINISHED
    assert person.library.count_states(waiting.job_id) == {State.DONE: 12}
    person.leave()


def test_what_waits_lands_though_the_job_is_paused_and_is_not_put_again(
    person: Person, made: list[Closing], photos: Path
) -> None:
    person.queue.add([photos], "aws")
    for _ in range(4):
        waiting = person.wait_for(is_waiting)
    assert isinstance(waiting, ItemEvent)
    person.queue.pause(waiting.job_id)
    after_the_queue(person)
    put = made[0].submits.total()
    person.queue.renew("aws")
    until(lambda: len(made) == 2 and made[1].polls, "a question for what waits")
    answer_all(made[0])  # the answers come only now
    for _ in range(put):
        person.wait_for(is_done)
    assert not made[1].submits
    person.queue.resume_job(waiting.job_id)
    assert person.wait_for_end().state is JobState.FINISHED
    assert person.library.count_states(waiting.job_id) == {State.DONE: 12}
    assert set((made[0].submits + made[1].submits).values()) == {1}
    person.leave()


def test_a_job_that_the_old_key_has_stopped_goes_on_at_once(
    person: Person, made: list[Closing], photos: Path
) -> None:
    person.queue.add([photos], "aws")
    person.wait_for(is_waiting)
    job, go_on = person.queue._current, threading.Event()
    assert job is not None
    person.queue._calls.put(go_on.wait)  # the queue does not hear of the end before the renewal
    person.queue.renew("aws")
    made[0].poll_errors.append(CredentialsError("Amazon does not know this key"))
    assert job.wait(LIMIT_S)
    answer_all(made[0])
    go_on.set()
    assert person.wait_for_end().state is JobState.FINISHED
    assert JobState.STOPPED not in job_states(person)
    person.leave()


def test_a_stopped_job_goes_on_when_it_is_resumed(
    person: Person, made: list[Closing], photos: Path
) -> None:
    person.queue.renew("aws")  # there is none yet: nothing to do
    after_the_queue(person)
    assert made == []
    person.queue.add([photos], "aws")
    person.wait_for(is_waiting)
    made[0].poll_errors.append(CredentialsError("Amazon does not know this key"))
    assert person.wait_for_end().state is JobState.STOPPED
    answer_all(made[0])
    person.queue.renew("aws")
    person.queue.resume()
    assert person.wait_for_end().state is JobState.FINISHED
    assert made[0].is_closed
    person.leave()


def test_another_backends_job_is_left_alone(
    person: Person, made: list[Closing], photos: Path
) -> None:
    person.queue.add([photos], "aws")
    person.wait_for(is_waiting)
    person.queue.renew("local")
    after_the_queue(person)
    assert len(made) == 1
    answer_all(made[0])
    made[0]._answer = lambda image, count: dog(image)
    assert person.wait_for(is_done)
    assert person.wait_for_end().state is JobState.FINISHED
    assert len(made) == 1
    person.leave()
    assert made[0].is_closed
