"""Signals: what the system tells of a folder, as the paths that are worth a look."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from ..photo.discover import may_be_photo

log = logging.getLogger(__name__)

# Linux tells when a file that was written is closed, which is once and not with every block.
_WRITTEN = FileClosedEvent if sys.platform == "linux" else FileModifiedEvent
_HEARD: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileMovedEvent,
    _WRITTEN,
    DirCreatedEvent,
    DirMovedEvent,
]

Tell = Callable[[Path, bool, Path | None], object]
"""Told a path, whether it is a folder, and which name it had before, if any; in any thread."""


class Signals:
    """Listens to one folder and all below; ends with `close`. While nothing happens it costs none.

    Raises OSError when the system cannot tell: it has not enough watches left, say.
    """

    def __init__(self, folder: Path, tell: Tell) -> None:
        real = os.path.realpath(folder)
        self._observer = Observer()
        self._observer.daemon = True
        self._observer.name = "watch: signals"
        self._observer.schedule(
            _Handler(folder, Path(real), tell), real, recursive=True, event_filter=_HEARD
        )
        try:
            self._observer.start()
        except OSError:
            self._observer.on_thread_stop()
            raise

    def close(self) -> None:
        """Listen no more; its threads end by themselves."""
        self._observer.stop()


class _Handler(FileSystemEventHandler):
    """Speaks of the folder by the name that the person knows, whatever links lead there."""

    def __init__(self, folder: Path, real: Path, tell: Tell) -> None:
        self._folder = folder
        self._real = real
        self._tell = tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        source = self._path(event.src_path)
        if event.event_type != "moved":
            path, before = source, None
        else:
            path, before = self._path(event.dest_path), source
        if path is not None and (event.is_directory or may_be_photo(path, self._folder)):
            self._tell(path, event.is_directory, before)

    def _path(self, told: bytes | str) -> Path | None:
        path = Path(os.fsdecode(told))
        if not path.is_relative_to(self._real):
            return None
        return self._folder / path.relative_to(self._real)
