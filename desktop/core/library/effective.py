"""Which labels of an image count: the first recogniser's by rank, as you corrected them."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..backend import BackendName
from ..records import LabelRecord, surest_first
from .rows import record_of
from .store import Store

YOURS = 100.0
"""The confidence of a label that you added, or that a keyword in the file says, in percent."""
FILE_ORIGIN = "file"
"""The origin of a keyword that lies in the file or its sidecar, where Tagdrop did not write it."""

_BY_RANK = (
    "SELECT o.origin FROM answers o JOIN origins ON origins.name = o.origin"
    " WHERE o.image_id = {image} AND NOT o.removed ORDER BY origins.rank DESC, o.origin LIMIT 1"
)
RECORDS = (
    f" LEFT JOIN labels l ON (l.image_id, l.origin, l.label) = (s.image_id, CASE s.origin"
    f" WHEN '{FILE_ORIGIN}' THEN ({_BY_RANK.format(image='s.image_id')}) ELSE s.origin END,"
    " s.source)"
)
"""In SQL: joins the record `l` of a label that counts, `s`, with its parents and where it was seen.

Of a keyword in the file it is the one of the origin that counts, where that has seen it, too.
"""
COUNTING = f"({_BY_RANK.format(image='a.image_id')})"
"""In SQL: the origin whose labels count for the image of an answer `a`."""


@dataclass(frozen=True, slots=True)
class EffectiveLabel:
    """One label of an image as it counts.

    `origin` is a recogniser's name, `you` or `file`; `is_kept` says that you added or confirmed it,
    so that it is shown at any confidence. `source` is the machine's own word where a rule gave it
    another.
    """

    record: LabelRecord
    origin: str
    is_kept: bool
    source: str


def most_specific(labels: Iterable[EffectiveLabel]) -> tuple[EffectiveLabel, ...]:
    """The labels without those that follow from another of them: Cocker Spaniel, not Dog or Animal.

    What you added yourself stays. Of some that are about as sure, those that only describe the
    whole, Plant or Close-Up say, come after Ladybug.
    """
    labels = tuple(labels)
    general = {parent for each in labels for parent in each.record.parents}
    specific = [
        each
        for each in labels
        if each.origin == "you" or general.isdisjoint((each.record.label, each.source))
    ]
    return tuple(sorted(specific, key=_vagueness))


def _vagueness(label: EffectiveLabel) -> tuple[float, bool]:
    record = label.record
    is_vague = not (label.is_kept or record.parents or record.instances)
    return -min(9, record.confidence // 10), is_vague


def register(store: Store, ranks: Mapping[BackendName, int]) -> None:
    """Take labels of these origins from now on, and let those of the highest rank count.

    Origins that a newer program has registered keep their rank, and with it their labels.
    """
    known = {row["name"]: row["rank"] for row in store.read("SELECT name, rank FROM origins")}
    if ranks.items() <= known.items():
        return
    with store.write() as db:
        db.executemany("INSERT OR REPLACE INTO origins VALUES (?, ?)", ranks.items())
        several = (
            "SELECT image_id FROM answers WHERE NOT removed GROUP BY image_id HAVING count(*) > 1"
        )
        refresh_effective(db, [row[0] for row in db.execute(several).fetchall()])


def effective_labels(
    store: Store, image_ids: Iterable[int]
) -> dict[int, tuple[EffectiveLabel, ...]]:
    """The labels that count for each of these images, by its id, surest first; quick for dozens."""
    rows = store.read(
        "SELECT s.image_id, image_name, s.label, s.confidence, s.origin, s.source, s.kept,"  # noqa: S608
        " coalesce(parents, '[]') AS parents, coalesce(categories, '[]') AS categories,"
        " coalesce(instances, '[]') AS instances"
        f" FROM shown s JOIN images ON images.id = s.image_id{RECORDS}"
        " WHERE s.image_id IN (SELECT value FROM json_each(?))",
        json.dumps(list(image_ids)),
    )
    shown: dict[int, list[EffectiveLabel]] = {}
    with store.parsing():
        for row in rows:
            label = EffectiveLabel(record_of(row), row["origin"], bool(row["kept"]), row["source"])
            shown.setdefault(row["image_id"], []).append(label)
    return {image_id: _surest_first(labels) for image_id, labels in shown.items()}


def _surest_first(shown: Sequence[EffectiveLabel]) -> tuple[EffectiveLabel, ...]:
    order = {r.label: n for n, r in enumerate(surest_first(s.record for s in shown))}
    return tuple(sorted(shown, key=lambda s: order[s.record.label]))


def second_origin(store: Store, image_id: int) -> BackendName | None:
    """Whose labels would count for an image if those that do were not there."""
    rows = store.read(_BY_RANK.format(image="?") + " OFFSET 1", image_id)
    return rows[0][0] if rows else None


def refresh_effective(db: sqlite3.Connection, image_ids: Iterable[int]) -> None:
    """Work out anew what counts for these images, inside the caller's transaction.

    Only what differs is written: each row that is makes a photo to be read anew (`changes`).
    """
    rules = dict(db.execute("SELECT label, call_it FROM rules").fetchall())
    kept = "SELECT label, confidence, origin, source, kept FROM shown WHERE image_id = ?"
    for image_id in image_ids:
        before = {tuple(row) for row in db.execute(kept, (image_id,))}
        after = set(_effective_rows(db, image_id, rules))
        db.executemany(
            "DELETE FROM shown WHERE image_id = ? AND label = ?",
            [(image_id, label) for label, *_ in before - after],
        )
        db.executemany(
            "INSERT INTO shown VALUES (?, ?, ?, ?, ?, ?)",
            [(image_id, *row) for row in after - before],
        )


def found_labels(
    db: sqlite3.Connection, image_id: int, rules: dict[str, str | None]
) -> Iterator[tuple[str, float, str, str]]:
    """Labels that nobody said here: name by the rules, confidence, origin, its own word.

    The keywords in the image's files come first, then what the origin that counts has found.
    """
    recognised = db.execute(
        "SELECT label, confidence, origin FROM labels WHERE image_id = :image"  # noqa: S608
        f" AND origin = ({_BY_RANK.format(image=':image')}) ORDER BY confidence DESC",
        {"image": image_id},
    )
    keywords = db.execute(
        "SELECT DISTINCT keyword, ?, ? FROM keywords JOIN files ON files.id = file_id"
        " WHERE image_id = ? AND NOT removed ORDER BY keyword",
        (YOURS, FILE_ORIGIN, image_id),
    )
    for source, confidence, origin in itertools.chain(keywords, recognised):
        name = rules.get(source, source)
        if name is not None:
            yield name, confidence, origin, source


def _is_answered(db: sqlite3.Connection, image_id: int) -> bool:
    answers = "SELECT 1 FROM answers WHERE image_id = ? AND NOT removed"
    return db.execute(answers, (image_id,)).fetchone() is not None


_Row = tuple[str, float, str, str, bool]


def _effective_rows(
    db: sqlite3.Connection, image_id: int, rules: dict[str, str | None]
) -> list[_Row]:
    edits = dict(
        db.execute("SELECT label, kind FROM edits WHERE image_id = ?", (image_id,)).fetchall()
    )
    found = list(found_labels(db, image_id, rules))
    yours = [label for label, kind in edits.items() if kind == "add"]
    if kept := {label for label, kind in edits.items() if kind == "keep"} - rules.keys():
        # What you confirmed stays when a later answer does not find it any more.
        kept -= {name for name, *_ in found}
        yours += sorted(kept) if _is_answered(db, image_id) else ()
    rows: dict[str, _Row] = {label: (label, YOURS, "you", label, True) for label in yours}
    for name, confidence, origin, source in found:
        kind = edits.get(name)
        if kind != "remove" and name not in rows:
            rows[name] = (name, confidence, origin, source, kind == "keep")
    return list(rows.values())
