"""How fast a job goes: whose turn at the core it is, and what slows it down."""

from __future__ import annotations

import io
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop.core.backend import AlreadyThereError
from desktop.core.errors import NetworkError, ThrottledError
from desktop.core.events import ItemEvent, JobState, State
from desktop.core.job import job
from desktop.core.job import pace as pacing
from desktop.core.job.cores import Cores
from desktop.core.job.pace import Pace
from desktop.core.library.library import Library
from desktop.core.photo.prepare import Prepared
from desktop.core.settings import Settings
from tests.rig.memory_backend import MemoryBackend, dog
from tests.rig.processes import until

from .test_job import LIMIT_S, Person
from .test_pause import after_the_queue

pytestmark = pytest.mark.usefixtures("no_long_waits")


class OneCore:
    """A computer with one core; the preparing with the number `held` waits there for `go_on`."""

    def __init__(self, patch: pytest.MonkeyPatch, held: int = 0) -> None:
        self.go_on = threading.Event()
        self.prepared: list[str] = []
        self.asked = 0
        self.most = 0
        self._now = 0
        self._held = held
        self._changed = threading.Condition()
        self._prepare, self._acquire = job.prepare, Cores.acquire
        patch.setattr("desktop.core.job.cores.count_cores", lambda: 1)
        patch.setattr(job, "prepare", self.prepare)

        def acquire(cores: Cores) -> None:
            self.asked += 1
            self._acquire(cores)

        patch.setattr(Cores, "acquire", acquire)

    def prepare(self, path: Path, **options: Any) -> Prepared:
        with self._changed:
            self._now += 1
            self.prepared.append(path.name)
            self.most = max(self.most, self._now)
            self._changed.notify_all()
            is_held = len(self.prepared) == self._held
            self._changed.wait_for(lambda: self._now > 1, 0.05)  # for another that should not come
        if is_held:
            assert self.go_on.wait(LIMIT_S)
        try:
            return self._prepare(path, **options)
        finally:
            with self._changed:
                self._now -= 1


def test_no_more_photos_are_prepared_at_a_time_than_there_are_cores(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = OneCore(monkeypatch)
    person = Person(library, MemoryBackend())
    assert person.label(photos).state is JobState.FINISHED
    assert (len(core.prepared), core.most) == (10, 1)
    person.leave()


def test_a_pause_holds_what_is_new_and_not_what_was_handed_in(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first photo's answer is late, so it takes its turn at the core once more."""
    core = OneCore(monkeypatch, held=1)
    backend = MemoryBackend(answer=lambda name, count: dog(name) if count == 2 else None)
    person = Person(library, backend, late_after_s=0.01)
    person.queue.add([photos / "1.jpg", photos / "2.jpg"], "aws")
    until(lambda: core.asked == 2, "the second at the core")
    event = person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.PREPARING)
    assert isinstance(event, ItemEvent)
    person.queue.pause(event.job_id)
    after_the_queue(person)
    core.go_on.set()
    done = person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.DONE)
    assert isinstance(done, ItemEvent)
    assert set(core.prepared) == {Path(event.path).name} == {Path(done.path).name}
    assert core.asked <= 5  # who is held waits, and does not look again and again
    person.queue.resume_job(event.job_id)
    assert person.wait_for_end().state is JobState.FINISHED
    assert library.count_states(event.job_id) == {State.DONE: 2}
    person.leave()


