"""The library in SQLite: what jobs write, and the rows and labels that the window reads.

The same store is behind `images`, `catalog`, `edits` and `money`.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..backend import Answer, BackendName
from ..errors import AppError, UnreachableError
from ..events import ON_THE_WAY, Changed, JobState, State
from ..files.long_paths import as_stored, from_stored
from ..files.spelling import Spelling
from ..recognisers import Recogniser
from ..records import LabelRecord
from ..walk.passed_over import PassedOver
from .effective import EffectiveLabel, effective_labels, register
from .findings import now, records_of, replace_findings_in, second_opinion
from .images import Images, is_lost
from .rows import (
    OUTLINES,
    FileRow,
    ItemRow,
    JobRow,
    Outlines,
    below,
    error_columns,
    file_row,
    item_row,
    job_row,
    outlines,
    path_columns,
)
from .store import Store


class Library:
    """The store behind the window and the command line; safe to use from any thread.

    Every method may raise StorageError. `recognisers` are those whose answers are taken; without
    any, what is there can be read.
    """

    def __init__(self, path: Path, recognisers: Iterable[Recogniser] = ()) -> None:
        self.path = path
        self.store = Store(path)
        self.images = Images(self.store)
        self._on_the_way: dict[int, State] = {}  # of files by their ids
        register(self.store, {each.name: each.rank for each in recognisers})

    def close(self) -> None:
        """Close the file; safe to call twice."""
        self.store.close()

    # Jobs

    def add_job(self, roots: Sequence[Path], backend: BackendName, *, again: bool) -> JobRow:
        """Accept a drop. When this returns, the job survives even a pulled plug."""
        with self.store.write(sync="FULL") as db:
            row = db.execute(
                "INSERT INTO jobs (roots, backend, again, state, created_at)"
                " VALUES (?, ?, ?, ?, ?) RETURNING id",
                (_roots_to_json(roots), backend, again, JobState.RUNNING, now()),
            ).fetchone()
        return self.job(row["id"])

    def add_job_again(self, file_ids: Sequence[int], backend: BackendName) -> JobRow:
        """Accept photos of the library to be labelled anew; as durable as `add_job`."""
        with self.store.write(sync="FULL") as db:
            row = db.execute(
                "INSERT INTO jobs (roots, backend, again, found_all, state, created_at)"
                " VALUES (?, ?, 1, 1, ?, ?) RETURNING id",
                (_roots_to_json(()), backend, JobState.RUNNING, now()),
            ).fetchone()
            db.execute(
                "INSERT INTO items (job_id, file_id, state) SELECT ?, id, ? FROM files"
                " WHERE id IN (SELECT value FROM json_each(?)) AND NOT removed ORDER BY id",
                (row["id"], State.QUEUED, json.dumps(file_ids)),
            )
        return self.job(row["id"])

    def reopen_job(self, job_id: int) -> None:
        """Take the cancelled rest of a job up again, and what its folders hold by now."""
        with self.store.write(sync="FULL") as db:
            db.execute(
                "UPDATE jobs SET state = ?, found_all = 0 WHERE id = ?", (JobState.RUNNING, job_id)
            )
            db.execute(
                "UPDATE items SET state = ? WHERE job_id = ? AND state = ?",
                (State.QUEUED, job_id, State.CANCELLED),
            )
            db.execute(
                "UPDATE files SET item_id = i.id FROM items i WHERE i.job_id = ? AND i.state = ?"  # noqa: S608
                f" AND files.id = i.file_id AND files.item_id < i.id AND NOT {_HAS_LABELS}",
                (job_id, State.QUEUED),
            )

    def job(self, job_id: int) -> JobRow:
        """One job; LookupError when there is none."""
        for row in self.store.read("SELECT * FROM jobs WHERE id = ?", job_id):
            with self.store.parsing():
                return job_row(row)
        raise LookupError(job_id)

    def open_jobs(self) -> list[JobRow]:
        """Jobs that have not ended, oldest first: the next start goes on with them."""
        rows = self.store.read(
            "SELECT * FROM jobs WHERE state IN (?, ?) ORDER BY id",
            JobState.RUNNING,
            JobState.STOPPED,
        )
        with self.store.parsing():
            return [job_row(row) for row in rows]

    def set_job_state(self, job_id: int, state: JobState, error: AppError | None = None) -> None:
        """Note how a job stands; cancelling it cancels every item that has not ended.

        Photos whose item was cancelled are again what they were before the job: failed, say.
        """
        with self.store.write() as db:
            db.execute(
                "UPDATE jobs SET state = ?, error_title = ?, error_message = ?, error_values = ?,"
                " error_remedy = ?, error_detail = ? WHERE id = ?",
                (state, *error_columns(error), job_id),
            )
            if state is JobState.CANCELLED:
                db.execute(
                    "UPDATE items SET state = ? WHERE job_id = ? AND state IN (?, ?)",
                    (State.CANCELLED, job_id, State.QUEUED, State.WAITING),
                )
            cancelled = "SELECT 1 FROM items WHERE job_id = ? AND state = ? LIMIT 1"
            if db.execute(cancelled, (job_id, State.CANCELLED)).fetchone():
                db.execute(_TAKE_BACK, {"job": job_id})

    def set_found_all(self, job_id: int) -> None:
        """Note that the job's folders were walked to the end."""
        with self.store.write() as db:
            db.execute("UPDATE jobs SET found_all = 1 WHERE id = ?", (job_id,))

    def found_all(self, job_id: int) -> bool:
        """Whether the job's folders were walked to the end; LookupError when there is no job."""
        for row in self.store.read("SELECT found_all FROM jobs WHERE id = ?", job_id):
            return bool(row["found_all"])
        raise LookupError(job_id)

    def set_passed_over(self, job_id: int, passed_over: PassedOver) -> None:
        """Note what of the files that were dropped is not in the library."""
        if passed_over != self.passed_over(job_id):
            with self.store.write() as db:
                db.execute(
                    "UPDATE jobs SET passed_over = ? WHERE id = ?", (passed_over.to_json(), job_id)
                )

    def passed_over(self, job_id: int) -> PassedOver:
        """What of the files that were dropped is not in the library."""
        rows = self.store.read(
            "SELECT passed_over FROM jobs WHERE id = ? AND passed_over NOT NULL", job_id
        )
        return PassedOver.from_json(rows[0][0]) if rows else PassedOver()

    def drop_again(self, job_id: int) -> None:
        """Let a job that stopped walk its folders once more.

        Images whose labels were removed since take their way once more, where the file is there.
        """
        rows = self.store.read(
            "SELECT i.id, f.path FROM jobs j"
            " JOIN answers a ON a.removed AND a.origin = j.backend"
            " JOIN files f ON f.image_id = a.image_id"
            " JOIN items i ON i.file_id = f.id AND i.job_id = j.id"
            " WHERE j.id = ? AND i.state IN (?, ?) AND (a.job_id = j.id OR NOT j.again)",
            job_id,
            State.DONE,
            State.SKIPPED,
        )
        spelling = Spelling()
        there = [(State.QUEUED, row["id"]) for row in rows if not is_lost(row["path"], spelling)]
        with self.store.write() as db:
            db.execute("UPDATE jobs SET found_all = 0 WHERE id = ?", (job_id,))
            db.executemany("UPDATE items SET state = ?, baseline = '' WHERE id = ?", there)

    # Items

    def add_items(
        self,
        job_id: int,
        paths: Sequence[Path],
        aspects: Mapping[Path, float | None] | None = None,
    ) -> int:
        """Accept these files into the job; how many were not in it before.

        A photo that has labels stays as it is until the job has brought it others. `aspects` are
        the upright pictures' widths by their heights, as far as they are known.
        """
        with self.store.write() as db:
            return add_items_in(db, job_id, paths, aspects or {})

    def bring_back_files(self, paths: Sequence[Path]) -> None:
        """Show these files again where they were removed from the library."""
        with self.store.write() as db:
            bring_back_in(db, paths)

    def has_items_below(self, job_id: int, folder: Path) -> bool:
        """Whether the job has images in a folder or further down in it."""
        rows = self.store.read(
            "SELECT EXISTS (SELECT 1 FROM files f JOIN items i ON i.file_id = f.id"
            " WHERE f.path >= ? AND f.path < ? AND i.job_id = ?)",
            *below(folder),
            job_id,
        )
        return bool(rows[0][0])

    def open_items(self, job_id: int, *, after_id: int, limit: int) -> list[ItemRow]:
        """The next queued or waiting items of a job, in the order in which they were found."""
        # The plus signs keep SQLite from sorting all that is open, for each chunk anew: a job's
        # items lie together, so walking up from `after_id` finds them at once.
        rows = self.store.read(
            _ITEMS
            + " WHERE +i.job_id = ? AND i.id > ? AND +i.state IN (?, ?) ORDER BY i.id LIMIT ?",
            job_id,
            after_id,
            State.QUEUED,
            State.WAITING,
            limit,
        )
        with self.store.parsing():
            return [item_row(row) for row in rows]

    def job_items(self, job_id: int) -> Iterator[ItemRow]:
        """All items of a job, in the order in which they were found."""
        rows = self.store.read(_ITEMS + " WHERE i.job_id = ? ORDER BY i.id", job_id)
        with self.store.parsing():
            yield from map(item_row, rows)

    def count_states(self, job_id: int) -> dict[State, int]:
        """How many items of the job are in each state."""
        rows = self.store.read(
            "SELECT state, count(*) AS n FROM items WHERE job_id = ? GROUP BY state", job_id
        )
        with self.store.parsing():
            return {State(row["state"]): row["n"] for row in rows}

    def first_submit(self, job_id: int) -> float | None:
        """When the job submitted its first image, in Unix time; None when it has not yet."""
        rows = self.store.read(
            "SELECT min(submitted_at) FROM items WHERE job_id = ? AND submitted_at IS NOT NULL",
            job_id,
        )
        return None if rows[0][0] is None else float(rows[0][0])

    def note_state(self, file_id: int, state: State) -> None:
        """Note where a file's item is. States on the way are not written, only shown.

        An image that is labelled anew shows its labels until it has others.
        """
        if state in ON_THE_WAY:
            self._on_the_way[file_id] = state
        elif self._on_the_way.pop(file_id, None) is None:
            return
        self.store.on_change(Changed((file_id,)))

    def set_waiting(self, item_ids: Sequence[int], baseline: str) -> None:
        """Note that these items' image was submitted, and which answer was there before."""
        at = time.time()
        with self.store.write() as db:
            db.executemany(
                "UPDATE items SET state = ?, submitted_at = ?, baseline = ? WHERE id = ?",
                [(State.WAITING, at, baseline, item_id) for item_id in item_ids],
            )

    def set_final(
        self, item_ids: Sequence[int], state: State, error: AppError | None = None
    ) -> None:
        """End these items without an answer: failed, cancelled or skipped."""
        with self.store.write() as db:
            _end_items(db, item_ids, state, error)

    def record_answer(
        self,
        job_id: int,
        item_ids: Sequence[int],
        image_id: int,
        origin: BackendName,
        answer: Answer,
    ) -> None:
        """Keep an image's labels and end its items as done, both or neither.

        Replaces the labels of this origin only; yours and other recognisers' stay. An origin that
        is not registered is refused: a bug, told by sqlite3.IntegrityError.
        """
        with self.store.write() as db:
            replace_findings_in(db, image_id, origin, job_id, answer)
            _end_items(db, item_ids, State.DONE, None)

    # What the window reads

    def records(self, image_id: int, origin: BackendName) -> tuple[LabelRecord, ...]:
        """The labels of one origin, surest first."""
        return records_of(self.store, image_id, origin)

    def second_opinion(self, image_id: int) -> tuple[BackendName, tuple[LabelRecord, ...]]:
        """Who else has labelled an image, and with what; ("", ()) where nobody has."""
        return second_opinion(self.store, image_id)

    def effective_labels(self, image_id: int) -> tuple[EffectiveLabel, ...]:
        """The labels that count, surest first: yours, and the first recogniser's by rank."""
        return self.effective_labels_of([image_id]).get(image_id, ())

    def effective_labels_of(
        self, image_ids: Iterable[int]
    ) -> dict[int, tuple[EffectiveLabel, ...]]:
        """The same for several images, by their ids, of those that have any; quick for dozens."""
        return effective_labels(self.store, image_ids)

    def files(self) -> list[FileRow]:
        """All images of the library in the order in which they came."""
        rows = self.store.search(_FILES + " WHERE NOT f.removed ORDER BY f.id")
        with self.store.parsing():
            return [self._file_row(row) for row in rows]

    def newest_file(self) -> int:
        """The highest id of a file, 0 when there is none."""
        return int(self.store.search("SELECT coalesce(max(id), 0) FROM files")[0][0])

    def outlines(self, *, up_to: int, limit: int = -1) -> Outlines:
        """All photos with ids up to this one, those that the newest job brought first, as they were
        found; or the first of them.
        """
        order = "+id <= :up_to ORDER BY added_by DESC, id LIMIT :limit"  # in an index's order
        values = {"up_to": up_to, "limit": limit}
        return outlines(self.store.search(OUTLINES.format(order), values)[0])

    def outlines_after(self, file_id: int, limit: int) -> Outlines:
        """The next photos after this one, in the order in which they came."""
        order = "id > :after ORDER BY id LIMIT :limit"
        values = {"after": file_id, "limit": limit}
        return outlines(self.store.search(OUTLINES.format(order), values)[0])

    def outlines_of(self, file_ids: Iterable[int]) -> Outlines:
        """Those of these photos that are in the library, in the order in which they came."""
        order = "id IN (SELECT value FROM json_each(:ids)) ORDER BY id"
        values = {"ids": json.dumps(list(file_ids))}
        return outlines(self.store.search(OUTLINES.format(order), values)[0])

    def files_by_id(self, file_ids: Iterable[int]) -> list[FileRow]:
        """These images in the order in which they came, also those that were removed from the
        library; quick for some dozens.
        """
        rows = self.store.read(
            _FILES + " WHERE f.id IN (SELECT value FROM json_each(?)) ORDER BY f.id",  # noqa: S608
            json.dumps(list(file_ids)),
        )
        with self.store.parsing():
            return [self._file_row(row) for row in rows]

    def paths(self, file_ids: Sequence[int], states: Sequence[State] = ()) -> list[Path]:
        """Where these images lie, in this order; only those in one of these states, if any are
        given. Quick for some thousands.
        """
        rows = self.store.read(
            "SELECT f.path FROM json_each(?) CROSS JOIN files f ON f.id = value"
            " JOIN items i ON i.id = f.item_id"
            " WHERE ? = '[]' OR i.state IN (SELECT value FROM json_each(?)) ORDER BY key",
            json.dumps(file_ids),
            *(json.dumps(states),) * 2,
        )
        return [from_stored(row[0]) for row in rows]

    def file(self, file_id: int) -> FileRow | None:
        """One image of the library."""
        rows = self.store.read(_FILES + " WHERE f.id = ?", file_id)
        with self.store.parsing():
            return self._file_row(rows[0]) if rows else None

    def _file_row(self, row: sqlite3.Row) -> FileRow:
        read = file_row(row)
        on_the_way = self._on_the_way.get(read.file_id)
        is_open = read.state in (State.QUEUED, State.WAITING)
        return replace(read, state=on_the_way) if on_the_way and is_open else read


