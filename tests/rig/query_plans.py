"""No question to the library reads a whole table that grows, unless its reason stands here.

Around every test of the window and of its parts: each question that the program asks of a `Store`
is explained by SQLite, once in a process, and what it would read from one end to the other is
compared with `WHOLE`. SQLite chooses indexes by the schema alone, as nothing runs ANALYZE: three
photos are looked for as a million are.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from desktop.core.library.schema import MIGRATIONS
from desktop.core.library.store import Store

GROWING = frozenset(
    {
        *("answers", "changes", "edits", "files", "flags", "images", "items", "keywords", "labels"),
        *("saved_files", "sent", "shown", "texts"),
    }
)
"""Tables with a row for each photo, or for what was found, decided or done with it."""

WHOLE = {
    "FROM files f WHERE NOT f.removed ORDER BY": "all photos in an order: each is in the answer",
    "LEFT JOIN images m ON m.id = f.image_id WHERE NOT f.removed ORDER BY": "the same, by date",
    "ON i.id = f.item_id WHERE NOT f.removed ORDER BY": "the same, by state or with its row",
    "ON m.id = f.image_id WHERE NOT f.removed ORDER BY f.id": "all labelled photos, for a table",
    "(SELECT id, added_by, aspect FROM files WHERE NOT removed AND +id": "all photos, or the first"
    " of them: in the order of an index, which ends at the limit",
    "coalesce(image_id, 0) AS image_id, coalesce(mtime_ns": "a search's columns, once in a run",
    "FROM items JOIN files f ON f.id = file_id AND f.item_id": "the same; afterwards what changed",
    "group_concat(id) FROM files WHERE NOT removed GROUP BY folder": "the same",
    "group_concat(image_id), group_concat(CAST(confidence": "the same",
    "SELECT group_concat(image_id) FROM edits": "few: one for each decision of a person's",
    "instr(words, :words)": "a part of a text stands in no index; of photos with text alone",
    "SELECT DISTINCT name FROM flags": "few: explicit photos alone",
    "FROM flags JOIN answers": "the same",
    "NOT coalesce(f.image_id IN (SELECT image_id FROM shown": "photos without a label: nearly all",
    "f.image_id IN (SELECT image_id FROM files WHERE NOT removed AND": "duplicates: each photo is"
    " compared with the next in the index",
    "i.state IN ('done', 'skipped') AND (NOT EXISTS (SELECT 1 FROM shown": "photos to review have"
    " no label that an index could tell, and no row of their own; from 200,000 on by the columns",
    "i.state = 'failed' ORDER BY": "in another order than by when they came: one pass, few remain",
    "json_group_array(json_array(id, more))": "counts; of 200,000 photos and more by the columns",
    "FROM shown WHERE (confidence >= :least OR kept) GROUP BY label": "the same",
    "SELECT (SELECT count(*) FROM shown WHERE NOT": "the same",
    "SELECT 1 FROM shown GROUP BY image_id": "the same",
    "SELECT folder, count(*) FROM files": "the same",
    "NOT IN (SELECT image_id FROM answers WHERE origin": "what Amazon has not labelled yet, asked"
    " once after a set-up: nearly all photos are in the answer",
    "a.model_version <> :model": "after an update of the model: nearly all are in the answer",
    "day - lag(day) OVER": "the newest items, from the end on, up to the limit",
    "FROM sent WHERE :part = ''": "all copies, or those of names with a part in them: no index",
    "expires_at > :now AS away FROM sent": "a sum of all copies, when the page of them is opened",
    "WHERE id IN (SELECT max(id) FROM saved_files": "what was saved last of each photo: a person"
    " compares all of them with the labels",
    "state = 'undone' AND id IN (SELECT max(id)": "the same",
    "WHERE m.fingerprint IS NULL": "photos that were not compared yet: at first all",
    "SELECT id, fingerprint, group_id FROM images": "each is compared with all others",
}
"""What is read whole, by a part of its question, and why."""

_REPORT = re.compile(r"SELECT (state, error_title, )?count\(\*\) FROM \w+( GROUP BY 1, 2 .*)?")
"""The report for whoever helps (diagnostics.py) counts each table, when a person asks for it."""
_PARTIAL = re.findall(r"CREATE INDEX (\w+) ON [^;]* WHERE", "".join(MIGRATIONS))
_OF_SOME = re.compile(f"INDEX ({'|'.join(_PARTIAL)})$")
"""Indexes of some rows of a table, which are all to be looked at."""
_seen: dict[str, str | None] = {}


@pytest.fixture(autouse=True)
def questions_are_answered_by_indexes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails after a test in which a table was read whole without a reason."""
    found: list[str] = []
    read, search = Store.read, Store.search

    def look(sql: str, explain: Any) -> None:
        if not sys._getframe(2).f_globals["__name__"].startswith("desktop."):
            return  # a test's own
        if sql not in _seen:
            _seen[sql] = complaint(sql, [row["detail"] for row in explain(sql)])
        if (said := _seen[sql]) is not None:
            found.append(said)

    def checked_read(store: Store, sql: str, *values: Any) -> Any:
        rows = read(store, sql, *values)
        look(sql, lambda sql: read(store, f"EXPLAIN QUERY PLAN {sql}", *values))
        return rows

    def checked_search(store: Store, sql: str, values: dict[str, Any] | None = None) -> Any:
        rows = search(store, sql, values)
        look(sql, lambda sql: search(store, f"EXPLAIN QUERY PLAN {sql}", values))
        return rows

    monkeypatch.setattr(Store, "read", checked_read)
    monkeypatch.setattr(Store, "search", checked_search)
    yield
    assert not found, "\n\n".join(dict.fromkeys(found))


def complaint(sql: str, plan: list[str]) -> str | None:
    """What is wrong with a question by its plan; None where nothing is."""
    whole = [step for step in plan if _scanned(sql, step) in GROWING and not _OF_SOME.search(step)]
    if not whole or any(part in sql for part in WHOLE) or _REPORT.fullmatch(sql):
        return None
    return f"{whole}: a whole table is read, and no reason stands in {__name__}.WHOLE\n{sql}"


def _scanned(sql: str, step: str) -> str | None:
    """The table that a step of a plan reads from one end to the other; None if it does not."""
    if not (scan := re.match(r"SCAN (\w+)", step)):
        return None
    tables = re.findall(rf"\b(?:FROM|JOIN)\s+(\w+)(?:\s+AS)?\s+{scan[1]}\b", sql)
    growing = [table for table in tables if table in GROWING]
    return growing[0] if growing else scan[1]
