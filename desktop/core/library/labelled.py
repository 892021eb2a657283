"""Labelled: photos with the labels that count, streamed for whatever takes them out of Tagdrop."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..files.long_paths import as_stored, from_stored
from ..records import NOTHING_ELSE, Findings
from .effective import RECORDS, EffectiveLabel
from .findings import findings_of
from .rows import below, record_of
from .store import Store

_CHUNK = 500
"""Photos read at a time: few enough that 100,000 take no memory, and another search its turn."""


@dataclass(frozen=True, slots=True)
class LabelledFile:
    """One photo of the library and its labels, surest first; `taken_at` as in `date_taken.Taken`.

    `size_bytes`, `mtime_ns`, `picture` and `digest` tell which file was labelled: `picture` is its
    `picture_digest`, None where only the `digest` of all its bytes is known.
    """

    file_id: int
    path: Path
    name: str
    image_id: int
    image_name: str
    taken_at: str | None
    labels: tuple[EffectiveLabel, ...]
    size_bytes: int
    mtime_ns: int
    picture: str | None
    digest: str
    findings: Findings = NOTHING_ELSE
    is_partly_damaged: bool = False


def labelled_files(
    store: Store, file_ids: Sequence[int] | None, least: float
) -> Iterator[LabelledFile]:
    """These photos in this order, or all in the order in which they came.

    Labels count from `least` per cent on, and those that you kept at any confidence. A photo that
    has none is there without; one that has failed, waits or was removed is left out, as nobody
    knows which labels it should have. May raise StorageError; not for the GUI thread.
    """
    if file_ids is None:
        # All ids in one value: 100,000 rows of Python's would keep other threads from working.
        (found,) = store.search(f"SELECT json_group_array(id) FROM (SELECT f.id{_FROM_FILES})")  # noqa: S608
        file_ids = json.loads(found[0])
    for start in range(0, len(file_ids), _CHUNK):
        values = {"ids": json.dumps(file_ids[start : start + _CHUNK]), "least": least}
        chunk = store.search(_LABELLED, values)
        findings = findings_of(store, {row["image_id"] for row in chunk})
        for _, rows in itertools.groupby(chunk, _place):
            with store.parsing():
                file = _labelled_file(list(rows), findings)
            yield file


def files_below(store: Store, path: Path) -> list[int]:
    """The file that has this path, and all in a folder that has it. May raise StorageError."""
    rows = store.read(
        "SELECT id FROM files WHERE path = ? OR path >= ? AND path < ? ORDER BY id",
        as_stored(path),
        *below(path),
    )
    return [row["id"] for row in rows]


def files_of_images(store: Store, image_ids: Iterable[int]) -> set[int]:
    """The photos of the library with these pictures. May raise StorageError."""
    sql = "SELECT f.id FROM json_each(?) JOIN files f ON f.image_id = value WHERE NOT f.removed"
    return {row["id"] for row in store.read(sql, json.dumps([*image_ids]))}


def files_of_jobs(store: Store, job_ids: Iterable[int]) -> set[int]:
    """The files that these jobs were to label. May raise StorageError."""
    sql = "SELECT DISTINCT file_id FROM json_each(?) JOIN items ON job_id = value"
    return {row["file_id"] for row in store.read(sql, json.dumps([*job_ids]))}


def files_of_last_job(store: Store) -> set[int]:
    """Those that the newest job was to label. May raise StorageError."""
    sql = "SELECT file_id FROM items WHERE job_id = (SELECT max(id) FROM jobs)"
    return {row["file_id"] for row in store.read(sql)}


_FROM_FILES = (
    " FROM files f JOIN items i ON i.id = f.item_id AND i.state IN ('done', 'skipped', 'cancelled')"
    " JOIN images m ON m.id = f.image_id WHERE NOT f.removed ORDER BY f.id"
)
# In the order of `surest_first`.
_LABELLED = f"""
SELECT ids.key, f.id, f.path, f.name, f.image_id, m.image_name, m.taken_at, f.size_bytes,
    f.mtime_ns, m.picture, m.digest, m.partly_damaged,
    s.label, s.confidence, s.origin, s.source, s.kept, coalesce(l.parents, '[]') AS parents,
    coalesce(l.categories, '[]') AS categories, coalesce(l.instances, '[]') AS instances
FROM json_each(:ids) ids
JOIN files f ON f.id = ids.value AND NOT f.removed
JOIN items i ON i.id = f.item_id AND i.state IN ('done', 'skipped', 'cancelled')
JOIN images m ON m.id = f.image_id
LEFT JOIN shown s ON s.image_id = f.image_id AND (s.confidence >= :least OR s.kept)
{RECORDS}
ORDER BY ids.key, s.confidence DESC, json_array_length(parents) DESC, s.label
"""  # noqa: S608


def _place(row: sqlite3.Row) -> int:
    return int(row["key"])


def _labelled_file(rows: list[sqlite3.Row], findings: Mapping[int, Findings]) -> LabelledFile:
    first = rows[0]
    return LabelledFile(
        file_id=first["id"],
        path=from_stored(first["path"]),
        name=first["name"],
        image_id=first["image_id"],
        image_name=first["image_name"],
        taken_at=first["taken_at"],
        labels=tuple(
            EffectiveLabel(record_of(row), row["origin"], bool(row["kept"]), row["source"])
            for row in rows
            if row["label"] is not None
        ),
        size_bytes=first["size_bytes"],
        mtime_ns=first["mtime_ns"],
        picture=first["picture"],
        digest=first["digest"],
        findings=findings.get(first["image_id"], NOTHING_ELSE),
        is_partly_damaged=bool(first["partly_damaged"]),
    )
