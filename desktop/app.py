"""Composition root: builds settings, library, backend and window; logging; one exit path."""

from __future__ import annotations

import importlib.util
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from . import __version__
from .core.errors import DamagedError, StorageError
from .core.heap import use_one_heap
from .core.settings import (
    Settings,
    change_settings,
    library_path,
    load_settings,
    settings_stamp,
)
from .recognisers import RECOGNISERS, make_encoder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from .core.backend import Backend, BackendName
    from .core.events import Event
    from .core.job.queue import JobQueue
    from .core.library.library import Library
    from .core.meaning.meaning import Meaning
    from .core.recognisers import Recognisers

log = logging.getLogger(__name__)

T = TypeVar("T")
ALL_DONE, SOME_FAILED, USAGE, NO_BACKEND, INTERRUPTED = 0, 1, 2, 3, 130
"""What the process ends with."""
STOP_TIMEOUT_S = 0.7
"""How long the exit waits for workers; what they have not written is still in the library."""


@dataclass(slots=True)
class Core:
    """What the window and the command line both stand on."""

    data_dir: Path
    settings: Settings
    library: Library
    recognisers: Recognisers
    networks: Path | None = None
    """Another manifest of networks for search by meaning than the program's own."""
    _stamp: object = None
    _meaning: Meaning | None = None

    @property
    def meaning(self) -> Meaning:
        """Search by meaning; it costs nothing until somebody uses it."""
        if self._meaning is None:
            from .core.meaning.meaning import Meaning, network_folders
            from .core.meaning.network import MANIFEST

            folder, *_ = network_folders(self.data_dir, self.networks or MANIFEST)
            self._meaning = Meaning(folder, self.library.store, make_encoder)
        return self._meaning

    def make_queue(
        self, emit: Callable[[Event], None], settings: Callable[[], Settings]
    ) -> JobQueue:
        """The door through which work starts; `emit` is called from other threads.

        `settings` gives the price and the limit as they are now, also from other threads.
        Meanwhile the library's file is looked after, and what a killed save left; that the file is
        damaged is told as well.
        """
        from .core.job.queue import JobQueue

        threading.Thread(
            target=self._look_after, args=(emit,), name="look after", daemon=True
        ).start()
        return JobQueue(self.library, self.recognisers, self.make_backend, emit, settings=settings)

    def _look_after(self, emit: Callable[[Event], None]) -> None:
        from .core.events import JobEvent, JobState
        from .core.save.journal import Journal

        try:
            self.library.store.look_after()
            Journal(self.library.store).tidy()
        except DamagedError as error:
            emit(JobEvent(0, JobState.STOPPED, error))
        except Exception:  # without today's copy everything goes on
            log.exception("looking after the library")

    def make_backend(self, name: BackendName) -> Backend:
        """Build a backend; imports what is heavy, so never call it on the GUI thread."""
        # A set-up may have happened since the start, in the settings or in a shell.
        return self.recognisers.get(name).make(load_settings(self.data_dir), self._keep)

    def _keep(self, **values: Any) -> None:
        kept = load_settings(self.data_dir)
        if replace(kept, **values) != kept:
            change_settings(self.data_dir, lambda kept: replace(kept, **values))

    def read_settings(self) -> Settings | None:
        """What is kept now; None when nobody has written it since this was asked last."""
        stamp = settings_stamp(self.data_dir)
        if stamp == self._stamp:
            return None
        self._stamp = stamp
        return load_settings(self.data_dir)

    def save_settings(self, settings: Settings) -> None:
        """Keep what a person chose in the window since the last time, and nothing else.

        A shell may have changed the rest meanwhile; the connection is the set-up's to write.
        """
        names = {field.name for field in fields(Settings)} - {"connection"}
        new = {name: getattr(settings, name) for name in names}
        chosen = {n: value for n, value in new.items() if value != getattr(self.settings, n)}
        change_settings(self.data_dir, lambda kept: replace(kept, **chosen))
        self.settings = settings


def open_core(
    data_dir: Path,
    settings: Settings,
    recognisers: Recognisers = RECOGNISERS,
    *,
    networks: Path | None = None,
) -> Core:
    """Open what lies in `data_dir`, or begin it. Raises StorageError.

    `networks` is a manifest for search by meaning that takes the place of the program's own.
    """
    from .core.library.library import Library

    use_one_heap()  # before there are threads
    library = Library(library_path(data_dir), recognisers)
    return Core(data_dir, settings, library, recognisers, networks)


