"""A job whose way to the backend is slow, or blocked: nothing is lost, nothing is paid twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from desktop.core.backend import Answer
from desktop.core.errors import NetworkError
from desktop.core.events import ItemEvent, JobState, State
from desktop.core.library.library import Library
from desktop.core.photo.prepare import Prepared
from tests.rig.memory_backend import MemoryBackend
from tests.rig.processes import until

from .conftest import save_photo
from .test_job import Person

pytestmark = pytest.mark.usefixtures("no_long_waits")


class SlowLine(MemoryBackend):
    """All submits share one line: each takes as much longer as there are others beside it."""

    def __init__(self, alone_s: float) -> None:
        super().__init__(max_concurrency=100)
        self.alone_s = alone_s
        self.now = 0
        self.most = 0

    def submit(
        self, image_name: str, prepared: Prepared, *, cancel: threading.Event, again: bool = False
    ) -> float | None:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        cancel.wait(self.alone_s * self.now)
        with self._lock:
            self.now -= 1
        return super().submit(image_name, prepared, cancel=cancel, again=again)


def test_a_slow_line_is_not_shared_by_ever_more_uploads(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.core.job.inflight_window.LATE_SLACK_S", 0.01)
    for number in range(10, 40):
        save_photo(photos / f"{number}.png", number)
    person = Person(library, SlowLine(alone_s=0.05))
    end = person.label(photos)
    assert library.count_states(end.job_id) == {State.DONE: 40}
    assert person.backend.most <= 6  # type: ignore[attr-defined]
    person.leave()


class CutOff(MemoryBackend):
    """Takes images; after the first question, polls get through again when the way is free."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.is_free = threading.Event()

    def poll(self, image_names: Sequence[str]) -> Iterator[tuple[str, Answer]]:
        self.asked += 1
        if self.asked > 1 and not self.is_free.is_set():
            self.poll_errors = [NetworkError("Cannot reach Amazon", "Try again.")]
        return super().poll(image_names)


def test_an_answer_is_not_overdue_before_the_table_was_asked(
    library: Library, photos: Path
) -> None:
    backend = CutOff()
    person = Person(library, backend, late_after_s=0.001)
    person.queue.add([photos], "aws")
    waiting = person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    asked = backend.asked
    until(lambda: backend.asked > asked + 3, "another question")
    backend.is_free.set()
    assert person.wait_for_end().state is JobState.FINISHED
    assert isinstance(waiting, ItemEvent)
    assert library.count_states(waiting.job_id) == {State.DONE: 10}
    assert set(backend.submits.values()) == {1}
    person.leave()


@pytest.mark.parametrize("jump_s", [86_400.0, -86_400.0])
def test_a_clock_that_jumps_in_mid_run_makes_nothing_late(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch, jump_s: float
) -> None:
    backend = CutOff()
    person = Person(library, backend, late_after_s=600)
    person.queue.add([photos], "aws")
    person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + jump_s)
    backend.is_free.set()
    end = person.wait_for_end()
    assert end.state is JobState.FINISHED
    assert library.count_states(end.job_id) == {State.DONE: 10}
    assert set(backend.submits.values()) == {1}
    person.leave()


def test_answers_that_cannot_be_asked_for_are_said_to_be_so_and_wait(
    library: Library, photos: Path
) -> None:
    backend = CutOff()
    person = Person(library, backend)
    end = person.label(photos)
    assert end.state is JobState.STOPPED
    assert end.error
    assert end.error.title == "Cannot reach Amazon"
    backend.is_free.set()
    person.queue.resume()
    assert person.wait_for_end().state is JobState.FINISHED
    assert library.count_states(end.job_id) == {State.DONE: 10}
    assert set(backend.submits.values()) == {1}
    person.leave()


@pytest.mark.expects_log("poll")
def test_a_poll_thread_that_dies_stops_the_job(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(failures: int) -> float:
        raise OverflowError

    monkeypatch.setattr("desktop.core.job.poller.backoff_s", fail)
    person = Person(library, CutOff())
    end = person.label(photos)
    assert end.state is JobState.STOPPED
    assert end.error
    assert "inside Tagdrop" in end.error.title
    person.leave()


@pytest.mark.expects_log("open items")
def test_no_job_is_called_finished_while_an_item_is_open(library: Library, photos: Path) -> None:
    class Panic(BaseException):
        """As a library in Rust raises it: no Exception."""

    backend = MemoryBackend()
    backend.submit_errors = [Panic()]  # type: ignore[list-item]
    person = Person(library, backend)
    end = person.label(photos)
    assert end.state is JobState.STOPPED
    assert library.count_states(end.job_id) == {State.DONE: 9, State.QUEUED: 1}
    person.queue.resume()
    assert person.wait_for_end().state is JobState.FINISHED
    assert library.count_states(end.job_id) == {State.DONE: 10}
    person.leave()
