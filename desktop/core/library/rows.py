"""The rows that the library hands out, and how they are read from its tables."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from ..backend import BackendName
from ..errors import AppError, ImageError, Remedy
from ..events import JobState, State
from ..records import LabelRecord, instances_from_json
from ..texts import values_from_json, values_to_json
from .folding import folded

AnyValue = TypeVar("AnyValue", float, str)


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
    image_name: str | None
    state: State
    error: AppError | None
    added_by: int = 0
    aspect: float | None = None
    day: str | None = None
    is_favourite: bool = False


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
    first = os.fsencode(folder).rstrip(os.fsencode(os.sep)) + os.fsencode(os.sep)
    return first, first[:-1] + bytes([first[-1] + 1])


def path_columns(path: Path) -> tuple[bytes, str, str, bytes]:
    """What path, name, folded_name and folder keep of where a file lies."""
    name = path.name.encode("utf-8", "replace").decode()
    return os.fsencode(path), name, folded(name), os.fsencode(path.parent)


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
        path=Path(os.fsdecode(row["path"])),
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
        path=Path(os.fsdecode(row["path"])),
        image_id=row["image_id"],
        image_name=row["image_name"],
        state=State(row["state"]),
        error=_error(row),
        added_by=row["added_by"],
        aspect=row["aspect"] and _shared(row["aspect"]),
        day=row["day"] and _shared(row["day"]),
        is_favourite=bool(row["favourite"]),
    )


def job_row(row: sqlite3.Row) -> JobRow:
    """A jobs row."""
    return JobRow(
        id=row["id"],
        roots=tuple(Path(root) for root in json.loads(row["roots"])),
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
