"""What exiftool says of files: kind, orientation, date. Without it, only Tagdrop's guess at a kind.

The date is the one that docs/formats.md promises, without sidecars and files' names: the first
valid one in its order.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from desktop.core.photo.formats import sniff

TIMEOUT_S = 600.0
_AT_ONCE = 200
_TAGS = (
    *("FileType", "MIMEType", "Orientation", "Error", "Warning"),
    *(
        "DateTimeOriginal",
        "DateTimeCreated",
        "DateCreated",
        "CreationTime",
        "DateTimeDigitized",
        "CreateDate",
    ),
    "ModifyDate",
)
_EXIF = r"(ExifIFD|IFD\d+|SubIFD\d*)"
_DATES = (
    f"{_EXIF}:DateTimeOriginal",
    r"(XMP|XML)-exif:DateTimeOriginal",
    r"(XMP|XML)-photoshop:DateCreated",
    r"Composite:DateTimeCreated",
    r"IPTC:DateCreated",
    r"(?!XMP|XML|IPTC|Composite|QuickTime|RIFF|PNG|ID3)\w+:DateTimeOriginal",
    r"PNG:CreationTime",
    f"{_EXIF}:CreateDate",
    r"(XMP|XML)-exif:DateTimeDigitized",
    r"(XMP|XML)-xmp:CreateDate",
    r"IFD0:ModifyDate",
)
"""What exiftool composes is IPTC's day and time; after it come the dates of raw formats' own."""
_DATE = re.compile(r"(\d{4})\D?(\d\d)\D?(\d\d)(?:\D+(\d\d?)[:時时](\d\d)(?:[:分](\d\d))?)?")
_EARLIEST = 1826
"""The year of the oldest photo that is left."""
_DEFAULT_DAYS = ("1904-01-01", "1970-01-01")
_DEFAULTS = ("1980-01-01T00:00:00", "2002-12-08T12:00:00")
"""What cameras write that do not know the time."""


@dataclass(frozen=True, slots=True)
class Facts:
    """`kind` is exiftool's name of the file's format, or empty; `date` ISO 8601 without a zone.

    `orientation` is EXIF's number as it stands with the main picture, 1 where there is none.
    `wrong` is what exiftool finds wrong with the file.
    """

    kind: str = ""
    is_picture: bool = False
    orientation: int = 1
    date: str | None = None
    wrong: str = ""


def is_installed() -> bool:
    """Whether exiftool is."""
    return shutil.which("exiftool") is not None


def facts_of(paths: Sequence[Path]) -> Iterator[tuple[Path, Facts]]:
    """The facts of each file; the order may be another."""
    for start in range(0, len(paths), _AT_ONCE):
        some = paths[start : start + _AT_ONCE]
        if not is_installed():
            yield from ((path, _guess(path)) for path in some)
            continue
        said = {Path(each["SourceFile"]): each for each in _ask(some)}
        yield from ((path, _facts(said.get(path.absolute(), {}))) for path in some)


def _ask(paths: Sequence[Path]) -> list[dict[str, Any]]:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".args") as names:
        names.write("\n".join(str(path.absolute()) for path in paths))
        names.flush()
        tags = [f"-{tag}" for tag in _TAGS]
        command = ["exiftool", "-q", "-q", "-json", "-n", "-a", "-G1", *tags, "-@", names.name]
        done = subprocess.run(command, check=False, capture_output=True, timeout=TIMEOUT_S)
    answer: list[dict[str, Any]] = json.loads(done.stdout.decode("utf-8", "replace") or "[]")
    return answer


def _facts(said: dict[str, Any]) -> Facts:
    orientation = said.get("IFD0:Orientation", 1)
    return Facts(
        str(said.get("File:FileType", "")),
        str(said.get("File:MIMEType", "")).startswith("image/"),
        orientation if orientation in range(1, 9) else 1,
        next(_valid_dates(said), None),
        str(said.get("ExifTool:Error") or said.get("ExifTool:Warning") or ""),
    )


def _valid_dates(said: dict[str, Any]) -> Iterator[str]:
    for pattern in _DATES:
        for name, value in said.items():
            if re.fullmatch(pattern, name) and (date := _valid_date(str(value))):
                yield date


def _valid_date(text: str) -> str | None:
    """Only the day where the text says no more, or an impossible time."""
    match = _DATE.match(text)
    if not match:
        return None
    year, month, day = (int(each) for each in match.groups()[:3])
    with suppress(ValueError):
        written = date(year, month, day).isoformat()
        if not _EARLIEST <= year <= datetime.now(UTC).year + 1 or written in _DEFAULT_DAYS:
            return None
        if match[4]:
            with suppress(ValueError):
                moment = time(int(match[4]), int(match[5]), int(match[6] or 0))
                written = f"{written}T{moment.isoformat()}"
        return None if written in _DEFAULTS else written
    return None


def _guess(path: Path) -> Facts:
    with suppress(OSError), path.open("rb") as file:
        kind = sniff(file)
        return Facts(kind or "", kind is not None)
    return Facts()
