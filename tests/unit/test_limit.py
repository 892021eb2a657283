"""A job at the month's limit: nothing more is put, what was put lands, the rest goes on later."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.backends.answers import to_answer
from desktop.core.backend import Answer
from desktop.core.errors import (
    AccountLimitError,
    CredentialsError,
    ImageError,
    LimitError,
    NetworkError,
    Remedy,
    ThrottledError,
)
from desktop.core.events import Event, ItemEvent, JobState, State
from desktop.core.library.library import Library
from desktop.core.money.spending import Spending, Spent
from desktop.core.money.upload_log import UploadLog
from desktop.recognisers import LOCAL, RECOGNISERS
from tests.rig.command import ROOT
from tests.rig.memory_backend import MemoryBackend, dog

from .conftest import save_photo
from .test_job import LIMIT_S, Person, states

pytestmark = pytest.mark.usefixtures("no_long_waits")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Thirty small photos of different colours."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(30):
        save_photo(folder / f"{number}.jpg", number)
    return folder


def with_limit(person: Person, dollars: float) -> None:
    person.settings = replace(person.settings, monthly_limit_dollars=dollars)


def spending(library: Library) -> Spending:
    return Spending(library.store)


def test_the_limit_stops_the_job_and_what_was_put_lands(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend(tick_s=0.1))
    with_limit(person, 0.012)
    end = person.label(photos)
    assert end.state is JobState.STOPPED
    assert isinstance(end.error, LimitError)
    assert end.error.remedy is Remedy.RAISE_LIMIT
    assert library.count_states(end.job_id) == {State.DONE: 12, State.QUEUED: 18}
    assert person.backend.submits.total() == 12
    assert spending(library).this_month() == spending(library).of_job(end.job_id)
    assert spending(library).this_month() == Spent(12, 0.012)
    person.leave()


def test_it_goes_on_when_the_limit_is_raised(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend())
    with_limit(person, 0.005)
    first = person.label(photos)
    person.queue.resume()  # nothing has changed: it stops again, and nothing is put
    assert person.wait_for_end().state is JobState.STOPPED
    with_limit(person, 1)
    person.queue.resume()
    second = person.wait_for_end()
    assert (second.job_id, second.state, second.error) == (first.job_id, JobState.FINISHED, None)
    assert set(states(person.items(first.job_id)).values()) == {State.DONE}
    assert person.backend.submits.total() == 30
    assert spending(library).of_job(first.job_id) == Spent(30, 0.03)
    person.leave()


class Account(MemoryBackend):
    """An account whose function recognises `left` photos more; its puts are those of everybody."""

    def __init__(self, left: int) -> None:
        super().__init__(answer=self._answer_within_limit, tick_s=0.001)
        self.left = left
        self.recognised: Counter[str] = Counter()

    def _answer_within_limit(self, name: str, count: int) -> Answer:
        if self.left <= 0:
            refusal = {"ImageName": name, "Status": "failed", "ErrorCode": "MonthlyLimitReached"}
            item = {key: {"S": value} for key, value in refusal.items()}
            return to_answer(item | {"Sequencer": {"S": f"{count:04}"}})
        self.left -= 1
        self.recognised[name] += 1
        return dog(name, f"{count:04}")


def test_the_accounts_own_limit_stops_the_job_and_costs_nothing(
    library: Library, photos: Path
) -> None:
    account = Account(12)
    person = Person(library, account)
    end = person.label(photos)
    assert (end.state, type(end.error)) == (JobState.STOPPED, AccountLimitError)
    assert end.error.remedy is Remedy.RAISE_LIMIT
    assert library.count_states(end.job_id) == {State.DONE: 12, State.QUEUED: 18}
    assert spending(library).of_job(end.job_id) == Spent(12, 0.012)
    account.left = 100
    person.queue.resume()
    assert person.wait_for_end().state is JobState.FINISHED
    assert library.count_states(end.job_id) == {State.DONE: 30}
    assert spending(library).of_job(end.job_id) == Spent(30, 0.03)
    assert set(account.recognised.values()) == {1}
    person.leave()


def test_what_was_refused_after_the_programs_end_is_put_again_at_its_start(
    library: Library, photos: Path
) -> None:
    account = Account(0)
    person = Person(library, MemoryBackend(answer=lambda name, count: None))
    person.queue.add([photos / "1.jpg"], "aws")
    person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    person.leave()
    account.table |= {name: account._answer_within_limit(name, 0) for name in person.backend.copies}
    account.left = 1
    later = Person(library, account)
    later.queue.resume()
    assert later.wait_for_end().state is JobState.FINISHED
    assert account.submits.total() == account.recognised.total() == 1
    later.leave()


def test_two_libraries_never_label_more_than_the_account_allows(
    tmp_path: Path, photos: Path
) -> None:
    account = Account(20)
    people = []
    for name in ("one", "two"):
        library = Library(tmp_path / f"data-{name}" / "library.db", RECOGNISERS)
        folder = tmp_path / name  # other photos on each computer
        folder.mkdir()
        for number, photo in enumerate(photos.iterdir()):
            save_photo(folder / photo.name, 1000 * len(people) + number)
        people.append(Person(library, account))
        people[-1].queue.add([folder], "aws")
    ends = [person.wait_for_end() for person in people]
    assert {type(end.error) for end in ends} == {AccountLimitError}
    assert account.recognised.total() == 20
    spent = [spending(person.library).this_month().images for person in people]
    assert sum(spent) == 20
    for person in people:
        person.leave()
        person.library.close()


def test_the_next_start_meets_the_same_limit(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend())
    with_limit(person, 0.005)
    first = person.label(photos)
    person.leave()
    later = Person(library, person.backend)
    with_limit(later, 0.005)
    later.queue.resume()
    assert later.wait_for_end().state is JobState.STOPPED
    assert library.count_states(first.job_id) == {State.DONE: 5, State.QUEUED: 25}
    later.leave()


def test_a_limit_lowered_meanwhile_counts_at_once(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend(max_concurrency=1))

    def lower(event: Event) -> None:
        if isinstance(event, ItemEvent) and event.state is State.DONE:
            with_limit(person, 0.0)

    person.when(lower)
    end = person.label(photos)
    assert isinstance(end.error, LimitError)
    assert person.backend.submits.total() <= 2
    person.leave()


def test_the_rest_of_a_job_at_its_limit_can_be_given_up(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend())
    with_limit(person, 0.005)
    end = person.label(photos)
    person.queue.cancel(end.job_id)
    assert person.wait_for_end().state is JobState.CANCELLED
    assert library.count_states(end.job_id) == {State.DONE: 5, State.CANCELLED: 25}
    assert library.open_jobs() == []
    person.leave()


def test_cancelled_while_the_last_ones_land_it_is_cancelled(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend(answer=lambda name, count: None))
    with_limit(person, 0.003)
    person.queue.add([photos], "aws")
    for _ in range(3):
        event = person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    assert isinstance(event, ItemEvent)
    person.queue.cancel(event.job_id)
    end = person.wait_for_end()
    assert (end.state, end.error) == (JobState.CANCELLED, None)
    assert library.count_states(event.job_id) == {State.CANCELLED: 30}
    person.leave()


def test_a_paused_job_at_its_limit_ends(library: Library, photos: Path) -> None:
    backend = MemoryBackend(answer=lambda name, count: None, max_concurrency=4)
    person = Person(library, backend)
    with_limit(person, 0.004)
    person.queue.add([photos], "aws")
    for _ in range(4):
        event = person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    assert isinstance(event, ItemEvent)
    person.queue.pause(event.job_id)
    for name in list(backend.submits):
        backend.table[name] = dog(name)
    person.queue.resume_job(event.job_id)
    assert isinstance(person.wait_for_end().error, LimitError)
    assert library.count_states(event.job_id) == {State.DONE: 4, State.QUEUED: 26}
    person.leave()


def test_late_answers_are_not_put_again_beyond_the_limit(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend(answer=lambda name, count: None), late_after_s=0.05)
    with_limit(person, 0.002)
    end = person.label(photos / "1.jpg")
    assert end.state is JobState.STOPPED
    assert person.backend.submits.total() == 2
    assert library.count_states(end.job_id) == {State.WAITING: 1}  # its answer may come yet
    person.leave()


def test_this_computer_costs_nothing_and_sends_nothing(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend(LOCAL))
    with_limit(person, 0)
    assert person.label(photos).state is JobState.FINISHED
    assert spending(library).this_month() == Spent(0, 0.0)
    assert UploadLog(library.store).ids() == []
    person.leave()


def test_what_others_labelled_is_free_even_at_the_limit(library: Library, photos: Path) -> None:
    first = Person(library, MemoryBackend())
    first.label(photos)
    first.leave()
    elsewhere = Library(photos.parent / "other" / "library.db", RECOGNISERS)
    second = Person(elsewhere, MemoryBackend())
    second.backend.table = first.backend.table
    with_limit(second, 0)
    assert second.label(photos).state is JobState.FINISHED
    assert spending(elsewhere).this_month() == Spent(0, 0.0)
    second.leave()
    elsewhere.close()


def test_every_put_counts_and_what_was_refused_does_not(library: Library, photos: Path) -> None:
    refused = ThrottledError("Busy")
    refused.may_have_worked = False
    backend = MemoryBackend()
    backend.submit_errors = [refused, NetworkError("The answer was lost"), refused]
    person = Person(library, backend)
    end = person.label(photos / "1.jpg")
    assert end.state is JobState.FINISHED
    assert spending(library).of_job(end.job_id) == Spent(2, 0.002)
    person.leave()


def test_who_is_not_let_in_pays_nothing(library: Library, photos: Path) -> None:
    backend = MemoryBackend()
    for _ in range(40):
        error = CredentialsError("Signed out")
        error.may_have_worked = False
        backend.submit_errors.append(error)
    person = Person(library, backend)
    assert person.label(photos).state is JobState.STOPPED
    assert spending(library).this_month() == Spent(0, 0.0)
    assert UploadLog(library.store).ids() == []
    person.leave()


def test_an_image_that_fails_there_was_paid_for(library: Library, photos: Path) -> None:
    no = Answer(error=ImageError("No", "Never"))
    person = Person(library, MemoryBackend(answer=lambda name, count: no))
    end = person.label(photos / "1.jpg")
    assert spending(library).of_job(end.job_id) == Spent(1, 0.001)
    person.leave()


KILLED = """
import os, sys, threading
from pathlib import Path
from desktop.core.events import JobEvent, JobState
from desktop.core.job.queue import JobQueue
from desktop.core.library.library import Library
from desktop.core.settings import Settings
from desktop.recognisers import RECOGNISERS
from tests.rig.memory_backend import MemoryBackend, dog

