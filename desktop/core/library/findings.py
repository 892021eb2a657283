"""Findings: what recognisers have answered, written and read, in one place for every kind."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple
from datetime import UTC, datetime

from ..backend import Answer, BackendName
from ..records import Findings, Flag, LabelRecord, TextLine, instances_to_json, surest_first
from .effective import refresh_effective, second_origin
from .folding import as_words
from .rows import record_of
from .store import Store

EXPLICIT = "Explicit"
"""The word that finds every flagged image, whatever the flag is called; a flag's name, too."""


def replace_findings_in(
    db: sqlite3.Connection, image_id: int, origin: BackendName, job_id: int, answer: Answer
) -> None:
    """Keep an answer in place of this origin's last one, in the caller's transaction.

    Other origins' findings stay, and so does what was paid for once and not asked for this time:
    texts and flags are of the same picture as before. sqlite3.IntegrityError for an origin that is
    not registered.
    """
    db.execute("DELETE FROM labels WHERE image_id = ? AND origin = ?", (image_id, origin))
    db.executemany(
        "INSERT INTO labels VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (image_id, origin, label) DO NOTHING",  # of the same name the surest
        [(image_id, origin, *_columns(record)) for record in surest_first(answer.records)],
    )
    if answer.texts is not None:
        db.execute("DELETE FROM texts WHERE image_id = ? AND origin = ?", (image_id, origin))
        if answer.texts:
            words = as_words("\n".join(line.text for line in answer.texts))
            lines = json.dumps([astuple(line) for line in answer.texts])
            values = (image_id, origin, words, lines)
            db.execute("INSERT INTO texts VALUES (?, ?, ?, ?)", values)
    if answer.flags is not None:
        db.execute("DELETE FROM flags WHERE image_id = ? AND origin = ?", (image_id, origin))
        db.executemany(
            "INSERT INTO flags VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [
                (image_id, origin, flag.name, flag.confidence, json.dumps(flag.parents))
                for flag in sorted(answer.flags, key=lambda flag: -flag.confidence)
            ],
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
    with store.parsing():
        return surest_first(map(record_of, rows))


def findings_of(store: Store, image_ids: Iterable[int]) -> dict[int, Findings]:
    """What was found besides labels in these images, of any origin; those without are left out."""
    ids = {"ids": json.dumps([*image_ids])}
    texts: dict[int, list[TextLine]] = {}
    for row in store.search(_FOUND.format(what="lines", table="texts", order="origin"), ids):
        with store.parsing():
            lines = [TextLine(*line) for line in json.loads(row["lines"])]
        texts.setdefault(row["image_id"], []).extend(lines)
    flags: dict[int, list[Flag]] = {}
    what = "name, confidence, parents"
    for row in store.search(_FOUND.format(what=what, table="flags", order="-confidence"), ids):
        with store.parsing():
            flag = Flag(row["name"], row["confidence"], tuple(json.loads(row["parents"])))
        flags.setdefault(row["image_id"], []).append(flag)
    return {
        image_id: Findings(tuple(texts.get(image_id, ())), tuple(flags.get(image_id, ())))
        for image_id in texts.keys() | flags.keys()
    }


_FOUND = (
    "SELECT image_id, {what} FROM {table} JOIN answers USING (image_id, origin)"
    " WHERE image_id IN (SELECT value FROM json_each(:ids)) AND NOT removed ORDER BY {order}"
)
"""In SQL: findings of images; those of a job whose labels you removed do not count."""


def second_opinion(store: Store, image_id: int) -> tuple[BackendName, tuple[LabelRecord, ...]]:
    """Who else has labelled an image, and with what; ("", ()) where nobody has.

    Of several it is the one of the highest rank below the one that counts.
    """
    origin = second_origin(store, image_id)
    return (origin, records_of(store, image_id, origin)) if origin else ("", ())


def now() -> str:
    """This moment as the library keeps it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
