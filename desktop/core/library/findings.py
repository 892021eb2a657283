"""Findings: what recognisers have answered, written and read, in one place for every kind."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime

from ..backend import Answer, BackendName
from ..records import LabelRecord, instances_to_json, surest_first
from .effective import refresh_effective, second_origin
from .rows import record_of
from .store import Store


def replace_findings_in(
    db: sqlite3.Connection, image_id: int, origin: BackendName, job_id: int, answer: Answer
) -> None:
    """Keep an answer in place of this origin's last one, in the caller's transaction.

    Other origins' findings stay. sqlite3.IntegrityError for an origin that is not registered.
    """
    db.execute("DELETE FROM labels WHERE image_id = ? AND origin = ?", (image_id, origin))
    db.executemany(
        "INSERT INTO labels VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (image_id, origin, label) DO NOTHING",  # of the same name the surest
        [(image_id, origin, *_columns(record)) for record in surest_first(answer.records)],
    )
    db.execute(
        "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, 0)",
        (image_id, origin, job_id, answer.model_version, now()),
    )
    db.execute("DELETE FROM shown WHERE image_id = ?", (image_id,))  # boxes may be other ones
    refresh_effective(db, [image_id])


def _columns(record: LabelRecord) -> tuple[str | float, ...]:
    return (
        record.label,
        record.confidence,
        json.dumps(record.parents),
        json.dumps(record.categories),
        json.dumps(instances_to_json(record.instances)),
    )


def records_of(store: Store, image_id: int, origin: BackendName) -> tuple[LabelRecord, ...]:
    """The labels of one origin, surest first."""
    rows = store.read(
        "SELECT image_name, labels.* FROM labels JOIN images ON images.id = image_id"
        " WHERE image_id = ? AND origin = ?",
        image_id,
        origin,
    )
    return surest_first(map(record_of, rows))


def second_opinion(store: Store, image_id: int) -> tuple[BackendName, tuple[LabelRecord, ...]]:
    """Who else has labelled an image, and with what; ("", ()) where nobody has.

    Of several it is the one of the highest rank below the one that counts.
    """
    origin = second_origin(store, image_id)
    return (origin, records_of(store, image_id, origin)) if origin else ("", ())


def now() -> str:
    """This moment as the library keeps it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
