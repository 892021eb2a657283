"""Edits: what a person decides about labels and images, each step to be undone and redone."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from ..files.long_paths import file_path
from .effective import found_labels, refresh_effective
from .moves import PLACES, Moved, names_of, put_place
from .store import Store

How = Literal["keep", "unkeep", "remove", "add"]
Value = str | int | None
Change = tuple[str, tuple[str | int, ...], Value, Value]
"""(what, key, before, after); `what` is edit, edited, favourite, file, answer, rule, or one of
PLACES."""
REMEMBERED = 500
"""Steps kept in the journal; a person gets back at least 50."""
NEVER = "\0"
"""A rule's value for "never show this label"; None means that there is no rule."""


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the journal: what a person calls it ("add “Dog”"), and what it changed.

    `image_ids` are the images whose labels or presence changed, `file_ids` the files that came
    or went, `size` the number of changes: 0 when all was so already. `duplicates` are photos that
    it concerns because they have the same picture as those that were meant. `moved` is where a
    folder was known to be before, and where it is now.
    """

    title: str
    image_ids: frozenset[int] = frozenset()
    file_ids: frozenset[int] = frozenset()
    size: int = 0
    duplicates: int = 0
    moved: tuple[Path, Path] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A machine's label that is called something else, or never shown (`call_it` None)."""

    label: str
    call_it: str | None


