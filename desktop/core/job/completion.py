"""Completion: the one place where items end; each end is written first and told second."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from ..backend import Answer, BackendName
from ..errors import AppError
from ..events import Event, ItemEvent, State
from ..library.library import Library
from ..library.rows import ImageRow, ItemRow, JobRow
from ..watch.watched import drop_lost
from .inflight import Identified, InFlight


class Completion:
    """Knows which images of a job are on their way, and brings every item to exactly one end.

    Used by the thread that identifies and by every worker; its methods may raise StorageError.
    """

    def __init__(
        self, job: JobRow, origin: BackendName, library: Library, emit: Callable[[Event], None]
    ) -> None:
        self._job_id = job.id
        self._is_watched = job.watched_id is not None
        self._origin = origin
        self._library = library
        self._emit = emit
        self._inflight: dict[str, InFlight] = {}
        self._lock = threading.Lock()

    def begin(self, item: ItemRow, identified: Identified, *, again: bool) -> InFlight | None:
        """This item's image, now in flight; None when the item has ended or joined one in flight.

        Looking for labels and for an image in flight is one step, and so is ending it with labels:
        an equal file finds one or the other, and nothing is paid twice.
        """
        image = identified.image
        with self._lock:
            if (under_way := self._inflight.get(image.image_name)) is not None:
                under_way.items.append(item)
                return None
            inflight = InFlight.of(identified, item)
            state = self._end_at_once(image, again=again)
            if state is None:
                self._inflight[image.image_name] = inflight
        if state is None:
            self.tell(inflight, State.QUEUED)
            return inflight
        self._library.set_final([item.id], state)
        self._tell_item(item, state, image.image_name)
        return None

    def kept_bytes(self) -> int:
        """What is kept of the files of all images that are on their way."""
        with self._lock:
            return sum(inflight.kept_bytes for inflight in self._inflight.values())

    def _end_at_once(self, image: ImageRow, *, again: bool) -> State | None:
        """How an item of this image ends at once; None when it has to be submitted."""
        answer = self._library.images.answer(image.id, self._origin)
        if answer is None:
            return None
        is_ours = answer.job_id == self._job_id
        if again and not is_ours:
            return None
        if answer.is_removed:
            self._library.images.bring_back_labels(self._job_id, image.id, self._origin)
            return State.DONE
        return State.DONE if is_ours else State.SKIPPED

    def complete(self, inflight: InFlight, answer: Answer) -> None:
        """End every item of the image with its answer, all of it or nothing."""
        with self._lock:
            self._inflight.pop(inflight.image.image_name, None)
            if answer.error is None:
                item_ids = [item.id for item in inflight.items]
                self._library.record_answer(
                    self._job_id, item_ids, inflight.image.id, self._origin, answer
                )
        if answer.error is not None:
            self.fail(inflight.items, answer.error)
        else:
            self.tell(inflight, State.DONE)

    def fail(self, items: Sequence[ItemRow], error: AppError) -> None:
        """End these items with the reason why they have no labels.

        Of what arrived by itself, nobody misses what has vanished again.
        """
        if self._is_watched:
            lost = drop_lost(self._library.store, [item.id for item in items])
            for item in items:
                if item.id in lost:
                    self._library.note_state(item.file_id, State.CANCELLED)
            items = [item for item in items if item.id not in lost]
        self._library.set_final([item.id for item in items], State.FAILED, error)
        for item in items:
            self._tell_item(item, State.FAILED, item.image_name, error=error)

    def cancel(self, inflight: InFlight) -> None:
        """End the image's items because the person wants no more of them."""
        self.leave(inflight)
        self._library.set_final([item.id for item in inflight.items], State.CANCELLED)
        self.tell(inflight, State.CANCELLED)

    def leave(self, inflight: InFlight) -> None:
        """Leave the image's items as they are, for the next start."""
        with self._lock:
            self._inflight.pop(inflight.image.image_name, None)
        for item in inflight.items:
            self._library.note_state(item.file_id, State.QUEUED)

    def tell(self, inflight: InFlight, state: State) -> None:
        """Say where the image's items are."""
        for item in list(inflight.items):
            self._tell_item(item, state, inflight.image.image_name)

    def _tell_item(
        self,
        item: ItemRow,
        state: State,
        image_name: str | None,
        *,
        error: AppError | None = None,
    ) -> None:
        self._library.note_state(item.file_id, state)
        self._emit(
            ItemEvent(
                job_id=self._job_id,
                item_id=item.id,
                file_id=item.file_id,
                path=str(item.path),
                state=state,
                image_name=image_name,
                error=error,
            )
        )
