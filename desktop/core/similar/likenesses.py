"""Likenesses: which photos of the library look alike; found once, kept in the library."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from ..errors import ImageError
from ..files.long_paths import from_stored
from ..library.store import Store
from .fingerprint import alike, fingerprint

log = logging.getLogger(__name__)

CHUNK = 100
"""Photos of which the fingerprints are written at once: what is lost when the program is killed."""


class Looked(NamedTuple):
    """So many photos have been looked at, of all that were new."""

    done: int
    total: int


def find_alike(
    store: Store, small: Callable[[Path], Image.Image], *, cancel: threading.Event
) -> Iterator[Looked]:
    """Look at each photo that is new, a few milliseconds each, then note which ones look alike.

    `small` gives a photo small and upright, or raises ImageError. When `cancel` is set, what was
    looked at is kept. A photo that cannot be read now is left out. May raise StorageError.
    """
    rows = store.search(
        "SELECT m.id, min(f.path) FROM images m JOIN files f ON f.image_id = m.id AND NOT f.removed"
        " WHERE m.fingerprint IS NULL GROUP BY m.id"
    )
    found: list[tuple[bytes, int]] = []
    for number, (image_id, path) in enumerate(rows, 1):
        if cancel.is_set():
            break
        try:
            found.append((fingerprint(small(from_stored(path))), image_id))
        except ImageError as error:
            log.info("not looked at: %s", error)
        if len(found) >= CHUNK or number == len(rows):
            _keep(store, found)
            found = []
        yield Looked(number, len(rows))
    _keep(store, found)
    if not cancel.is_set():
        _note_groups(store)


def _keep(store: Store, found: list[tuple[bytes, int]]) -> None:
    if found:
        with store.write() as db:
            db.executemany("UPDATE images SET fingerprint = ? WHERE id = ?", found)


def _note_groups(store: Store) -> None:
    """An image's group has the number of its first image; of the others nothing is noted."""
    rows = store.search(
        "SELECT id, fingerprint, group_id FROM images WHERE fingerprint NOT NULL AND EXISTS"
        " (SELECT 1 FROM files f WHERE f.image_id = images.id AND NOT f.removed) ORDER BY id"
    )
    groups = {
        rows[place]["id"]: rows[group[0]]["id"]
        for group in alike([row["fingerprint"] for row in rows])
        for place in group
    }
    now = [(groups.get(row["id"]), row["id"]) for row in rows]
    changed = [new for new, row in zip(now, rows, strict=True) if new[0] != row["group_id"]]
    if changed:
        with store.write() as db:
            db.executemany("UPDATE images SET group_id = ? WHERE id = ?", changed)
