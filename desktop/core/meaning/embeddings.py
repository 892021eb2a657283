"""Embeddings: what networks say a photo means; a finding of their own, one of each network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..library.store import Store

REMOVED_AT_ONCE = 5_000


class Counted(NamedTuple):
    """How many pictures of the library are embedded, of all that there are."""

    done: int
    total: int


class Wanting(NamedTuple):
    """A picture without an embedding, and one of the files that hold it (os.fsencode)."""

    image_id: int
    path: bytes


class Embeddings:
    """What one network has said, kept as float16 of unit length. May raise StorageError.

    `network` names the very weights (Network.key). They go with their image.
    """

    def __init__(self, store: Store, network: str) -> None:
        self._store = store
        self._network = network

    def wanting(self, after: int, limit: int) -> list[Wanting]:
        """The next pictures that were not looked at, after the one with the id `after`."""
        rows = self._store.search(
            "SELECT m.id, (SELECT path FROM files f WHERE f.image_id = m.id AND NOT f.removed"
            " ORDER BY f.id LIMIT 1) AS path FROM images m WHERE m.id > :after AND path NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.network = :network"
            " AND e.image_id = m.id) ORDER BY m.id LIMIT :limit",
            {"network": self._network, "after": after, "limit": limit},
        )
        return [Wanting(row["id"], row["path"]) for row in rows]

    def counted(self) -> Counted:
        """How many pictures are done; one that cannot be read counts as that."""
        rows = self._store.search(
            "SELECT count(*) AS total, count(e.image_id) AS done FROM"
            " (SELECT DISTINCT image_id FROM files WHERE image_id NOT NULL AND NOT removed) f"
            " LEFT JOIN embeddings e ON e.network = :network AND e.image_id = f.image_id",
            {"network": self._network},
        )
        return Counted(rows[0]["done"], rows[0]["total"])

    def keep(self, found: Mapping[int, bytes | None]) -> None:
        """Keep what was found of images, by their ids; None: it cannot be read."""
        with self._store.write() as db:
            db.executemany(
                "INSERT OR REPLACE INTO embeddings (image_id, network, vector)"
                " SELECT id, ?, ? FROM images WHERE id = ?",
                [(self._network, vector, image_id) for image_id, vector in found.items()],
            )

    def since(self, number: int, limit: int) -> list[tuple[int, int, bytes]]:
        """The next ones after `number`: numbers, images and vectors, in the order of the numbers.

        A number only grows; an embedding made anew has a new one.
        """
        rows = self._store.search(
            "SELECT id, image_id, vector FROM embeddings WHERE id > :number"
            " AND network = :network AND vector NOT NULL ORDER BY id LIMIT :limit",
            {"number": number, "network": self._network, "limit": limit},
        )
        return [(row["id"], row["image_id"], row["vector"]) for row in rows]

    def of(self, image_ids: Iterable[int]) -> dict[int, bytes]:
        """The vectors of these images, as far as there are any."""
        rows = self._store.search(
            "SELECT image_id, vector FROM embeddings WHERE network = :network AND vector NOT NULL"
            " AND image_id IN (SELECT value FROM json_each(:ids))",
            {"network": self._network, "ids": json.dumps([*image_ids])},
        )
        return {row["image_id"]: row["vector"] for row in rows}

    def files_of(self, image_ids: Sequence[int]) -> dict[int, list[int]]:
        """The files that hold these images, by image; removed ones are left out."""
        rows = self._store.search(
            "SELECT image_id, id FROM files WHERE NOT removed AND item_id NOT NULL"
            " AND image_id IN (SELECT value FROM json_each(:ids)) ORDER BY id",
            {"ids": json.dumps(image_ids)},
        )
        found: dict[int, list[int]] = {}
        for row in rows:
            found.setdefault(row["image_id"], []).append(row["id"])
        return found

    def images_of(self, file_ids: Sequence[int]) -> list[int]:
        """The images that these files hold."""
        rows = self._store.search(
            "SELECT DISTINCT image_id FROM files WHERE image_id NOT NULL"
            " AND id IN (SELECT value FROM json_each(:ids))",
            {"ids": json.dumps([*file_ids])},
        )
        return [row[0] for row in rows]

    def image_of(self, file_id: int) -> int | None:
        """Which image a file holds; None while nobody has read it."""
        rows = self._store.read("SELECT image_id FROM files WHERE id = ?", file_id)
        return rows[0]["image_id"] if rows else None

    def remove_all(self) -> None:
        """Forget all that this network has said; a little at a time, so that others may write."""
        while True:
            with self._store.write() as db:
                removed = db.execute(
                    "DELETE FROM embeddings WHERE id IN"
                    " (SELECT id FROM embeddings WHERE network = ? LIMIT ?)",
                    (self._network, REMOVED_AT_ONCE),
                ).rowcount
            if removed < REMOVED_AT_ONCE:
                return