def samples_dir() -> Path | None:
    """The photos that came with the program, if they did."""
    samples = Path(__file__).parents[1] / "samples"
    return samples if samples.is_dir() else None


def can_open_window() -> bool:
    """Whether there is a screen and the Qt to draw on it."""
    if importlib.util.find_spec("PySide6") is None:
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    named = os.environ.get("QT_QPA_PLATFORM")
    return bool(named or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(data_dir: Path, paths: Sequence[Path], *, asks: bool = False) -> int:
    """Show the window until it is closed. Raises StorageError when it cannot begin: said by then.

    Where a window is open on `data_dir` already, that one comes to the front and takes `paths`.
    With `asks` it then asks for photos.
    """
    from .ui.application import Signals, make_application, show_at_once
    from .ui.arrivals import Arrivals
    from .ui.look.appearance import apply_appearance
    from .ui.single_instance import claim
    from .ui.window import Window
    from .ui.words.languages import speak

    application, arrivals = make_application(paths), Arrivals()
    application.files_asked.connect(arrivals.take)
    Signals(application)
    instance = _until_it_opens(application, data_dir, lambda: claim(data_dir, paths, asks=asks))
    if instance is None:
        return 0
    instance.received.connect(arrivals.take)
    instance.asked.connect(arrivals.ask)
    if asks:
        arrivals.ask()
    begin_log(data_dir)
    settings = _until_it_opens(application, data_dir, lambda: load_settings(data_dir))
    speak(application, settings.language)
    apply_appearance(settings.appearance)
    samples = samples_dir()
    is_new = not library_path(data_dir).exists()
    window = Window(data_dir, has_samples=samples is not None, is_new=is_new)
    show_at_once(window)
    # From here on everything is loaded that takes its time.
    core = _until_it_opens(application, data_dir, lambda: open_core(data_dir, settings))
    from .ui.main import run_window

    try:
        return run_window(
            application,
            arrivals,
            window,
            core,
            samples=samples,
            paths=paths,
        )
    finally:
        core.library.close()
        instance.close()


def _until_it_opens(application: QApplication, data_dir: Path, attempt: Callable[[], T]) -> T:
    """Try until it works or the person has enough of it; whoever clicked an icon sees no terminal.

    Raises the StorageError that was the last one.
    """
    library = library_path(data_dir)
    while True:
        try:
            return attempt()
        except StorageError as error:
            from .core.library.backup import backup_path, begin_anew, restore_backup
            from .ui.dialogs.start_dialog import ask_after
            from .ui.words.languages import speak

            speak(application, "system")  # the settings may be what cannot be read
            is_damaged = isinstance(error, DamagedError)
            has_copy = is_damaged and backup_path(library).exists()
            choice = ask_after(error, has_copy=has_copy, can_begin_anew=is_damaged)
            if choice == "close":
                raise
            if choice == "copy":
                _until_it_opens(application, data_dir, lambda: restore_backup(library))
            elif choice == "anew":
                _until_it_opens(application, data_dir, lambda: begin_anew(library))


def end_process(code: int) -> NoReturn:
    """The one exit. A worker inside a decoder or a socket must not hold the program open."""
    logging.shutdown()
    for stream in filter(None, (sys.stdout, sys.stderr)):  # a Windows program without a console
        try:
            stream.flush()
        except (OSError, ValueError):
            code = code or 1
    os._exit(code)


def begin_log(data_dir: Path) -> None:
    """Write the log into `data_dir` from now on; a disk that refuses is the library's to tell."""
    from logging.handlers import RotatingFileHandler

    path = data_dir / "logs" / "tagdrop.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
    )
    sys.excepthook = lambda *error: log.critical("unexpected", exc_info=error)
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    # botocore's debug lines would hold signatures; ours never ask for them.
    for name in ("boto3", "botocore", "urllib3", "s3transfer"):
        logging.getLogger(name).setLevel(logging.WARNING)
    log.info("Tagdrop %s, Python %s, %s", __version__, sys.version.split()[0], sys.platform)
