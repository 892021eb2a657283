"""Which labels of an image count: the machine's, less what you removed, plus what you added."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..records import LabelRecord

YOURS = 100.0
"""The confidence of a label that you added, in percent."""


@dataclass(frozen=True, slots=True)
class EffectiveLabel:
    """One label of an image as it counts.

    `origin` is `aws`, `local` or `you`; `is_kept` says that you added or confirmed it, so that it
    is shown at any confidence. `source` is the machine's own word where a rule gave it another.
    """

    record: LabelRecord
    origin: str
    is_kept: bool
    source: str


def refresh_effective(db: sqlite3.Connection, image_ids: Iterable[int]) -> None:
    """Work out anew what counts for these images, inside the caller's transaction."""
    rules = dict(db.execute("SELECT label, call_it FROM rules").fetchall())
    for image_id in image_ids:
        db.execute("DELETE FROM shown WHERE image_id = ?", (image_id,))
        db.executemany(
            "INSERT INTO shown VALUES (?, ?, ?, ?, ?, ?)",
            [(image_id, *row) for row in _effective_rows(db, image_id, rules)],
        )


def found_labels(
    db: sqlite3.Connection, image_id: int, rules: dict[str, str | None]
) -> Iterator[tuple[str, float, str, str]]:
    """Labels of the preferred origin: name by the rules, confidence, origin, the machine's word."""
    # Where an image has both, Amazon's labels count; "aws" sorts before "local".
    origin = db.execute(
        "SELECT min(origin) FROM answers WHERE image_id = ? AND NOT removed", (image_id,)
    ).fetchone()[0]
    found = db.execute(
        "SELECT label, confidence FROM labels WHERE image_id = ? AND origin = ?"
        " ORDER BY confidence DESC",
        (image_id, origin),
    )
    for source, confidence in found:
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
