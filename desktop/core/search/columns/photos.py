"""Photos: what a search looks through: names, folders and pictures of all photos, in memory.

They are read once, and then only those of them that have changed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from time import localtime
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from ...library.store import Store
from ..terms import Period
from .folders import Folders
from .names import Names
from .numbers import Numbers, large_numbers, numbers

Mask = npt.NDArray[np.bool_]
"""Which photos, by their files' ids. What it says of a file that is not in the library is void."""
_Number = TypeVar("_Number", np.int32, np.int64)
Seconds = npt.NDArray[np.int64]

_YEAR_S = 366 * 86400
_FIRST_S, _LAST_S = _YEAR_S, 4_000_000_000
"""1971 to 2096: not every system can tell the months of other times."""

ANSWERED, FAILED = 1, 2
_IMAGE = "coalesce(image_id, 0) AS image_id, coalesce(mtime_ns, 0) / 1000000000 AS changed_s"
_COLUMNS = (
    f"id, {_IMAGE}, folded_name AS name,"  # noqa: S608
    " coalesce((SELECT CASE WHEN state IN ('done', 'skipped') THEN 1 WHEN state = 'failed' THEN 2"
    " ELSE 0 END FROM items WHERE items.id = item_id), 0) AS state"
)
# Each column as one value: 100,000 rows of Python's would keep other threads from working.
_ALL = (
    "SELECT group_concat(id), group_concat(image_id), group_concat(changed_s),"  # noqa: S608
    " group_concat(id) FILTER (WHERE item_id IS NULL),"
    " CAST(group_concat(folded_name, '/') AS BLOB)"
    f" FROM (SELECT id, item_id, folded_name, {_IMAGE} FROM files WHERE NOT removed ORDER BY id)"
)
# Nearly all are answered: to look for the others is quicker than to look at each one's item.
_NOT_ANSWERED = (
    "SELECT group_concat(f.id), group_concat(CASE state WHEN 'failed' THEN 2 ELSE 0 END)"
    " FROM items JOIN files f ON f.id = file_id AND f.item_id = items.id"
    " WHERE state NOT IN ('done', 'skipped') AND NOT f.removed"
)
_DAY = "substr(taken_at, 1, 10)"
# The days one after another, by as many looks into an index as there are days, and the images of
# each: to make a day of each image's date takes three times as long.
_DAYS = (
    f"WITH RECURSIVE days(day) AS (SELECT {_DAY} FROM (SELECT min(taken_at) AS taken_at FROM images"  # noqa: S608
    f" WHERE taken_at NOT NULL) UNION ALL SELECT (SELECT {_DAY} FROM images WHERE taken_at >"
    " day || '~' ORDER BY taken_at LIMIT 1) FROM days WHERE day NOT NULL)"
    " SELECT day, (SELECT group_concat(id) FROM images WHERE taken_at >= day"
    " AND taken_at <= day || '~') FROM days WHERE day NOT NULL"
)
_TAKEN_SOME = (
    f"SELECT id, {_DAY} AS day FROM images"  # noqa: S608
    " WHERE taken_at NOT NULL AND id IN (SELECT value FROM json_each(:ids))"
)
_FOLDERS = "SELECT folder, group_concat(id) FROM files WHERE NOT removed GROUP BY folder"
_SOME = (
    f"SELECT {_COLUMNS}, folder FROM files"  # noqa: S608
    " WHERE NOT removed AND id IN (SELECT value FROM json_each(:ids))"
)


