"""The backend that labels on this computer: free, private, without a network.

Importing this module is cheap; numpy, onnxruntime and the model are loaded at first use.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.backend import Answer
from ..core.errors import BackendMissingError, Cancelled
from ..core.job.cores import count_cores

if TYPE_CHECKING:
    from ..core.photo.prepare import Form, Prepared
    from .recognition import Recogniser

MODELS = Path(__file__).with_name("models")
MAX_EDGE_PX = 1024
"""Measured: at 1024 labels are within 3 points of those at 2016; at 512 some are lost."""
_MOST_AT_A_TIME = 8  # each takes about 30 MB


def model_version(models: Path = MODELS) -> str:
    """What the answers of the model in this folder name as theirs; quick, for nothing is loaded.

    Raises BackendMissingError when the folder holds no model.
    """
    try:
        return str(json.loads((models / "labels.json").read_text("utf-8"))["version"])
    except (OSError, ValueError, KeyError) as error:
        raise _missing() from error


def _missing() -> BackendMissingError:
    return BackendMissingError(
        "Labelling on this computer is not available",
        "A part of the program is missing or damaged. Install Tagdrop again; "
        "your photos and labels stay as they are.",
    )


class LocalBackend:
    """Recognises in `submit`, hands out in `poll`, each answer once."""

    form: Form = "pixels"
    max_edge_px = MAX_EDGE_PX
    tick_s = 0.0

    def __init__(self, models: Path = MODELS) -> None:
        """`models` is the folder with the two networks, the scene head and the label table."""
        self._models = models
        self._recogniser: Recogniser | None = None
        self._loading = threading.Lock()
        self._answers: dict[str, Answer] = {}

    @property
    def max_concurrency(self) -> int:
        """One image per core. The window needs none for itself: its work goes first.

        Each image is worked on by one thread: several images at a time use the CPUs better than
        several threads on one image.
        """
        return min(count_cores(), _MOST_AT_A_TIME)

    def check(self) -> None:
        """Load the model, or raise BackendMissingError."""
        self._load()

    def submit(
        self, image_name: str, prepared: Prepared, *, cancel: threading.Event, again: bool = False
    ) -> None:
        """Recognise one image and keep the answer for `poll`."""
        if cancel.is_set():
            raise Cancelled
        recogniser = self._load()
        records = recogniser.recognise(prepared.pixels, image_name)
        # One dict operation is atomic, and so is the pop in poll.
        self._answers[image_name] = Answer(
            records, version=uuid.uuid4().hex, model_version=recogniser.version
        )

    def poll(self, image_names: Sequence[str]) -> Iterator[tuple[str, Answer]]:
        """The answers for those of these names that were submitted; each is handed out once."""
        for name in image_names:
            if (answer := self._answers.pop(name, None)) is not None:
                yield name, answer

    def close(self) -> None:
        """Let go of the model and of what nobody asked for."""
        with self._loading:
            self._recogniser = None
        self._answers.clear()

    def _load(self) -> Recogniser:
        with self._loading:
            if self._recogniser is None:
                try:
                    from .recognition import Recogniser  # noqa: PLC0415 - takes 0.2 s and 60 MB

                    self._recogniser = Recogniser(self._models)
                except Exception as error:  # onnxruntime's own errors share no base class
                    raise _missing() from error
            return self._recogniser
