"""Chosen folders: what a person has added, and which links lead out of it."""

from __future__ import annotations

import json
from pathlib import Path

from ..files import reasons
from ..files.long_paths import file_path, real_path
from ..library.store import Store


class ChosenFolders:
    """The folders that were ever added to a library. May raise StorageError."""

    def __init__(self, store: Store) -> None:
        rows = store.read("SELECT DISTINCT roots FROM jobs")
        self._roots = {file_path(root) for row in rows for root in json.loads(row["roots"])}
        self._real: dict[Path, tuple[Path, Path]] = {}

    def real_path(self, path: Path, photo: Path) -> Path:
        """Where the file of this name lies: the photo, or what belongs to it.

        A link within the folder that was added is followed, so that it stays a link. Raises
        AppError for one that leads out of it, and OSError.
        """
        parent = path.parent
        if parent not in self._real:
            chosen = [root for root in self._roots if photo.parent.is_relative_to(root)]
            least = min(chosen, key=lambda root: len(root.parts), default=photo.parent)
            self._real[parent] = real_path(parent), real_path(least)
        folder, chosen_folder = self._real[parent]
        real = real_path(path) if path.is_symlink() else folder / path.name
        if not real.is_relative_to(chosen_folder):
            raise reasons.leads_out()
        return real
