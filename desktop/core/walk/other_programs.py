"""Folders in which other programs and systems keep what is no original: previews, caches, bins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_NEVER = frozenset(
    {
        "$recycle.bin",
        "system volume information",
        "__macosx",  # what macOS puts into ZIP files
        "@eadir",  # Synology's thumbnails
        "#recycle",
        "#snapshot",
        "@recycle",  # QNAP's
    }
)
_PREVIEWS = (".lrdata", ".lrcat-data")
"""Lightroom Classic's."""
_CLOUD_LIBRARY = re.compile(r".*\.lrlibrary|[0-9a-f]{32}")
"""That of Lightroom without "Classic", and a catalog in it, which holds the originals, too."""
_CLOUD_PREVIEWS = frozenset({"previews", "previews.noindex"})
_CACHES = {("captureone", "cache")}
"""A folder in a folder: Capture One's thumbnails and proxies beside the photos."""
_ORIGINALS: tuple[tuple[str, frozenset[str]], ...] = (
    (".photoslibrary", frozenset({"originals", "masters"})),
    (".migratedphotolibrary", frozenset({"masters", "originals"})),
    (".photolibrary", frozenset({"masters", "originals"})),
    ("iphoto library", frozenset({"masters", "originals"})),
    (".aplibrary", frozenset({"masters"})),
    (".migratedaplibrary", frozenset({"masters"})),
    (".cocatalog", frozenset({"originals"})),
)
"""Of libraries that are folders: where in them the originals lie."""


def is_hidden_name(name: str) -> bool:
    """Whether a file or folder is hidden by its name."""
    return name.startswith(".")


def is_left_out(name: str, parent: str) -> bool:
    """Whether a folder, by its name and that of the one around it, holds no originals."""
    lower = name.lower()
    around = parent.lower()
    is_never = lower in _NEVER or lower.endswith(_PREVIEWS) or (around, lower) in _CACHES
    if is_hidden_name(name) or is_never:
        return True
    if lower in _CLOUD_PREVIEWS and _CLOUD_LIBRARY.fullmatch(around):
        return True
    inside = next((kept for end, kept in _ORIGINALS if around.endswith(end)), None)
    return inside is not None and lower not in inside


def folders_below(root: Path, path: Path) -> Iterator[tuple[str, str]]:
    """Each folder between `root` and `path`, with the name of the one around it."""
    parts = [root.name, *path.relative_to(root).parts[:-1]]
    return zip(parts[1:], parts, strict=False)
