"""Diagnostics: what helps to find a mistake in the program, without anything private."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from .errors import AppError
from .library.library import Library
from .photo.discover import PHOTO_SUFFIXES
from .settings import Settings

PACKAGES = (
    "PySide6_Essentials",
    "Pillow",
    "pillow-heif",
    "rawpy",
    "simplejpeg",
    "tifffile",
    "imagecodecs",
    "numpy",
    "onnxruntime",
    "boto3",
    "cryptography",
    "keyring",
)
LOG_TAIL_BYTES = 64_000

_COUNTED = ("files", "images", "labels", "answers", "jobs", "items", "edits", "rules", "sent")
_SUFFIXES = "|".join(sorted(suffix[1:] for suffix in PHOTO_SUFFIXES))
# A path in quotes, as Python writes it: with what is strange in it behind a backslash.
_QUOTED = r"(['\"])(?:[A-Za-z]:)?[\\/](?:\\.|(?!\1)[^\\\n])*"
_SECRETS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_QUOTED}?\.((?i:{_SUFFIXES}))\1"), r"\1<photo>.\2\1"),
    (re.compile(rf"{_QUOTED}\1(?!, line \d)"), r"\1<path>\1"),  # tracebacks keep our files' names
    (re.compile(rf"(?i)(?:[a-z]:)?[\\/].*\.({_SUFFIXES})\b"), r"<photo>.\1"),
    (re.compile(rf"(?i)(['\"])[^'\"]*\.({_SUFFIXES})\1"), r"<photo>.\2"),
    (re.compile(r"\b[0-9a-f]{16}-[\w.-]+"), "<photo>"),  # an ImageName
    (re.compile(rf"(?i)[^\s/\\'\"]+\.({_SUFFIXES})\b"), r"<photo>.\1"),
    (re.compile(r"\barn:aws[\w-]*:\S+"), "<arn>"),
    (re.compile(r"\b(?:A3T[A-Z0-9]|AKIA|ASIA|AGPA|AIDA|AROA|AIPA)[A-Z0-9]{12,}\b"), "<key>"),
    (
        re.compile(
            r"(?i)\b([\w-]*(?:secret|token|password|passwd|signature|credential|authorization"
            r"|access_?key|api_?key)[\w-]*['\"]?\s*[=:]\s*)(?:(?:basic|bearer)\s+)?"
            r"('[^']*'|\"[^\"]*\"|[^\s,;&]+)"
        ),
        r"\1<removed>",
    ),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "<mail>"),
    (re.compile(r"\b\d{4}[- ]?\d{4}[- ]?\d{4}\b"), "<account>"),
    # What looks random and is long: keys, tokens, digests; a path in lower case is none of them.
    (re.compile(r"(?<![\w/+])(?=\S*\d)(?=\S*[a-z])(?=\S*[A-Z])[\w/+=-]{32,}"), "<removed>"),
    (re.compile(r"\b[0-9a-fA-F]{32,}\b"), "<digest>"),
)


def collect(
    data_dir: Path,
    settings: Settings,
    library: Library,
    *,
    version: str,
    window: Mapping[str, str],
) -> str:
    """The whole report as it is shown and saved; `window` is what the window knows of itself.

    Reads the library and the log: not for the GUI thread. What cannot be read is named instead.
    """
    parts = [
        _part("Versions", _versions(version)),
        _part("Window", [f"{name}: {value}" for name, value in window.items()]),
        _part("Settings", _settings(settings)),
        _part("Library", _counts(library)),
        _part("Newest lines of the log", _log_tail(data_dir / "logs" / "tagdrop.log")),
    ]
    return remove_private("\n".join(parts), _known_secrets(settings))


def remove_private(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` without keys, accounts, mail addresses, names of photos and of the person.

    `secrets` are removed wherever they stand, whatever they look like.
    """
    for secret in sorted({s for s in secrets if len(s) > 3}, key=len, reverse=True):
        text = text.replace(secret, "<removed>")
    for pattern, put in _SECRETS:
        text = pattern.sub(put, text)
    home = str(Path.home())
    if len(home) > 1:
        for form in {home, home.replace("\\", "/"), home.replace("\\", "\\\\")}:
            text = re.sub(re.escape(form), "~", text, flags=re.IGNORECASE)
    person = Path.home().name
    if len(person) > 2:
        short = re.sub(r"[ .]", "", person)[:6]  # Windows' old form of a long name: ANNAMA~1
        names = rf"(?:{re.escape(person)}|{re.escape(short)}~\d)"
        text = re.sub(rf"(?<!\w){names}(?!\w)", "<you>", text, flags=re.IGNORECASE)
    return text


def _part(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"== {title}", *lines, ""])


def _versions(version: str) -> list[str]:
    lines = [
        f"Tagdrop: {version}",
        f"Python: {platform.python_version()} ({platform.python_implementation()})",
        f"System: {platform.system()} {platform.release()} {platform.machine()}",
        f"SQLite: {sqlite3.sqlite_version}",
        f"Packed as one program: {'yes' if getattr(sys, 'frozen', False) else 'no'}",
        f"CPUs: {os.cpu_count()}",
    ]
    for package in PACKAGES:
        try:
            lines.append(f"{package}: {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            lines.append(f"{package}: not installed")
    return lines


def _settings(settings: Settings) -> list[str]:
    connection = settings.connection
    return [
        f"Labelling: {settings.backend or 'as usual'}",
        f"Least confidence: {settings.min_confidence:g}",
        f"Amazon: {f'connected in {connection.region}' if connection else 'not connected'}",
        f"Monthly limit: ${settings.monthly_limit_dollars:g}",
        f"Price of 1,000 photos: ${settings.dollars_per_1000:g}",
        f"Copies are deleted after: {settings.retention_days} d",
        f"Appearance: {settings.appearance}",
        f"Thumbnails: {settings.thumbnail_px} px",
    ]


def _known_secrets(settings: Settings) -> list[str]:
    """What must not appear, however it got in: the connection's names, keys of the surroundings."""
    secrets = [
        value
        for name, value in os.environ.items()
        if re.search(r"SECRET|TOKEN|PASSWORD|ACCESS_KEY|API_KEY", name)
    ]
    if connection := settings.connection:
        secrets += [connection.account, connection.bucket, connection.table]
    return secrets


def _counts(library: Library) -> list[str]:
    lines = []
    try:
        for table in _COUNTED:
            count = library.store.read(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608
            lines.append(f"{table}: {count}")
        for table in ("jobs", "items"):
            rows = library.store.read(
                f"SELECT state, error_title, count(*) FROM {table} GROUP BY 1, 2 ORDER BY 1, 2"  # noqa: S608
            )
            lines += [f"{table} {row[0]} ({row[1] or 'no error'}): {row[2]}" for row in rows]
        lines.append(f"bytes: {library.path.stat().st_size}")
    except (AppError, OSError) as error:
        lines.append(f"cannot be read: {error}")
    return lines


def _log_tail(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - LOG_TAIL_BYTES))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError as error:
        return [f"cannot be read: {error.strerror}"]
    return lines[1:] if size > LOG_TAIL_BYTES else lines
