r"""Paths that Windows takes at any length: over 259 characters only with \\?\ in front of them.

It takes them as they are, too, where somebody has set LongPathsEnabled in its registry; by default
nobody has. (Microsoft: Maximum Path Length Limitation.)
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..folders.names import not_reserved

LONGEST = 220
"""What is left up to 259 is for what lies beside a photo: a sidecar, its partial file."""
_ANY_LENGTH = "\\\\?\\"
_UNC = "UNC\\"
_DRIVE = re.compile(r"[A-Za-z]:\\")


def at_any_length(path: str, *, is_windows: bool = os.name == "nt") -> str:
    r"""The absolute path in a form that Windows takes; always the same one for a file.

    With \\?\ also where it would read a name in another way: `con.jpg`, or a dot at its end.
    """
    if not is_windows:
        return path
    path = plain(path, is_windows=True)
    if _DRIVE.match(path):
        path = path[0].upper() + path[1:]
    if len(path) <= LONGEST and not any(map(_is_odd, path.split("\\"))):
        return path
    if path.startswith("\\\\"):
        return path if path[2:4] in ("?\\", ".\\") else f"{_ANY_LENGTH}{_UNC}{path[2:]}"
    return _ANY_LENGTH + path


def plain(path: str, *, is_windows: bool = os.name == "nt") -> str:
    r"""The path as people and other programs write it, without \\?\; with `\` between names."""
    if not is_windows:
        return path
    path = path.replace("/", "\\")
    rest = path.removeprefix(_ANY_LENGTH)
    if rest.startswith(_UNC):
        return f"\\\\{rest.removeprefix(_UNC)}"
    return rest if _DRIVE.match(rest) else path


def plain_path(path: Path) -> Path:
    """The same of a Path."""
    return Path(plain(str(path)))


def _is_odd(name: str) -> bool:
    return name != not_reserved(name) or (name.endswith((".", " ")) and name not in (".", ".."))
