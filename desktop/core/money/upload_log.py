"""UploadLog: what has left this computer: which image's bytes, when, where to, until when."""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..backend import Place
from ..files.long_paths import from_stored
from ..library.folding import folded
from ..library.store import Store

DAY_S = 24 * 3600
OPT_OUT_URL = "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out.html"
"""How an account tells Amazon to keep nothing of what its services have looked at."""


@dataclass(frozen=True, slots=True)
class UploadRow:
    """The newest copy of an image in one bucket. Times are Unix times.

    `paths` are the files that hold the image, those in the library first. `arrived` is False where
    the put was begun and nobody knows its end. `at_work`: a job has not ended with this image.
    """

    id: int
    image_id: int
    image_name: str
    paths: tuple[Path, ...]
    place: Place
    digest: str
    size_bytes: int
    sent_at: float
    expires_at: float
    arrived: bool
    deleted_at: float | None
    at_work: bool

    @property
    def name(self) -> str:
        """The file's name, as a person knows it."""
        return self.paths[0].name if self.paths else self.image_name


@dataclass(frozen=True, slots=True)
class UploadTotal:
    """How many copies have left the computer, and how many may still be away from it."""

    copies: int
    away: int
    away_bytes: int


class UploadLog:
    """The record in the library; safe from any thread. May raise StorageError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # What is written around a put

    def note_in(
        self,
        db: sqlite3.Connection,
        image_id: int,
        place: Place,
        data: bytes,
        *,
        sent_at: float,
        expires_at: float,
    ) -> sqlite3.Row | None:
        """Note in the caller's transaction what is about to leave; returns what stood there."""
        before: sqlite3.Row | None = db.execute(
            "SELECT * FROM sent WHERE image_id = ? AND bucket = ?", (image_id, place.bucket)
        ).fetchone()
        digest = hashlib.sha256(data).hexdigest()
        db.execute(
            "INSERT OR REPLACE INTO sent (id, image_id, bucket, key, digest, size_bytes, sent_at,"
            " expires_at, arrived) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
            (
                before["id"] if before else None,
                image_id,
                place.bucket,
                place.key,
                digest,
                len(data),
                sent_at,
                expires_at,
            ),
        )
        return before

    def take_back_in(
        self, db: sqlite3.Connection, image_id: int, place: Place, before: sqlite3.Row | None
    ) -> None:
        """It certainly did not leave: what stood there before `note_in` is true again."""
        db.execute("DELETE FROM sent WHERE image_id = ? AND bucket = ?", (image_id, place.bucket))
        if before is not None:
            fields = ", ".join("?" * len(before))
            db.execute(f"INSERT INTO sent VALUES ({fields})", tuple(before))  # noqa: S608

    def confirm(self, image_id: int, place: Place, expires_at: float) -> None:
        """The other side has it."""
        with self._store.write() as db:
            db.execute(
                "UPDATE sent SET arrived = 1, expires_at = ? WHERE image_id = ? AND bucket = ?",
                (expires_at, image_id, place.bucket),
            )

    def set_deleted(self, rows: Sequence[UploadRow], deleted_at: float) -> None:
        """These copies are deleted, unless the image was put anew since the rows were read."""
        with self._store.write() as db:
            db.executemany(
                "UPDATE sent SET deleted_at = ? WHERE id = ? AND sent_at = ?",
                [(deleted_at, row.id, row.sent_at) for row in rows],
            )

    # What is asked

    def ids(self, part_of_name: str = "") -> list[int]:
        """All rows, the newest first; or those whose file's name holds this."""
        # As one text: 100,000 rows of Python's would keep the window from its turn for 0.3 s.
        (row,) = self._store.search(
            "SELECT json_group_array(id) FROM (SELECT id FROM sent WHERE :part = '' OR"
            " image_id IN (SELECT image_id FROM files WHERE instr(folded_name, :part))"
            " ORDER BY sent_at DESC, id DESC)",
            {"part": folded(part_of_name)},
        )
        return list(json.loads(row[0]))

    def rows(self, ids: Sequence[int]) -> list[UploadRow]:
        """These rows, in this order; what is not there any more is left out."""
        found = self._store.search(
            _ROWS + " WHERE s.id IN (SELECT value FROM json_each(:ids))",  # noqa: S608
            {"ids": json.dumps(list(ids))},
        )
        by_id = {row["id"]: _upload_row(row) for row in found}
        return [by_id[number] for number in ids if number in by_id]

    def away_of(self, image_ids: Sequence[int], bucket: str) -> list[UploadRow]:
        """Rows of these images in a bucket whose copies nobody has deleted or works on."""
        found = self._store.search(
            _ROWS + " WHERE s.bucket = :bucket AND s.deleted_at IS NULL"  # noqa: S608
            " AND s.image_id IN (SELECT value FROM json_each(:ids)) ORDER BY s.id",
            {"bucket": bucket, "ids": json.dumps(list(image_ids))},
        )
        return [row for row in map(_upload_row, found) if not row.at_work]

    def away(self, bucket: str, *, after_id: int, limit: int) -> list[UploadRow]:
        """Rows of a bucket whose copies nobody has deleted, in the order of their ids."""
        found = self._store.search(
            _ROWS + " WHERE s.bucket = :bucket AND s.deleted_at IS NULL AND s.id > :after"
            " ORDER BY s.id LIMIT :limit",
            {"bucket": bucket, "after": after_id, "limit": limit},
        )
        return [_upload_row(row) for row in found]

    def total(self, now: float) -> UploadTotal:
        """What has left, and what may be away still at the Unix time `now`."""
        (row,) = self._store.search(
            "SELECT count(*), coalesce(sum(away), 0), coalesce(sum(away * size_bytes), 0) FROM"
            " (SELECT size_bytes, deleted_at IS NULL AND expires_at > :now AS away FROM sent)",
            {"now": now},
        )
        return UploadTotal(*row)


_ROWS = (
    "SELECT s.*, m.image_name,"
    " (SELECT json_group_array(hex(path)) FROM"
    " (SELECT path FROM files WHERE image_id = s.image_id ORDER BY removed, id LIMIT 8)) AS paths,"
    " EXISTS (SELECT 1 FROM jobs j JOIN files f ON f.image_id = s.image_id"
    " JOIN items i ON (i.job_id, i.file_id) = (j.id, f.id)"
    " WHERE j.state IN ('running', 'stopped') AND i.state IN ('queued', 'waiting')) AS at_work"
    " FROM sent s JOIN images m ON m.id = s.image_id"
)


def expiry(sent_at: float, days: int) -> float:
    """When S3 deletes an object after so many days: at the first midnight (UTC) after them.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
    """
    return float(math.ceil(sent_at / DAY_S + days) * DAY_S)


def _upload_row(row: sqlite3.Row) -> UploadRow:
    paths = (from_stored(bytes.fromhex(path)) for path in json.loads(row["paths"]))
    return UploadRow(
        id=row["id"],
        image_id=row["image_id"],
        image_name=row["image_name"],
        paths=tuple(paths),
        place=Place(row["bucket"], row["key"]),
        digest=row["digest"],
        size_bytes=row["size_bytes"],
        sent_at=row["sent_at"],
        expires_at=row["expires_at"],
        arrived=bool(row["arrived"]),
        deleted_at=row["deleted_at"],
        at_work=bool(row["at_work"]),
    )
