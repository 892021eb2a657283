"""Labels as CSV for spreadsheets and as JSON for programs, written as the photos come."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TextIO

from ..errors import AppError, Remedy
from ..events import State
from ..files.place_file import partial_beside, put, sync_folder
from ..library.effective import EffectiveLabel
from ..library.labelled import LabelledFile
from ..records import NOTHING_ELSE, Findings, Instance, instances_to_json

Rows = Literal["labels", "photos"]
"""A row for each photo and label, or one for each photo."""

LABEL_COLUMNS = (
    *("Path", "Photo", "Label", "Confidence", "Origin", "Confirmed", "Parents", "Boxes"),
    *("State", "Error", "ImageName", "Text", "Explicit", "Damaged"),
)
PHOTO_COLUMNS = (
    *("Path", "Photo", "Labels", "Label", "Confidence", "Origin", "Confirmed"),
    *("State", "Error", "ImageName", "Text", "Explicit", "Damaged"),
)


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo as a table tells of it; `labels` are those to be told, surest first."""

    path: str
    image_name: str | None
    state: State
    labels: tuple[EffectiveLabel, ...]
    error: AppError | None = None
    findings: Findings = NOTHING_ELSE
    is_partly_damaged: bool = False


def photo_of(file: LabelledFile) -> Photo:
    """A photo of the library."""
    path, name = str(file.path), file.image_name
    damaged = file.is_partly_damaged
    return Photo(path, name, State.DONE, file.labels, None, file.findings, damaged)


@dataclass(frozen=True, slots=True)
class Csv:
    """How the CSV looks. `bom` tells Excel that it is UTF-8.

    `semicolons` between the columns, and commas in the numbers, are what spreadsheets expect where
    numbers are written so: in German, say.
    """

    rows: Rows = "labels"
    bom: bool = False
    semicolons: bool = False


@dataclass(frozen=True, slots=True)
class Json:
    """One JSON list, with an object for each photo in a line of its own."""


Form = Csv | Json
Writer = Callable[[Photo], None]


def save_table(
    photos: Iterable[Photo], path: Path, form: Form, *, replace: bool = False
) -> Generator[int, None, None]:
    """Write the photos into a file, and yield after each how many are written.

    The file gets its name when the last photo is written, and not a moment before: closing this
    generator early, or a crash, leaves what was there. Raises FileExistsError when something is
    there that may not be replaced, and AppError when the file cannot be written.
    """
    try:
        target = path.resolve()  # the file that a link names, not the link, is replaced
        if target.exists() and (not replace or not target.is_file()):
            raise FileExistsError(target)
        partial = partial_beside(target)
        try:
            with partial.open("x", encoding="utf-8", errors="replace", newline="") as stream:
                yield from write_table(photos, stream, form)
                stream.flush()
                os.fsync(stream.fileno())
            put(partial, target, replace=replace)
            sync_folder(target.parent)
        except BaseException:
            with suppress(OSError):
                partial.unlink()
            raise
    except FileExistsError:
        raise
    except OSError as error:
        raise AppError(
            "The table cannot be saved",
            "{path}: {reason}. Choose another place, or try again.",
            remedy=Remedy.TRY_AGAIN,
            path=str(path),
            reason=error.strerror or str(error),
        ) from error


def write_table(photos: Iterable[Photo], stream: TextIO, form: Form) -> Iterator[int]:
    """Write the photos into a stream that leaves line ends alone, and yield how many are written.

    What UTF-8 does not know, half a character of a broken file name, is a question mark in CSV.
    """
    if isinstance(form, Csv):
        yield from _each(photos, csv_writer(stream, form))
        return
    between = "[\n"

    def write(photo: Photo) -> None:
        nonlocal between
        stream.write(between + json.dumps(photo_to_json(photo)))  # ASCII: any name survives it
        between = ",\n"

    yield from _each(photos, write)
    stream.write("\n]\n" if between == ",\n" else "[]\n")


