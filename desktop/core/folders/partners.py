"""What belongs to a photo and travels along: its sidecars, and what an iPhone keeps beside it."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from ..photo.discover import PHOTO_SUFFIXES

_SIDECAR = ".xmp"
_LIVE, _ADJUSTMENTS = ".mov", ".aae"


@dataclass(frozen=True, slots=True)
class Partner:
    """A file beside a photo, and what its name has after the photo's.

    `after` is `.xmp` or the like; `has_suffix` says that the photo's ending stands before it.
    `is_shared` with another photo of the same name: a raw file beside its JPEG.
    """

    path: Path
    after: str
    has_suffix: bool
    is_shared: bool

    def beside(self, photo: Path) -> Path:
        """Where it belongs when its photo is there."""
        return photo.with_name((photo.name if self.has_suffix else photo.stem) + self.after)


class Partners:
    """Finds them in folders, each of which is listed once; not for several threads."""

    def __init__(self) -> None:
        self._listed: dict[Path, dict[str, set[str]]] = {}

    def of(self, photo: Path) -> tuple[Partner, ...]:
        """The files that belong to a photo, by name. Raises OSError if its folder cannot be read.

        Letters' case makes no difference: cameras and programs write endings either way.
        """
        name, stem = photo.name, photo.stem
        near = sorted(self._folder(photo.parent)[_key(name)])
        shares = any(
            other != name and _split(other)[0].lower() == stem.lower()
            for other in near
            if _split(other)[1].lower() in PHOTO_SUFFIXES
        )
        found = []
        for other in near:
            base, after = _split(other)
            kind = after.lower()
            if kind == _SIDECAR and base.lower() == name.lower():
                found.append(Partner(photo.with_name(other), after, True, False))
            elif base.lower() == stem.lower() and kind in (_SIDECAR, _LIVE, _ADJUSTMENTS):
                found.append(Partner(photo.with_name(other), after, False, shares))
        return tuple(found)

    def moved(self, path: Path) -> None:
        """Forget a file that is not there any more."""
        if path.parent in self._listed:
            self._listed[path.parent][_key(path.name)].discard(path.name)

    def _folder(self, folder: Path) -> dict[str, set[str]]:
        if folder not in self._listed:
            names: dict[str, set[str]] = defaultdict(set)
            with os.scandir(folder) as entries:
                for entry in entries:
                    names[_key(entry.name)].add(entry.name)
            self._listed[folder] = names
        return self._listed[folder]


def _key(name: str) -> str:
    """The same for a photo and all that may belong to it."""
    return name.partition(".")[0].lower()


def _split(name: str) -> tuple[str, str]:
    return os.path.splitext(name)  # noqa: PTH122 - quicker than a Path, for each name of a folder
