"""Parts: what the window is filled with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.core.copies import Copies
from desktop.core.jobs import JobQueue
from desktop.core.library import Library

from .bridge import Bridge
from .live_settings import LiveSettings
from .photos.thumbnails import PictureLoader


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
