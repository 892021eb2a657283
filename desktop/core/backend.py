"""The Backend protocol: what recognises images, behind two verbs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from .errors import AppError
from .records import LabelRecord

BackendName = Literal["aws", "local"]
Progress = Callable[[int, int], None]
"""Called with (bytes sent, bytes in all)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a backend says about one image: its records (none is an answer too) or an error.

    `version` tells one answer for an image from a later one (the aws backend's Sequencer).
    """

    records: tuple[LabelRecord, ...] = ()
    error: AppError | None = None
    version: str = ""
    model_version: str = ""


class Backend(Protocol):
    """Recognises prepared images. Thread-safe; both verbs are idempotent.

    Every method may raise an AppError, and nothing else unless there is a bug.
    """

    @property
    def name(self) -> BackendName:
        """Also the origin of its labels in the library."""

    @property
    def max_concurrency(self) -> int:
        """The most images that may be between submit and their answer."""

    @property
    def is_remote(self) -> bool:
        """Whether it recognises elsewhere.

        Then its answers outlive this program and may come from another computer's images, and
        its submit takes no CPU of ours.
        """

    @property
    def max_edge_px(self) -> int:
        """The long edge beyond which a prepared image brings no better labels."""

    @property
    def tick_s(self) -> float:
        """Seconds to leave before the next poll; it adapts to how answers come."""

    def check(self) -> None:
        """Raise the AppError that every image would run into; cheap, and costs no money."""

    def submit(
        self, image_name: str, data: bytes, *, cancel: threading.Event, progress: Progress
    ) -> None:
        """Hand in one prepared JPEG. Returns when it is accepted, not when it is recognised.

        Raises Cancelled when `cancel` was set before anything was sent.
        """

    def poll(self, image_names: Sequence[str]) -> Iterator[tuple[str, Answer]]:
        """The answers that are there for up to 100 of these names; never waits for one.

        A name without an answer is simply absent. Asking for a name that was never submitted is
        allowed: the aws backend then tells what another computer had labelled.
        """

    def close(self) -> None:
        """Release connections and memory; safe to call twice."""
