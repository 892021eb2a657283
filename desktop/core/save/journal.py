"""Journal: what is about to be written into people's files, noted before a file is touched."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from ..errors import AppError, Cancelled
from ..files import reasons
from ..files.long_paths import as_stored, from_stored
from ..files.place_file import digest_at
from ..library.backup import unusable
from ..library.moves import follow_in
from ..library.store import Store

Act = Literal["write", "copy", "move"]
_POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class Save:
    """One save that can be undone: of which kind, of how many photos, since when (ISO 8601)."""

    id: int
    kind: str
    photos: int
    made_at: str
    is_automatic: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to become of one file; `schema.py` says what the fields mean."""

    file_id: int
    path: Path
    before: str | None
    after: str | None
    ours: str = ""
    wanted: str = ""
    delta: bytes = b""
    act: Act = "write"
    source: Path | None = None
    made_folders: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it stands in the journal, with the name for its partial file."""

    id: int
    entry: Entry
    partial: Path

    @property
    def partial_back(self) -> Path:
        """The same on the way back to where the file came from."""
        return (self.entry.source or self.partial).with_name(self.partial.name)


class Journal:
    """Every method may raise StorageError. Whoever writes holds `alone` from begin to end."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @contextmanager
    def alone(self, cancel: threading.Event) -> Iterator[None]:
        """One save or undo at a time, of all processes with this library; the others wait here.

        What a killed program left is put in order first. Raises Cancelled when that comes before
        its turn.
        """
        path = self._store.path.parent / "locks" / "save.lock"
        lock = FileLock(path, timeout=0, thread_local=False)
        while True:
            try:
                lock.acquire()
                break
            except Timeout:
                if cancel.wait(_POLL_S):
                    raise Cancelled from None
            except OSError as error:
                raise unusable(path, error.strerror or str(error)) from error
        try:
            self._recover()
            yield
        finally:
            lock.release()

    def tidy(self) -> None:
        """At the start: put in order what a killed program left, unless somebody writes now."""
        at_once = threading.Event()
        at_once.set()
        with suppress(Cancelled), self.alone(at_once):
            pass

    # Writing

    def begin(self, kind: str, *, automatic: bool = False) -> int:
        """A new save; or the newest, where both are automatic: they are undone as a whole."""
        last = self.last()
        if automatic and last and last.is_automatic and last.kind == kind:
            return last.id
        with self._store.write() as db:
            return _id_of(
                db.execute(
                    "INSERT INTO saves (kind, is_automatic, token, made_at) VALUES (?, ?, ?, ?)",
                    (kind, automatic, secrets.token_hex(4), _now()),
                )
            )

    def plan(self, save_id: int, entries: Iterable[Entry]) -> list[Row]:
        """Note these before their files are touched; when it returns, it survives a pulled plug.

        An entry that changes nothing is done with this.
        """
        rows = []
        with self._store.write(sync="FULL") as db:
            token = db.execute("SELECT token FROM saves WHERE id = ?", (save_id,)).fetchone()[0]
            for each in entries:
                cursor = db.execute(
                    "INSERT INTO saved_files (save_id, file_id, act, path, source, before, after,"
                    " made_folders, delta, ours, wanted, state)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        save_id,
                        each.file_id,
                        each.act,
                        as_stored(each.path),
                        each.source and as_stored(each.source),
                        each.before,
                        each.after,
                        each.made_folders,
                        each.delta,
                        each.ours,
                        each.wanted,
                        "done" if each.before == each.after else "planned",
                    ),
                )
                row_id = _id_of(cursor)
                rows.append(Row(row_id, each, _partial(each.path, token, row_id)))
        return rows

    def note(self, done: Sequence[Row], not_done: Sequence[Row]) -> None:
        """Say which of the planned were carried out, and which were not and never will be."""
        with self._store.write() as db:
            db.executemany(
                "UPDATE saved_files SET state = 'done' WHERE id = ?", [(row.id,) for row in done]
            )
            db.executemany("DELETE FROM saved_files WHERE id = ?", [(row.id,) for row in not_done])
            for entry in (row.entry for row in done if row.entry.act == "move"):
                assert entry.source is not None  # noqa: S101 - the act says so
                follow_in(db, entry.source, entry.path)
            _note_stamps(db, done)

    def _recover(self) -> None:
        """Find out by the digests what became of the planned, and remove partial files.

        What is neither as before nor as planned stays open: undo tells of it.
        """
        rows = self._rows("r.state = 'planned'")
        done, not_done = [], []
        for row in rows:
            _remove(row.partial)
            _remove(row.partial_back)
            with suppress(AppError):  # its drive is away: next time
                now = current_digest(row.entry.path)
                if now == row.entry.after:
                    _finish_move(row.entry)
                    done.append(row)
                elif now == row.entry.before:
                    not_done.append(row)
        if done or not_done:
            self.note(done, not_done)
        open_undos = "SELECT id FROM saves WHERE undo_began_at NOT NULL AND undone_at IS NULL"
        begun = self._rows(f"r.save_id IN ({open_undos}) AND r.state = 'done'")
        for row in begun:
            _remove(row.partial)
            _remove(row.partial_back)

    # Undoing

    def last(self) -> Save | None:
        """The newest save that has changed a file and is not undone."""
        found = self._store.read(
            "SELECT s.*, (SELECT count(DISTINCT file_id) FROM saved_files r WHERE r.save_id = s.id"
            " AND r.state IN ('planned', 'done') AND r.before IS NOT r.after) AS photos"
            " FROM saves s WHERE undone_at IS NULL AND photos > 0 ORDER BY id DESC LIMIT 1"
        )
        return next((_save(row) for row in found), None)

    def begin_undo(self, save_id: int) -> list[Path]:
        """The files of a save that are to be restored, the one that was written last first."""
        with self._store.write(sync="FULL") as db:
            db.execute("UPDATE saves SET undo_began_at = ? WHERE id = ?", (_now(), save_id))
            rows = db.execute(
                "SELECT path FROM saved_files WHERE save_id = ? AND state IN ('planned', 'done')"
                " AND before IS NOT after GROUP BY path ORDER BY max(id) DESC",
                (save_id,),
            ).fetchall()
        return [from_stored(row["path"]) for row in rows]

    def chain(self, save_id: int, path: Path) -> list[Row]:
        """What a save has done to a file, newest first."""
        return self._rows(
            "r.save_id = ? AND r.path = ? AND r.state IN ('planned', 'done')"
            " AND r.before IS NOT r.after ORDER BY r.id DESC",
            save_id,
            as_stored(path),
        )

    def note_undone(self, rows: Sequence[Row]) -> None:
        """Say that these files are as they were before.

        What was noted of them later, without a change, is not true any more either.
        """
        with self._store.write() as db:
            db.executemany(
                "UPDATE saved_files SET state = 'undone' WHERE id = ? OR file_id = ? AND path = ?"
                " AND id > ? AND state = 'done' AND before IS after",
                [(row.id, row.entry.file_id, as_stored(row.entry.path), row.id) for row in rows],
            )
            for entry in (row.entry for row in rows if row.entry.act == "move"):
                assert entry.source is not None  # noqa: S101 - the act says so
                follow_in(db, entry.path, entry.source)
            _note_stamps(db, rows)

    def end_undo(self, save_id: int) -> None:
        """Say that nothing more can be undone of this save."""
        with self._store.write(sync="FULL") as db:
            db.execute("UPDATE saves SET undone_at = ? WHERE id = ?", (_now(), save_id))

    def _rows(self, where: str, *values: object) -> list[Row]:
        rows = self._store.read(
            "SELECT r.*, s.token FROM saved_files r JOIN saves s ON s.id = r.save_id"  # noqa: S608
            f" WHERE {where}",
            *values,
        )
        return [_row(row) for row in rows]


