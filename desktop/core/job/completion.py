"""Landing: the one place where items end; each end is written first and told second."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from ..backend import Answer, BackendName
from ..errors import AppError
from ..events import Event, ItemEvent, State
from ..library.library import Library
from ..library.rows import ImageRow, ItemRow
from ..photo.prepare import Stamp
from ..records import LabelRecord
from .inflight import Flight


class Landing:
    """Knows which images of a job are on their way, and brings every item to exactly one end.

    Used by the thread that identifies and by every worker; its methods may raise StorageError.
    """

    def __init__(
        self, job_id: int, origin: BackendName, library: Library, emit: Callable[[Event], None]
    ) -> None:
        self._job_id = job_id
        self._origin = origin
        self._library = library
        self._emit = emit
        self._flights: dict[str, Flight] = {}
        self._lock = threading.Lock()

    def begin(self, item: ItemRow, image: ImageRow, stamp: Stamp, *, again: bool) -> Flight | None:
        """A flight for this item; None when it has its end already or joins another's flight.

        Looking for labels and for a flight is one step, and so is ending a flight with labels:
        an equal file finds one or the other, and nothing is paid twice.
        """
        with self._lock:
            if (under_way := self._flights.get(image.image_name)) is not None:
                under_way.items.append(item)
                return None
            flight = Flight.of(image, stamp, item)
            state = self._end_without_flight(image, again=again)
            if state is None:
                self._flights[image.image_name] = flight
        if state is None:
            self.tell(flight, State.QUEUED)
            return flight
        self._library.set_final([item.id], state)
        self._tell_labels([item], state, image)
        return None

    def _end_without_flight(self, image: ImageRow, *, again: bool) -> State | None:
        """How an item of this image ends at once; None when it has to fly."""
        answer = self._library.answer(image.id, self._origin)
        if answer is None:
            return None
        is_ours = answer.job_id == self._job_id
        if again and not is_ours:
            return None
        if answer.is_removed:
            self._library.bring_back_labels(self._job_id, image.id, self._origin)
            return State.DONE
        return State.DONE if is_ours else State.SKIPPED

    def land(self, flight: Flight, answer: Answer) -> None:
        """End every item of the flight with its answer, all of it or nothing."""
        with self._lock:
            self._flights.pop(flight.image.image_name, None)
            if answer.error is None:
                item_ids = [item.id for item in flight.items]
                self._library.record_answer(
                    self._job_id, item_ids, flight.image.id, self._origin, answer
                )
        if answer.error is not None:
            self.fail(flight.items, answer.error)
        else:
            self._tell_labels(flight.items, State.DONE, flight.image)

    def fail(self, items: Sequence[ItemRow], error: AppError) -> None:
        """End these items with the reason why they have no labels."""
        self._library.set_final([item.id for item in items], State.FAILED, error)
        for item in items:
            self._tell_item(item, State.FAILED, item.image_name, error=error)

    def cancel(self, flight: Flight) -> None:
        """End the flight's items because the person wants no more of them."""
        self.leave(flight)
        self._library.set_final([item.id for item in flight.items], State.CANCELLED)
        self.tell(flight, State.CANCELLED)

    def leave(self, flight: Flight) -> None:
        """Leave the flight's items as they are, for the next start."""
        with self._lock:
            self._flights.pop(flight.image.image_name, None)

    def tell(self, flight: Flight, state: State) -> None:
        """Say where the flight's items are."""
        for item in list(flight.items):
            self._tell_item(item, state, flight.image.image_name)

    def _tell_labels(self, items: Sequence[ItemRow], state: State, image: ImageRow) -> None:
        records = self._library.records(image.id, self._origin)
        for item in items:
            self._tell_item(item, state, image.image_name, records=records)

    def _tell_item(
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
                job_id=self._job_id,
                item_id=item.id,
                file_id=item.file_id,
                path=str(item.path),
                state=state,
                image_name=image_name,
                records=records,
                error=error,
            )
        )
