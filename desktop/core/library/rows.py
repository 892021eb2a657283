"""The rows that the library hands out, and how they are read from its tables."""

from __future__ import annotations

import json
import os
import sqlite3
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from ..backend import BackendName
from ..errors import AppError, ImageError, Remedy
from ..events import JobState, State
from ..files.long_paths import as_stored, file_path, from_stored
from ..records import LabelRecord, instances_from_json
from ..texts import values_from_json, values_to_json
from .folding import folded

AnyValue = TypeVar("AnyValue", float, str)

PIECE = 20_000
"""Characters of a list that are read at once: in less than a millisecond."""
OUTLINES = (
    "SELECT json_group_array(id), json_group_array(added_by),"
    " json_group_array(round(coalesce(aspect, 0), 3)) FROM (SELECT id, added_by, aspect FROM files"
    " WHERE NOT removed AND {})"
)
"""In SQL: photos of the library in one row, as 100,000 rows would keep other threads waiting."""


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as the library keeps it; `found_all` when its folders were walked to the end.

    `watched_id` is the watched folder in which its photos have arrived; None: a person's job.
    """

    id: int
    roots: tuple[Path, ...]
    backend: BackendName
    again: bool
    found_all: bool
    state: JobState
    error: AppError | None
    watched_id: int | None = None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as the library keeps it. `submitted_at` is Unix time."""

    id: int
    job_id: int
    file_id: int
    path: Path
    state: State
    image_id: int | None
    image_name: str | None
    submitted_at: float | None
    baseline: str
    error: AppError | None


@dataclass(frozen=True, slots=True)
class FileRow:
    """An image as the window shows it, with the state of the item that says how it is.

    `added_by` is the job that brought it. `aspect` is the upright picture's width by its height,
    and `day` when it was taken (2025-07-12); None where that is not known.
    """

    file_id: int
    path: Path
    image_id: int | None
    state: State
    error: AppError | None
    added_by: int = 0
    aspect: float | None = None
    day: str | None = None
    is_favourite: bool = False
    is_partly_damaged: bool = False


@dataclass(frozen=True, slots=True)
class Outlines:
    """What is known of photos before they are looked at: arrays of the same length, in order.

    Of each its file's id, the job that brought it, and the upright picture's width by its height,
    0 where that is not known. Sixteen bytes a photo, where a FileRow takes over a thousand.
    """

    ids: array[int]
    jobs: array[int]
    aspects: array[float]

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[tuple[int, int, float]]:
        return zip(self.ids, self.jobs, self.aspects, strict=True)

    def part(self, first: int, end: int) -> Outlines:
        """Those from one place up to another, which is not among them."""
        return Outlines(self.ids[first:end], self.jobs[first:end], self.aspects[first:end])


@dataclass(frozen=True, slots=True)
class ImageRow:
    """One content: its id in the library and its ImageName."""

    id: int
    image_name: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """That a backend labelled an image: in which job, and whether you removed those labels."""

    job_id: int
    is_removed: bool


def below(folder: Path) -> tuple[bytes, bytes]:
    """All paths in a folder, or further down in it, are from the first on and under the second."""
    first = as_stored(folder).rstrip(os.fsencode(os.sep)) + os.fsencode(os.sep)
    return first, first[:-1] + bytes([first[-1] + 1])


def path_columns(path: Path) -> tuple[bytes, str, str, bytes]:
    """What path, name, folded_name and folder keep of where a file lies."""
    name = path.name.encode("utf-8", "replace").decode()
    return as_stored(path), name, folded(name), as_stored(path.parent)


def error_columns(error: AppError | None) -> tuple[str | None, ...]:
    """What error_title, _message, _values, _remedy and _detail keep of an error."""
    if error is None:
        return (None,) * 5
    title, message, detail = error.title_text, error.message_text, error.detail_text
    values = values_to_json(title.values)
    return title.template, message.template, values, error.remedy, detail.template or None


def _error(row: sqlite3.Row) -> AppError | None:
    if row["error_title"] is None:
        return None
    return ImageError(
        row["error_title"],
        row["error_message"],
        remedy=Remedy(row["error_remedy"]) if row["error_remedy"] else None,
        detail=row["error_detail"] or "",
        **values_from_json(row["error_values"]),
    )


def item_row(row: sqlite3.Row) -> ItemRow:
    """An items row, joined with its file and image."""
    return ItemRow(
        id=row["id"],
        job_id=row["job_id"],
        file_id=row["file_id"],
        path=from_stored(row["path"]),
        state=State(row["state"]),
        image_id=row["image_id"],
        image_name=row["image_name"],
        submitted_at=row["submitted_at"],
        baseline=row["baseline"],
        error=_error(row),
    )


def file_row(row: sqlite3.Row) -> FileRow:
    """A files row, joined with its item and its image."""
    return FileRow(
        file_id=row["id"],
        path=from_stored(row["path"]),
        image_id=row["image_id"],
        state=State(row["state"]),
        error=_error(row),
        added_by=row["added_by"],
        aspect=row["aspect"] and _shared(row["aspect"]),
        day=row["day"] and _shared(row["day"]),
        is_favourite=bool(row["favourite"]),
        is_partly_damaged=bool(row["partly_damaged"]),
    )


def outlines(row: sqlite3.Row) -> Outlines:
    """The three JSON lists of OUTLINES."""
    return Outlines(numbers("q", row[0]), numbers("i", row[1]), numbers("f", row[2]))


def numbers(kind: str, text: str) -> array[Any]:
    """The numbers of a JSON list as an array, in pieces: other threads get their turn between."""
    found, start, end = array(kind), 1, len(text) - 1
    while start < end:
        comma = text.find(",", start + PIECE)
        stop = end if comma < 0 else comma
        found.fromlist(json.loads(f"[{text[start:stop]}]"))
        start = stop + 1
    return found


def job_row(row: sqlite3.Row) -> JobRow:
    """A jobs row."""
    return JobRow(
        id=row["id"],
        roots=tuple(file_path(root) for root in json.loads(row["roots"])),
        backend=row["backend"],
        again=bool(row["again"]),
        found_all=bool(row["found_all"]),
        state=JobState(row["state"]),
        error=_error(row),
        watched_id=row["watched_id"],
    )


def record_of(row: sqlite3.Row) -> LabelRecord:
    """A labels row, joined with its image."""
    return LabelRecord(
        image_name=row["image_name"],
        label=row["label"],
        confidence=row["confidence"],
        parents=_names(row["parents"]),
        categories=_names(row["categories"]),
        instances=()
        if row["instances"] == "[]"
        else instances_from_json(json.loads(row["instances"])),
    )


@lru_cache(maxsize=4096)
def _shared(value: AnyValue) -> AnyValue:
    """The same object for equal values: 100,000 photos have a few shapes and some hundred days."""
    return value


@lru_cache(maxsize=4096)
def _names(data: str) -> tuple[str, ...]:
    """Of 100,000 photos, a million labels have some hundred different lists of parents."""
    return tuple(json.loads(data))
