"""Job: carries items through discover, prepare, submit and poll."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from PIL import Image

from ..backend import AlreadyThereError, Answer, Backend
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
from ..money.sweeper import Sweeper
from ..photo.discover import Found
from ..photo.prepare import Prepared, prepare
from ..recognisers import Recogniser
from ..settings import Settings
from .completion import Completion
from .control import Control, Phase
from .cores import Cores
from .inflight import InFlight
from .inflight_window import InFlightWindow
from .intake import Intake
from .outbox import UPLOADS, Outbox
from .pace import Pace, pace_for
from .poller import Poller
from .priority import give_way
from .retry import retry

log = logging.getLogger(__name__)

OnPixels = Callable[[Path, Image.Image], object]
"""Told the pixels of a file that was decoded to be labelled; in a worker, which it makes wait."""
LATE_AFTER_S = 420.0
"""An answer is overdue after this. Until then Lambda may still be at it, and a put would be paid
again: three runs of the function, 60 s each, with 1 and 2 minutes between them, and a minute for
what is on its way (Lambda's guide, invocation-async-error-handling)."""
ROUNDS = 3
"""How often an image waits for its answer before its labels are called late."""
PREPARING = 2
"""Images prepared while all uploads are busy, so that one is always ready."""


class Job:
    """One user action on many images, from the dropped paths to the last answer.

    A worker carries an image to its submit, and the poller from there; each of its items ends in
    exactly one final state. `emit` is called from several threads, after the library holds what the
    event says. `settings` gives what a person wishes now: of the cores, and of the money that a
    backend costs. What was `found` before is not looked for again. `on_pixels` is told of each
    photo that was decoded for a backend that takes pixels.
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
        found: Found | None = None,
        on_pixels: OnPixels | None = None,
    ) -> None:
        self.id = row.id
        self._again = row.again
        self._library = library
        self.backend = backend
        self._recogniser = recogniser
        self._emit = emit
        self._late_after_s = late_after_s
        self._control = Control()
        self._unread: FolderError | None = None  # why not all photos were found
        self._ended = threading.Event()
        self._cpu = Cores(lambda: settings().spares_core)
        workers = self._cpu.count if recogniser.uses_cpu else UPLOADS + PREPARING
        # Our own processor needs no pace: two images for each worker, as each may hold a file.
        most = 2 * workers if recogniser.uses_cpu else backend.max_concurrency
        self._window = InFlightWindow(most, start=most)
        self._pace: Pace | None = None
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="worker", initializer=give_way)
        ending = self._control.ending
        self._poller = Poller(
            backend,
            ending,
            on_answer=self._answered,
            on_overdue=self._go_on,
            on_fatal=self._control.stop_for,
        )
        self._completion = Completion(row, recogniser.name, library, emit)
        self._intake = Intake(
            row,
            library,
            recogniser,
            backend,
            self._completion,
            ending=ending,
            emit=emit,
            found=found,
        )
        self._outbox = Outbox(library.store, backend, recogniser, settings, job_id=row.id)
        self._sweeper = Sweeper(library.store, backend, recogniser, settings)
        self._settings = settings
        self._on_pixels = on_pixels

    # What others call

    def start(self) -> None:
        """Begin in threads of its own."""
        threading.Thread(target=self._run, name=f"job-{self.id}", daemon=True).start()

    def cancel(self) -> None:
        """The person does not want the rest: every item without an answer becomes cancelled."""
        self._control.cancel()

    def stop(self) -> None:
        """The program quits: queued and waiting items stay so, and the next start resumes them."""
        self._control.stop()

    def pause(self) -> None:
        """Begin no more images until `resume`; what was submitted still ends as usual."""
        self._control.pause()

    def resume(self) -> None:
        """Go on after `pause`."""
        self._control.resume()

    def wait(self, timeout: float | None = None) -> bool:
        """Whether the job has ended within `timeout` seconds."""
        return self._ended.wait(timeout)

    # The job's own thread

    def _run(self) -> None:
        give_way()
        try:
            with self._stopping_for_trouble():
                self._library.set_job_state(self.id, JobState.RUNNING)
                self._emit(JobEvent(self.id, JobState.RUNNING))
                retry(self.backend.check, cancel=self._control.ending)
                self._pace = pace_for(self._recogniser, self._settings(), self._library)
                self._carry_all()
        finally:
            self._end()

    def _carry_all(self) -> None:
        finder = threading.Thread(target=self._find, name="discover", daemon=True)
        finder.start()
        self._poller.start()
        try:
            with self._stopping_for_trouble():
                self._feed()
            self._control.wait_for_all()
        finally:  # every worker ends by itself, and at once when the job is ending
            self._pool.shutdown(cancel_futures=True)
            for inflight in self._poller.close():
                self._complete(inflight, None)
            finder.join()
            self._sweeper.sweep(self._control.ending)

    def _find(self) -> None:
        with self._stopping_for_trouble():
            try:
                self._intake.find()
            except FolderError as error:
                if error.fatal:
                    raise
                self._unread = error  # said at the end: what was found is labelled first

    def _end(self) -> None:
        phase, error = self._control.phase, self._control.error
        state = JobState.CANCELLED if phase is Phase.CANCELLED else JobState.STOPPED
        try:
            if phase in {Phase.GOING, Phase.PAUSED}:
                if self._library.open_items(self.id, after_id=0, limit=1):
                    log.error("job %d has come to its end with open items", self.id)
                    error = bug()
                elif self._unread:
                    error = self._unread
                else:
                    state = JobState.FINISHED
            self._library.set_job_state(self.id, state, error)
        except AppError as trouble:
            log.error("job %d: %s", self.id, trouble)
            error = error or trouble
        finally:
            self._emit(JobEvent(self.id, state, error))
            self._ended.set()

    def _feed(self) -> None:
        """Hand out every image that needs the backend, as far as there is room for it."""
        for inflight in self._intake.in_flight():
            waits = inflight.resumed and self._recogniser.answers_last
            if not waits:
                self._control.wait_to_begin()
            self._window.enter(self._control.ending)
            if self._pace and not waits:
                self._pace.wait(self._control.ending)
            self._control.begin()
            if waits:
                with self._ending_it_for_trouble(inflight):
                    self._watch(inflight)
            else:
                self._pool.submit(self._carry, inflight)

    # A worker's way with one image

    def _carry(self, inflight: InFlight) -> None:
        """Submit an image; then it waits for its answer without a thread."""
        with self._ending_it_for_trouble(inflight):
            self._prepare_and_submit(inflight)
            self._watch(inflight)

    def _watch(self, inflight: InFlight) -> None:
        inflight.waits += 1
        self._poller.watch(inflight, self._late_after_s)

    def _prepare_and_submit(self, inflight: InFlight) -> None:
        with ExitStack() as cpu:
            self._take_cpu(is_new=inflight.waits == 0)
            cpu.callback(self._cpu.release)
            prepared = self._prepare(inflight)
            if self._recogniser.uses_cpu:
                self._submit(inflight, prepared)
                return
            with self._outbox.turn(self._control.ending):
                cpu.close()  # held until now, so that few prepared images wait
                self._submit(inflight, prepared)

    def _take_cpu(self, *, is_new: bool) -> None:
        """Wait for the turn to prepare an image; while the job is paused, a new one has none."""
        while True:
            if is_new:
                self._control.wait_to_begin()
            self._cpu.acquire()
            if not is_new or self._control.phase is Phase.GOING:
                return
            self._cpu.release()

    def _prepare(self, inflight: InFlight) -> Prepared:
        if self._control.ending.is_set():
            raise Cancelled
        self._completion.tell(inflight, State.PREPARING)
        backend = self.backend
        content, inflight.content = inflight.content, None
        prepared = prepare(
            inflight.path,
            form=backend.form,
            max_edge_px=backend.max_edge_px,
            stamp=inflight.stamp,
            content=content,
            cancel=self._control.ending,
        )
        if prepared.is_partly_damaged:
            self._library.images.note_damage(inflight.image.id)
        if self._on_pixels is not None and backend.form == "pixels":
            self._on_pixels(inflight.path, prepared.pixels)
        return prepared

    def _submit(self, inflight: InFlight, prepared: Prepared) -> None:
        self._completion.tell(inflight, State.UPLOADING)
        inflight.resumed, age_s = False, 0.0
        try:
            retry(
                lambda: self._put(inflight, prepared),
                cancel=self._control.ending,
                on_error=self._slow_down,
            )
        except AlreadyThereError as there:  # it is overdue so long after it was put, by whomever
            inflight.resumed, age_s = True, there.age_s
        inflight.submitted_at = time.monotonic() - age_s
        self._library.set_waiting([item.id for item in inflight.items], inflight.baseline)
        self._completion.tell(inflight, State.WAITING)

    def _put(self, inflight: InFlight, prepared: Prepared) -> None:
        # Where there was an answer it is to be replaced; where one is overdue, something was lost.
        inflight.reserved = self._outbox.put(
            inflight.image,
            prepared,
            cancel=self._control.ending,
            item_ids=[item.id for item in inflight.items],
            baseline=inflight.baseline,
            again=self._again or bool(inflight.baseline) or inflight.waits > 0,
        )

    def _slow_down(self, error: AppError) -> None:
        if self._pace and isinstance(error, ThrottledError):
            self._pace.throttled(time.monotonic())

    # An image's end, or one round more

    def _answered(self, inflight: InFlight, answer: Answer) -> None:
        if self._pace and not inflight.resumed:
            self._pace.answered(inflight.submitted_at, time.monotonic())
        if isinstance(answer.error, LimitError):
            self._refused(inflight, answer)
        else:
            self._complete(inflight, answer)

    def _refused(self, inflight: InFlight, answer: Answer) -> None:
        """The service has a limit of its own: the image was not recognised, and waits for room."""
        with self._stopping_for_trouble():
            item_ids = [item.id for item in inflight.items]
            self._outbox.refused(inflight.reserved, item_ids, answer.version)
            if answer.error:
                raise answer.error
        self._complete(inflight, None)

    def _go_on(self, inflight: InFlight) -> None:
        """The answer is overdue: putting the image again fires the trigger again."""
        if inflight.waits < ROUNDS:
            self._pool.submit(self._carry, inflight)
            return
        late = LateError(
            "Labels are late",
            "The photo was sent three times, and no labels came back. Try again later, or check"
            " the connection.",
            remedy=Remedy.CHECK_CONNECTION,
        )
        self._complete(inflight, Answer(error=late))

    def _complete(self, inflight: InFlight, answer: Answer | None) -> None:
        """Give every item of the image its one end; without an answer they stay as they are."""
        with self._stopping_for_trouble():
            if answer is not None:
                self._completion.complete(inflight, answer)
                if answer.error is None and self._sweeper.add(inflight.image.id):
                    self._pool.submit(self._sweeper.sweep, self._control.ending)
            elif self._control.phase is Phase.CANCELLED:
                self._completion.cancel(inflight)
            else:
                self._completion.leave(inflight)
        self._window.leave()
        self._control.end()

    @contextmanager
    def _ending_it_for_trouble(self, inflight: InFlight) -> Iterator[None]:
        """End the image for what is its own trouble, and the job for what is everybody's."""
        try:
            yield
        except Cancelled:
            self._complete(inflight, None)
        except AppError as error:
            if error.fatal or isinstance(error, NetworkError):
                self._control.stop_for(error)
                self._complete(inflight, None)
            else:
                self._complete(inflight, Answer(error=error))
        except Exception:
            log.exception("job %d: %r", self.id, str(inflight.path))
            self._complete(inflight, Answer(error=bug()))
        except BaseException:  # whatever ends a thread, nobody waits for this image for ever
            self._complete(inflight, None)
            raise

    @contextmanager
    def _stopping_for_trouble(self) -> Iterator[None]:
        """End the job for whatever goes wrong inside; a bug must not leave anyone waiting."""
        try:
            yield
        except Cancelled:
            pass
        except AppError as error:
            self._control.stop_for(error)
        except Exception:
            log.exception("job %d", self.id)
            self._control.stop_for(bug())
