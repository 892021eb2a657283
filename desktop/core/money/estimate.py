"""Estimate: what a drop holds before it is labelled, what that costs and how long it takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..backend import BackendName
from ..errors import FolderError
from ..files.long_paths import as_stored, from_stored
from ..library.library import Library
from ..photo.discover import Found, absolutes, discover
from ..recognisers import Recogniser
from ..settings import Settings
from ..walk.other_files import count_other_file, is_other_file
from ..walk.passed_over import PassedOver
from .spending import Spending, photos_left

TELL_S = 0.1
REST_S = 60.0
"""Longer between two answers, and there was no job, or it was paused or without a network."""
MOST_HANDED_ON = 100_000
"""Paths; a job with more of them walks its folders itself."""
LEARN_FROM, LEARN_FROM_AT_MOST = 20, 500
"""So many of the images that were labelled last tell the rate."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What was counted so far; `is_complete` when that is all.

    `is_whole`: no folder was in the way that cannot be read now; the job may find more in it later.
    `stops_after` is how many of the new photos the monthly limit lets through, when not all.
    `passed_over` is what there is besides.
    `found` is what the job need not look for once more, when the count is complete and whole.
    """

    new: int
    known: int
    dollars: float
    seconds: float
    is_complete: bool
    stops_after: int | None = None
    is_whole: bool = True
    passed_over: PassedOver = field(default_factory=PassedOver)
    found: Found | None = field(default=None, compare=False, repr=False)


def estimate(
    library: Library,
    roots: Sequence[Path],
    recogniser: Recogniser,
    settings: Settings,
    *,
    again: bool,
    cancel: threading.Event,
) -> Iterator[Estimate]:
    """Count, telling every 0.1 s; the last one is complete unless `cancel` was set.

    A photo is known when its file is unchanged and this recogniser answered for it; labels that you
    removed come back free. The price and the limit are those of `settings`. May raise StorageError;
    reads the disk, so not for the GUI thread.
    """
    rate = images_per_s(library, recogniser)
    price = recogniser.price(settings) if recogniser.price else 0.0
    spent = Spending(library.store).this_month()
    left = photos_left(spent, price, settings.monthly_limit_dollars)
    new = known = 0
    told_at = time.monotonic()

    def now(*, is_complete: bool) -> Estimate:
        counted = Estimate(
            *(new, known, new * price / 1000, new / rate, is_complete),
            passed_over=deepcopy(found.passed_over),
        )
        return replace(counted, stops_after=left) if left is not None and left < new else counted

    is_whole = True
    found = Found(roots)
    named = set(absolutes(roots))
    try:
        for path in discover(roots, cancel=cancel, passed_over=found.passed_over):
            if path in named and is_other_file(path):
                count_other_file(path, named, found.passed_over)
                continue
            if len(found.paths) <= MOST_HANDED_ON:
                found.paths.append(str(path))
            if not again and _is_known(library, path, recogniser.name):
                known += 1
            else:
                new += 1
            if time.monotonic() - told_at > TELL_S:
                told_at = time.monotonic()
                yield now(is_complete=False)
    except FolderError:  # the job says which; here it counts what is there
        is_whole = False
    if not cancel.is_set():
        has_all = is_whole and len(found.paths) <= MOST_HANDED_ON
        yield replace(now(is_complete=True), is_whole=is_whole, found=found if has_all else None)


def unanswered(library: Library, origin: BackendName) -> list[Path]:
    """The photos of the library that this recogniser has never labelled, one place of each.

    May raise StorageError; not for the GUI thread.
    """
    rows = library.store.search(_UNANSWERED, {"origin": origin})
    return [from_stored(path) for (path,) in rows]


_UNANSWERED = """
SELECT min(path) FROM files WHERE NOT removed AND image_id NOT NULL
    AND image_id NOT IN (SELECT image_id FROM answers WHERE origin = :origin)
GROUP BY image_id ORDER BY min(id)
"""


def images_per_s(library: Library, recogniser: Recogniser) -> float:
    """How fast this recogniser was lately while it was at work, or what is usual.

    What was never submitted was taken over from the table and tells nothing.
    """
    values = {"origin": recogniser.name, "most": LEARN_FROM_AT_MOST, "rest": REST_S}
    count, seconds = library.store.search(_GAPS, values)[0]
    has_learnt = count >= LEARN_FROM and seconds >= 2
    return count / seconds if has_learnt else recogniser.images_per_s


_GAPS = """
SELECT count(*), total(gap) FROM (
    SELECT 86400 * (day - lag(day) OVER (ORDER BY day)) AS gap FROM (
        SELECT DISTINCT a.image_id, julianday(a.labelled_at) AS day FROM (
            SELECT i.job_id, i.file_id FROM items i JOIN jobs j ON j.id = i.job_id
            WHERE j.backend = :origin AND i.state = 'done' AND i.submitted_at NOT NULL
            ORDER BY i.id DESC LIMIT :most
        ) i
        JOIN files f ON f.id = i.file_id
        JOIN answers a ON (a.image_id, a.origin, a.job_id) = (f.image_id, :origin, i.job_id)
    )
) WHERE gap < :rest
"""


def _is_known(library: Library, path: Path, origin: str) -> bool:
    try:
        status = path.stat()
    except (OSError, ValueError):  # ValueError: a NUL in its name
        return False
    return bool(
        library.store.search(
            "SELECT 1 FROM files f JOIN answers a ON a.image_id = f.image_id"
            " WHERE f.path = :path AND f.size_bytes = :size AND f.mtime_ns = :mtime"
            " AND a.origin = :origin",
            {
                "path": as_stored(path),
                "size": status.st_size,
                "mtime": status.st_mtime_ns,
                "origin": origin,
            },
        )
    )
