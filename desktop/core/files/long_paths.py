r"""Paths of files that Windows takes at any length: over 259 characters only with \\?\ in front.

It takes them as they are, too, where somebody has set LongPathsEnabled in its registry; by default
nobody has. (Microsoft: Maximum Path Length Limitation.) The library, messages and whatever compares
paths know a file by its plain path alone, or a photo deep down would lie on another drive than its
folder; the system is given the other form, in the moment of asking it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path, WindowsPath

from ..folders.names import not_reserved

LONGEST = 220
"""What is left up to 259 is for what lies beside a photo: a sidecar, its partial file."""
_ANY_LENGTH = "\\\\?\\"
_UNC = "UNC\\"
_DRIVE = re.compile(r"[A-Za-z]:\\")


class _FilePath(WindowsPath):
    """A path that open(), os and shutil are given at any length, and everybody else plainly."""

    __slots__ = ()

    def __fspath__(self) -> str:
        return at_any_length(str(self), is_windows=True)


def file_path(path: str | Path) -> Path:
    """The path of a person's file or folder, written plainly; its parents and neighbours, too."""
    return _FilePath(plain(str(path), is_windows=True)) if os.name == "nt" else Path(path)


def as_stored(path: Path) -> bytes:
    """A path as the library keeps it: names need not be valid text."""
    return os.fsencode(str(path))


def from_stored(stored: bytes) -> Path:
    """The path that the library keeps so."""
    return file_path(os.fsdecode(stored))


def real_path(path: Path) -> Path:
    """Where it really lies: without links on the way. May raise OSError."""
    return file_path(os.path.realpath(path))


def at_any_length(path: str, *, is_windows: bool = os.name == "nt") -> str:
    r"""The absolute path in a form that Windows takes.

    With \\?\ also where it would read a name in another way: `con.jpg`, or a dot at its end.
    """
    if not is_windows:
        return path
    path = plain(path, is_windows=True)
    is_relative = not _DRIVE.match(path) and not path.startswith("\\\\")
    if is_relative or (len(path) <= LONGEST and not any(map(_is_odd, path.split("\\")))):
        return path
    if path.startswith("\\\\"):
        return path if path[2:4] in ("?\\", ".\\") else f"{_ANY_LENGTH}{_UNC}{path[2:]}"
    return _ANY_LENGTH + path


def plain(path: str, *, is_windows: bool = os.name == "nt") -> str:
    r"""The path as people and other programs write it, without \\?\; always the same for a file.

    With `\` between names, and the drive's letter as a capital.
    """
    if not is_windows:
        return path
    path = path.replace("/", "\\")
    rest = path.removeprefix(_ANY_LENGTH)
    if rest.startswith(_UNC):
        return f"\\\\{rest.removeprefix(_UNC)}"
    if not _DRIVE.match(rest):
        return path
    return rest[0].upper() + rest[1:]


def _is_odd(name: str) -> bool:
    return name != not_reserved(name) or (name.endswith((".", " ")) and name not in (".", ".."))
