"""Moves: the library knows files and folders by their paths, and follows when these change."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

from ..files.long_paths import as_stored, file_path, from_stored, real_path
from .rows import below, path_columns
from .store import Store

Moved = tuple[int, str, str]
"""A file's id, and its path before and after."""

Renamed = tuple[str, tuple[int], str, str]
"""What names a folder (one of PLACES), its id, and what stands there before and after."""

PLACES = ("folder", "path", "watched", "roots", "search")
"""What changes when a person says where a folder is now: which one, its photos, what names it."""


def follow_in(db: sqlite3.Connection, before: Path, after: Path) -> None:
    """Know the file at `before` as the one at `after`, in the caller's transaction.

    All that belongs to it stays. What is known of an earlier file at `after`, which is lost, goes
    to `before`, so that nothing is forgotten.
    """
    lost = db.execute("SELECT id FROM files WHERE path = ?", (as_stored(after),)).fetchone()
    moved = db.execute("SELECT id FROM files WHERE path = ?", (as_stored(before),)).fetchone()
    if moved is None:
        return
    if lost is not None:  # no two may have one path, not even for a moment
        db.execute("UPDATE files SET path = ? WHERE id = ?", (b"\0", lost["id"]))
    update = "UPDATE files SET (path, name, folded_name, folder) = (?, ?, ?, ?) WHERE id = ?"
    db.execute(update, (*path_columns(after), moved["id"]))
    if lost is not None:
        db.execute(update, (*path_columns(before), lost["id"]))


def put_place(db: sqlite3.Connection, what: str, key: tuple[str | int, ...], value: str) -> None:
    """Let one of PLACES be what is said, in the caller's transaction."""
    if what == "path":
        _relocate_in(db, int(key[0]), file_path(value))
    elif what == "watched":
        db.execute("UPDATE OR IGNORE watched SET path = ? WHERE id = ?", (os.fsencode(value), *key))
    elif what == "roots":
        db.execute("UPDATE jobs SET roots = ? WHERE id = ?", (value, *key))
    elif what == "search":
        db.execute("UPDATE searches SET query = ? WHERE id = ?", (value, *key))


def _relocate_in(db: sqlite3.Connection, file_id: int, after: Path) -> None:
    """Know a photo that a person has moved where it is now; in the caller's transaction.

    What was saved into it, or beside it, is known there too, so that it can be undone there.
    """
    row = db.execute("SELECT path FROM files WHERE id = ?", (file_id,)).fetchone()
    before = from_stored(row["path"])
    follow_in(db, before, after)
    for row_id, path in _saved_for(db, file_id, before):
        for by_name in (file_path, real_path):  # what is written is known without links
            if path.parent == by_name(before.parent):
                name = after.name if path.name == before.name else path.name
                now = by_name(after.parent) / name
                db.execute(
                    "UPDATE saved_files SET path = ?, made_folders = min(made_folders, ?)"
                    " WHERE id = ?",
                    (as_stored(now), _same_parents(path, now), row_id),
                )
                break


def _saved_for(db: sqlite3.Connection, file_id: int, photo: Path) -> list[tuple[int, Path]]:
    """What was written for a photo, and what was copied to where it lies: ids and paths."""
    stem = as_stored(photo.with_suffix(""))
    rows = db.execute(
        "SELECT id, path FROM saved_files WHERE file_id = ? AND act <> 'copy' UNION ALL"
        " SELECT id, path FROM saved_files WHERE path >= ? AND path < ? AND act = 'copy'",
        (file_id, stem + b".", stem + b"/"),
    )
    return [(row["id"], from_stored(row["path"])) for row in rows.fetchall()]


def _same_parents(path: Path, other: Path) -> int:
    """How many of the folders that hold them are called the same: the rest may be a person's."""
    pairs = zip(path.parts[-2::-1], other.parts[-2::-1], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def names_of(db: sqlite3.Connection, before: Path, after: Path) -> Iterator[Renamed]:
    """What names a folder that was moved, or one in it, besides the photos.

    These are watched folders, unless the new one is watched already, what was dropped for a job,
    and saved searches.
    """

    def moved(name: str) -> str:
        path = Path(name)
        is_in = path.is_relative_to(before)
        return str(after / path.relative_to(before)) if is_in else name

    watched = {row["path"]: row["id"] for row in db.execute("SELECT id, path FROM watched")}
    for path, watched_id in watched.items():
        old = os.fsdecode(path)
        new = moved(old)
        if new != old and os.fsencode(new) not in watched:
            yield "watched", (watched_id,), old, new
    for row in db.execute("SELECT id, roots FROM jobs").fetchall():
        roots = json.loads(row["roots"])
        found = list(map(moved, roots))
        if found != roots:
            yield "roots", (row["id"],), row["roots"], json.dumps(found)
    for row in db.execute("SELECT id, query FROM searches").fetchall():
        with suppress(ValueError, KeyError, TypeError):  # a newer program's
            query = json.loads(row["query"])
            folder = moved(query["folder"])
            if folder != query["folder"]:
                yield "search", (row["id"],), row["query"], json.dumps({**query, "folder": folder})


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
        new = str(after / os.fsdecode(row["path"][len(first) :]))
        if new != old and is_there(new):
            yield row["id"], old, new