class Edits:
    """Every method is one transaction and may raise StorageError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Doing

    def change_label(self, title: str, file_ids: Sequence[int], label: str, how: How) -> Step:
        """One label on several images, on each by how it stands there; see `change_labels`."""
        return self.change_labels(title, file_ids, [label], how)

    def change_labels(
        self, title: str, file_ids: Sequence[int], labels: Sequence[str], how: How
    ) -> Step:
        """Some labels on several images, on each by how they stand there.

        Adding what the machine found confirms it, removing what you added takes it back, and
        keeping and removing leave images without the label alone. What you kept and no machine
        finds any more is as if you had added it.
        """
        with self._store.write(sync="FULL") as db:
            rules = dict(db.execute("SELECT label, call_it FROM rules").fetchall())
            changes: list[Change] = []
            for image_id in _images_of(db, file_ids):
                found = {name for name, *_ in found_labels(db, image_id, rules)}
                decided: list[Change] = []
                for label in labels:
                    before = _edit_of(db, image_id, label)
                    after = _decision(how, before, is_found=label in found)
                    if after != before:
                        decided.append(("edit", (image_id, label), before, after))
                changes += [*decided, *_reviewed(db, image_id)] if decided else []
            step = _do(db, title, changes)
            return replace(step, duplicates=_count_others(db, step.image_ids, file_ids))

    def review(self, title: str, file_ids: Sequence[int]) -> Step:
        """Note that the labels of pictures that were edited in place are right as they are."""
        with self._store.write(sync="FULL") as db:
            images = _images_of(db, file_ids)
            return _do(db, title, [c for image_id in images for c in _reviewed(db, image_id)])

    def set_favourite(self, title: str, file_ids: Sequence[int], *, is_favourite: bool) -> Step:
        """Count images among the favourites, or no longer."""
        after = int(is_favourite)
        with self._store.write(sync="FULL") as db:
            changes: list[Change] = [
                ("favourite", (image_id,), 1 - after, after)
                for image_id in _images_of(db, file_ids)
                if _is_favourite(db, image_id) != is_favourite
            ]
            step = _do(db, title, changes)
            return replace(step, duplicates=_count_others(db, step.image_ids, file_ids))

    def remove_files(self, title: str, file_ids: Sequence[int]) -> Step:
        """Take images out of the library; their files on the disk are not touched."""
        changes: list[Change] = [("file", (file_id,), 0, 1) for file_id in file_ids]
        with self._store.write(sync="FULL") as db:
            return _do(db, title, changes)

    def remove_job_labels(self, title: str, job_id: int) -> Step:
        """Take back every label that a job brought; yours stay."""
        with self._store.write(sync="FULL") as db:
            rows = db.execute(
                "SELECT image_id, origin FROM answers WHERE job_id = ? AND NOT removed", (job_id,)
            ).fetchall()
            return _do(db, title, [("answer", (row[0], row[1]), 0, 1) for row in rows])

    def set_rule(self, title: str, rule: Rule) -> Step:
        """From now on call a machine's label something else, or never show it."""
        value = NEVER if rule.call_it is None else rule.call_it
        return self._change_rule(title, rule.label, value)

    def drop_rule(self, title: str, label: str) -> Step:
        """Show a machine's label again as it is."""
        return self._change_rule(title, label, None)

    def rename_label(self, title: str, label: str, call_it: str | None) -> Step:
        """Call a label something else wherever it is shown, or never show it (None) where a machine
        or a keyword says it.

        What you decided about it holds for the new name, unless you decided about that, too.
        """
        value = NEVER if call_it is None else call_it
        with self._store.write(sync="FULL") as db:
            sources = {label} | {
                row[0] for row in db.execute("SELECT label FROM rules WHERE call_it = ?", (label,))
            }
            changes: list[Change] = [
                ("rule", (source,), _rule_of(db, source), None if source == value else value)
                for source in sorted(sources)
            ]
            if call_it is not None:
                edits = db.execute(
                    "SELECT image_id, kind FROM edits WHERE label = ? ORDER BY image_id", (label,)
                )
                for image_id, kind in edits.fetchall():
                    changes.append(("edit", (image_id, label), kind, None))
                    if (known := _edit_of(db, image_id, call_it)) is None:
                        changes.append(("edit", (image_id, call_it), known, kind))
            return _do(db, title, [change for change in changes if change[2] != change[3]])

    def move_folder(self, title: str, before: Path, after: Path, moved: Iterable[Moved]) -> Step:
        """Know a folder's photos by the paths where they lie now, with all that belongs to them.

        What else names the folder names the new one: it is watched there, say. A file that was
        added there meanwhile and holds the same picture gives way.
        """
        with self._store.write(sync="FULL") as db:
            changes: list[Change] = [("folder", (), str(before), str(after))]
            changes += names_of(db, before, after)
            for file_id, old, new in moved:
                changes.append(("path", (file_id,), old, new))
                twin = db.execute(
                    "SELECT id FROM files WHERE path = ? AND NOT removed"
                    " AND image_id = (SELECT image_id FROM files WHERE id = ?)",
                    (os.fsencode(new), file_id),
                ).fetchone()
                if twin:
                    changes.append(("file", (twin[0],), 0, 1))
            return _do(db, title, changes)

    def _change_rule(self, title: str, label: str, value: str | None) -> Step:
        with self._store.write(sync="FULL") as db:
            before = _rule_of(db, label)
            changes: list[Change] = [("rule", (label,), before, value)]
            return _do(db, title, changes if before != value else [])

    def undo(self) -> Step | None:
        """Take the newest step back; None when there is none."""
        return self._turn("WHERE NOT undone ORDER BY id DESC", undone=1)

    def redo(self) -> Step | None:
        """Do again what was taken back last; None when there is nothing."""
        return self._turn("WHERE undone ORDER BY id", undone=0)

    def _turn(self, which: str, *, undone: int) -> Step | None:
        with self._store.write(sync="FULL") as db:
            row = db.execute(f"SELECT * FROM journal {which} LIMIT 1").fetchone()  # noqa: S608
            if row is None:
                return None
            changes: list[Change] = [
                (what, tuple(key), after, before) if undone else (what, tuple(key), before, after)
                for what, key, before, after in json.loads(row["changes"])
            ]
            db.execute("UPDATE journal SET undone = ? WHERE id = ?", (undone, row["id"]))
            return _put_all(db, row["title"], changes[::-1] if undone else changes)

    # Looking

    def undo_title(self) -> str | None:
        """What undo would take back."""
        rows = self._store.read(
            "SELECT title FROM journal WHERE NOT undone ORDER BY id DESC LIMIT 1"
        )
        return rows[0]["title"] if rows else None

    def redo_title(self) -> str | None:
        """What redo would do again."""
        rows = self._store.read("SELECT title FROM journal WHERE undone ORDER BY id LIMIT 1")
        return rows[0]["title"] if rows else None

    def rules(self) -> list[Rule]:
        """All rules, by label."""
        rows = self._store.read("SELECT label, call_it FROM rules ORDER BY label")
        return [Rule(row["label"], row["call_it"]) for row in rows]

    def count_removed(self, label: str) -> int:
        """On how many images you removed this label: after two, a rule is worth offering."""
        rows = self._store.read(
            "SELECT count(*) AS n FROM edits WHERE label = ? AND kind = 'remove'", label
        )
        return int(rows[0]["n"])

    def count_replaced(self, label: str, by: str) -> int:
        """On how many images you removed `label` and added `by`."""
        rows = self._store.read(
            "SELECT count(*) AS n FROM edits gone JOIN edits new USING (image_id)"
            " WHERE gone.label = ? AND gone.kind = 'remove' AND new.label = ? AND new.kind = 'add'",
            label,
            by,
        )
        return int(rows[0]["n"])