moment, at, puts, library, photos = sys.argv[1], int(sys.argv[2]), *map(Path, sys.argv[3:])

class Backend(MemoryBackend):
    def submit(self, image_name, prepared, *, cancel, again=False):
        if moment == "before":
            self.die(at)
        with puts.open("a") as file:  # Amazon's side: it outlives this program
            file.write(image_name + "\\n")
        if moment == "after":
            self.die(at)
        return super().submit(image_name, prepared, cancel=cancel, again=again)

    def poll(self, image_names):
        for name in puts.read_text().split():
            self.table[name] = dog(name)
        return super().poll(image_names)

    def die(self, at):
        with self._lock:
            self.submits["tries"] += 1
            if self.submits["tries"] == at:
                os._exit(9)  # as if killed: nothing is cleaned up

ended = threading.Event()
def emit(event):
    if isinstance(event, JobEvent) and event.state is not JobState.RUNNING:
        ended.set()

backend = Backend()
settings = Settings(monthly_limit_dollars=0.02)
library = Library(library, RECOGNISERS)
queue = JobQueue(library, RECOGNISERS, lambda name: backend, emit, settings=lambda: settings)
queue.add([photos], "aws")
ended.wait(30)
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_around_a_put_never_more_is_spent_than_the_limit_allows(
    library: Library, photos: Path, tmp_path: Path, moment: str
) -> None:
    library.close()
    puts = tmp_path / "puts"
    puts.touch()
    for at in (1, 3, 6, 1, 4):
        subprocess.run(
            [sys.executable, "-c", KILLED, moment, str(at), puts, library.path, photos],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            timeout=LIMIT_S * 2,
            check=False,
        )
    put = puts.read_text().split()
    reopened = Library(library.path, RECOGNISERS)
    counted = spending(reopened).this_month().images
    print(f"{len(put)} puts, {counted} counted")
    assert len(put) <= counted <= 20
    person = Person(reopened, MemoryBackend())
    person.backend.table = {name: dog(name) for name in put}
    person.queue.resume()
    end = person.wait_for_end()
    assert end.state is JobState.FINISHED
    assert reopened.count_states(end.job_id) == {State.DONE: 30}  # and no photo is lost
    person.leave()
    reopened.close()


def test_events_of_waiting_ones_come_before_the_end(library: Library, photos: Path) -> None:
    """The answers of what was put are told before the job says that it stopped."""
    released = threading.Event()

    def answer(name: str, count: int) -> Answer | None:
        return dog(name) if released.is_set() else None

    backend = MemoryBackend(answer=answer, max_concurrency=4)
    person = Person(library, backend)
    with_limit(person, 0.004)
    person.queue.add([photos], "aws")
    for _ in range(4):
        person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    for name in list(backend.submits):
        backend.table[name] = dog(name)
    end = person.wait_for_end()
    done = [e for e in person.final() if e.state is State.DONE]
    assert (len(done), end.state) == (4, JobState.STOPPED)
    person.leave()
