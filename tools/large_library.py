"""Fill a library with as many photos as a bench wants, and store what a job would in it."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from desktop.core.backend import Answer
from desktop.core.library.folding import folded
from desktop.core.library.library import Library
from desktop.core.records import LabelRecord
from desktop.recognisers import LOCAL, RECOGNISERS

CHUNK = 10_000
FIRST_DAY = datetime(2010, 1, 1)  # noqa: DTZ001 - cameras write no zone
FILL = """
INSERT INTO images (id, digest, image_name, taken_at) VALUES (:id, :digest, :digest, :taken_at);
INSERT INTO files (id, path, name, folded_name, folder, image_id, size_bytes, mtime_ns, item_id,
    added_by, aspect)
    VALUES (:id, :path, :name, :folded, :folder, :id, 1000000, 1700000000000000000, :id,
    1, :aspect);
INSERT INTO items (id, job_id, file_id, state) VALUES (:id, 1, :id, 'done');
INSERT INTO answers VALUES (:id, :origin, 1, 'bench', '2026-01-01T00:00:00+00:00', 0);
"""
LABELLED = (
    "SELECT files.id FROM shown JOIN files USING (image_id) WHERE label = ? AND confidence >= 55"
)
"""In SQL: a bare question for the photos with a label, to set a filter beside."""


def fill(path: Path, images: int, *, labels: int = 0, folders: int = 100) -> None:
    """A library of so many photos in so many folders, four labels each: of those of this computer,
    or of so many made up ones, a tenth of them above the others.
    """
    chance = random.Random(1)
    vocabulary = Path(__file__).parents[1] / "desktop" / "backends" / "models" / "labels.json"
    names = list(json.loads(vocabulary.read_text(encoding="utf-8"))["labels"])
    if labels:
        names = [f"Label {number}" for number in range(labels)]
    weights = [*accumulate(1 / (place + 1) for place in range(len(names)))]
    chance.shuffle(names)
    tops = labels // 10
    parents = [(f"Label {n}", json.dumps([f"Label {n % tops}"])) for n in range(tops, labels)]
    Library(path, RECOGNISERS).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db, _quickly(db):
        db.execute(
            "INSERT INTO jobs (id, roots, backend, again, found_all, state, created_at)"
            " VALUES (1, '[]', ?, 0, 1, 'done', '2026-01-01T00:00:00+00:00')",
            (LOCAL.name,),
        )
        for first in range(1, images + 1, CHUNK):
            numbers = range(first, min(first + CHUNK, images + 1))
            rows = [_row(each, folders, images) for each in numbers]
            for statement in filter(str.strip, FILL.split(";")):
                db.executemany(statement, rows)
            db.executemany(
                "INSERT INTO shown VALUES (?1, ?2, ?3, ?4, ?2, 0)",
                (
                    (each, label, round(chance.uniform(40, 100), 1), LOCAL.name)
                    for each in numbers
                    for label in sorted({*chance.choices(names, cum_weights=weights, k=4)})
                ),
            )
        db.execute("CREATE TEMP TABLE above (label TEXT PRIMARY KEY, parents TEXT)")
        db.executemany("INSERT INTO above VALUES (?, ?)", parents)
        db.execute(
            "INSERT INTO labels SELECT image_id, origin, label, confidence,"
            " coalesce(parents, '[]'), '[]', '[]' FROM shown LEFT JOIN above USING (label)"
        )
        db.execute("INSERT INTO changes (file_id) SELECT id FROM files")


@contextmanager
def _quickly(db: sqlite3.Connection) -> Iterator[None]:
    """One transaction without a journal; indexes are made at its end, and no trigger fires."""
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -200000")
    db.execute("BEGIN EXCLUSIVE")
    made = db.execute(
        "SELECT type, name, sql FROM sqlite_master"
        " WHERE sql NOT NULL AND type IN ('index', 'trigger')"
    ).fetchall()
    for kind, name, _ in made:
        db.execute(f"DROP {kind} {name}")
    yield
    for _, _, sql in made:
        db.execute(sql)
    db.execute("COMMIT")


def _row(number: int, folders: int, images: int) -> dict[str, Any]:
    """The values of FILL for a photo; more than 100 folders stand five by five in others. The
    photos are of sixteen years.
    """
    place = number % folders
    folder = f"/photos/{place // 5:03}/{place:04}" if folders > 100 else f"/photos/{place:02}"
    name = f"IMG_{number:07}.jpg"
    taken_at = FIRST_DAY + timedelta(minutes=number * (16 * 365 * 1440) // images)
    return {
        "id": number,
        "origin": LOCAL.name,
        "digest": f"{number:064x}",
        "path": os.fsencode(f"{folder}/{name}"),
        "name": name,
        "folded": folded(name),
        "folder": os.fsencode(folder),
        "taken_at": taken_at.isoformat(timespec="seconds"),
        "aspect": 0.75 if number % 5 == 0 else 1.333,
    }


def stored_ms(path: Path, images: int, turn: int = 0) -> tuple[float, float]:
    """How long it takes to accept so many more photos, and to store as many answers, as a job does
    for each of its photos; in each turn others.
    """
    library = Library(path, RECOGNISERS)
    job = library.add_job([Path(f"/new/{turn}")], LOCAL.name, again=False)
    paths = [Path(f"/new/{turn}/{number:05}.jpg") for number in range(images)]
    began = time.perf_counter()
    library.add_items(job.id, paths, dict.fromkeys(paths, 1.5))
    accepted = time.perf_counter()
    items = library.open_items(job.id, after_id=0, limit=images)
    known = [
        library.images.identify(item.file_id, item.path, f"new {item.id}", 1, 1) for item in items
    ]
    identified = time.perf_counter()
    for item, image in zip(items, known, strict=True):
        records = tuple(
            LabelRecord(image.image_name, label, 90.0) for label in ("Dog", "Grass", "Park", "Tree")
        )
        answer = Answer(records=records, model_version="bench")
        library.record_answer(job.id, [item.id], image.id, LOCAL.name, answer)
    stored = time.perf_counter()
    library.close()
    return (accepted - began) * 1000, (stored - identified) * 1000
