"""Jobs in this process with the real backend, for tests of what stands before Amazon."""

from __future__ import annotations

import queue
from collections.abc import Callable
from pathlib import Path

from desktop.backends.aws import AwsBackend
from desktop.core.events import Event, JobEvent, JobState
from desktop.core.job.job import LATE_AFTER_S
from desktop.core.job.queue import JobQueue
from desktop.core.library.library import Library
from desktop.core.settings import Settings
from desktop.recognisers import AWS, RECOGNISERS
from tests.rig.photos import picture

LIMIT_S = 60
EDGE_PX = 160


def small_photos(folder: Path, count: int, seed: int) -> list[Path]:
    """So many JPEGs of a few kilobytes, of other pictures for every seed."""
    paths = [folder / f"{seed}-{number}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        picture(seed * 1000 + number, edge_px=EDGE_PX).save(path)
    return paths


class Jobs:
    """The jobs of a library. `watch` is called in their threads, at the moment of each event."""

    def __init__(
        self,
        library: Library,
        backend: AwsBackend,
        *,
        deletes_copies: bool = True,
        late_after_s: float = LATE_AFTER_S,
    ) -> None:
        self.watch: Callable[[Event], None] = lambda event: None
        self._ends: queue.SimpleQueue[JobEvent] = queue.SimpleQueue()
        self._queue = JobQueue(
            library,
            RECOGNISERS,
            lambda _: backend,
            self._see,
            settings=lambda: Settings(deletes_copies=deletes_copies),
            late_after_s=late_after_s,
        )

    def _see(self, event: Event) -> None:
        self.watch(event)
        if isinstance(event, JobEvent) and event.state is not JobState.RUNNING:
            self._ends.put(event)

    def label(self, *paths: Path) -> JobEvent:
        """Label these, or go on where a job with these stopped, to its end."""
        self._queue.add(paths, AWS.name)
        return self._ends.get(timeout=LIMIT_S)

    def close(self) -> None:
        """End; what waits stays as it is."""
        assert self._queue.close(LIMIT_S)
