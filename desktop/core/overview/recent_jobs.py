"""Recent jobs: what was labelled lately, to look at it again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..library.store import Store

MOST = 8


@dataclass(frozen=True, slots=True)
class RecentJob:
    """`roots` are what was dropped, none of photos that were chosen in the library; `photos` are
    those of it that are in the library now, `labelled` how many have its labels.
    """

    id: int
    roots: tuple[Path, ...]
    began: datetime
    photos: int
    labelled: int


def recent_jobs(store: Store) -> tuple[RecentJob, ...]:
    """The newest jobs with photos, the newest first. May raise StorageError."""
    rows = store.search(
        "SELECT id, roots, created_at, photos, (SELECT count(*) FROM answers"
        " WHERE answers.job_id = recent.id AND NOT removed) AS labelled"
        " FROM (SELECT *, (SELECT count(*) FROM items JOIN files f ON f.id = file_id"
        " WHERE job_id = jobs.id AND NOT f.removed) AS photos"
        " FROM jobs ORDER BY id DESC LIMIT :most) recent WHERE photos",
        {"most": MOST},
    )
    return tuple(
        RecentJob(
            row["id"],
            tuple(map(Path, json.loads(row["roots"]))),
            datetime.fromisoformat(row["created_at"]).astimezone(),
            row["photos"],
            row["labelled"],
        )
        for row in rows
    )