def _each(photos: Iterable[Photo], write: Writer) -> Iterator[int]:
    for number, photo in enumerate(photos, 1):
        write(photo)
        yield number


def photo_to_json(photo: Photo) -> dict[str, Any]:
    """A photo as plain data, exactly as the library has it."""
    error = photo.error
    return {
        "path": photo.path,
        "image_name": photo.image_name,
        "state": photo.state,
        "labels": [
            {
                "name": label.record.label,
                "confidence": label.record.confidence,
                "origin": label.origin,
                "confirmed": label.is_kept,
                "parents": label.record.parents,
                "instances": instances_to_json(label.record.instances),
            }
            for label in photo.labels
        ],
        "texts": [asdict(line) for line in photo.findings.texts],
        "explicit": [asdict(flag) for flag in photo.findings.flags],
        "partly_damaged": photo.is_partly_damaged,
        "error": {"title": error.title, "message": error.message} if error else None,
    }


def csv_writer(stream: TextIO, form: Csv) -> Writer:
    """A function that writes one photo; the heading is written at once.

    All texts stand in quotes, so that a program that splits at another character finds the same
    columns. What a spreadsheet would take for a formula gets an apostrophe before it.
    """
    if form.bom:
        stream.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    delimiter = ";" if form.semicolons else ","
    out = csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_NONNUMERIC)

    def cell(value: str | float) -> str | float:
        if isinstance(value, str):
            return as_text(value)
        return str(value).replace(".", ",") if form.semicolons else value

    rows, columns = (
        (_label_rows, LABEL_COLUMNS) if form.rows == "labels" else (_photo_rows, PHOTO_COLUMNS)
    )
    out.writerow(columns)

    def write(photo: Photo) -> None:
        for row in rows(photo):
            out.writerow([cell(value) for value in row])

    return write


_Row = tuple[str | float, ...]


def _label_rows(photo: Photo) -> Iterator[_Row]:
    start, end = _ends(photo)
    for label in photo.labels:
        record = label.record
        boxes = " ".join(map(_box, record.instances))
        yield (*start, *_label(label), " > ".join(record.parents), boxes, *end)
    if not photo.labels:
        yield (*start, "", "", "", "", "", "", *end)


def _photo_rows(photo: Photo) -> Iterator[_Row]:
    start, end = _ends(photo)
    names = "; ".join(label.record.label for label in photo.labels)
    surest = _label(photo.labels[0]) if photo.labels else ("", "", "", "")
    yield (*start, names, *surest, *end)


def _ends(photo: Photo) -> tuple[_Row, _Row]:
    name = os.path.basename(photo.path)  # noqa: PTH119 - 100,000 times; a Path takes ten times longer
    flags = "; ".join(flag.name for flag in photo.findings.flags)
    read = photo.findings.text.replace("\n", " / ")
    damaged = "partly" if photo.is_partly_damaged else "no"
    end = (photo.state, str(photo.error or ""), photo.image_name or "", read, flags, damaged)
    return (photo.path, name), end


def _label(label: EffectiveLabel) -> _Row:
    record = label.record
    return record.label, record.confidence, label.origin, "yes" if label.is_kept else "no"


def _box(instance: Instance) -> str:
    return f"[{instance.left} {instance.top} {instance.width} {instance.height}]"


# Excel, LibreOffice, Google's and Apple's begin a formula at these, the wide ones too where people
# write so; some of them after spaces, and Lotus' way with an @. A table may be opened with another
# separator than its own: then what stands behind one of those begins a cell. So that nothing that
# begins with an apostrophe hides one, apostrophes and quotes are looked through.
_FORMULA = re.compile(r"""(^|[;,\t\r\n])(?=[\s'"]*[=+\-@＝＋－＠])|^(?=[\t\r\n\0])""")


@lru_cache(maxsize=4096)  # most texts of a million rows are the same few
def as_text(value: str) -> str:
    """The text with an apostrophe wherever a spreadsheet could take the rest for a formula."""
    return _FORMULA.sub(r"\g<0>'", value)
