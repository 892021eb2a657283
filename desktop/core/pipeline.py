"""Job: carries items through discover, prepare, submit and poll."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from .backend import Answer, Backend
from .discover import discover
from .errors import AppError, Cancelled, ImageError, LateError, NetworkError, ThrottledError, bug
from .events import Event, FoundEvent, ItemEvent, JobEvent, JobState, State
from .flight import Flight, identify_file
from .inflight import InFlightWindow
from .library import Library
from .poller import Poller
from .prepare import Prepared, prepare
from .records import LabelRecord
from .retry import retry
from .rows import ItemRow, JobRow

log = logging.getLogger(__name__)

LATE_AFTER_S = 180.0
"""An answer is overdue after this; S3's first retry of a failed function comes after 60 s."""
ROUNDS = 3
"""How often an image is submitted before its labels are called late."""
CHUNK = 100
"""Names that one question to the table may hold (BatchGetItem's limit)."""
FLUSH_S = 0.1


class Job:
    """One user action on many images, from the dropped paths to the last answer.

    A worker carries one image from top to bottom and ends each of its items in exactly one final
    state. `emit` is called from several threads, after the library holds what the event says.
    """

    def __init__(
        self,
        row: JobRow,
        library: Library,
        backend: Backend,
        emit: Callable[[Event], None],
        *,
        late_after_s: float = LATE_AFTER_S,
    ) -> None:
        self.id = row.id
        self._row = row
        self._library = library
        self._backend = backend
        self._emit = emit
        self._late_after_s = late_after_s
        self._ending = threading.Event()  # set by cancel, stop or a fatal error
        self._cancelled = False
        self._error: AppError | None = None
        self._found_all = threading.Event()
        self._found_more = threading.Event()
        self._ended = threading.Event()
        cpu_slots = max(1, (os.cpu_count() or 2) - 1)
        self._cpu = threading.Semaphore(cpu_slots)
        self._ahead = threading.Semaphore(2 * CHUNK)  # identified, not yet with a worker
        self._window = InFlightWindow(backend.max_concurrency)
        self._poller = Poller(backend, self._window, self._ending, self._stop_for)
        self._workers = backend.max_concurrency + cpu_slots
        self._flights: dict[str, Flight] = {}
        self._flights_lock = threading.Lock()

    # What others call

    def start(self) -> None:
        """Begin in threads of its own."""
        threading.Thread(target=self._run, name=f"job-{self.id}", daemon=True).start()

    def cancel(self) -> None:
        """The person does not want the rest: every item without an answer becomes cancelled."""
        self._cancelled = True
        self._ending.set()

    def stop(self) -> None:
        """The program quits: queued and waiting items stay so, and the next start resumes them."""
        self._ending.set()

    def wait(self, timeout: float | None = None) -> bool:
        """Whether the job has ended within `timeout` seconds."""
        return self._ended.wait(timeout)

    @property
    def error(self) -> AppError | None:
        """Why the job stopped, when an error stopped it."""
        return self._error

    # The job's own thread

    def _run(self) -> None:
        try:
            self._library.set_job_state(self.id, JobState.RUNNING)
            self._emit(JobEvent(self.id, JobState.RUNNING))
            retry(self._backend.check, cancel=self._ending)
            self._carry_all()
        except Cancelled:
            pass
        except AppError as error:
            self._stop_for(error)
        except Exception:
            log.exception("job %d", self.id)
            self._stop_for(bug())
        finally:
            self._end()

    def _carry_all(self) -> None:
        finder = threading.Thread(target=self._find, name="discover", daemon=True)
        finder.start()
        self._poller.start()
        pool = ThreadPoolExecutor(self._workers, thread_name_prefix="worker")
        try:
            self._feed(pool)
        except AppError as error:
            self._stop_for(error)  # before the workers are waited for, so that they end at once
        finally:
            pool.shutdown(wait=True, cancel_futures=self._ending.is_set())
            self._poller.close()
            finder.join()

    def _end(self) -> None:
        if self._cancelled:
            state = JobState.CANCELLED
        elif self._ending.is_set():
            state = JobState.STOPPED
        else:
            state = JobState.FINISHED
        try:
            self._library.set_job_state(self.id, state, self._error)
        except AppError as error:
            log.error("job %d: %s", self.id, error)
            self._error = self._error or error
        finally:
            self._emit(JobEvent(self.id, state, self._error))
            self._ended.set()

    def _stop_for(self, error: AppError) -> None:
        """End the job for an error that every other image would run into too."""
        if self._error is None and not self._cancelled:
            self._error = error
        self._ending.set()

    # Finding

    def _find(self) -> None:
        """Walk the dropped folders and accept what is there, in small steps as it is found."""
        try:
            if not self._row.found_all:
                batch: list[Path] = []
                accepted_at = 0.0
                for path in discover(self._row.roots, cancel=self._ending):
                    batch.append(path)
                    if len(batch) >= CHUNK or time.monotonic() - accepted_at > FLUSH_S:
                        self._accept(batch)
                        batch, accepted_at = [], time.monotonic()
                self._accept(batch)
                if self._ending.is_set():
                    return
                self._library.set_found_all(self.id)
            self._emit(FoundEvent(self.id, 0, complete=True))
        except AppError as error:
            self._stop_for(error)
        except Exception:
            log.exception("job %d: discover", self.id)
            self._stop_for(bug())
        finally:
            self._found_all.set()
            self._found_more.set()

    def _accept(self, paths: Sequence[Path]) -> None:
        if paths:
            self._emit(FoundEvent(self.id, self._library.add_items(self.id, paths)))
            self._found_more.set()

    # Feeding

    def _feed(self, pool: ThreadPoolExecutor) -> None:
        """Hand every open item to a worker, a chunk at a time."""
        after_id = 0
        gathered = False
        while not self._ending.is_set():
            self._found_more.clear()
            no_more = self._found_all.is_set()
            items = self._library.open_items(self.id, after_id=after_id, limit=CHUNK)
            if not items:
                if no_more:
                    return
                self._found_more.wait(FLUSH_S)
                continue
            if len(items) < CHUNK and not no_more and not gathered:
                gathered = True  # one tick for a fuller chunk, as the table is asked by chunks
                self._ending.wait(self._backend.tick_s)
                continue
            gathered = False
            after_id = items[-1].id
            for flight in self._look_up(self._identify(items)):
                while not self._ahead.acquire(timeout=0.1):
                    if self._ending.is_set():
                        return
                pool.submit(self._carry, flight)

    def _identify(self, items: Iterable[ItemRow]) -> list[Flight]:
        """Read which content each file holds; end what needs no backend; join equal contents."""
        flights: list[Flight] = []
        for item in items:
            if self._ending.is_set():
                raise Cancelled
            try:
                image = identify_file(self._library, item, trust_times=not self._row.again)
            except ImageError as error:
                self._fail([item], error)
                continue
            answered_in = self._library.answered_in(image.id, self._backend.name)
            if answered_in is not None and (answered_in == self.id or not self._row.again):
                self._show_stored(item, image.id, image.image_name, shared=answered_in == self.id)
                continue
            with self._flights_lock:
                flight = self._flights.get(image.image_name)
                if flight is not None:
                    flight.items.append(item)
                    continue
                flight = Flight.of(image, item)
                self._flights[image.image_name] = flight
            flights.append(flight)
            self._emit_state(flight, State.QUEUED)
        return flights

    def _look_up(self, flights: list[Flight]) -> list[Flight]:
        """Take over what is answered already; the rest is left to fly."""
        if not flights or not self._backend.is_remote:
            return flights
        by_name = {flight.image.image_name: flight for flight in flights}
        found = retry(lambda: list(self._backend.poll(list(by_name))), cancel=self._ending)
        for name, answer in found:
            flight = by_name[name]
            is_ours = flight.resumed and answer.version != flight.baseline
            if is_ours or (answer.error is None and not self._row.again):
                self._land(flight, answer)
                del by_name[name]
            elif not flight.resumed:
                flight.baseline = answer.version
        return list(by_name.values())

    # A worker's way with one image

    def _carry(self, flight: Flight) -> None:
        self._ahead.release()
        answer: Answer | None = None
        try:
            answer = self._recognise(flight)
        except Cancelled:
            pass
        except AppError as error:
            if error.fatal or isinstance(error, NetworkError):
                self._stop_for(error)
            else:
                answer = Answer(error=error)
        except Exception:
            log.exception("job %d: %s", self.id, flight.path)
            answer = Answer(error=bug())
        finally:
            self._end_flight(flight, answer)

    def _recognise(self, flight: Flight) -> Answer:
        prepared: Prepared | None = None
        waits = flight.resumed and self._backend.is_remote
        with ExitStack() as cpu, ExitStack() as place:
            cpu.enter_context(self._cpu)
            if not waits:
                prepared = self._prepare(flight)
            self._window.enter(self._ending)
            place.callback(self._window.leave)
            if self._backend.is_remote:
                cpu.close()  # held until there is a place, so that few prepared images wait
            for _ in range(ROUNDS):
                if prepared is None and not waits:
                    prepared = self._prepare(flight)
                if prepared is not None:
                    self._submit(flight, prepared)
                if self._poller.wait_for(flight, self._late_after_s) and flight.answer:
                    return flight.answer
                waits = False  # overdue: putting it again fires the trigger again
        raise LateError(
            "Labels are late",
            "The photo was handed in three times and no labels came back. Try again later, or"
            " check the connection.",
        )

    def _prepare(self, flight: Flight) -> Prepared:
        if self._ending.is_set():
            raise Cancelled
        self._emit_state(flight, State.PREPARING)
        return prepare(flight.path, max_edge_px=self._backend.max_edge_px)

    def _submit(self, flight: Flight, prepared: Prepared) -> None:
        self._emit_state(flight, State.UPLOADING)
        retry(
            lambda: self._backend.submit(
                flight.image.image_name,
                prepared.data,
                cancel=self._ending,
                progress=lambda sent, total: None,
            ),
            cancel=self._ending,
            on_error=self._slow_down,
        )
        flight.submitted_at = time.monotonic()
        flight.resumed = False
        self._library.set_waiting([item.id for item in flight.items], flight.baseline)
        self._emit_state(flight, State.WAITING)

    def _slow_down(self, error: AppError) -> None:
        if isinstance(error, ThrottledError):
            self._window.throttled(time.monotonic())

    # Ends: written first, told second

    def _end_flight(self, flight: Flight, answer: Answer | None) -> None:
        """Give every item of the flight its one end; without an answer they stay as they are."""
        try:
            if answer is not None:
                self._land(flight, answer)
            elif self._cancelled:
                self._close(flight)
                self._library.set_final([item.id for item in flight.items], State.CANCELLED)
                self._emit_state(flight, State.CANCELLED)
            else:
                self._close(flight)
        except AppError as error:
            self._stop_for(error)
        except Exception:
            log.exception("job %d: %s", self.id, flight.path)
            self._stop_for(bug())

    def _land(self, flight: Flight, answer: Answer) -> None:
        self._close(flight)
        if answer.error is not None:
            self._fail(flight.items, answer.error)
            return
        item_ids = [item.id for item in flight.items]
        self._library.record_answer(self.id, item_ids, flight.image.id, self._backend.name, answer)
        records = self._library.records(flight.image.id, self._backend.name)
        for item in flight.items:
            self._emit_item(item, State.DONE, flight.image.image_name, records=records)

    def _close(self, flight: Flight) -> None:
        """From here on an equal content starts a flight of its own (or finds this one's labels)."""
        with self._flights_lock:
            self._flights.pop(flight.image.image_name, None)

    def _fail(self, items: Sequence[ItemRow], error: AppError) -> None:
        self._library.set_final([item.id for item in items], State.FAILED, error)
        for item in items:
            self._emit_item(item, State.FAILED, item.image_name, error=error)

    def _show_stored(self, item: ItemRow, image_id: int, image_name: str, *, shared: bool) -> None:
        state = State.DONE if shared else State.SKIPPED
        self._library.set_final([item.id], state)
        records = self._library.records(image_id, self._backend.name)
        self._emit_item(item, state, image_name, records=records)

    def _emit_state(self, flight: Flight, state: State) -> None:
        for item in list(flight.items):
            self._emit_item(item, state, flight.image.image_name)

    def _emit_item(
        self,
        item: ItemRow,
        state: State,
        image_name: str | None,
        *,
        records: tuple[LabelRecord, ...] = (),
        error: AppError | None = None,
    ) -> None:
        self._emit(
            ItemEvent(
                job_id=self.id,
                item_id=item.id,
                file_id=item.file_id,
                path=str(item.path),
                state=state,
                image_name=image_name,
                records=records,
                error=error,
            )
        )
