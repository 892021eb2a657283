"""Watched: which folders are watched, as the library keeps it, and the jobs begun for them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..backend import BackendName
from ..events import JobState
from ..files.long_paths import as_stored, from_stored
from ..files.spelling import Spelling
from ..library.findings import now
from ..library.images import is_lost
from ..library.library import Library, add_items_in, bring_back_in
from ..library.rows import JobRow
from ..library.store import Store


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder whose new photos the recogniser `backend` labels by itself.

    `dollars` is the most that this may cost in a month, as it was agreed; None where it is free.
    """

    id: int
    path: Path
    backend: BackendName
    dollars: float | None


class WatchedFolders:
    """The list in the library; safe from any thread. Every method may raise StorageError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[WatchedFolder]:
        """Every watched folder, by its path."""
        return [_folder(row) for row in self._store.read("SELECT * FROM watched ORDER BY path")]

    def add(self, path: Path, backend: BackendName, dollars: float | None) -> WatchedFolder:
        """Watch a folder from now on, or agree anew on how; survives even a pulled plug.

        What the folder has cost this month counts on.
        """
        with self._store.write(sync="FULL") as db:
            row = db.execute(
                "INSERT INTO watched (path, backend, dollars) VALUES (?, ?, ?)"
                " ON CONFLICT (path) DO UPDATE SET backend = excluded.backend,"
                " dollars = excluded.dollars RETURNING *",
                (as_stored(path), backend, dollars),
            ).fetchone()
        return _folder(row)

    def remove(self, watched_id: int) -> None:
        """Watch a folder no more."""
        with self._store.write(sync="FULL") as db:
            db.execute("DELETE FROM watched WHERE id = ?", (watched_id,))

    def open_jobs(self, watched_id: int) -> list[int]:
        """The jobs of what has arrived in this folder that have not ended."""
        rows = self._store.read(
            "SELECT id FROM jobs WHERE watched_id = ? AND state IN (?, ?)",
            watched_id,
            JobState.RUNNING,
            JobState.STOPPED,
        )
        return [row["id"] for row in rows]


def add_job(
    library: Library, paths: Sequence[Path], backend: BackendName, watched_id: int
) -> JobRow:
    """Accept files that have arrived in a watched folder; as durable as `Library.add_job`.

    These files and no others: the job never walks the folder.
    """
    with library.store.write(sync="FULL") as db:
        row = db.execute(
            "INSERT INTO jobs (roots, backend, again, found_all, state, created_at, watched_id)"
            " VALUES ('[]', ?, 0, 1, ?, ?, ?) RETURNING id",
            (backend, JobState.RUNNING, now(), watched_id),
        ).fetchone()
        bring_back_in(db, paths)
        add_items_in(db, row["id"], paths, {})
    return library.job(row["id"])


def drop_lost(store: Store, item_ids: Sequence[int]) -> set[int]:
    """Take items out of their job whose file has vanished before it was ever labelled.

    Which ones these were. The file is not shown either, until it comes back.
    """
    rows = store.read(
        "SELECT i.id, i.file_id, f.path FROM items i JOIN files f ON f.id = i.file_id"
        " WHERE i.id IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM answers a WHERE a.image_id = f.image_id)",
        json.dumps(item_ids),
    )
    spelling = Spelling()
    lost = [row for row in rows if is_lost(row["path"], spelling)]
    if lost:
        with store.write() as db:
            db.executemany("DELETE FROM items WHERE id = ?", [(row["id"],) for row in lost])
            db.executemany(
                "UPDATE files SET removed = 1, item_id = (SELECT max(id) FROM items"
                " WHERE file_id = files.id), size_bytes = NULL, mtime_ns = NULL WHERE id = ?",
                [(row["file_id"],) for row in lost],
            )
    return {row["id"] for row in lost}


def _folder(row: sqlite3.Row) -> WatchedFolder:
    return WatchedFolder(row["id"], from_stored(row["path"]), row["backend"], row["dollars"])
