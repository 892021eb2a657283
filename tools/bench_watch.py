"""Watch a folder: 1,000 photos that arrive while others vanish, and 50,000 that do nothing.

    python -m tools.bench_watch [--photos 1000] [--files 50000] [--idle-s 60]

A fourth of the photos comes in pieces with 3 s between them, longer than a file takes to settle, a
fourth gets its name when it is whole, and every tenth leaves again. What recognises is in memory.
It fails when one of those that stay is not labelled, or more than once, or was begun before it was
wholly written.

Then a folder of 100 with so many known files is watched. CPU is what the system counts for this
process and all its threads. One look through all files is measured apart: the watcher takes one
every 10 minutes at most where the system tells of changes, as here, and so rarely elsewhere that
it takes no more than 1/400 of a processor. It fails when both together take more than 0.5 %.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from desktop.core.events import Event, State
from desktop.core.job.queue import JobQueue
from desktop.core.library.library import Library
from desktop.core.library.rows import path_columns
from desktop.core.photo.thumbnails import ThumbnailCache
from desktop.core.settings import Settings
from desktop.core.watch.watcher import RESCAN_S, Watcher
from desktop.recognisers import LOCAL, RECOGNISERS
from tests.rig.arriving import Arriving, jpeg
from tests.rig.memory_backend import MemoryBackend

MOST_IDLE = 0.005
REST_S = 3.0
LIMIT_S = 600.0
FOLDERS = 100
SENDERS = 32


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--files", type=int, default=50_000)
    parser.add_argument("--idle-s", type=float, default=60.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tagdrop-watch-") as folder:
        is_good = arrive(Path(folder) / "arriving", arguments.photos)
        is_good &= rest(Path(folder) / "resting", arguments.files, arguments.idle_s)
    sys.exit(not is_good)


class Watched:
    """A library whose folder `photos` is watched, with all that labels."""

    def __init__(self, folder: Path) -> None:
        self.photos = folder / "photos"
        self.photos.mkdir(parents=True)
        self.library = Library(folder / "data" / "library.db", RECOGNISERS)
        self.backend = MemoryBackend(LOCAL)
        self.see: Callable[[Event], object] = lambda _: None
        self.queue = JobQueue(self.library, RECOGNISERS, lambda _: self.backend, self._tell)
        cache = ThumbnailCache(folder / "data" / "thumbnails")
        self.jobs = 0
        self.watcher = Watcher(
            self.library,
            RECOGNISERS,
            self.queue.add_arrived,
            self._count,
            settings=Settings,
            opens=lambda path: cache.thumbnail(path, 336),
        )
        self.watcher.folders.add(self.photos, LOCAL.name, None)

    def _tell(self, event: Event) -> None:
        self.see(event)

    def _count(self, _: object) -> None:
        self.jobs += 1

    def labelled(self) -> set[str]:
        """The names of all photos that have their labels."""
        return {r.path.name for r in self.library.files() if r.state is State.DONE}

    def close(self) -> None:
        self.watcher.close(10)
        self.queue.close(10)
        self.library.close()


def arrive(folder: Path, count: int) -> bool:
    """Whether each photo that stays is labelled once, and none too early."""
    with closing(Watched(folder)) as watched:
        arriving = Arriving(watched.photos, count, rest_s=REST_S, senders=SENDERS)
        watched.see = arriving.see
        watched.watcher.start()
        began = time.monotonic()
        stay = set(arriving.come())
        came_s = time.monotonic() - began

        wait_for(lambda: stay <= watched.labelled())
        took_s = time.monotonic() - began
        late = stay - watched.labelled()
        failed = sum(row.state is State.FAILED for row in watched.library.files())
        twice = [name for name, times in watched.backend.submits.items() if times > 1]
        print(
            f"{count:,} photos came in {came_s:.0f} s, {len(stay):,} stayed; {len(late)} not"
            f" labelled, {len(twice)} labelled twice, {len(arriving.begun_in_parts)} begun too"
            f" early, {failed} failed; all done {took_s - came_s:.1f} s after the last came,"
            f" in {watched.jobs} jobs"
        )
        return not (late or twice or arriving.begun_in_parts or failed)


def rest(folder: Path, count: int, idle_s: float) -> bool:
    """Whether it costs little to watch files of which none changes."""
    with closing(Watched(folder)) as watched:
        make_known(watched, count)
        (watched.photos / "new.jpg").write_bytes(jpeg(1))  # labelled: all were looked at
        before = os.times()
        watched.watcher.start()
        wait_for(lambda: watched.labelled() == {"new.jpg"})
        wait_until_quiet()
        looked_s = cpu_s(before)
        before = os.times()
        threading.Event().wait(idle_s)
        idle = cpu_s(before) / idle_s
        share = idle + looked_s / RESCAN_S
        print(
            f"{count:,} files: idle {100 * idle:.3f} % of a processor over {idle_s:.0f} s; one"
            f" look through all takes {looked_s:.2f} s of CPU, so {100 * share:.2f} % in all;"
            f" {watched.jobs - 1} jobs"
        )
        return share <= MOST_IDLE and watched.jobs == 1


def make_known(watched: Watched, count: int) -> None:
    """Files that the library knows as they are: second names of one file."""
    original = watched.photos.with_name("original.jpg")
    original.write_bytes(jpeg(0))
    stamp = original.stat()
    with watched.library.store.write() as db:
        for number in range(FOLDERS):
            inner = watched.photos / f"{number:03}"
            inner.mkdir()
            for file in range(number, count, FOLDERS):
                path = inner / f"IMG_{file:05}.jpg"
                path.hardlink_to(original)
                db.execute(
                    "INSERT INTO files (path, name, folded_name, folder, size_bytes, mtime_ns)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (*path_columns(path), stamp.st_size, stamp.st_mtime_ns),
                )


def wait_for(reached: Callable[[], bool]) -> None:
    """Until it is so, or it takes too long."""
    give_up_at = time.monotonic() + LIMIT_S
    while not reached() and time.monotonic() < give_up_at:
        threading.Event().wait(0.2)


def wait_until_quiet() -> None:
    """Until nothing has cost CPU for a second."""
    while True:
        before = os.times()
        threading.Event().wait(1.0)
        if cpu_s(before) < 0.02:
            return


def cpu_s(before: os.times_result) -> float:
    """CPU of this process since then, in seconds."""
    now = os.times()
    return now.user - before.user + now.system - before.system


if __name__ == "__main__":
    main()
