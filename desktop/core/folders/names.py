"""Names for folders and files that every system takes, and that nobody has yet."""

from __future__ import annotations

import os
import re
from pathlib import PurePath

# By Microsoft's "Naming Files, Paths, and Namespaces"; the strictest system counts, as a drive or a
# network folder may be another system's.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff]')
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]) *$", re.IGNORECASE)

MOST_BYTES = 240
"""Of a name in UTF-8: file systems take 255, and " (12)" or a sidecar's ending may follow."""


def safe_name(name: str, *, most_bytes: int = MOST_BYTES) -> str:
    """The name, changed no more than it has to be; not empty and not hidden."""
    name = _FORBIDDEN.sub("_", name).rstrip(" .").lstrip(" ")
    if not name or name[0] == ".":
        name = f"_{name[1:]}"
    name = not_reserved(name)
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a Path would split it at slashes
    if len(suffix.encode()) > 20:
        stem, suffix = name, ""
    room = most_bytes - len(suffix.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + suffix


def not_reserved(name: str) -> str:
    """The name, changed where Windows means a device by it, whatever its ending: `con.jpg`."""
    first, dot, rest = name.partition(".")
    return f"{first.rstrip()}_{dot}{rest}" if _RESERVED.match(first) else name


def numbered(name: str, number: int) -> str:
    """`IMG.jpg`, `IMG (2).jpg`, `IMG (3).jpg`, … as file managers count."""
    path = PurePath(name)
    return name if number == 1 else f"{path.stem} ({number}){path.suffix}"