_FILES = (
    "SELECT f.id, f.path, f.image_id, f.added_by, f.aspect,"
    " substr(m.taken_at, 1, 10) AS day,"
    " coalesce(m.favourite, 0) AS favourite,"
    " coalesce(m.partly_damaged, 0) AS partly_damaged, i.state, i.error_title, i.error_message,"
    " i.error_values, i.error_remedy, i.error_detail"
    " FROM files f JOIN items i ON i.id = f.item_id LEFT JOIN images m ON m.id = f.image_id"
)
_ITEMS = (
    "SELECT i.*, f.path, f.image_id, m.image_name FROM items i JOIN files f ON f.id = i.file_id"
    " LEFT JOIN images m ON m.id = f.image_id"
)
_HAS_LABELS = (
    "EXISTS (SELECT 1 FROM items WHERE items.id = files.item_id AND state IN ('done', 'skipped'))"
)

_TAKE_BACK = (
    "UPDATE files SET item_id = before.id FROM (SELECT file_id, max(id) AS id FROM items"
    " WHERE job_id < :job AND state IN ('done', 'skipped', 'failed') GROUP BY file_id) before"
    " JOIN items c ON c.job_id = :job AND c.file_id = before.file_id AND c.state = 'cancelled'"
    " WHERE files.id = before.file_id AND files.item_id = c.id"
)


