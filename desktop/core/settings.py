"""The settings: a dataclass kept as JSON, versioned, written whole or not at all, never wiped."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args

import platformdirs
from filelock import FileLock, Timeout

from .backend import BackendName
from .errors import StorageError
from .whole_file import write_whole

log = logging.getLogger(__name__)

FILE_NAME = "settings.json"
VERSION = 1
DEFAULT_MIN_CONFIDENCE = 55.0
"""Percent below which a label is not shown at first; Rekognition's own default."""


Appearance = Literal["system", "light", "dark"]
Language = Literal["system", "en", "de"]
THUMBNAIL_SIZES_PX = range(96, 385)
DEFAULT_THUMBNAIL_PX = 192
LOCK_TIMEOUT_S = 10.0
"""How long to wait for whoever else writes the settings; that takes milliseconds."""
MOST_DOLLARS = 100_000
"""The highest monthly limit, and the highest price of 1,000 photos, that can be chosen."""
RETENTION_DAYS = range(1, 366)
"""After how many days copies may be deleted, as deploy/stack/template.yaml allows."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the AWS side is: what `setup` made and `label --with aws` uses. Nothing secret."""

    account: str
    region: str
    stack: str
    bucket: str
    table: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person chose. `backend` is a recogniser's name, empty while nobody has chosen one.

    `min_confidence` is in percent, `thumbnail_px` an edge of the grid's.

    `monthly_limit_dollars` is the most that Amazon may cost in a month. `dollars_per_1000` is the
    price of labelling 1,000 photos there; Rekognition's list price for the first million a month
    is $1 (aws.md). `retention_days` is the wish after how many days copies are deleted there.
    `spares_core`: whether a job leaves one processor core to other programs.
    `tells_of_updates`: whether a start asks for a newer version, where there is an address to ask.
    `refused_model` is the on-device model with which older labels are not to be made anew.

    `extra` holds what this version does not know, so that an older program keeps it.
    """

    backend: BackendName = ""
    min_confidence: float = DEFAULT_MIN_CONFIDENCE
    connection: Connection | None = None
    appearance: Appearance = "system"
    language: Language = "system"
    thumbnail_px: int = DEFAULT_THUMBNAIL_PX
    monthly_limit_dollars: float = 5.0
    dollars_per_1000: float = 1.0
    retention_days: int = 1
    tells_of_updates: bool = True
    refused_model: str = ""
    spares_core: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


def default_data_dir() -> Path:
    """The platform's place for settings, library, thumbnails and logs."""
    return platformdirs.user_data_path("Tagdrop", appauthor=False)


def library_path(data_dir: Path) -> Path:
    """Where the library lies among these."""
    return data_dir / "library.db"


def load_settings(data_dir: Path) -> Settings:
    """The settings in `data_dir`, or the defaults where there are none.

    A file that cannot be understood is set aside under another name, never deleted. Raises
    StorageError when it was written by a newer program, cannot be read or cannot be set aside.
    """
    path = data_dir / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise StorageError(
            "The settings cannot be read",
            "{path}: {reason}. May this user account read the file?",
            path=str(path),
            reason=error.strerror or str(error),
        ) from error
    except UnicodeDecodeError:
        return _set_aside(path)
    try:
        data = json.loads(text)
        version = data.pop("version")
        if version > VERSION:
            raise StorageError(
                "The settings were written by a newer Tagdrop",
                "Update Tagdrop to use {path}. Nothing was changed.",
                path=str(path),
            )
        return _from_json(data)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _set_aside(path)


def save_settings(data_dir: Path, settings: Settings) -> None:
    """Write the settings; after a crash there is the old file or the new one."""
    path = data_dir / FILE_NAME
    data = {"version": VERSION, **_to_json(settings)}
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(data, indent=2).encode())
    except OSError as error:
        raise _unsaved(path, error.strerror or str(error)) from error


def change_settings(data_dir: Path, change: Callable[[Settings], Settings]) -> Settings:
    """Read the settings, change them and write them; what came of it.

    The window and a set-up write in threads of their own, and a shell may do so meanwhile: what one
    of them wrote is not lost to another. Raises StorageError.
    """
    path = data_dir / "locks" / f"{FILE_NAME}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path, timeout=LOCK_TIMEOUT_S, thread_local=False):
            before = load_settings(data_dir)
            after = change(before)
            if after != before:
                save_settings(data_dir, after)
            return after
    except (OSError, Timeout) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        raise _unsaved(data_dir / FILE_NAME, reason) from error


def _unsaved(path: Path, reason: str) -> StorageError:
    return StorageError(
        "The settings cannot be saved",
        "{path}: {reason}. Is the disk full or write-protected?",
        path=str(path),
        reason=reason,
    )


def _to_json(settings: Settings) -> dict[str, Any]:
    """A value that was not understood stays, unless something else was chosen since."""
    data, unchosen = asdict(settings), asdict(Settings())
    extra = data.pop("extra")
    return data | {n: v for n, v in extra.items() if data.get(n) == unchosen.get(n)}


def _from_json(data: dict[str, Any]) -> Settings:
    """Each value for itself: one that does not fit is the usual one, and takes no other with it.

    It may be of a later version, or a typing error; `save_settings` keeps it.
    """
    readable = {
        name: data.pop(name) for name, fits in _FITS.items() if name in data and fits(data[name])
    }
    if parts := readable.get("connection"):
        readable["connection"] = Connection(**{f.name: parts[f.name] for f in fields(Connection)})
    return Settings(**readable, extra=data)


def _is_number(value: Any, *, most: float) -> bool:
    return type(value) in (int, float) and 0 <= value <= most  # also refuses NaN


def _is_connection(value: Any) -> bool:
    if value is None:
        return True
    values = [value.get(f.name) for f in fields(Connection)] if type(value) is dict else [None]
    return all(isinstance(each, str) and each for each in values)


_FITS: dict[str, Callable[[Any], bool]] = {
    "backend": lambda value: isinstance(value, str),
    "min_confidence": partial(_is_number, most=100),
    "connection": _is_connection,
    "appearance": lambda value: value in get_args(Appearance),
    "language": lambda value: value in get_args(Language),
    "thumbnail_px": lambda value: type(value) is int and value in THUMBNAIL_SIZES_PX,
    "monthly_limit_dollars": partial(_is_number, most=MOST_DOLLARS),
    "dollars_per_1000": partial(_is_number, most=MOST_DOLLARS),
    "retention_days": lambda value: type(value) is int and value in RETENTION_DAYS,
    "tells_of_updates": lambda value: type(value) is bool,
    "refused_model": lambda value: isinstance(value, str),
    "spares_core": lambda value: type(value) is bool,
}


def _set_aside(path: Path) -> Settings:
    kept = path.with_name(f"{path.name}.damaged-{int(time.time())}")
    try:
        path.replace(kept)
    except OSError as error:
        raise _unsaved(path, error.strerror or str(error)) from error
    log.warning("%s cannot be understood: kept as %s, and begun anew", path, kept.name)
    return Settings()
