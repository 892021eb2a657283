"""How the command line shows results: as a table with bars, as JSON lines, as CSV."""

from __future__ import annotations

import csv
import io
import json
import shutil
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from .core.backend import BackendName
from .core.errors import AppError
from .core.events import State
from .core.library.effective import EffectiveLabel
from .core.records import instances_to_json

Format = Literal["table", "json", "csv"]
EIGHTHS = " ▏▎▍▌▋▊▉█"


@dataclass(frozen=True, slots=True)
class Result:
    """One image as it left the job; `labels` are those that the window shows of it."""

    path: str
    image_name: str | None
    state: State
    backend: BackendName
    labels: tuple[EffectiveLabel, ...]
    error: AppError | None


Writer = Callable[[Result], None]


def make_writer(form: Format, stream: TextIO) -> Writer:
    """A function that writes one result to `stream` in this form, as soon as it comes.

    What other programs read is UTF-8 with its own line ends, whatever this computer's way is; a
    table has question marks for what the terminal does not know.
    """
    if isinstance(stream, io.TextIOWrapper):
        if form == "table":
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace", newline="")
    if form == "json":
        return lambda result: _write_json(result, stream)
    if form == "csv":
        return _csv_writer(stream)
    plain = not can_encode(EIGHTHS, stream)
    return lambda result: _write_table(result, stream, plain=plain)


def can_encode(text: str, stream: TextIO) -> bool:
    """Whether the stream's encoding knows these characters."""
    try:
        text.encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def bar(percent: float, width: int, *, plain: bool = False) -> str:
    """A bar of `width` columns, filled to an eighth of a column; `plain` uses ASCII only."""
    if plain:
        return ("#" * round(width * percent / 100)).ljust(width, ".")
    full, part = divmod(round(width * 8 * percent / 100), 8)
    return ("█" * full + (EIGHTHS[part] if part else "")).ljust(width)


def _printable(text: str) -> str:
    """A file name that cannot steer the terminal or break a line."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def fit(text: str, width: int) -> str:
    """Text in exactly `width` columns: cut in the middle or filled up on the right."""
    if columns(text) <= width:
        return text + " " * (width - columns(text))
    if width < 5:
        head = _head(text, width)
        return head + " " * (width - columns(head))
    tail = _head(text[::-1], (width - 1) // 2)[::-1].strip()
    head = _head(text, width - 1 - columns(tail)).rstrip()
    cut = f"{head}…{tail}"
    return cut + " " * (width - columns(cut))


def columns(text: str) -> int:
    """How many columns a terminal gives this text: two for East Asian wide characters."""
    return sum(_columns_of(c) for c in text)


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _head(text: str, width: int) -> str:
    used = 0
    for index, character in enumerate(text):
        used += _columns_of(character)
        if used > width:
            return text[:index]
    return text


def _near(path: str) -> str:
    """The path as seen from the current folder, when it lies inside it."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except (ValueError, OSError):
        return path


def _write_table(result: Result, stream: TextIO, *, plain: bool) -> None:
    width = max(shutil.get_terminal_size((80, 24)).columns - 1, 12)
    name = _printable(_near(result.path))
    lines = [fit(name, width).rstrip()]
    if result.error:
        lines.append(f"  {result.error}")
    elif not result.labels:
        lines.append("  no certain labels")
    widest = max((columns(shown.record.label) for shown in result.labels), default=0)
    label_width = min(widest, width // 2)
    origin_width = max((len(shown.origin) for shown in result.labels), default=0)
    bar_width = min(max(width - label_width - origin_width - 13, 0), 40)
    for shown in result.labels:
        label = fit(shown.record.label, label_width)
        drawn = bar(shown.record.confidence, bar_width, plain=plain)
        lines.append(f"  {label} {drawn} {shown.record.confidence:5.1f} %  {shown.origin}"[:width])
    stream.write("\n".join(lines) + "\n")
    stream.flush()


def _write_json(result: Result, stream: TextIO) -> None:
    error = result.error
    data = {
        "path": result.path,
        "image_name": result.image_name,
        "state": result.state,
        "backend": result.backend,
        "labels": [
            {
                "name": shown.record.label,
                "confidence": shown.record.confidence,
                "origin": shown.origin,
                "parents": shown.record.parents,
                "instances": instances_to_json(shown.record.instances),
            }
            for shown in result.labels
        ],
        "error": {"title": error.title, "message": error.message} if error else None,
    }
    stream.write(json.dumps(data) + "\n")  # ASCII: any name survives any pipe
    stream.flush()


def _csv_writer(stream: TextIO) -> Writer:
    writer = csv.writer(stream)
    writer.writerow(
        ("Path", "ImageName", "State", "Label", "Confidence", "Origin", "Parents", "Error")
    )

    def write(result: Result) -> None:
        path = result.path.encode("utf-8", "replace").decode()
        start = (path, result.image_name or "", result.state)
        for shown in result.labels:
            record, parents = shown.record, " > ".join(shown.record.parents)
            writer.writerow((*start, record.label, record.confidence, shown.origin, parents, ""))
        if not result.labels:
            writer.writerow((*start, "", "", "", "", str(result.error or "")))
        stream.flush()

    return write
