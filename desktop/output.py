"""How the command line shows results: as a table with bars, as JSON lines, as CSV."""

from __future__ import annotations

import io
import json
import shutil
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from .core.backend import BackendName
from .core.save.tables import Csv, Photo, csv_writer, photo_to_json

Format = Literal["table", "json", "csv"]
EIGHTHS = " ▏▎▍▌▋▊▉█"


@dataclass(frozen=True, slots=True)
class Result:
    """One image as it left the job: its labels that the window shows, and who was asked."""

    photo: Photo
    backend: BackendName


Writer = Callable[[Result], None]


def make_writer(form: Format, stream: TextIO) -> Writer:
    """A function that writes one result to `stream` in this form, as soon as it comes.

    What other programs read is UTF-8 with its own line ends, whatever this computer's way is.
    """
    if isinstance(stream, io.TextIOWrapper) and form != "table":
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
    photo = result.photo
    width = max(shutil.get_terminal_size((80, 24)).columns - 1, 12)
    name = _printable(_near(photo.path))
    lines = [fit(name, width).rstrip()]
    if photo.error:
        lines.append(f"  {photo.error}")
    elif not photo.labels:
        lines.append("  no certain labels")
    if photo.is_partly_damaged:
        lines.append(fit("  partly damaged: labels may be missing or wrong", width).rstrip())
    widest = max((columns(shown.record.label) for shown in photo.labels), default=0)
    label_width = min(widest, width // 2)
    origin_width = max((len(shown.origin) for shown in photo.labels), default=0)
    bar_width = min(max(width - label_width - origin_width - 13, 0), 40)
    for shown in photo.labels:
        label = fit(shown.record.label, label_width)
        drawn = bar(shown.record.confidence, bar_width, plain=plain)
        lines.append(f"  {label} {drawn} {shown.record.confidence:5.1f} %  {shown.origin}"[:width])
    read = photo.findings.text.replace("\n", " / ")
    flags = (f"{flag.name} {flag.confidence:.1f} %" for flag in photo.findings.exact_flags)
    for title, found in (("text", read), ("may be explicit", ", ".join(flags))):
        if found:
            lines.append(fit(_printable(f"  {title}: {found}"), width).rstrip())
    stream.write("\n".join(lines) + "\n")
    stream.flush()


def _write_json(result: Result, stream: TextIO) -> None:
    data = {**photo_to_json(result.photo), "backend": result.backend}
    stream.write(json.dumps(data) + "\n")  # ASCII: any name survives any pipe
    stream.flush()


def _csv_writer(stream: TextIO) -> Writer:
    write_photo = csv_writer(stream, Csv())

    def write(result: Result) -> None:
        write_photo(result.photo)
        stream.flush()

    return write
