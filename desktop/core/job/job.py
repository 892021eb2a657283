"""Job: carries items through discover, prepare, submit and poll."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

from ..backend import Answer, Backend
from ..errors import (
    AppError,
    Cancelled,
    FolderError,
    LateError,
    LimitError,
    NetworkError,
    Remedy,
    ThrottledError,
    bug,
)
from ..events import Event, JobEvent, JobState, State
from ..library.library import Library
from ..library.rows import JobRow
from ..photo.prepare import Prepared, prepare
from ..recognisers import Recogniser
from ..settings import Settings
from .completion import Completion
from .cores import Cores
from .inflight import InFlight
from .inflight_window import InFlightWindow
from .intake import Intake
from .outbox import Outbox
from .poller import Poller
from .priority import give_way
from .retry import retry

log = logging.getLogger(__name__)

LATE_AFTER_S = 180.0
"""An answer is overdue after this; S3's first retry of a failed function comes after 60 s."""
ROUNDS = 3
"""How often an image is submitted before its labels are called late."""
AHEAD = 200
"""Identified images that may wait for a worker where others are asked for labels; where our own
processor makes them, two for each worker, as each may hold its file's content.
"""


class Job:
    """One user action on many images, from the dropped paths to the last answer.

    A worker carries one image from top to bottom and ends each of its items in exactly one final
    state. `emit` is called from several threads, after the library holds what the event says.
    `settings` gives what a person wishes now: of the cores, and of the money that a backend costs.
    """

    def __init__(
        self,
        row: JobRow,
        library: Library,
        recogniser: Recogniser,
        backend: Backend,
        emit: Callable[[Event], None],
        *,
        settings: Callable[[], Settings] = Settings,
        late_after_s: float = LATE_AFTER_S,
    ) -> None:
        self.id = row.id
        self._library = library
        self.backend = backend
        self._recogniser = recogniser
        self._emit = emit
        self._late_after_s = late_after_s
        self._ending = threading.Event()  # set by cancel, stop or a fatal error
        self._going = threading.Event()  # cleared while paused; set once the job is ending
        self._going.set()
        self._spent_all = threading.Event()  # set at the month's limit: nothing more is put
        self._cancelled = False
        self._error: AppError | None = None
        self._unread: FolderError | None = None  # why not all photos were found
        self._ended = threading.Event()
        self._cpu = Cores(lambda: settings().spares_core)
        self._window = InFlightWindow(backend.max_concurrency)
        self._poller = Poller(backend, self._window, self._ending, self._stop_for)
        # where images wait for answers from elsewhere, others are prepared meanwhile
        waiting = 0 if recogniser.uses_cpu else backend.max_concurrency
        self._workers = self._cpu.count + waiting
        self._ahead = threading.Semaphore(2 * self._workers if recogniser.uses_cpu else AHEAD)
        self._completion = Completion(row.id, recogniser.name, library, emit)
        self._intake = Intake(
            row,
            library,
            recogniser,
            backend,
            self._completion,
            ending=self._ending,
            emit=emit,
        )
        self._outbox = Outbox(library.store, backend, recogniser, settings, job_id=row.id)

    # What others call

    def start(self) -> None:
        """Begin in threads of its own."""
        threading.Thread(target=self._run, name=f"job-{self.id}", daemon=True).start()

    def cancel(self) -> None:
        """The person does not want the rest: every item without an answer becomes cancelled."""
        self._cancelled = True
        self._error = None
        self.stop()

    def stop(self) -> None:
        """The program quits: queued and waiting items stay so, and the next start resumes them."""
        self._ending.set()
        self._going.set()

    def pause(self) -> None:
        """Begin no more images until `resume`; what was submitted still ends as usual."""
        if not self._begins_no_more():
            self._going.clear()
            if self._begins_no_more():  # meanwhile, by another thread
                self._going.set()

    def resume(self) -> None:
        """Go on after `pause`."""
        self._going.set()

    def wait(self, timeout: float | None = None) -> bool:
        """Whether the job has ended within `timeout` seconds."""
        return self._ended.wait(timeout)

    @property
    def error(self) -> AppError | None:
        """Why the job stopped, when an error stopped it."""
        return self._error

    def _begins_no_more(self) -> bool:
        return self._ending.is_set() or self._spent_all.is_set()

    # The job's own thread

    def _run(self) -> None:
        give_way()
        try:
            with self._stopping_for_trouble():
                self._library.set_job_state(self.id, JobState.RUNNING)
                self._emit(JobEvent(self.id, JobState.RUNNING))
                retry(self.backend.check, cancel=self._ending)
                self._carry_all()
        finally:
            self._end()

    def _carry_all(self) -> None:
        finder = threading.Thread(target=self._find, name="discover", daemon=True)
        finder.start()
        self._poller.start()
        pool = ThreadPoolExecutor(self._workers, thread_name_prefix="worker", initializer=give_way)
        try:
            with self._stopping_for_trouble():
                self._feed(pool)
        finally:  # every worker ends by itself, and at once when the job is ending
            pool.shutdown(wait=True, cancel_futures=self._ending.is_set())
            self._poller.close()
            finder.join()

    def _find(self) -> None:
        with self._stopping_for_trouble():
            try:
                self._intake.find()
            except FolderError as error:
                if error.fatal:
                    raise
                self._unread = error  # said at the end: what was found is labelled first

    def _end(self) -> None:
        state = JobState.CANCELLED if self._cancelled else JobState.STOPPED
        try:
            if not self._cancelled and not self._begins_no_more():
                if self._library.open_items(self.id, after_id=0, limit=1):
                    log.error("job %d has come to its end with open items", self.id)
                    self._error = bug()
                elif self._unread:
                    self._error = self._unread
                else:
                    state = JobState.FINISHED
            self._library.set_job_state(self.id, state, self._error)
        except AppError as error:
            log.error("job %d: %s", self.id, error)
            self._error = self._error or error
        finally:
            self._emit(JobEvent(self.id, state, self._error))
            self._ended.set()

    def _stop_for(self, error: AppError) -> None:
        """End the job for an error that every other image would run into too.

        At the month's limit, what was handed in is paid for: that still ends as usual.
        """
        if self._error is None and not self._cancelled:
            self._error = error
        if isinstance(error, LimitError):
            self._spent_all.set()
            self._going.set()
        else:
            self.stop()

    def _feed(self, pool: ThreadPoolExecutor) -> None:
        """Hand every image that needs the backend to a worker, not too far ahead of them."""
        for inflight in self._intake.in_flight():
            if self._spent_all.is_set():
                return
            while not self._ahead.acquire(timeout=0.1):
                if self._ending.is_set():
                    return
            pool.submit(self._carry, inflight)

    # A worker's way with one image

    def _carry(self, inflight: InFlight) -> None:
        self._ahead.release()
        answer: Answer | None = None
        try:
            answer = self._recognise(inflight)
        except Cancelled:
            pass
        except AppError as error:
            if error.fatal or isinstance(error, NetworkError):
                self._stop_for(error)
            else:
                answer = Answer(error=error)
        except Exception:
            log.exception("job %d: %r", self.id, str(inflight.path))
            answer = Answer(error=bug())
        finally:
            self._complete(inflight, answer)

    def _recognise(self, inflight: InFlight) -> Answer:
        prepared: Prepared | None = None
        waits = inflight.resumed and self._recogniser.answers_last
        with ExitStack() as cpu, ExitStack() as place:
            self._take_cpu(is_new=not waits)
            cpu.callback(self._cpu.release)
            if not waits:
                prepared = self._prepare(inflight)
            self._window.enter(self._ending)
            place.callback(self._window.leave)
            if waits:
                cpu.close()
            for _ in range(ROUNDS):
                if prepared is None and not waits:
                    prepared = self._prepare(inflight)
                if prepared is not None:
                    with self._turn_to_submit(cpu):
                        self._submit(inflight, prepared)
                if self._poller.wait_for(inflight, self._late_after_s) and inflight.answer:
                    return inflight.answer
                waits = False  # overdue: putting it again fires the trigger again
        raise LateError(
            "Labels are late",
            "The photo was handed in three times and no labels came back. Try again later, or"
            " check the connection.",
            remedy=Remedy.CHECK_CONNECTION,
        )

    def _take_cpu(self, *, is_new: bool) -> None:
        """Wait for the turn to prepare an image; while the job is paused, a new one has none."""
        while True:
            if is_new:
                self._going.wait()
            if self._ending.is_set() or (is_new and self._spent_all.is_set()):
                raise Cancelled
            self._cpu.acquire()
            if not is_new or self._going.is_set():
                return
            self._cpu.release()

    def _prepare(self, inflight: InFlight) -> Prepared:
        if self._ending.is_set():
            raise Cancelled
        self._completion.tell(inflight, State.PREPARING)
        backend = self.backend
        content, inflight.content = inflight.content, None
        return prepare(
            inflight.path,
            form=backend.form,
            max_edge_px=backend.max_edge_px,
            stamp=inflight.stamp,
            content=content,
        )

    @contextmanager
    def _turn_to_submit(self, cpu: ExitStack) -> Iterator[None]:
        if self._recogniser.uses_cpu:
            yield
            return
        with self._outbox.turn(self._ending):
            cpu.close()  # held until now, so that few prepared images wait
            yield

    def _submit(self, inflight: InFlight, prepared: Prepared) -> None:
        self._completion.tell(inflight, State.UPLOADING)
        retry(
            lambda: self._put(inflight, prepared),
            cancel=self._ending,
            on_error=self._slow_down,
        )
        inflight.submitted_at = time.monotonic()
        inflight.resumed = False
        self._library.set_waiting([item.id for item in inflight.items], inflight.baseline)
        self._completion.tell(inflight, State.WAITING)

    def _put(self, inflight: InFlight, prepared: Prepared) -> None:
        self._outbox.put(
            inflight.image,
            prepared,
            cancel=self._ending,
            item_ids=[item.id for item in inflight.items],
            baseline=inflight.baseline,
        )

    def _slow_down(self, error: AppError) -> None:
        if isinstance(error, ThrottledError):
            self._window.throttled(time.monotonic())

    def _complete(self, inflight: InFlight, answer: Answer | None) -> None:
        """Give every item of the image its one end; without an answer they stay as they are."""
        with self._stopping_for_trouble():
            if answer is not None:
                self._completion.complete(inflight, answer)
            elif self._cancelled:
                self._completion.cancel(inflight)
            else:
                self._completion.leave(inflight)

    @contextmanager
    def _stopping_for_trouble(self) -> Iterator[None]:
        """End the job for whatever goes wrong inside; a bug must not leave anyone waiting."""
        try:
            yield
        except Cancelled:
            pass
        except AppError as error:
            self._stop_for(error)
        except Exception:
            log.exception("job %d", self.id)
            self._stop_for(bug())
