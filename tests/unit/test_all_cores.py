"""A job on this computer works on as many photos at a time as there are cores."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop.core.events import Event, FoundEvent, JobEvent, JobState
from desktop.core.job.completion import Completion
from desktop.core.job.intake import Intake
from desktop.core.job.queue import JobQueue
from desktop.core.library.library import Library
from desktop.core.photo.prepare import Prepared
from desktop.core.settings import Settings
from desktop.recognisers import LOCAL, RECOGNISERS
from tests.rig.memory_backend import MemoryBackend

LIMIT_S = 30


class Counting(MemoryBackend):
    """Recognises here; no photo is done before `together` of them were at work at a time."""

    def __init__(self, together: int = 1) -> None:
        super().__init__(LOCAL, max_concurrency=8)
        self.most = self._now = 0
        self._together = together
        self._counting = threading.Condition()

    def submit(
        self, image_name: str, prepared: Prepared, *, cancel: threading.Event, again: bool = False
    ) -> float | None:
        with self._counting:
            self._now += 1
            self.most = max(self.most, self._now)
            self._counting.notify_all()
            assert self._counting.wait_for(lambda: self.most >= self._together, LIMIT_S)
        try:
            return super().submit(image_name, prepared, cancel=cancel, again=again)
        finally:
            with self._counting:
                self._now -= 1


def label(library: Library, backend: Counting, folder: Path, settings: Settings) -> JobState:
    ended = threading.Event()
    ends: list[JobEvent] = []

    def see(event: Event) -> None:
        if isinstance(event, JobEvent) and event.state is not JobState.RUNNING:
            ends.append(event)
            ended.set()

    jobs = JobQueue(library, RECOGNISERS, lambda name: backend, see, settings=lambda: settings)
    jobs.add([folder], "local")
    assert ended.wait(LIMIT_S)
    assert jobs.close(LIMIT_S)
    return ends[0].state


@pytest.fixture(autouse=True)
def computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """One with four cores, plugged in."""
    monkeypatch.setattr("desktop.core.job.cores.count_cores", lambda: 4)
    monkeypatch.setattr("desktop.core.job.power.on_battery", lambda: False)


def test_each_core_has_a_photo_of_its_own(library: Library, photos: Path) -> None:
    backend = Counting(together=4)
    assert label(library, backend, photos, Settings()) is JobState.FINISHED
    assert backend.most == 4


def test_a_core_that_is_kept_free_has_none(library: Library, photos: Path) -> None:
    backend = Counting()
    assert label(library, backend, photos, Settings(spares_core=True)) is JobState.FINISHED
    assert 1 <= backend.most <= 3


def test_the_first_photo_is_on_its_way_before_the_second_is_read(
    library: Library, photos: Path
) -> None:
    row = library.add_job([photos], "local", again=False)
    events: list[Event] = []
    completion = Completion(row, "local", library, events.append)
    ending = threading.Event()
    intake = Intake(row, library, LOCAL, Counting(), completion, ending=ending, emit=events.append)
    intake.find()
    assert any(isinstance(event, FoundEvent) and event.complete for event in events)
    images = intake.in_flight()
    next(images)
    assert [file.image_id is not None for file in library.files()].count(True) == 1
    assert len(list(images)) == 9
