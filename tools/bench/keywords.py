"""The writing of keywords into sidecars beside a bare loop that writes the same plainly.

The floor takes the same labels from the library and makes the same sidecars of them, and writes
each by `write_bytes`: no journal, nothing looked at, nothing brought to the disk. Both take turns
of 500 photos, in folders of their own, so that what else the machine does slows both alike.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from desktop.core.library.labelled import labelled_files
from desktop.core.library.library import Library
from desktop.core.metadata.fields import Fields
from desktop.core.save.keyword_files import KeywordFiles
from desktop.core.save.keywords import Choice, choose_keywords
from desktop.core.save.metadata import fields_of
from desktop.core.save.sidecar import change_sidecar
from desktop.core.save.undo import undo_last
from desktop.core.save.write_keywords import write_keywords
from desktop.recognisers import RECOGNISERS

from .figures import Figure

MOST = 2.0
TURN = 500
CHOICE = Choice(with_parents=True)
ORIGIN = RECOGNISERS.usual.name
LABELS = (("Dog", '["Mammal", "Animal"]'), ("Beach", '["Nature"]'), ("Sky", "[]"), ("Sea", "[]"))


def make_library(folder: Path, photos: int) -> Library:
    """A library of small photos, all on the disk, with four labels each."""
    (folder / "photos").mkdir()
    first = folder / "photos" / "0.jpg"
    Image.new("RGB", (100, 90)).save(first)
    library = Library(folder / "data" / "library.db")
    with library.store.write() as db:
        db.execute("INSERT INTO origins VALUES (?, 1)", (ORIGIN,))
        db.execute(
            "INSERT INTO jobs (id, roots, backend, again, state, created_at)"
            " VALUES (1, ?, ?, 0, 'done', '')",
            (json.dumps([str(folder / "photos")]), ORIGIN),
        )
        for number in range(1, photos + 1):
            path = first.with_name(f"IMG_{number:05}.jpg")
            shutil.copyfile(first, path)
            info = path.stat()
            name = f"{number}.jpg"
            db.execute(
                "INSERT INTO images (id, digest, picture, image_name) VALUES (?, ?, ?, ?)",
                (number, name, name, name),
            )
            db.execute(
                "INSERT INTO files (id, path, name, folded_name, image_id, size_bytes, mtime_ns,"
                " item_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    os.fsencode(path),
                    path.name,
                    path.name,
                    number,
                    info.st_size,
                    info.st_mtime_ns,
                    number,
                ),
            )
            item = "INSERT INTO items (id, job_id, file_id, state) VALUES (?, 1, ?, 'done')"
            db.execute(item, (number, number))
            for label, parents in LABELS:
                values = (number, ORIGIN, label, 90.0, parents)
                db.execute("INSERT INTO labels VALUES (?, ?, ?, ?, ?, '[]', '[]')", values)
                shown = "INSERT INTO shown VALUES (?, ?, 90.0, ?, ?, 0)"
                db.execute(shown, (number, label, ORIGIN, label))
    first.unlink()
    return library


def bare(library: Library, file_ids: list[int], folder: Path) -> None:
    for photo in labelled_files(library.store, file_ids, 55):
        keywords = fields_of(choose_keywords(photo.labels, CHOICE))
        data = change_sidecar(b"", Fields(), keywords).data
        (folder / f"{photo.path.stem}.xmp").write_bytes(data)


def ours(library: Library, file_ids: list[int], _: Path) -> None:
    files = KeywordFiles(CHOICE, in_photos=False, naming="stem")
    photos = labelled_files(library.store, file_ids, 55)
    events = list(write_keywords(library.store, photos, files, cancel=threading.Event()))
    assert {event.outcome for event in events} == {"written"}


def measure(*, is_short: bool) -> Iterator[Figure]:
    """A turn writes 500 sidecars."""
    photos = 2000 if is_short else 10_000
    took: dict[str, list[float]] = {"ours": [], "bare": []}
    with tempfile.TemporaryDirectory() as name:
        library = make_library(Path(name), photos)
        plain = Path(name) / "plain"
        plain.mkdir()
        for start in range(1, photos + 1, TURN):
            file_ids = list(range(start, min(start + TURN, photos + 1)))
            for way, write in (("bare", bare), ("ours", ours)):
                os.sync()  # what the other one has left to the disk is not this one's
                started = time.perf_counter()
                write(library, file_ids, plain)
                took[way].append((time.perf_counter() - started) * 1000)
        for event in undo_last(library.store, cancel=threading.Event()):
            assert event.outcome == "restored"
        library.close()
    own, plainly = tuple(took["ours"]), tuple(took["bare"])
    yield Figure(f"keywords into {TURN} sidecars", "ms", own, "a bare loop", plainly, MOST)
