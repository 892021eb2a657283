"""Saved searches: what a person wants to find again, under a name of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, get_args

from ..files.long_paths import file_path
from ..library.catalog import Place, Query
from ..library.store import Store


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """`text` are the words as they were typed; `query` is all but these. `id` 0: not saved yet."""

    name: str
    query: Query
    text: str = ""
    id: int = 0


class SavedSearches:
    """Every method may raise StorageError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[SavedSearch]:
        """By name; what a newer program has saved and this one does not understand is left out."""
        rows = self._store.search("SELECT * FROM searches ORDER BY name COLLATE NOCASE, id")
        found = (_read(row["id"], row["name"], row["query"]) for row in rows)
        return [search for search in found if search is not None]

    def save(self, search: SavedSearch) -> SavedSearch:
        """Keep a search; one that was removed comes back under the id that it had."""
        with self._store.write(sync="FULL") as db:
            row = db.execute(
                "INSERT INTO searches (id, name, query) VALUES (nullif(?, 0), ?, ?) RETURNING id",
                (search.id, search.name, _write(search)),
            ).fetchone()
        return SavedSearch(search.name, search.query, search.text, row["id"])

    def rename(self, search_id: int, name: str) -> None:
        """Give a search another name."""
        with self._store.write(sync="FULL") as db:
            db.execute("UPDATE searches SET name = ? WHERE id = ?", (name, search_id))

    def remove(self, search_id: int) -> None:
        """Forget a search; the photos stay."""
        with self._store.write(sync="FULL") as db:
            db.execute("DELETE FROM searches WHERE id = ?", (search_id,))


def _write(search: SavedSearch) -> str:
    query = search.query
    folder = None if query.folder is None else str(query.folder)
    return json.dumps(
        {
            "place": query.place,
            "labels": query.labels,
            "without": query.without,
            "folder": folder,
            "text": search.text,
        }
    )


def _read(search_id: int, name: str, kept: str) -> SavedSearch | None:
    try:
        values: dict[str, Any] = json.loads(kept)
        if values["place"] not in get_args(Place):
            return None
        folder = values["folder"]
        query = Query(
            place=values["place"],
            labels=tuple(values["labels"]),
            without=tuple(values["without"]),
            folder=None if folder is None else file_path(folder),
        )
        return SavedSearch(name, query, str(values["text"]), search_id)
    except (ValueError, KeyError, TypeError):
        return None
