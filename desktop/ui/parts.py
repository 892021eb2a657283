"""Parts: what the window is filled with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.core.job.queue import JobQueue
from desktop.core.library.library import Library
from desktop.core.money.copies import Copies

from .bridge import Bridge
from .grid.thumbnails import PictureLoader
from .live_settings import LiveSettings


@dataclass(frozen=True, slots=True)
class Parts:
    """`main.py` builds and closes it."""

    library: Library
    queue: JobQueue
    bridge: Bridge
    settings: LiveSettings
    local_model: Callable[[], str]
    """The version of the on-device model; not for the GUI thread."""
    copies: Copies
    thumbnails: PictureLoader
    previews: PictureLoader
    samples: Path | None
    data_dir: Path
