"""Paths as their drives spell them: Windows and macOS find a file by any case of its name."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ..library.folding import folded
from .system_errors import Trouble, trouble_of

ANY_CASE = os.name == "nt" or sys.platform == "darwin"


class Spelling:
    """For several paths at once: each of their folders is listed once.

    A typed `c:\\photos\\img_1.jpg` is then the photo that the folder calls `C:\\Photos\\IMG_1.JPG`,
    and so is a name whose accents are written in another way, as macOS does.
    """

    def __init__(self, *, any_case: bool = ANY_CASE) -> None:
        self._any_case = any_case
        self._folders: dict[Path, Path] = {}
        self._names: dict[Path, dict[str, str]] = {}
        self._away: set[Path] = set()

    def of(self, path: Path) -> Path:
        """An absolute path as it is spelt; what cannot be looked at stays as it was written."""
        if not self._any_case or path == path.parent:
            return path
        folder = self._folders.get(path.parent)
        if folder is None:
            folder = self._folders[path.parent] = self.of(path.parent)
        return folder / self._name_of(folder, path.name)

    def _name_of(self, folder: Path, name: str) -> str:
        if folder not in self._names:
            self._names[folder] = self._names_in(folder)
        names = self._names[folder]
        other = names.get(name) or names.get(folded(name), name)
        if other == name:
            return name
        try:
            return other if (folder / other).samefile(folder / name) else name
        except OSError:  # it is not there, or its case counts
            return name

    def _names_in(self, folder: Path) -> dict[str, str]:
        """Each name by itself, and by what it is compared as where no other is called that."""
        if folder.parent in self._away:  # each question would wait for the network
            self._away.add(folder)
            return {}
        try:
            names = os.listdir(folder)  # noqa: PTH208 - a Path for each would take 5 times as long
        except OSError as error:
            if trouble_of(error) is Trouble.AWAY:
                self._away.add(folder)
            return {}
        return {**{folded(name): name for name in names}, **{name: name for name in names}}
