"""The window as a program: fills it, runs Qt until it is closed, and leaves nothing behind."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol, cast

from PIL import Image
from PySide6.QtWidgets import QApplication

from desktop.core.backend import Backend, BackendName, CopyKeeper
from desktop.core.events import Event
from desktop.core.job.queue import JobQueue
from desktop.core.library.library import Library
from desktop.core.meaning.meaning import Meaning
from desktop.core.money.copies import Copies
from desktop.core.money.upload_log import UploadLog
from desktop.core.photo.prepare import open_upright
from desktop.core.photo.thumbnails import EDGES_PX, ThumbnailCache
from desktop.core.recognisers import Recognisers
from desktop.core.settings import Settings
from desktop.core.watch.watcher import Watcher

from .arrivals import Arrivals
from .bridge import Bridge
from .dialogs.crash_dialog import CrashReporter
from .grid.thumbnails import PictureLoader
from .live_settings import LiveSettings
from .parts import Parts
from .shell import Shell
from .system.door import Door
from .window import Window
from .work import Work

PREVIEW_EDGE_PX = 1600
CLOSE_TIMEOUT_S = 0.8
EMBEDDER_TIMEOUT_S = 0.5
WATCHER_TIMEOUT_S = 0.1
"""It has nothing to write: what it was about to have labelled is found at the next start."""


class Core(Protocol):
    """What a window stands on, as `desktop.app` builds it."""

    @property
    def data_dir(self) -> Path:
        """Where settings, library, thumbnails and logs lie."""

    @property
    def settings(self) -> Settings:
        """Those of the start."""

    @property
    def library(self) -> Library:
        """Open until the program ends."""

    @property
    def recognisers(self) -> Recognisers:
        """What there is to label with."""

    @property
    def meaning(self) -> Meaning:
        """Search by meaning, be its network there or not."""

    def read_settings(self) -> Settings | None:
        """What is kept now; None when nobody has written it since the last time."""

    def save_settings(self, settings: Settings) -> None:
        """Keep what a person chose."""

    def make_queue(
        self, emit: Callable[[Event], None], settings: Callable[[], Settings]
    ) -> JobQueue:
        """The door through which work starts; both are called from other threads."""

    def make_backend(self, name: BackendName) -> Backend:
        """Build a backend; not for the GUI thread."""


def run_window(
    application: QApplication,
    arrivals: Arrivals,
    window: Window,
    core: Core,
    *,
    samples: Path | None,
    paths: Sequence[Path],
) -> int:
    """Fill the window, go on with what was left open, label `paths`; the exit code at its end.

    `arrivals` brings what later starts of the program are given. What is open when the window is
    closed stays in the library for the next start.
    """
    parts = make_parts(core, samples)
    window.fill(parts, Shell)
    crashes = CrashReporter(window)
    crashes.install()
    door = Door(window, window.add, window.top_bar.add_photos.trigger)
    arrivals.listen(door.take)
    # 100,000 rows stay: to look through them for cyclic rubbish stops the window for 0.1 s.
    window.feed.loaded.connect(gc.freeze)
    window.ready.connect(partial(_begin, parts, door, paths))
    code = application.exec() if window.isVisible() else 0  # closed as soon as it was to be seen
    window.close()
    close_parts(parts)
    crashes.uninstall()
    return code


def make_parts(core: Core, samples: Path | None) -> Parts:
    """Build what a window works with."""
    bridge, work = Bridge(), Work()
    core.library.store.on_change = bridge.tell
    live = LiveSettings(core.settings, core.save_settings, core.read_settings, bridge.tell, work)
    cache = ThumbnailCache(core.data_dir / "thumbnails")
    small = partial(cache.thumbnail, wanted_px=EDGES_PX[0])
    queue = core.make_queue(bridge.tell, lambda: live.now)

    def keep(path: Path, picture: Image.Image) -> None:
        # What a job has decoded need not be decoded once more for its meaning.
        if core.meaning.is_there:
            cache.keep(path, picture)

    queue.on_pixels = keep
    return Parts(
        library=core.library,
        recognisers=core.recognisers,
        queue=queue,
        watcher=Watcher(
            core.library,
            core.recognisers,
            queue.add_arrived,
            bridge.tell,
            settings=lambda: live.now,
            opens=small,  # the grid will want it
        ),
        bridge=bridge,
        work=work,
        settings=live,
        copies=Copies(UploadLog(core.library.store), lambda: _copy_keepers(core, live.now)),
        meaning=core.meaning,
        small=small,
        pictures=cache.picture,
        thumbnails=PictureLoader(cache.thumbnail, work, threads=2),
        previews=PictureLoader(_open_preview, work, threads=1),
        samples=samples,
        data_dir=core.data_dir,
    )


def _copy_keepers(core: Core, settings: Settings) -> list[CopyKeeper]:
    keepers = core.recognisers.copy_keepers(settings)
    return [cast(CopyKeeper, core.make_backend(each.name)) for each in keepers]


def _open_preview(path: Path, _: int) -> Image.Image:
    return open_upright(path, max_edge_px=PREVIEW_EDGE_PX)


def close_parts(parts: Parts) -> None:
    """End every thread, keeping what is open; within a second whatever the work."""
    parts.settings.close()
    parts.work.close()
    parts.watcher.close(WATCHER_TIMEOUT_S)
    parts.meaning.stop_embedding(EMBEDDER_TIMEOUT_S)
    parts.queue.close(CLOSE_TIMEOUT_S)
    parts.bridge.close()


def _begin(parts: Parts, door: Door, paths: Sequence[Path]) -> None:
    parts.queue.resume()
    parts.watcher.start()
    door.begin(paths)
