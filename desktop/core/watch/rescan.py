"""Rescan: what of a folder is new, changed or gone, compared with the library."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ..errors import AwayError, FolderError
from ..files.long_paths import as_stored
from ..files.place_file import digest_at
from ..files.spelling import Spelling
from ..library.images import is_lost
from ..library.rows import below
from ..library.store import Store
from ..photo.discover import discover
from ..photo.prepare import Stamp

_CHUNK = 500
_PAUSE_S = 0.002
"""Between two chunks others get their turn: to compare files is Python's work, too."""

Verdict = Literal["new", "changed"]


@dataclass(slots=True)
class News:
    """What a folder holds that the library does not know, and what it holds no more.

    `gone` are ids of files. `trouble`: a folder could not be read, so there may be more.
    """

    new: list[Path] = field(default_factory=list)
    changed: list[Path] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    trouble: FolderError | None = None

    @property
    def to_label(self) -> list[Path]:
        """What is worth labelling."""
        return [*self.new, *self.changed]


class Comparison:
    """Compares files with what the library knows of them; every method may raise StorageError.

    A file that a person took out of the library is not new again before it changes. What this
    program has written itself, keywords into a photo or a copy into a folder, is no news either.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ours: dict[Path, Stamp] = {}

    def of_file(self, path: Path, stamp: Stamp) -> Verdict | None:
        """Whether a file is new or changed, by its stamp."""
        rows = self._store.read(_KNOWN + " WHERE path = ?", as_stored(path))
        return self._verdict(path, stamp, rows[0] if rows else None)

    def of_folder(self, folder: Path, *, cancel: threading.Event) -> News:
        """Everything in a folder and below; reads the disk: some 50,000 files take a second.

        Raises AwayError when the folder cannot be reached: then nothing is known of its photos.
        """
        first, end = below(folder)
        rows = self._store.search(
            _KNOWN + " WHERE path >= :first AND path < :end", {"first": first, "end": end}
        )
        known = {row["path"]: row for row in rows}
        has_photos = any(not row["removed"] for row in rows)
        news = News()
        try:
            found = discover([folder], cancel=cancel, was_there=lambda _: has_photos)
            for number, path in enumerate(found):
                if number % _CHUNK == 0:
                    cancel.wait(_PAUSE_S)
                row = known.pop(as_stored(path), None)
                try:
                    stamp = Stamp.of(path.stat())
                except OSError:  # it has vanished meanwhile
                    continue
                verdict = self._verdict(path, stamp, row)
                if verdict is not None:
                    (news.new if verdict == "new" else news.changed).append(path)
        except AwayError:
            raise
        except FolderError as error:
            news.trouble = error
        if not cancel.is_set():
            left = (row for row in known.values() if not row["removed"])
            spelling = Spelling()
            news.gone = [row["id"] for row in left if is_lost(row["path"], spelling)]
        return news

    def _verdict(self, path: Path, stamp: Stamp, row: sqlite3.Row | None) -> Verdict | None:
        is_new = row is None or bool(row["removed"])
        if row is not None:
            is_read = row["size_bytes"] is not None
            if (row["size_bytes"], row["mtime_ns"]) == stamp or not (is_read or is_new):
                return None  # what was never read is a job's, or a person did not want it
        if self._is_ours(path, stamp, is_new=is_new):
            return None
        return "new" if is_new else "changed"

    def _is_ours(self, path: Path, stamp: Stamp, *, is_new: bool) -> bool:
        """Whether this program is about to write the file, or has made it by itself."""
        if self._ours.get(path) == stamp:
            return True
        rows = self._store.read(
            "SELECT after, state FROM saved_files WHERE path = ? AND state IN ('planned', 'done')"
            " ORDER BY id DESC LIMIT 1",
            as_stored(path),
        )
        if not rows:
            return False
        if rows[0]["state"] == "planned":
            return True
        if not is_new:  # the library knows what it was when we had written it
            return False
        try:
            is_ours = bool(digest_at(path) == rows[0]["after"])
        except OSError:
            return False
        if is_ours:
            self._ours[path] = stamp
        return is_ours


_KNOWN = "SELECT id, path, size_bytes, mtime_ns, removed FROM files"