def _do(db: sqlite3.Connection, title: str, changes: list[Change]) -> Step:
    if not changes:
        return Step(title)
    db.execute("DELETE FROM journal WHERE undone")  # a new step ends what could be redone
    db.execute(
        "INSERT INTO journal (title, changes, made_at) VALUES (?, ?, ?)",
        (title, json.dumps(changes), datetime.now(UTC).isoformat(timespec="seconds")),
    )
    db.execute("DELETE FROM journal WHERE id <= (SELECT max(id) FROM journal) - ?", (REMEMBERED,))
    return _put_all(db, title, changes)


def _put_all(db: sqlite3.Connection, title: str, changes: Sequence[Change]) -> Step:
    """Carry the changes out."""
    image_ids: set[int] = set()
    for what, key, _, after in changes:
        image_ids |= _put(db, what, key, after)
    refresh_effective(db, image_ids)
    files = frozenset(int(key[0]) for what, key, *_ in changes if what in ("file", "path"))
    moved = [
        (file_path(str(old)), file_path(str(new)))
        for what, _, old, new in changes
        if what == "folder"
    ]
    return Step(title, frozenset(image_ids), files, len(changes), moved=next(iter(moved), None))


def _put(db: sqlite3.Connection, what: str, key: tuple[str | int, ...], value: Value) -> set[int]:
    if what == "edit":
        if value is None:
            db.execute("DELETE FROM edits WHERE image_id = ? AND label = ?", key)
        else:
            db.execute("INSERT OR REPLACE INTO edits VALUES (?, ?, ?)", (*key, value))
        return {int(key[0])}
    if what in ("edited", "favourite"):
        db.execute(f"UPDATE images SET {what} = ? WHERE id = ?", (value, *key))  # noqa: S608
        return {int(key[0])}
    if what == "answer":
        db.execute(
            "UPDATE answers SET removed = ? WHERE image_id = ? AND origin = ?", (value, *key)
        )
        return {int(key[0])}
    if what == "file":
        db.execute("UPDATE files SET removed = ? WHERE id = ?", (value, *key))
        rows = db.execute("SELECT image_id FROM files WHERE id = ? AND image_id NOT NULL", key)
        return {row[0] for row in rows}
    if what in PLACES:
        put_place(db, what, key, str(value))
        return set()
    if value is None:
        db.execute("DELETE FROM rules WHERE label = ?", key)
    else:
        call_it = None if value == NEVER else value
        db.execute("INSERT OR REPLACE INTO rules VALUES (?, ?)", (*key, call_it))
    rows = db.execute(
        "SELECT image_id FROM labels WHERE label = :label UNION SELECT image_id FROM keywords"
        " JOIN files ON files.id = file_id WHERE keyword = :label AND image_id NOT NULL",
        {"label": key[0]},
    )
    return {row[0] for row in rows}