def add_items_in(
    db: sqlite3.Connection,
    job_id: int,
    paths: Sequence[Path],
    aspects: Mapping[Path, float | None],
) -> int:
    """Accept these files into a job, in the caller's transaction; how many were not in it.

    `aspects` as those of `Library.add_items`.
    """
    added = 0
    for path in paths:
        row = db.execute(
            "INSERT INTO files (path, name, folded_name, folder, added_by, aspect)"
            " VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (path) DO UPDATE SET folder = excluded.folder,"
            " folded_name = excluded.folded_name,"
            " aspect = coalesce(excluded.aspect, aspect) RETURNING id",
            (*path_columns(path), job_id, aspects.get(path)),
        ).fetchone()
        cursor = db.execute(
            "INSERT OR IGNORE INTO items (job_id, file_id, state) VALUES (?, ?, ?)",
            (job_id, row["id"], State.QUEUED),
        )
        if cursor.rowcount:
            db.execute(
                f"UPDATE files SET item_id = ? WHERE id = ? AND NOT {_HAS_LABELS}",  # noqa: S608
                (cursor.lastrowid, row["id"]),
            )
        added += cursor.rowcount
    return added


def bring_back_in(db: sqlite3.Connection, paths: Sequence[Path]) -> None:
    """Show files again that were removed from the library; in the caller's transaction."""
    db.executemany(
        "UPDATE files SET removed = 0 WHERE path = ? AND removed",
        [(as_stored(path),) for path in paths],
    )


