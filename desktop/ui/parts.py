"""Parts: what the window is filled with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from desktop.core.job.queue import JobQueue
from desktop.core.library.library import Library
from desktop.core.meaning.meaning import Meaning
from desktop.core.money.copies import Copies
from desktop.core.recognisers import Recognisers
from desktop.core.watch.watcher import Watcher

from .bridge import Bridge
from .grid.thumbnails import PictureLoader
from .live_settings import LiveSettings
from .work import Work


@dataclass(frozen=True, slots=True)
class Parts:
    """`main.py` builds and closes it. In other threads, `small` makes a thumbnail of a file, and
    `pictures` one whose short edge has at least so many pixels.
    """

    library: Library
    recognisers: Recognisers
    queue: JobQueue
    watcher: Watcher
    bridge: Bridge
    work: Work
    settings: LiveSettings
    copies: Copies
    meaning: Meaning
    small: Callable[[Path], Image.Image]
    pictures: Callable[[Path, int], Image.Image]
    thumbnails: PictureLoader
    previews: PictureLoader
    samples: Path | None
    data_dir: Path