def carry_over(db: sqlite3.Connection, old: int, new: int) -> None:
    """Let what you said about image `old` hold for `new`, into which its picture was edited.

    It is to be reviewed, unless nothing was known of the old one. Steps that can be undone or
    redone concern both from now on.
    """
    db.execute("INSERT INTO edits SELECT ?, label, kind FROM edits WHERE image_id = ?", (new, old))
    db.execute(
        "UPDATE images SET edited = EXISTS (SELECT 1 FROM answers WHERE image_id = :old)"
        " OR EXISTS (SELECT 1 FROM edits WHERE image_id = :old) WHERE id = :new",
        {"old": old, "new": new},
    )
    db.execute(
        "UPDATE images SET favourite = (SELECT favourite FROM images WHERE id = ?) WHERE id = ?",
        (old, new),
    )
    # some steps are of many photos
    steps = "SELECT id, changes FROM journal WHERE instr(changes, ?) OR instr(changes, ?)"
    said = (f'["edit", [{old}, ', f'["favourite", [{old}]')
    for step, text in db.execute(steps, said).fetchall():
        changes: list[Change] = json.loads(text)
        changes += [
            (what, (new, *key[1:]), before, after)
            for what, key, before, after in changes
            if what in ("edit", "favourite") and key[0] == old
        ]
        db.execute("UPDATE journal SET changes = ? WHERE id = ?", (json.dumps(changes), step))
    refresh_effective(db, [new])


def _reviewed(db: sqlite3.Connection, image_id: int) -> list[Change]:
    row = db.execute("SELECT edited FROM images WHERE id = ?", (image_id,)).fetchone()
    return [("edited", (image_id,), 1, 0)] if row[0] else []


def _decision(how: How, before: str | None, *, is_found: bool) -> str | None:
    match how:
        case "remove":
            return "remove" if is_found else None if before in ("add", "keep") else before
        case "keep":
            return "keep" if is_found and before is None else before
        case "unkeep":
            return None if before == "keep" else before
        case "add":
            return before if before == "add" else "keep" if is_found else "add"


def _images_of(db: sqlite3.Connection, file_ids: Sequence[int]) -> list[int]:
    rows = db.execute(
        "SELECT DISTINCT image_id FROM files WHERE image_id NOT NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(file_ids),),
    )
    return [row[0] for row in rows]


def _count_others(db: sqlite3.Connection, image_ids: Iterable[int], file_ids: Sequence[int]) -> int:
    row = db.execute(
        "SELECT count(*) FROM files WHERE NOT removed"
        " AND image_id IN (SELECT value FROM json_each(?))"
        " AND id NOT IN (SELECT value FROM json_each(?))",
        (json.dumps(list(image_ids)), json.dumps(file_ids)),
    ).fetchone()
    return int(row[0])


def _edit_of(db: sqlite3.Connection, image_id: int, label: str) -> str | None:
    row = db.execute(
        "SELECT kind FROM edits WHERE image_id = ? AND label = ?", (image_id, label)
    ).fetchone()
    return row[0] if row else None


def _is_favourite(db: sqlite3.Connection, image_id: int) -> bool:
    row = db.execute("SELECT favourite FROM images WHERE id = ?", (image_id,)).fetchone()
    return bool(row[0])


def _rule_of(db: sqlite3.Connection, label: str) -> str | None:
    row = db.execute("SELECT call_it FROM rules WHERE label = ?", (label,)).fetchone()
    return None if row is None else NEVER if row[0] is None else str(row[0])
