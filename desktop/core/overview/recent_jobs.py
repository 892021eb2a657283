"""Recent jobs: what was labelled lately, to look at it again."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..files.long_paths import from_stored
from ..library.store import Store

MOST = 8
# All less those that were removed: both are counted in an index, and of the latter there are few.
_PHOTOS = (
    "(SELECT count(*) FROM items WHERE job_id = jobs.id)"
    " - (SELECT count(*) FROM files f CROSS JOIN items"
    " ON job_id = jobs.id AND file_id = f.id WHERE f.removed = 1)"
)
_LABELLED = (
    "(SELECT count(*) FROM answers WHERE answers.job_id = recent.id)"
    " - (SELECT count(*) FROM answers WHERE answers.job_id = recent.id AND removed)"
)
_NEWEST = (
    "SELECT id, roots, created_at, photos,"  # noqa: S608
    " (SELECT path FROM watched WHERE watched.id = recent.watched_id) AS watched,"
    f" {_LABELLED} AS labelled FROM (SELECT *, {_PHOTOS} AS photos"
    " FROM jobs ORDER BY id DESC LIMIT :most) recent WHERE photos"
)


@dataclass(frozen=True, slots=True)
class RecentJob:
    """`roots` are what was dropped, or the watched folder in which photos arrived; none of photos
    that were chosen in the library. `photos` are those of it that are in the library now,
    `labelled` how many have its labels.
    """

    id: int
    roots: tuple[Path, ...]
    began: datetime
    photos: int
    labelled: int


def recent_jobs(store: Store) -> tuple[RecentJob, ...]:
    """The newest jobs with photos, the newest first. May raise StorageError."""
    rows = store.search(_NEWEST, {"most": MOST})
    return tuple(
        RecentJob(
            row["id"],
            _roots(row),
            datetime.fromisoformat(row["created_at"]).astimezone(),
            row["photos"],
            row["labelled"],
        )
        for row in rows
    )


def _roots(row: sqlite3.Row) -> tuple[Path, ...]:
    if row["watched"] is not None:
        return (from_stored(row["watched"]),)
    return tuple(map(Path, json.loads(row["roots"])))
