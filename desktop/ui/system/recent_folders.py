"""RecentFolders: the folders labelled lately and "Add photos…", where the system's shell has room.

On Windows that is the jump list, on macOS the Dock's menu; on Linux, the desktop entry has an
action of its own.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.library.store import Store
from desktop.core.overview.recent_jobs import RecentJob, recent_jobs
from desktop.core.photo.discover import is_named_as_photo

from ..work import Work
from .com import in_this_thread
from .jump_list import JumpList, write_jump_list

log = logging.getLogger(__name__)

MOST = 5
ADD_PHOTOS = "--add-photos"
"""The option of `tagdrop` that asks for photos."""
LeftOut: TypeAlias = dict[str, int]
"""Folders that a person removed from the list, each with the newest job of that time."""
Offer: TypeAlias = Callable[[list[Path]], list[Path]]
"""Offers these folders; those that the person has removed."""


def recent_folders(
    jobs: Iterable[RecentJob], left_out: LeftOut, samples: Path | None
) -> list[Path]:
    """The folders that were dropped lately, the newest first. Asks no disk: one may be far away."""
    found: dict[Path, None] = {}
    for job in jobs:
        for root in job.roots:
            is_other = root != samples and not is_named_as_photo(root.name)
            if is_other and job.id > left_out.get(str(root), 0):
                found[root] = None
    return list(found)[:MOST]


class RecentFolders(QObject):
    """Reads them beside the window, and offers them anew after each job."""

    def __init__(
        self,
        window: QWidget,
        store: Store,
        work: Work,
        *,
        samples: Path | None,
        add: Callable[[Sequence[Path]], object],
        add_photos: Callable[[], object],
        offer: Offer | None = None,
    ) -> None:
        super().__init__(window)
        self._store, self._work, self._samples = store, work, samples
        self._add, self._add_photos = add, add_photos
        self._offer = offer or _offer_of_windows(self.tr("Recent folders"), self.tr("Add photos…"))
        become_dock_menu = getattr(QMenu, "setAsDockMenu", None)  # macOS' Qt has it
        self._dock = QMenu(window) if become_dock_menu else None
        self._left_out: LeftOut = {}
        self._offered: list[Path] | None = None
        if become_dock_menu:
            become_dock_menu(self._dock)

    def left_out(self) -> LeftOut:
        """What a person removed, to be kept."""
        return self._left_out

    def leave_out(self, kept: LeftOut) -> None:
        """Heed what was kept."""
        self._left_out = {str(folder): int(job) for folder, job in kept.items()}

    def look(self) -> None:
        """Offer what was labelled lately."""
        if self._offer is not None or self._dock is not None:
            self._work.run(self._read, self._on_read)

    def _read(self, _: object) -> tuple[list[Path], LeftOut]:
        jobs = recent_jobs(self._store)
        folders = recent_folders(jobs, self._left_out, self._samples)
        removed: list[Path] = []
        if self._offer is not None and folders != self._offered:
            try:
                removed = self._offer(folders)
            except OSError as error:
                log.info("no jump list: %s", error)
        newest = max((job.id for job in jobs), default=0)
        return folders, {str(folder): newest for folder in removed}

    def _on_read(self, read: tuple[list[Path], LeftOut]) -> None:
        self._offered, removed = read
        self._left_out |= removed
        if self._dock is not None:
            self._dock.clear()
            self._dock.addAction(self.tr("Add photos…"), self._add_photos)
            self._dock.addSection(self.tr("Recent folders"))
            for folder in self._offered:
                self._dock.addAction(folder.name or str(folder), partial(self._add, [folder]))


def _offer_of_windows(folders_title: str, add_title: str) -> Offer | None:
    """The jump list of the installed program; from a checkout, the taskbar shows Python's."""
    if sys.platform == "win32" and getattr(sys, "frozen", False):
        program = Path(sys.executable).with_suffix(".exe")  # tagdrop.com is for terminals

        def offer(folders: list[Path]) -> list[Path]:
            wanted = JumpList(program, add_title, ADD_PHOTOS, folders_title, folders)
            with in_this_thread():
                return write_jump_list(wanted)

        return offer
    else:  # noqa: RET505 - mypy reads one of both
        return None
