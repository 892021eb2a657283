"""JobQueue: runs jobs one after another, and each in one process only."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from filelock import FileLock, Timeout

from ..backend import Backend, BackendName
from ..errors import AppError, bug
from ..events import Event, JobEvent, JobState, WaitingEvent
from ..files.long_paths import file_path
from ..library.library import Library
from ..library.rows import JobRow
from ..photo.discover import Found, absolutes
from ..recognisers import Recognisers
from ..settings import Settings
from ..walk.other_files import is_other_file
from ..watch.watched import add_job
from .intake import CHUNK, accept, shape_of
from .job import LATE_AFTER_S, Job, OnPixels

log = logging.getLogger(__name__)


class JobQueue:
    """The one door through which work starts. Its methods return at once; events tell the rest.

    One thread accepts, starts and ends jobs, so that the window never waits for a disk. A lock
    file per job keeps a second Tagdrop on the same library from running the same job; the system
    frees it even after a crash. `settings` gives the price and the limit as they are now.
    """

    def __init__(
        self,
        library: Library,
        recognisers: Recognisers,
        make_backend: Callable[[BackendName], Backend],
        emit: Callable[[Event], None],
        *,
        settings: Callable[[], Settings] = Settings,
        late_after_s: float = LATE_AFTER_S,
    ) -> None:
        self.on_pixels: OnPixels | None = None
        """What is to hear of each photo that a job from now on has decoded (see Job)."""
        self._library = library
        self._recognisers = recognisers
        self._make_backend = make_backend
        self._emit = emit
        self._settings = settings
        self._late_after_s = late_after_s
        self._backends: dict[BackendName, Backend] = {}
        self._retired: list[Backend] = []
        self._going_on: set[int] = set()  # jobs that stop to go on with a backend made anew
        self._paused: set[int] = set()  # stays so while the job stops to go on
        self._calls: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._pending: list[JobRow] = []
        self._found: dict[int, Found] = {}  # what need not be looked for again, by pending job
        self._told_waiting = 0
        self._current: Job | None = None
        self._is_running = False  # the current one has said so
        self._locks: dict[int, FileLock] = {}
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
        self._thread.start()

    def add(
        self,
        roots: Sequence[Path],
        backend: BackendName,
        *,
        again: bool = False,
        found: Found | None = None,
    ) -> None:
        """Accept a drop; or go on with the same drop, when it was not finished.

        A new job takes what was `found` under its roots and does not walk them once more.
        """
        self._calls.put(partial(self._add, tuple(roots), backend, again, found))

    def add_again(self, file_ids: Sequence[int], backend: BackendName) -> None:
        """Label these photos of the library anew."""
        self._calls.put(partial(self._add_again, tuple(file_ids), backend))

    def add_arrived(self, paths: Sequence[Path], backend: BackendName, watched_id: int) -> None:
        """Accept files that have arrived in a watched folder."""
        self._calls.put(partial(self._add_arrived, tuple(paths), backend, watched_id))

    def reopen(self, job_id: int) -> None:
        """Go on with a job that was cancelled."""
        self._calls.put(partial(self._reopen, job_id))

    def resume(self) -> None:
        """Go on with every job that has not ended."""
        self._calls.put(self._resume)

    def cancel(self, job_id: int) -> None:
        """End a job, be it one that stopped; its images without an answer become cancelled."""
        self._calls.put(partial(self._cancel, job_id))

    def pause(self, job_id: int) -> None:
        """Begin no more images of the running job; a restart of the program goes on with it."""
        self._calls.put(partial(self._pause, job_id))

    def resume_job(self, job_id: int) -> None:
        """Go on with a job after `pause`."""
        self._calls.put(partial(self._go_on, job_id))

    def renew(self, backend: BackendName) -> None:
        """Make this backend anew, for what it stands on has changed; its job goes on with it."""
        self._calls.put(partial(self._renew, backend))

    @property
    def is_busy(self) -> bool:
        """Whether a job works, or is about to; one that is paused does not. Quick."""
        current = self._current
        return bool(self._pending) or (current is not None and current.id not in self._paused)

    def close(self, timeout_s: float) -> bool:
        """Stop at once, leaving what is open to the next start; whether all ended in time."""
        self._closing.set()
        if job := self._current:
            job.stop()
        self._calls.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    # In the queue's own thread

    def _run(self) -> None:
        while (call := self._calls.get()) is not None:
            try:
                call()
                self._start_next()
                self._tell_waiting()
            except AppError as error:
                self._emit(JobEvent(0, JobState.STOPPED, error))
            except Exception:
                log.exception("jobs")
                self._emit(JobEvent(0, JobState.STOPPED, bug()))
        if self._current:
            self._current.stop()
            self._current.wait()
        for backend in (*self._backends.values(), *self._retired):
            backend.close()
        for lock in self._locks.values():
            lock.release()

    def _add(
        self, given: tuple[Path, ...], backend: BackendName, again: bool, found: Found | None
    ) -> None:
        roots = tuple(absolutes(given))
        for row in self._library.open_jobs():
            same = (row.roots, row.backend, row.again) == (roots, backend, again)
            if same and self._claim(row.id):
                self._library.drop_again(row.id)
                self._pending.append(self._library.job(row.id))
                return
        row = self._library.add_job(roots, backend, again=again)
        self._claim(row.id)
        self._pending.append(row)
        if found is not None:
            self._found[row.id] = found
            self._calls.put(partial(self._accept_waiting, row.id, iter(found.paths)))

    def _accept_waiting(self, job_id: int, paths: Iterator[str]) -> None:
        """Show the photos of a job that waits, a few at a time; once it runs, it does so itself."""
        row = next((row for row in self._pending if row.id == job_id), None)
        part = [file_path(path) for path in islice(paths, CHUNK)]
        if row is None or not part:
            return
        photos = [p for p in part if p not in row.roots or not is_other_file(p)]
        accept(self._library, job_id, {path: shape_of(path) for path in photos})
        self._calls.put(partial(self._accept_waiting, job_id, paths))

    def _add_again(self, file_ids: tuple[int, ...], backend: BackendName) -> None:
        row = self._library.add_job_again(file_ids, backend)
        self._claim(row.id)
        self._pending.append(row)

    def _add_arrived(self, paths: tuple[Path, ...], backend: BackendName, watched_id: int) -> None:
        row = add_job(self._library, paths, backend, watched_id)
        self._claim(row.id)
        self._pending.append(row)

    def _reopen(self, job_id: int) -> None:
        if self._claim(job_id):
            self._library.reopen_job(job_id)
            self._pending.append(self._library.job(job_id))

    def _resume(self) -> None:
        self._pending += [row for row in self._library.open_jobs() if self._claim(row.id)]

    def _lock_path(self, job_id: int) -> Path:
        return self._library.path.with_name("locks") / f"job-{job_id}.lock"

    def _claim(self, job_id: int) -> bool:
        """Whether this queue may run the job, and does not already."""
        if job_id in self._locks:
            return False
        path = self._lock_path(job_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return False
        self._locks[job_id] = lock
        return True

    def _release(self, job_id: int) -> None:
        self._paused.discard(job_id)
        self._found.pop(job_id, None)
        self._locks.pop(job_id).release()

    def _start_next(self) -> None:
        while self._pending and self._current is None and not self._closing.is_set():
            row = self._pending.pop(0)
            try:
                recogniser = self._recognisers.get(row.backend)
                backend = self._backend(row.backend)
            except AppError as error:
                self._library.set_job_state(row.id, JobState.STOPPED, error)
                self._release(row.id)
                self._emit(JobEvent(row.id, JobState.STOPPED, error))
                continue
            self._is_running = False
            self._current = Job(
                row,
                self._library,
                recogniser,
                backend,
                self._watch,
                settings=self._settings,
                late_after_s=self._late_after_s,
                found=self._found.pop(row.id, None),
                on_pixels=self.on_pixels,
            )
            if row.id in self._paused:
                self._current.pause()
            self._current.start()
            if self._closing.is_set():  # close() may have looked before there was a job
                self._current.stop()

    def _tell_waiting(self) -> None:
        """Say how many jobs wait; one that was taken up does until it says itself that it runs."""
        if self._current and not self._is_running and len(self._pending) < self._told_waiting:
            return
        if len(self._pending) != self._told_waiting:
            self._told_waiting = len(self._pending)
            self._emit(WaitingEvent(self._told_waiting))

    def _pause(self, job_id: int) -> None:
        if self._current and self._current.id == job_id:
            self._paused.add(job_id)
            self._current.pause()

    def _go_on(self, job_id: int) -> None:
        if self._current and self._current.id == job_id:
            self._paused.discard(job_id)
            self._current.resume()

    def _backend(self, name: BackendName) -> Backend:
        if name not in self._backends:
            self._backends[name] = self._make_backend(name)
        return self._backends[name]

    def _renew(self, name: BackendName) -> None:
        backend = self._backends.pop(name, None)
        if backend is None:
            return
        if self._current and self._current.backend is backend:
            self._going_on.add(self._current.id)
            self._retired.append(backend)  # in use until the job has stopped
            self._current.stop()
        else:
            backend.close()

    def _cancel(self, job_id: int) -> None:
        if self._current and self._current.id == job_id:
            self._current.cancel()
            return
        self._pending = [row for row in self._pending if row.id != job_id]
        is_open = any(row.id == job_id for row in self._library.open_jobs())
        if is_open and (job_id in self._locks or self._claim(job_id)):
            self._library.set_job_state(job_id, JobState.CANCELLED)
            self._release(job_id)
            self._emit(JobEvent(job_id, JobState.CANCELLED))

    def _watch(self, event: Event) -> None:
        """Pass an event on; the end of a job makes room for the next (called by job threads)."""
        if isinstance(event, JobEvent) and event.state is not JobState.RUNNING:
            self._calls.put(partial(self._job_ended, event))
            return
        self._emit(event)
        if isinstance(event, JobEvent):
            self._calls.put(self._on_running)

    def _on_running(self) -> None:
        self._is_running = True

    def _job_ended(self, event: JobEvent) -> None:
        if self._current:
            self._current.wait()
        self._current = None
        while self._retired:
            self._retired.pop().close()
        if event.job_id in self._going_on:
            self._going_on.remove(event.job_id)
            if event.state is JobState.STOPPED and not self._closing.is_set():
                self._pending.insert(0, self._library.job(event.job_id))
                return
        self._release(event.job_id)
        if event.state is not JobState.STOPPED:  # nobody will claim it again
            self._lock_path(event.job_id).unlink(missing_ok=True)
        self._emit(event)
