"""Make a library of many labelled photos that do not exist, to measure the window with.

    python -m tools.make_big_library DIR [COUNT]

DIR becomes a data folder for the program. Labels fall off as in real albums: a few are on most
photos, most on a few. The same count gives the same library.
"""

from __future__ import annotations

import argparse
import os
import random
from pathlib import Path

from desktop.core.events import JobState
from desktop.core.library import Library
from desktop.core.schema import FILE_NAME

LABELS = 300
LABELS_EACH = 8
ALBUM = 200
"""Photos in a folder."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    arguments = parser.parse_args()
    make_big_library(arguments.folder, arguments.count)


def make_big_library(folder: Path, count: int) -> Path:
    """Fill a new data folder; the library's file."""
    folder.mkdir(parents=True, exist_ok=True)
    library = Library(folder / FILE_NAME)
    chance = random.Random(1)
    names = [f"Label{number}" for number in range(LABELS)]
    weights = [1 / (number + 1) for number in range(LABELS)]
    job = library.add_job([folder], "local", again=False)
    with library.store.write() as db:
        for n in range(1, count + 1):
            path = folder / f"album {n // ALBUM}" / f"IMG_{n:06d}.jpg"
            raw, parent = os.fsencode(path), os.fsencode(path.parent)
            taken = f"20{n % 25:02d}-01-01T00:00:00"
            found = {
                name: round(chance.uniform(40, 100), 1)
                for name in set(chance.choices(names, weights, k=LABELS_EACH))
            }
            db.execute(
                "INSERT INTO images (id, digest, image_name, taken_at) VALUES (?, ?, ?, ?)",
                (n, f"{n:064x}", f"{n:016x}-{path.name}.jpg", taken),
            )
            db.execute(
                "INSERT INTO files (id, path, name, folder, image_id, size_bytes, mtime_ns,"
                " item_id) VALUES (?, ?, ?, ?, ?, 1, 1, ?)",
                (n, raw, path.name, parent, n, n),
            )
            db.execute(
                "INSERT INTO items (id, job_id, file_id, state) VALUES (?, ?, ?, 'done')",
                (n, job.id, n),
            )
            db.execute(
                "INSERT INTO answers VALUES (?, 'local', ?, 'test', '2026-01-01', 0)", (n, job.id)
            )
            db.executemany(
                "INSERT INTO labels VALUES (?, 'local', ?, ?, '[]', '[]', '[]')",
                [(n, name, confidence) for name, confidence in found.items()],
            )
            db.executemany(
                "INSERT INTO shown VALUES (?, ?, ?, 'local', ?, 0)",
                [(n, name, confidence, name) for name, confidence in found.items()],
            )
    library.set_found_all(job.id)
    library.set_job_state(job.id, JobState.FINISHED)
    library.close()
    return folder / FILE_NAME


if __name__ == "__main__":
    main()