def note_baseline_in(db: sqlite3.Connection, item_ids: Sequence[int], baseline: str) -> None:
    """Note which answer was there before a put about to be made; in the caller's transaction."""
    db.executemany(
        "UPDATE items SET baseline = ? WHERE id = ?", [(baseline, item_id) for item_id in item_ids]
    )


def note_refusal_in(db: sqlite3.Connection, item_ids: Sequence[int], baseline: str) -> None:
    """Note that items which waited are to be submitted again; in the caller's transaction."""
    db.executemany(
        "UPDATE items SET state = ?, submitted_at = NULL, baseline = ? WHERE id = ?",
        [(State.QUEUED, baseline, item_id) for item_id in item_ids],
    )


def _end_items(
    db: sqlite3.Connection, item_ids: Sequence[int], state: State, error: AppError | None
) -> None:
    db.executemany(
        "UPDATE items SET state = ?, error_title = ?, error_message = ?, error_values = ?,"
        " error_remedy = ?, error_detail = ? WHERE id = ?",
        [(state, *error_columns(error), item_id) for item_id in item_ids],
    )
    if state is not State.CANCELLED and not isinstance(error, UnreachableError):
        db.executemany(
            "UPDATE files SET item_id = i.id FROM items i"
            " WHERE i.id = ? AND files.id = i.file_id AND files.item_id < i.id",
            [(item_id,) for item_id in item_ids],
        )


def _roots_to_json(roots: Sequence[Path]) -> str:
    # ASCII escapes carry even names that are no valid text.
    return json.dumps([str(root) for root in roots])
