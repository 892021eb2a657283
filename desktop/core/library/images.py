"""Images: which picture a file holds, and which of them a recogniser has answered."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..backend import BackendName
from ..files.long_paths import as_stored, from_stored
from ..files.spelling import Spelling
from ..files.system_errors import Trouble, trouble_of
from ..records import make_image_name
from .edits import carry_over
from .effective import refresh_effective
from .rows import AnswerRow, ImageRow
from .store import Store

# What the file held before comes first, then what came first.
_SAME_IMAGE = (
    "SELECT id, image_name FROM images WHERE picture = :picture OR digest IN (:picture, :whole)"
    " ORDER BY id IS NOT :before, id LIMIT 1"
)


class Images:
    """The pictures of the library; safe to use from any thread.

    Every method may raise StorageError.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def known_image(self, file_id: int, size_bytes: int, mtime_ns: int) -> ImageRow | None:
        """The picture of a file that was read before and has not been changed since.

        None for one of which only the whole file's digest is known: it is worth reading once more,
        as a program may rewrite its metadata some day.
        """
        rows = self._store.read(
            "SELECT images.id, images.image_name FROM files JOIN images ON images.id = image_id"
            " WHERE files.id = ? AND size_bytes = ? AND mtime_ns = ? AND picture IS NOT NULL",
            file_id,
            size_bytes,
            mtime_ns,
        )
        return ImageRow(rows[0]["id"], rows[0]["image_name"]) if rows else None

    def may_hold_unread(self, size_bytes: int) -> bool:
        """Whether a file of this size may hold an image known by its whole file's digest only."""
        rows = self._store.read(
            "SELECT EXISTS (SELECT 1 FROM files JOIN images ON images.id = image_id"
            " WHERE size_bytes = ? AND picture IS NULL)",
            size_bytes,
        )
        return bool(rows[0][0])

    def identify(
        self,
        file_id: int,
        path: Path,
        digest: str,
        size_bytes: int,
        mtime_ns: int,
        *,
        whole: str | None = None,
        taken_at: str | None = None,
        is_from_name: bool = False,
        aspect: float | None = None,
    ) -> ImageRow:
        """Say which picture a file holds, by its digest. An image keeps the name it had first.

        `whole` is the digest of the whole file, where the picture's may not be known yet; `aspect`
        the upright picture's width by its height. The date is kept as `set_taken` says.
        Where the file held another picture until now and this one is new to the library, it was
        edited in place: then what you said about the old one holds for the new one, too.
        """
        with self._store.write() as db:
            before = db.execute("SELECT image_id FROM files WHERE id = ?", (file_id,)).fetchone()[0]
            row = db.execute(
                _SAME_IMAGE, {"picture": digest, "whole": whole, "before": before}
            ).fetchone()
            if row is None:
                row = db.execute(
                    "INSERT INTO images (digest, picture, image_name) VALUES (?, ?, ?)"
                    " RETURNING id, image_name",
                    (digest, digest, make_image_name(digest, path.name)),
                ).fetchone()
                if before is not None:
                    carry_over(db, before, row["id"])
            db.execute("UPDATE images SET picture = ? WHERE id = ?", (digest, row["id"]))
            _set_taken(db, row["id"], taken_at, is_from_name=is_from_name)
            db.execute(
                "UPDATE files SET image_id = ?, size_bytes = ?, mtime_ns = ?,"
                " aspect = coalesce(?, aspect) WHERE id = ?",
                (row["id"], size_bytes, mtime_ns, aspect, file_id),
            )
        return ImageRow(row["id"], row["image_name"])

    def wants_date(self, image_id: int) -> bool:
        """Whether nothing but perhaps a file's name says when this picture was taken."""
        rows = self._store.read(
            "SELECT taken_at IS NULL OR taken_from_name FROM images WHERE id = ?", image_id
        )
        return bool(rows and rows[0][0])

    def set_taken(self, image_id: int, taken_at: str, *, is_from_name: bool) -> None:
        """Keep when a picture was taken; what a file's name says gives way to all else."""
        with self._store.write() as db:
            _set_taken(db, image_id, taken_at, is_from_name=is_from_name)

    def has_aspect(self, path: Path) -> bool:
        """Whether the shape of the picture in this file is known."""
        rows = self._store.read("SELECT aspect FROM files WHERE path = ?", as_stored(path))
        return bool(rows) and rows[0]["aspect"] is not None

    def set_aspects(self, aspects: Mapping[int, float]) -> None:
        """Keep the shapes of files, by their ids, that came before anybody asked for shapes."""
        with self._store.write() as db:
            db.executemany(
                "UPDATE files SET aspect = ? WHERE id = ? AND aspect IS NULL",
                [(aspect, file_id) for file_id, aspect in aspects.items()],
            )

    def note_damage(self, image_id: int) -> None:
        """Note that a part of this picture is damaged; that holds as long as it is this picture."""
        with self._store.write() as db:
            db.execute("UPDATE images SET partly_damaged = 1 WHERE id = ?", (image_id,))

    def replace_lost_files(self, image_id: int, by: int) -> None:
        """Let one file of an image stand for those that are not on the disk any more.

        So a photo that was moved and added again is there once, with all its labels. Without a
        stamp a lost file is told from one that a person has taken out: that it may come back.
        """
        rows = self._store.read(
            "SELECT id, path FROM files WHERE image_id = ? AND id <> ? AND NOT removed",
            image_id,
            by,
        )
        spelling = Spelling()
        lost = [(row["id"],) for row in rows if is_lost(row["path"], spelling)]
        if lost:
            with self._store.write() as db:
                db.executemany(
                    "UPDATE files SET removed = 1, size_bytes = NULL, mtime_ns = NULL WHERE id = ?",
                    lost,
                )
                refresh_effective(db, [image_id])  # their keywords

    def note_unreadable(self, file_id: int, size_bytes: int, mtime_ns: int) -> None:
        """Note which state of a file could not be read; what it held before is kept."""
        with self._store.write() as db:
            db.execute(
                "UPDATE files SET size_bytes = ?, mtime_ns = ? WHERE id = ? AND image_id IS NULL",
                (size_bytes, mtime_ns, file_id),
            )

    def keywords_read_from(self, file_id: int) -> str | None:
        """Which state of a file and its sidecar its keywords were read from; None: never."""
        rows = self._store.read("SELECT keywords_of FROM files WHERE id = ?", file_id)
        return rows[0]["keywords_of"] if rows else None

    def set_keywords(self, file_id: int, keywords: Iterable[str], read_from: str) -> None:
        """Keep the keywords that other programs have written into a file or its sidecar."""
        new = set(keywords)
        with self._store.write() as db:
            before = db.execute("SELECT keyword FROM keywords WHERE file_id = ?", (file_id,))
            old = {row[0] for row in before}
            db.executemany(
                "DELETE FROM keywords WHERE file_id = ? AND keyword = ?",
                [(file_id, keyword) for keyword in old - new],
            )
            db.executemany(
                "INSERT INTO keywords VALUES (?, ?)", [(file_id, keyword) for keyword in new - old]
            )
            row = db.execute(
                "UPDATE files SET keywords_of = ? WHERE id = ? RETURNING image_id",
                (read_from, file_id),
            ).fetchone()
            if old != new and row["image_id"] is not None:
                refresh_effective(db, [row["image_id"]])

    def answer(self, image_id: int, origin: BackendName) -> AnswerRow | None:
        """What is known of this backend's last answer for this image, if there was one."""
        rows = self._store.read(
            "SELECT job_id, removed FROM answers WHERE image_id = ? AND origin = ?",
            image_id,
            origin,
        )
        return AnswerRow(rows[0]["job_id"], bool(rows[0]["removed"])) if rows else None

    def bring_back_labels(self, job_id: int, image_id: int, origin: BackendName) -> None:
        """Show labels again that were removed with their job; now they are this job's."""
        with self._store.write() as db:
            db.execute(
                "UPDATE answers SET removed = 0, job_id = ? WHERE image_id = ? AND origin = ?",
                (job_id, image_id, origin),
            )
            refresh_effective(db, [image_id])


def _set_taken(
    db: sqlite3.Connection, image_id: int, taken_at: str | None, *, is_from_name: bool
) -> None:
    if taken_at is not None:
        db.execute(
            "UPDATE images SET taken_at = :at, taken_from_name = :named"
            " WHERE id = :id AND (taken_at IS NULL OR taken_from_name OR NOT :named)",
            {"id": image_id, "at": taken_at, "named": is_from_name},
        )


def is_lost(path: bytes, spelling: Spelling | None = None) -> bool:
    """Whether there is no such file any more; False when it is only out of reach.

    Of a file that was renamed by case only, the old name is lost, although Windows and macOS still
    find it by that. One `spelling` for several paths lists each of their folders once.
    """
    name = from_stored(path)
    try:
        os.lstat(name)
    except OSError as error:
        return trouble_of(error) is Trouble.GONE
    return str((spelling or Spelling()).of(name)) != str(name)  # Paths are equal in any case
