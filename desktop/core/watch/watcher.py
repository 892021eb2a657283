"""Watcher: has what arrives in watched folders labelled, in one job each few seconds."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..backend import BackendName
from ..errors import AppError, FolderError
from ..job.priority import give_way
from ..library.library import Library
from ..money.spending import Spending, photos_left
from ..photo.discover import discover
from ..photo.prepare import Stamp
from ..recognisers import Recognisers
from ..settings import Settings
from ..walk.other_files import is_photo
from .arrivals import SETTLE_S, Arrivals
from .drives import is_remote
from .rescan import Comparison
from .watched import WatchedFolder, WatchedFolders

if TYPE_CHECKING:
    from .signals import Signals

log = logging.getLogger(__name__)

GATHER_S = 3.0
"""What arrives in a burst is labelled in one job each so many seconds, and one at a time."""
RESCAN_S = 600.0
"""Also where the system tells of changes: it forgets some in a flood, and follows no links."""
POLL_S = 15.0
"""Where it does not, a small folder is looked through this often."""
SHARE = 1 / 400
"""A large one less often, so that it takes no more than this of a processor, and no more than ten
times this of the time: to wait for a network drive costs no processor, but others want it too."""

AddArrived = Callable[[Sequence[Path], BackendName, int], object]
"""Has files labelled by a recogniser, for the watched folder of this id."""


class Arrived(NamedTuple):
    """So many photos that have arrived in a watched folder are being labelled."""

    folder: Path
    photos: int


class LimitReached(NamedTuple):
    """Photos wait in a watched folder because this month's limit is reached: that agreed for the
    folder, or, where `is_agreed` is not set, the person's for everything."""

    folder: Path
    photos: int
    dollars: float
    is_agreed: bool


@dataclass(slots=True)
class _Place:
    """A watched folder at work. Times are in `time.monotonic()` seconds."""

    row: WatchedFolder
    arrivals: Arrivals
    signals: Signals | None = None
    scan_at: float = 0.0
    ready: dict[Path, Stamp] = field(default_factory=dict)
    begun: dict[Path, Stamp] = field(default_factory=dict)
    begin_at: float = 0.0
    told: tuple[str, float] | None = None

    def stop_listening(self) -> None:
        """The next scan begins anew."""
        if self.signals is not None:
            self.signals.close()
            self.signals = None