def current_digest(path: Path) -> str | None:
    """The SHA-256 of a file as it is now; None where there is none. Raises AppError."""
    try:
        return digest_at(path)
    except OSError as error:
        raise reasons.reason_for(error) from error


def remove_made_folders(entry: Entry) -> None:
    """Remove the folders that were made for a file that is not there any more, those in use not."""
    for folder in list(entry.path.parents)[: entry.made_folders]:
        with suppress(OSError):
            folder.rmdir()


def _finish_move(entry: Entry) -> None:
    """Of a file that is in both places after a kill, the new one counts. Raises AppError."""
    if entry.act != "move" or entry.source is None or current_digest(entry.source) != entry.after:
        return
    try:
        entry.source.unlink()
    except OSError as error:
        raise reasons.reason_for(error) from error


def _note_stamps(db: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Let photos that we have written be known as they are, so that a drop reads none of them."""
    for row in rows:
        with suppress(OSError):
            info = row.entry.path.stat()
            db.execute(
                "UPDATE files SET size_bytes = ?, mtime_ns = ? WHERE id = ? AND path = ?",
                (
                    info.st_size,
                    info.st_mtime_ns,
                    row.entry.file_id,
                    as_stored(row.entry.path),
                ),
            )


def _row(row: sqlite3.Row) -> Row:
    path = from_stored(row["path"])
    entry = Entry(
        file_id=row["file_id"],
        path=path,
        before=row["before"],
        after=row["after"],
        ours=row["ours"],
        wanted=row["wanted"],
        delta=row["delta"],
        act=row["act"],
        source=from_stored(row["source"]) if row["source"] else None,
        made_folders=row["made_folders"],
    )
    return Row(row["id"], entry, _partial(path, row["token"], row["id"]))


def _save(row: sqlite3.Row) -> Save:
    return Save(row["id"], row["kind"], row["photos"], row["made_at"], bool(row["is_automatic"]))


def _partial(path: Path, token: str, row_id: int) -> Path:
    """Hidden, so that nobody takes it for a photo, and short: names have a limit."""
    return path.with_name(f".tagdrop-{token}-{row_id}.part")


def _remove(partial: Path) -> None:
    with suppress(OSError):
        partial.unlink()


def _id_of(cursor: sqlite3.Cursor) -> int:
    assert cursor.lastrowid is not None  # noqa: S101 - it is an INSERT
    return cursor.lastrowid


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
