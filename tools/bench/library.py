"""The library with a million photos (short: 100,000), beside bare questions to the same file.

A bare question reads the ids that match, and nothing else, as a program without an order, a least
confidence and words would; it may use the library's indexes. Stored are the answers of a thousand
photos, each in its own transaction as a job does; beside it stand bare rows, stored the same way.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.library import Library
from desktop.core.search.thesaurus import Thesaurus
from desktop.recognisers import RECOGNISERS
from desktop.ui.words.label_names import other_names
from tools.large_library import LABELLED, fill, stored_ms

from .figures import Figure
from .turns import in_turns

LEAST = 55.0
STORED = 1000
MOST_FILTER_MS, MOST_SEARCH_MS, MOST_STORED_MS = 150, 200, 250
FREQUENT = "SELECT label FROM shown GROUP BY label ORDER BY count(*) DESC LIMIT 1"
Way = Callable[[], object]


def measure(*, is_short: bool) -> Iterator[Figure]:
    """Reading, filtering, searching, storing."""
    images, turns = (100_000, 5) if is_short else (1_000_000, 7)
    with tempfile.TemporaryDirectory(prefix="tagdrop-bench-") as name:
        path = Path(name) / "library.db"
        fill(path, images)
        library = Library(path, RECOGNISERS)
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as bare:
            yield from _reading(library, bare, turns)
        library.close()
        yield from _storing(path, turns)


def _reading(library: Library, bare: sqlite3.Connection, turns: int) -> Iterator[Figure]:
    catalog = Catalog(library.store, other_names, Thesaurus("en"))

    def ask(sql: str, *values: str) -> Way:
        return lambda: bare.execute(sql, values).fetchall()

    def search(text: str) -> Way:
        return lambda: catalog.find(Query(terms=catalog.understand(text)), LEAST)

    ((label,),) = bare.execute(FREQUENT)
    ways: tuple[tuple[str, Way, Way, int | None], ...] = (
        (
            "all photos in order",
            lambda: library.outlines(up_to=1 << 40),
            ask("SELECT id, aspect, added_by FROM files ORDER BY added_by DESC, id"),
            None,
        ),
        (
            "filter by a label",
            lambda: catalog.find(Query(labels=(label,)), LEAST),
            ask(LABELLED, label),
            MOST_FILTER_MS,
        ),
        ("search for a label", search(f"label:{label}"), ask(LABELLED, label), MOST_SEARCH_MS),
        (
            "search for a name",
            search("img_0000123"),
            ask("SELECT id FROM files WHERE name LIKE ?", "%img_0000123%"),
            MOST_SEARCH_MS,
        ),
        (
            "search for a year",
            search("2024"),
            ask("SELECT id FROM images WHERE taken_at LIKE '2024%'"),
            MOST_SEARCH_MS,
        ),
    )
    for what, ours, theirs, limit in ways:
        took = in_turns(turns, {"ours": ours, "theirs": theirs})
        yield Figure(what, "ms", took["ours"], "bare SQL", took["theirs"], limit=limit)


def _storing(path: Path, turns: int) -> Iterator[Figure]:
    accepted: list[float] = []
    stored: list[float] = []
    least: list[float] = []
    with closing(sqlite3.connect(path.with_name("bare.db"), isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = NORMAL")
        bare.execute("CREATE TABLE labels (image INTEGER, label TEXT, confidence REAL)")

        def store_plainly() -> None:
            for image in range(STORED):
                bare.execute("BEGIN")
                rows = [(image, label, 90.0) for label in ("Dog", "Grass", "Park", "Tree")]
                bare.executemany("INSERT INTO labels VALUES (?, ?, ?)", rows)
                bare.execute("COMMIT")

        for turn in range(turns):
            for took, each in zip((accepted, stored), stored_ms(path, STORED, turn), strict=True):
                took.append(each)
            least += in_turns(1, {"bare": store_plainly})["bare"]
    for what, times in (("accepted", accepted), ("with their answers stored", stored)):
        name, beside = f"{STORED} photos {what}", "bare rows"
        yield Figure(name, "ms", tuple(times), beside, tuple(least), limit=MOST_STORED_MS)
