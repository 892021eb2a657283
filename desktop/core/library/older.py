"""Older: which photos have their labels from an earlier model than would label them today."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass

from ..backend import BackendName
from ..money.estimate import images_per_s
from ..recognisers import Recogniser
from .effective import COUNTING
from .library import Library

_CHUNK = 500
_PAUSE_S = 0.002
"""Between two chunks others get their turn: to look for files is Python's work, too."""


@dataclass(frozen=True, slots=True)
class Older:
    """Photos that the model `model` of a backend could label anew, and how long that takes."""

    backend: BackendName
    model: str
    file_ids: tuple[int, ...]
    seconds: float


def find_older(
    library: Library, recogniser: Recogniser, model: str, *, cancel: threading.Event
) -> Older:
    """What another model of `recogniser` than `model` has labelled, in the order of the library.

    Only labels that count: below another's of higher rank they would not be seen. A photo is left
    out when it cannot be read now, when it has failed since, and when a job will come to it anyway.
    May raise StorageError; reads the disk, so not for the GUI thread. Ends early when `cancel` is
    set.
    """
    found: list[int] = []
    rows = library.store.search(_OLDER, {"model": model, "origin": recogniser.name})
    older: list[int] = json.loads(rows[0][0])
    for start in range(0, len(older), _CHUNK):
        if cancel.wait(_PAUSE_S if start else 0):
            break
        chunk = library.store.search(_PATHS, {"ids": json.dumps(older[start : start + _CHUNK])})
        found += [file_id for file_id, path in chunk if os.access(path, os.R_OK)]
    seconds = len(found) / images_per_s(library, recogniser)
    return Older(recogniser.name, model, tuple(found), seconds)


_PATHS = "SELECT id, path FROM files WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY id"
_OLDER = f"""
SELECT json_group_array(id) FROM (SELECT f.id FROM answers a
JOIN files f ON f.image_id = a.image_id AND NOT f.removed
JOIN items i ON i.id = f.item_id AND i.state IN ('done', 'skipped')
WHERE a.origin = :origin AND NOT a.removed AND a.model_version <> :model
    AND a.origin = {COUNTING}
    AND f.id NOT IN (SELECT o.file_id FROM jobs j CROSS JOIN items o ON o.job_id = j.id
        WHERE j.state IN ('running', 'stopped') AND o.state IN ('queued', 'waiting'))
ORDER BY f.id)
"""  # noqa: S608