@dataclass(frozen=True, slots=True)
class Photos:
    """The photos of the library as they were at one moment.

    By their files' ids: the id of the image (0: not yet known), when the file was changed (Unix
    time in seconds), whether it is ANSWERED or FAILED, and the number of its folder. By their
    images' ids: the camera's day, 20240715, or 0. About 50 bytes a photo.
    """

    images: Numbers
    changed_s: Seconds
    state: Numbers
    folder_of: Numbers
    taken: Numbers
    folders: Folders
    names: Names

    @classmethod
    def read(cls, store: Store) -> Photos:
        """All of them; 100,000 take about 0.1 s. May raise StorageError."""
        ((ids, images, changed_s, without_item, names),) = store.search(_ALL)
        ((others, states),) = store.search(_NOT_ANSWERED)
        by_folder = store.search(_FOLDERS)
        by_day = [(row[0], numbers(row[1])) for row in store.search(_DAYS)]
        files = numbers(ids)
        size = int(files.max(initial=0)) + 1
        state = np.zeros(size, np.int32)
        state[files] = ANSWERED
        state[numbers(without_item)] = 0
        open_or_failed = numbers(others)
        here = open_or_failed < size  # others have come since
        state[open_or_failed[here]] = numbers(states)[here]
        folder_of = np.zeros(size, np.int32)
        for place, (_, inside) in enumerate(by_folder):
            found = numbers(inside)
            folder_of[found[found < size]] = place
        taken = np.zeros(max((int(some.max()) for _, some in by_day), default=0) + 1, np.int32)
        with store.parsing():
            for day, some in by_day:
                taken[some] = _day_number(day)
        return cls(
            _by_id(size, files, numbers(images)),
            _by_id(size, files, large_numbers(changed_s)),
            state,
            folder_of,
            taken,
            Folders(tuple(row[0] or b"" for row in by_folder)),
            Names.of(files, names or b"", size),
        )

    def renewed(self, store: Store, ids: Sequence[int]) -> Photos:
        """The photos as they are now, where only these files have changed, came or went."""
        rows = store.search(_SOME, {"ids": json.dumps(ids)})
        size = max(len(self.images), max(ids) + 1)
        images, changed_s = _grown(self.images, size), _grown(self.changed_s, size)
        state, folder_of = _grown(self.state, size), _grown(self.folder_of, size)
        folders = self.folders.with_more(row["folder"] or b"" for row in rows)
        images[ids] = changed_s[ids] = state[ids] = folder_of[ids] = 0  # it may be gone
        for row in rows:
            images[row["id"]] = row["image_id"]
            changed_s[row["id"]] = row["changed_s"]
            state[row["id"]] = row["state"]
            folder_of[row["id"]] = folders.number(row["folder"] or b"")
        names = self.names.renewed(ids, {row["id"]: row["name"].encode() for row in rows}, size)
        used = np.bincount(folder_of[names.line_of >= 0], minlength=1)
        folders = folders.in_use(np.flatnonzero(used).tolist())
        taken = _grown(self.taken, max(len(self.taken), int(images.max(initial=0)) + 1))
        changed = {"ids": json.dumps(images[ids].tolist())}
        with store.parsing():
            for row in store.search(_TAKEN_SOME, changed):
                taken[row["id"]] = _day_number(row["day"])
        return Photos(images, changed_s, state, folder_of, taken, folders, names)

    @property
    def all(self) -> Mask:
        """Every photo of the library."""
        return self.names.line_of >= 0

    def are_those_of(self, others: Photos) -> bool:
        """Whether no photo came or went."""
        return np.array_equal(self.all, others.all)

    def of_images(self, ids: Numbers) -> Mask:
        """The photos that show one of these images; 0 are those whose image is not known."""
        return _members(ids, int(self.images.max(initial=0)))[self.images]

    def of_files(self, ids: Numbers) -> Mask:
        """Those of these photos that are here."""
        return _members(ids, len(self.images) - 1)

    def in_state(self, state: int) -> Mask:
        """The photos that are ANSWERED or FAILED."""
        found: Mask = self.state == state
        return found

    def named(self, part: str) -> Mask:
        """The photos with this in their names."""
        return self.of_files(self.names.with_part(part))

    def in_path(self, part: str) -> Mask:
        """The photos with this in their folders' paths."""
        return self._in_folders(self.folders.with_part(part))

    def in_folders_called(self, text: str, *, is_exact: bool) -> Mask:
        """The photos in folders in whose names a word begins so, or further down in them."""
        return self._in_folders(self.folders.called(text, is_exact=is_exact))

    def taken_in(self, period: Period) -> Mask:
        """The photos of these days, by the camera's date, else by when the file was changed."""
        days = self.taken[self.images.clip(max=len(self.taken) - 1)]
        days[self.images >= len(self.taken)] = 0
        at = self.changed_s
        found = (days >= _day(period.begin, 1)) & (days < _day(period.end, 1 << 31))
        undated = (at >= _seconds(period.begin, 1)) & (at < _seconds(period.end, 1 << 62))
        if period.months:
            found &= np.isin(days // 100 % 100, period.months)
            undated &= _in_months(at, period.months)
        matching: Mask = found | undated & (days == 0)
        return matching

    def _in_folders(self, numbers: list[int]) -> Mask:
        if not numbers:
            return np.zeros(len(self.folder_of), np.bool_)
        return _members(np.array(numbers), len(self.folders.paths))[self.folder_of]


def _members(ids: Numbers, most: int) -> Mask:
    """For each number up to `most` whether it is one of these ids."""
    found = np.zeros(most + 1, np.bool_)
    found[ids[ids <= most]] = True  # what is above came after these photos were read
    return found


def _day_number(text: str) -> int:
    """20240715 of "2024-07-15"."""
    return int(text.replace("-", ""))


def _day(day: date | None, otherwise: int) -> int:
    return int(f"{day:%Y%m%d}") if day else otherwise


def _seconds(day: date | None, otherwise: int) -> int:
    """When a day begins here."""
    return int(datetime.combine(day, time()).astimezone().timestamp()) if day else otherwise


def _in_months(at: Seconds, months: Sequence[int]) -> Mask:
    at = at.clip(_FIRST_S, _LAST_S)
    years = range(*(localtime(each).tm_year for each in (at.min(), at.max() + _YEAR_S)))
    begins = [
        datetime(year, month, 1).astimezone().timestamp()
        for year in years
        for month in range(1, 13)
    ]
    return np.isin(np.searchsorted(begins, at, side="right") % 12, np.array(months) % 12)


def _by_id(size: int, ids: Numbers, column: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    found = np.zeros(size, column.dtype)
    found[ids] = column
    return found


def _grown(column: npt.NDArray[_Number], size: int) -> npt.NDArray[_Number]:
    found = np.zeros(size, column.dtype)
    found[: len(column)] = column
    return found
