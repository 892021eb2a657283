"""A library written by the program that knew photos by their whole files, kept in library-7.db.gz.

It holds samples that lay in /home/eva/Pictures: flower, china and rocket labelled by Amazon, flower
and chelsea by this computer, and coffee on its way to Amazon.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.core.backend import Answer
from desktop.core.events import State
from desktop.core.library.backup import backup_path
from desktop.core.library.changes import Changes
from desktop.core.library.edits import Edits, Rule
from desktop.core.library.library import Library
from desktop.core.money.spending import Spending
from desktop.core.records import LabelRecord
from desktop.recognisers import RECOGNISERS
from tests.rig import exiftool
from tests.rig.memory_backend import MemoryBackend
from tests.rig.photos import SAMPLES

from .test_job import Person

pytestmark = pytest.mark.usefixtures("no_long_waits")
LABELS = {
    "china.jpg": {"Building": "aws", "Temple": "aws", "Rex": "you"},
    "flower.jpg": {"Flower": "aws", "Green": "aws"},
    "rocket.jpg": {"Rocket": "aws"},
    "chelsea.png": {},
}


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Library]:
    path = tmp_path / "library.db"
    with gzip.open(Path(__file__).with_name("library-7.db.gz")) as kept:
        path.write_bytes(kept.read())
    library = Library(path, RECOGNISERS)
    yield library
    library.close()


def labels(library: Library, name: str) -> dict[str, str]:
    (image_id,) = {f.image_id for f in library.files() if f.path.name == name}
    assert image_id is not None
    return {shown.record.label: shown.origin for shown in library.effective_labels(image_id)}


def test_it_opens_with_all_that_was_there(old: Library) -> None:
    assert backup_path(old.path).exists()
    assert {name: labels(old, name) for name in LABELS} == LABELS
    edits = Edits(old.store)
    assert edits.rules() == [Rule("Plant", "Green"), Rule("Thing", None)]
    assert edits.undo_title() == "Never show “Thing”"
    assert Spending(old.store).of_job(1).images == 3
    assert old.store.read("SELECT count(*) FROM sent")[0][0] == 3
    (job,) = old.open_jobs()
    assert [(i.path.name, i.state) for i in old.job_items(job.id)] == [
        ("coffee.png", State.WAITING)
    ]
    changes = Changes(old.store)
    newest = changes.newest()
    edits.remove_files("Removed a photo", [old.files()[0].file_id])
    assert changes.since(newest, 1000)[1] == [1]


def test_what_a_clock_said_that_nobody_had_set_is_no_date_any_more(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with gzip.open(Path(__file__).with_name("library-7.db.gz")) as kept:
        path.write_bytes(kept.read())
    dates = [
        "1970-01-01T01:00:00",
        "2002-12-08T12:00:00",
        "0001-01-01T00:00:00",
        "2019-05-06T07:08:09",
    ]
    with closing(sqlite3.connect(path)) as db, db:
        ids = [row[0] for row in db.execute("SELECT id FROM images ORDER BY id LIMIT 4")]
        db.executemany("UPDATE images SET taken_at = ? WHERE id = ?", zip(dates, ids, strict=True))
    library = Library(path, RECOGNISERS)
    rows = library.store.read("SELECT taken_at FROM images WHERE taken_at NOT NULL")
    assert [row["taken_at"] for row in rows] == dates[3:]
    library.close()


def test_its_photos_are_known_where_they_lie_now_and_after_their_metadata_changed(
    old: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "moved here"
    folder.mkdir()
    for name in (*LABELS, "coffee.png"):
        shutil.copy(SAMPLES / name, folder)
    with old.store.write() as db:  # the photo on its way is where it was
        path = os.fsencode(folder / "coffee.png")
        db.execute("UPDATE files SET path = ? WHERE name = 'coffee.png'", (path,))
        db.execute("UPDATE jobs SET found_all = 1")
    rows = old.store.read("SELECT name, image_name FROM files JOIN images ON images.id = image_id")
    before = {row["name"]: row["image_name"] for row in rows}
    coffee = before["coffee.png"]
    assert coffee is not None
    backend = MemoryBackend()
    # What Amazon has answered while the program was not running.
    backend.table[coffee] = Answer((LabelRecord(coffee, "Cup", 99.0),), version="1")
    person = Person(old, backend)
    person.queue.resume()
    person.wait_for_end()
    assert labels(old, "coffee.png") == {"Cup": "aws"}
    photos = [folder / name for name in LABELS if name != "chelsea.png"]
    for options in (None, exiftool.RATE):
        for path in photos:
            if options:
                exiftool.rewrite(path, options)
        items = person.items(person.label(*photos).job_id)
        assert {i.state for i in items} == {State.SKIPPED}
        assert {i.path.name: i.image_name for i in items}.items() <= before.items()
    assert backend.submits == {}
    keyword = {"x": "file"}  # of exiftool's
    assert {p.name: labels(old, p.name) for p in photos} == {
        p.name: LABELS[p.name] | keyword for p in photos
    }
    person.leave()