class Watcher:
    """One thread, which sleeps while nothing happens. `tell` is called from it.

    `opens` opens a photo wholly, and raises ImageError when it cannot. What is not labelled when
    the program ends is found again at the next start.
    """

    def __init__(
        self,
        library: Library,
        recognisers: Recognisers,
        add: AddArrived,
        tell: Callable[[Arrived | LimitReached], object],
        *,
        settings: Callable[[], Settings],
        opens: Callable[[Path], object],
        settle_s: float = SETTLE_S,
        gather_s: float = GATHER_S,
        poll_s: float = POLL_S,
        is_polled: Callable[[Path], bool] = is_remote,
    ) -> None:
        self.folders = WatchedFolders(library.store)
        self._recognisers = recognisers
        self._add = add
        self._tell = tell
        self._settings = settings
        self._opens = opens
        self._settle_s, self._gather_s, self._poll_s = settle_s, gather_s, poll_s
        self._is_polled = is_polled
        self._comparison = Comparison(library.store)
        self._spending = Spending(library.store)
        self._places: dict[int, _Place] = {}
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin, with a look at what arrived while the program was not running."""
        self._calls.put(self._read_folders)
        self._thread.start()

    def renew(self) -> None:
        """The list of watched folders, or a limit, has changed; returns at once."""
        self._calls.put(self._read_folders)

    def close(self, timeout_s: float) -> bool:
        """End at once; whether it ended in time."""
        self._closing.set()
        self._calls.put(lambda: None)
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    # In the watcher's own thread

    def _run(self) -> None:
        give_way()
        while not self._closing.is_set():
            self._sleep()
            for place in list(self._places.values()):
                if self._closing.is_set():
                    break
                try:
                    self._look_after(place)
                except AppError as error:  # its drive is away, or the library's: later again
                    log.info("watching %s: %s", place.row.path, error)
                    place.stop_listening()
                    place.scan_at = time.monotonic() + self._poll_s
                except Exception:
                    log.exception("watching %s", place.row.path)
                    place.scan_at = time.monotonic() + RESCAN_S
        for place in self._places.values():
            place.stop_listening()

    def _sleep(self) -> None:
        """Until something is told, or is to be done; what is told in a flood is taken as one."""
        due = min((self._due(place) for place in self._places.values()), default=None)
        wait_s = None if due is None else max(0.0, due - time.monotonic())
        try:
            call = self._calls.get(timeout=wait_s)
            while True:
                self._do(call)
                call = self._calls.get_nowait()
        except queue.Empty:
            pass

    def _do(self, call: Callable[[], None]) -> None:
        try:
            call()
        except AppError as error:
            log.info("watching: %s", error)
        except Exception:
            log.exception("watching")

    def _due(self, place: _Place) -> float:
        times = [place.scan_at, place.arrivals.next_look() or place.scan_at]
        return min([*times, place.begin_at] if place.ready else times)

    def _read_folders(self) -> None:
        rows = {row.id: row for row in self.folders.all()}
        for watched_id in self._places.keys() - rows.keys():
            self._places.pop(watched_id).stop_listening()
        for row in rows.values():
            if row.id in self._places:
                place = self._places[row.id]
                if place.row.path != row.path:
                    place.stop_listening()
                place.row, place.told, place.begin_at, place.scan_at = row, None, 0.0, 0.0
            else:
                arrivals = Arrivals(self._opens, self._is_wanted, settle_s=self._settle_s)
                self._places[row.id] = _Place(row, arrivals)

    def _look_after(self, place: _Place) -> None:
        if place.scan_at <= time.monotonic():
            self._scan(place)
        place.ready |= place.arrivals.look(cancel=self._closing)
        if place.ready and place.begin_at <= time.monotonic() and not self._closing.is_set():
            self._begin(place)

    # What may have arrived

    def _scan(self, place: _Place) -> None:
        """Look through the whole folder, and listen to it from before that on."""
        if place.signals is None and not self._is_polled(place.row.path):
            place.signals = self._listen(place.row)
        began, cpu = time.monotonic(), time.thread_time()
        news = self._comparison.of_folder(place.row.path, cancel=self._closing)
        took_s, cpu_s = time.monotonic() - began, time.thread_time() - cpu
        rest_s = max(cpu_s / SHARE, took_s / SHARE / 10)
        least_s = self._poll_s if place.signals is None else RESCAN_S
        place.scan_at = time.monotonic() + max(least_s, rest_s)
        unlabelled = news.to_label
        place.begun = {path: place.begun[path] for path in unlabelled if path in place.begun}
        for path in unlabelled:
            self._consider(place, path)

    def _listen(self, row: WatchedFolder) -> Signals | None:
        def tell(path: Path, is_folder: bool, before: Path | None) -> None:
            self._calls.put(lambda: self._on_told(row.id, path, is_folder, before))

        from .signals import Signals

        try:
            return Signals(row.path, tell)
        except OSError as error:  # no such folder now, or no watches left
            log.info("polling %s: %s", row.path, error)
            return None

    def _on_told(self, watched_id: int, path: Path, is_folder: bool, before: Path | None) -> None:
        place = self._places.get(watched_id)
        if place is None:
            return
        is_renamed = before is not None
        if before is not None:
            place.begun.pop(before, None)  # it may come back to its old name
        if not is_folder:
            self._consider(place, path, is_renamed=is_renamed)
            return
        try:
            for photo in discover([path], cancel=self._closing):
                if photo != path:
                    self._consider(place, photo, is_renamed=is_renamed)
        except FolderError as error:  # the next scan finds what is there then
            log.info("watching %s: %s", path, error)

    def _consider(self, place: _Place, path: Path, *, is_renamed: bool = False) -> None:
        if self._innermost(path) is place:
            place.arrivals.add(path, is_renamed=is_renamed)

    def _innermost(self, path: Path) -> _Place | None:
        """Of watched folders in each other the inner one counts."""
        places = [each for each in self._places.values() if path.is_relative_to(each.row.path)]
        return max(places, key=lambda each: len(each.row.path.parts), default=None)

    def _is_wanted(self, path: Path, stamp: Stamp) -> bool:
        """Whether it is news, and no job has it already, be it one that could not read it."""
        place = self._innermost(path)
        if not is_photo(path):
            return False
        if place is None or stamp in (place.begun.get(path), place.ready.get(path)):
            return False
        return self._comparison.of_file(path, stamp) is not None

    # What has arrived

    def _begin(self, place: _Place) -> None:
        """Have labelled what is ready, as far as the limits reach, unless a job is still at it."""
        place.begin_at = time.monotonic() + self._gather_s
        row = place.row
        if self.folders.open_jobs(row.id):
            return
        paths = [path for path in place.ready if path.exists()]
        place.ready = {path: place.ready[path] for path in paths}
        most, limit, is_agreed = self._affordable(row)
        if most is not None and most < len(paths):
            self._tell_limit(place, LimitReached(row.path, len(paths) - most, limit, is_agreed))
            paths = paths[:most]
            if not paths:
                place.begin_at = time.monotonic() + RESCAN_S  # or when a limit is raised
                return
        if paths:
            self._add(paths, row.backend, row.id)
            place.begun |= {path: place.ready.pop(path) for path in paths}
            self._tell(Arrived(row.path, len(paths)))

    def _affordable(self, row: WatchedFolder) -> tuple[int | None, float, bool]:
        """How many photos the limits let through, None for any; the narrower limit, and which."""
        settings = self._settings()
        price = self._recognisers.get(row.backend).price
        dollars = price(settings) if price else 0.0
        everything = settings.monthly_limit_dollars
        all_left = photos_left(self._spending.this_month(), dollars, everything)
        if row.dollars is None or all_left is None:
            return all_left, everything, False
        left = photos_left(self._spending.of_watched(row.id), dollars, row.dollars)
        if left is not None and left < all_left:
            return left, row.dollars, True
        return all_left, everything, False

    def _tell_limit(self, place: _Place, reached: LimitReached) -> None:
        """Once a month, and once more for another limit."""
        about = (time.strftime("%Y-%m", time.gmtime()), reached.dollars)
        if place.told != about:
            place.told = about
            self._tell(reached)
