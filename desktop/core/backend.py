"""The Backend protocol: what recognises images, behind two verbs."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from .errors import AppError
from .records import Flag, LabelRecord, TextLine

if TYPE_CHECKING:
    from .photo.prepare import Form, Prepared

BackendName: TypeAlias = str
"""The name of a recogniser, as `recognisers.py` has it; also the origin of its labels."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a backend says about one image: what it found (nothing is an answer too) or an error.

    Labels are its records; `texts` and `flags` are None where it was not asked for them. Another
    kind of finding is one more field here, and is kept and handed out by `library/findings.py`.

    `version` tells one answer for an image from a later one (with Amazon, the Sequencer); it is
    empty only where answers do not outlast the program.
    """

    records: tuple[LabelRecord, ...] = ()
    texts: tuple[TextLine, ...] | None = None
    flags: tuple[Flag, ...] | None = None
    error: AppError | None = None
    version: str = ""
    model_version: str = ""


class AlreadyThereError(Exception):
    """The image had been handed in before, `age_s` ago, and was not handed in again."""

    def __init__(self, age_s: float = 0.0) -> None:
        super().__init__()
        self.age_s = age_s


class Backend(Protocol):
    """Recognises prepared images. Thread-safe; both verbs are idempotent.

    Every method may raise an AppError, and nothing else unless there is a bug.
    """

    @property
    def max_concurrency(self) -> int:
        """The most images that may be between submit and their answer."""

    @property
    def form(self) -> Form:
        """What it takes: pixels where it recognises here, a JPEG where that has to travel."""

    @property
    def max_edge_px(self) -> int:
        """The long edge beyond which a prepared image brings no better labels."""

    @property
    def tick_s(self) -> float:
        """Seconds to leave before the next poll; it adapts to how answers come."""

    def check(self) -> None:
        """Raise the AppError that every image would run into; cheap, and costs no money."""

    def submit(
        self, image_name: str, prepared: Prepared, *, cancel: threading.Event, again: bool = False
    ) -> float | None:
        """Hand in one image, in its `form`. Returns when it is accepted, not when it is recognised.

        Where what was handed in lasts, one that is there already raises AlreadyThereError; with
        `again` it is handed in, and recognised, once more.

        What it returns is when a copy that it keeps will be deleted, in Unix time, if it says so.
        Raises Cancelled when `cancel` was set before anything was sent. An error whose
        `may_have_worked` is False says that the image was certainly not accepted.
        """

    def poll(self, image_names: Sequence[str]) -> Iterator[tuple[str, Answer]]:
        """The answers that are there for up to 100 of these names; never waits for one.

        A name without an answer is simply absent. Asking for a name that was never submitted is
        allowed: where answers last, it then tells what another computer had labelled.
        """

    def close(self) -> None:
        """Release connections and memory; safe to call twice."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a copy lies away from this computer."""

    bucket: str
    key: str


class CopyKeeper(Backend, Protocol):
    """A backend that keeps a copy of what it was handed, and can be asked to forget it."""

    def place_of(self, image_name: str) -> Place:
        """Where the copy of an image goes."""

    def fetch_copy(self, image_name: str) -> bytes | None:
        """The copy of an image, byte for byte; None when it is not there any more."""

    def delete_copies(self, image_names: Sequence[str], *, cancel: threading.Event) -> None:
        """Delete the copies of up to 100 images; what was answered for them stays.

        What is not there is deleted already. Raises Cancelled when `cancel` was set before.
        """

    def forget(self, image_names: Sequence[str], *, cancel: threading.Event) -> None:
        """Delete the copies of up to 100 images and what was answered for them.

        What is not there is deleted already. Raises Cancelled when `cancel` is set; then some of
        them may be deleted.
        """

    def keeps_days(self) -> int | None:
        """After how many days copies are deleted there; None where that is not known."""