def test_what_was_cancelled_is_not_prepared_once_more(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = OneCore(monkeypatch, held=2)
    person = Person(library, MemoryBackend(answer=lambda name, count: None), late_after_s=0.01)
    person.queue.add([photos / "1.jpg", photos / "2.jpg"], "aws")
    event = person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    assert isinstance(event, ItemEvent)
    until(lambda: core.asked == 3, "the late one at the core")
    person.queue.cancel(event.job_id)
    after_the_queue(person)
    core.go_on.set()
    assert person.wait_for_end().state is JobState.CANCELLED
    assert len(core.prepared) == 2
    person.leave()


def test_each_step_of_a_photo_is_told(library: Library, photos: Path) -> None:
    backend = MemoryBackend()
    backend.max_edge_px = 90
    person = Person(library, backend)
    person.label(photos / "1.jpg")
    steps = [event.state for event in person.events if isinstance(event, ItemEvent)]
    assert steps == [State.QUEUED, State.PREPARING, State.UPLOADING, State.WAITING, State.DONE]
    (copy,) = backend.copies.values()
    assert max(Image.open(io.BytesIO(copy)).size) == 90
    person.leave()


class Told(Pace):
    """The real one, and what it was told and asked."""

    def __init__(self, told: list[str], start_per_s: float, known_per_s: float | None) -> None:
        super().__init__(start_per_s, known_per_s)
        self._told, self._made_at = told, time.monotonic()

    def wait(self, cancel: threading.Event) -> None:
        self._told.append("waited for")
        super().wait(cancel)

    def answered(self, submitted_at: float, now: float) -> None:
        assert submitted_at >= self._made_at
        self._told.append("answered")
        super().answered(submitted_at, now)

    def throttled(self, now: float) -> None:
        self._told.append("throttled")
        super().throttled(now)


@pytest.fixture
def pace(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a job's pace was told and asked."""
    told: list[str] = []
    monkeypatch.setattr(pacing, "Pace", lambda start, known: Told(told, start, known))
    return told


def test_a_busy_service_slows_it_down_and_another_error_does_not(
    library: Library, photos: Path, pace: list[str]
) -> None:
    backend = MemoryBackend()
    backend.submit_errors = [NetworkError("No way"), ThrottledError("Busy"), NetworkError("No way")]
    person = Person(library, backend)
    assert person.label(photos / "1.jpg").state is JobState.FINISHED
    assert pace == ["waited for", "throttled", "answered"]
    person.leave()


def test_what_waits_from_before_tells_of_the_pace_once_it_is_handed_in_again(
    library: Library, photos: Path, pace: list[str]
) -> None:
    backend = MemoryBackend(answer=lambda name, count: dog(name) if count == 2 else None)
    person = Person(library, backend)
    person.queue.add([photos / "1.jpg"], "aws")
    person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    person.leave()
    later = Person(library, backend, late_after_s=0.001)
    later.queue.resume()
    assert later.wait_for_end().state is JobState.FINISHED
    assert backend.submits.total() == 2
    assert pace == ["waited for", "answered"]  # only for what was new
    later.leave()


class ThereAlready(MemoryBackend):
    """Another computer has put each photo a moment ago."""

    def submit(
        self, image_name: str, prepared: Prepared, *, cancel: threading.Event, again: bool = False
    ) -> float | None:
        assert not again
        self.table[image_name] = dog(image_name)
        raise AlreadyThereError(0.0)


def test_what_another_computer_put_tells_nothing_of_the_pace(
    library: Library, photos: Path, pace: list[str]
) -> None:
    person = Person(library, ThereAlready())
    end = person.label(photos / "1.jpg")
    assert library.count_states(end.job_id) == {State.DONE: 1}
    assert pace == ["waited for"]
    person.leave()


@pytest.mark.parametrize("per_s", [20.0, 0])
def test_a_job_begins_with_what_the_account_may(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch, per_s: float
) -> None:
    begun: list[object] = []

    def begin(start_per_s: float, known_per_s: float | None) -> Pace:
        begun.append((start_per_s, known_per_s))
        return Pace(start_per_s, known_per_s)

    monkeypatch.setattr(pacing, "Pace", begin)
    person = Person(library, MemoryBackend())
    person.settings = Settings(amazon_per_s=per_s)
    assert person.label(photos / "1.jpg").state is JobState.FINISHED
    assert begun == [(5.0, per_s or None)]
    person.leave()
