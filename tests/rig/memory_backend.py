"""A Backend in memory, for tests of what stands on the protocol: it does what it is told."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from desktop.core.backend import AlreadyThereError, Answer, Place
from desktop.core.errors import Cancelled
from desktop.core.photo.prepare import Form, Prepared
from desktop.core.recognisers import Recogniser
from desktop.core.records import LabelRecord
from desktop.recognisers import AWS

Submitted = Callable[[str, int], Answer | None]
"""(image name, how often it was submitted) -> its answer, or None to keep silent."""


class MemoryBackend:
    """Does as its registry entry says: its answers last, or each is handed out once, say."""

    def __init__(
        self,
        recogniser: Recogniser = AWS,
        *,
        answer: Submitted | None = None,
        max_concurrency: int = 8,
        tick_s: float = 0.01,
    ) -> None:
        self.recogniser = recogniser
        self.name = recogniser.name
        self.form: Form = "pixels" if recogniser.uses_cpu else "jpeg"
        self.max_concurrency = max_concurrency
        self.max_edge_px = 2016
        self.tick_s = tick_s
        self.bucket = "bucket"
        self.table: dict[str, Answer] = {}
        self.copies: dict[str, bytes] = {}
        self.copies_age_s = 0.0
        self.expires_at: float | None = None
        self.days: int | None = 1
        self.forget_errors: list[Exception] = []
        self.submits: Counter[str] = Counter()
        self.polls: list[Sequence[str]] = []
        self.check_errors: list[Exception] = []
        self.submit_errors: list[Exception] = []
        self.poll_errors: list[Exception] = []
        self._answer = answer or (lambda name, count: dog(name, str(count)))
        self._lock = threading.Lock()

    def check(self) -> None:
        self._raise_next(self.check_errors)

    def submit(
        self, image_name: str, prepared: Prepared, *, cancel: threading.Event, again: bool = False
    ) -> float | None:
        if cancel.is_set():
            raise Cancelled
        if self.form == "jpeg":
            assert prepared.data.startswith(b"\xff\xd8")
        else:
            assert prepared.pixels.mode == "RGB"
        self._raise_next(self.submit_errors)
        with self._lock:
            if image_name in self.copies and not again:
                raise AlreadyThereError(self.copies_age_s)
            if self.recogniser.keeps_copies:
                self.copies[image_name] = prepared.data
            self.submits[image_name] += 1
            answer = self._answer(image_name, self.submits[image_name])
            if answer is not None:
                self.table[image_name] = answer
        return self.expires_at

    def poll(self, image_names: Sequence[str]) -> Iterator[tuple[str, Answer]]:
        assert len(image_names) <= 100
        self._raise_next(self.poll_errors)
        with self._lock:
            self.polls.append(image_names)
            found = [(name, self.table[name]) for name in image_names if name in self.table]
            if not self.recogniser.answers_last:
                for name, _ in found:
                    del self.table[name]
        yield from found

    def place_of(self, image_name: str) -> Place:
        return Place(self.bucket, f"images/{image_name}")

    def fetch_copy(self, image_name: str) -> bytes | None:
        return self.copies.get(image_name)

    def delete_copies(self, image_names: Sequence[str], *, cancel: threading.Event) -> None:
        assert len(image_names) <= 100
        if cancel.is_set():
            raise Cancelled
        self._raise_next(self.forget_errors)
        for name in image_names:
            self.copies.pop(name, None)

    def forget(self, image_names: Sequence[str], *, cancel: threading.Event) -> None:
        assert len(image_names) <= 100
        if cancel.is_set():
            raise Cancelled
        self._raise_next(self.forget_errors)
        for name in image_names:
            self.copies.pop(name, None)
            self.table.pop(name, None)

    def keeps_days(self) -> int | None:
        return self.days

    def close(self) -> None:
        pass

    def _raise_next(self, errors: list[Exception]) -> None:
        with self._lock:
            error = errors.pop(0) if errors else None
        if error is not None:
            raise error


def dog(image_name: str, version: str = "1") -> Answer:
    """An answer with one label."""
    record = LabelRecord(image_name, "Dog", 98.7, ("Mammal", "Animal"))
    return Answer(records=(record,), version=version, model_version="3.0")
