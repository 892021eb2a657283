"""A third recogniser, added as CONTRIBUTING says: a backend in a file of its own, and one entry.

It stands for a service on the network that takes money and keeps nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from desktop.core.backend import Answer
from desktop.core.photo.prepare import Form, Prepared
from desktop.core.recognisers import Recogniser, Recognisers
from desktop.core.records import LabelRecord
from desktop.core.texts import Text
from desktop.recognisers import RECOGNISERS


class ThirdBackend:
    """Finds a lighthouse in every photo."""

    max_concurrency = 4
    form: Form = "jpeg"
    max_edge_px = 512
    tick_s = 0.01

    def __init__(self) -> None:
        self._answers: dict[str, Answer] = {}

    def check(self) -> None:
        pass

    def submit(
        self, image_name: str, prepared: Prepared, *, cancel: threading.Event, again: bool = False
    ) -> None:
        assert prepared.data.startswith(b"\xff\xd8")
        found = (LabelRecord(image_name, "Lighthouse", 88.0), LabelRecord(image_name, "Sea", 61.0))
        self._answers[image_name] = Answer(found, model_version="third 1")

    def poll(self, image_names: Sequence[str]) -> Iterator[tuple[str, Answer]]:
        for name in image_names:
            if (answer := self._answers.pop(name, None)) is not None:
                yield name, answer

    def close(self) -> None:
        pass


THIRD = Recogniser(
    name="third",
    title=Text("At the university"),
    about=Text("Knows lighthouses."),
    who=Text("The university"),
    where=Text("labelled at the university"),
    rank=15,  # above this computer, below Amazon
    images_per_s=2.0,
    make=lambda *_: ThirdBackend(),
    price=lambda _: 4.0,
)
WITH_THIRD = Recognisers([*RECOGNISERS, THIRD])
