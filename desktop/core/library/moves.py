"""Moves: the library knows a file by its path, and follows when that has changed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from .rows import below, path_columns
from .store import Store

Moved = tuple[int, str, str]
"""A file's id, and its path before and after."""


def follow_in(db: sqlite3.Connection, before: Path, after: Path) -> None:
    """Know the file at `before` as the one at `after`, in the caller's transaction.

    All that belongs to it stays. What is known of an earlier file at `after`, which is lost, goes
    to `before`, so that nothing is forgotten.
    """
    lost = db.execute("SELECT id FROM files WHERE path = ?", (os.fsencode(after),)).fetchone()
    moved = db.execute("SELECT id FROM files WHERE path = ?", (os.fsencode(before),)).fetchone()
    if moved is None:
        return
    if lost is not None:  # no two may have one path, not even for a moment
        db.execute("UPDATE files SET path = ? WHERE id = ?", (b"\0", lost["id"]))
    update = "UPDATE files SET (path, name, folded_name, folder) = (?, ?, ?, ?) WHERE id = ?"
    db.execute(update, (*path_columns(after), moved["id"]))
    if lost is not None:
        db.execute(update, (*path_columns(before), lost["id"]))


def moved_along(
    store: Store, before: Path, after: Path, is_there: Callable[[str], bool]
) -> Iterator[Moved]:
    """The photos of a folder that lie in the same way in another one now, where it was moved to.

    `is_there` looks at the disk. May raise StorageError.
    """
    first, end = below(before)
    rows = store.search(
        "SELECT id, path FROM files WHERE path >= :first AND path < :end AND NOT removed"
        " ORDER BY path",
        {"first": first, "end": end},
    )
    for row in rows:
        old = os.fsdecode(row["path"])
        new = os.fspath(after / os.fsdecode(row["path"][len(first) :]))
        if new != old and is_there(new):
            yield row["id"], old, new
