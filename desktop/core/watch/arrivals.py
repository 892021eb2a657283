"""Arrivals: files that may have arrived, each handed out once it is wholly written."""

from __future__ import annotations

import os
import stat
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import ImageError
from ..photo.identity import is_cut_off
from ..photo.prepare import Stamp, open_original

SETTLE_S = 2.0
"""A file that was the same twice, so long apart, may be whole; then it is opened to see."""
MOST_WAIT_S = 60.0
"""What could not be opened is tried again after 2, 4, 8 ... seconds, and at least this often."""
PATIENCE_S = 600.0
"""A file that nobody has touched for so long will not become whole: it is handed out as it is, to
fail with a reason that a person sees."""
LOOK_S = 1.0
"""Of many files those are handed out that were opened in so long."""


@dataclass(slots=True)
class _Candidate:
    """`since` and `due` are in `time.monotonic()` seconds; `wait_s` until the look after next."""

    due: float
    is_renamed: bool = False
    stamp: Stamp | None = None
    since: float = 0.0
    wait_s: float = 0.0


class Arrivals:
    """One thread's. `opens` opens a file wholly, and raises ImageError when it cannot.

    `is_wanted` tells by the stamp whether a file is worth opening.
    """

    def __init__(
        self,
        opens: Callable[[Path], object],
        is_wanted: Callable[[Path, Stamp], bool],
        *,
        settle_s: float = SETTLE_S,
    ) -> None:
        self._opens = opens
        self._is_wanted = is_wanted
        self._settle_s = settle_s
        self._candidates: dict[Path, _Candidate] = {}

    def add(self, path: Path, *, is_renamed: bool = False) -> None:
        """Something has happened to this file. One that was renamed into its place is whole."""
        candidate = self._candidates.setdefault(path, _Candidate(time.monotonic()))
        candidate.is_renamed = is_renamed

    def next_look(self) -> float | None:
        """When to look next, in `time.monotonic()` seconds; None when there is nothing."""
        return min((each.due for each in self._candidates.values()), default=None)

    def look(self, *, cancel: threading.Event) -> dict[Path, Stamp]:
        """What has arrived by now; each file is handed out once, and what has vanished never.

        Of a flood the first ones, as to open them takes its time.
        """
        arrived: dict[Path, Stamp] = {}
        enough_at = time.monotonic() + LOOK_S
        for path, candidate in list(self._candidates.items()):
            if cancel.is_set() or time.monotonic() > enough_at:
                break
            if candidate.due <= time.monotonic():
                stamp = self._look(path, candidate)
                if stamp is not None:
                    arrived[path] = stamp
        return arrived

    def _look(self, path: Path, candidate: _Candidate) -> Stamp | None:
        now = time.monotonic()
        try:
            status = os.stat(path)  # noqa: PTH116 - called often
        except (FileNotFoundError, NotADirectoryError):
            del self._candidates[path]
            return None
        except OSError:  # a drive that is slow, say
            self._wait(candidate)
            return None
        stamp = Stamp.of(status)
        if not stat.S_ISREG(status.st_mode) or not self._is_wanted(path, stamp):
            del self._candidates[path]
            return None
        if stamp != candidate.stamp and not candidate.is_renamed:
            candidate.stamp, candidate.since = stamp, now
            candidate.wait_s, candidate.due = self._settle_s, now + self._settle_s
            return None
        candidate.stamp, candidate.is_renamed = stamp, False
        candidate.since = candidate.since or now
        if not self._is_whole(path, stamp) and now - candidate.since < PATIENCE_S:
            self._wait(candidate)
            return None
        del self._candidates[path]
        return stamp

    def _wait(self, candidate: _Candidate) -> None:
        candidate.wait_s = min(max(2 * candidate.wait_s, self._settle_s), MOST_WAIT_S)
        candidate.due = time.monotonic() + candidate.wait_s

    def _is_whole(self, path: Path, stamp: Stamp) -> bool:
        try:
            with open_original(path) as file:
                if is_cut_off(file):
                    return False
            self._opens(path)
            return Stamp.of(path.stat()) == stamp
        except (ImageError, OSError):
            return False
