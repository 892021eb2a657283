"""Flight: one image of a job on its way, with every item that waits for it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from .backend import Answer
from .date_taken import taken_at
from .events import State
from .library import Library
from .prepare import open_original
from .rows import ImageRow, ItemRow


@dataclass(slots=True, eq=False)
class Flight:
    """An image between identify and its answer; equal files of the job share one.

    `baseline` is the version of the answer that was there before, so that Label again does not
    take the old one for the new. `resumed`: the submit lies before this start of the program.
    `submitted_at` is in `time.monotonic()` seconds.
    """

    image: ImageRow
    items: list[ItemRow]
    baseline: str
    resumed: bool
    submitted_at: float
    answered: threading.Event = field(default_factory=threading.Event)
    answer: Answer | None = None

    @classmethod
    def of(cls, image: ImageRow, item: ItemRow) -> Flight:
        """The flight of an item, picked up where an earlier start left it."""
        waited_s = max(0.0, time.time() - (item.submitted_at or 0.0))
        return cls(
            image=image,
            items=[item],
            baseline=item.baseline,
            resumed=item.state is State.WAITING,
            submitted_at=time.monotonic() - waited_s,
        )

    @property
    def path(self) -> Path:
        """The file that is read for all items."""
        return self.items[0].path


def identify_file(library: Library, item: ItemRow, *, trust_times: bool) -> ImageRow:
    """Which image the item's file holds, by its content.

    With `trust_times` a file whose size and time of change are as they were is not read again.
    Raises ImageError when it cannot be read.
    """
    if trust_times:
        with contextlib.suppress(OSError):  # what is wrong is said below
            status = item.path.stat()
            known = library.known_image(item.file_id, status.st_size, status.st_mtime_ns)
            if known is not None:
                return known
    with open_original(item.path) as file:
        status = os.fstat(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        taken = taken_at(file)
    image = library.identify(
        item.file_id,
        item.path,
        digest,
        status.st_size,
        status.st_mtime_ns,
        taken_at=taken,
    )
    library.replace_lost_files(image.id, item.file_id)
    return image
