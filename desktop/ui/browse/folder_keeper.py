"""FolderKeeper: what becomes of the library's folders: shown, found again elsewhere, taken out."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.errors import Cancelled
from desktop.core.files.long_paths import at_any_length
from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.moves import Moved, moved_along
from desktop.core.library.store import Store
from desktop.core.overview.counts import Counts
from desktop.core.overview.missing_folders import missing_folders

from ..adding.file_dialogs import choose_folder
from ..labels.editor import Editor, Title
from ..look.direction import isolated
from ..notices.acts import Act
from ..notices.messages import MessageLine
from ..work import Stop, Work

AGAIN_S = 20.0
"""Not so soon after the last time, folders are looked for when the window comes to the front."""


class FolderKeeper(QObject):
    """The disk is asked in a lane of its own: a share that is away may not answer for minutes."""

    missing_changed = Signal(object)
    """The folders (Path) that cannot be found now."""
    remove_asked = Signal(list)
    """Ids of photos that are to leave the library."""
    failed = Signal(object)
    """An AppError: the library cannot be read."""

    def __init__(
        self, store: Store, work: Work, editor: Editor, messages: MessageLine, window: QWidget
    ) -> None:
        super().__init__(window)
        self._store, self._editor = store, editor
        self._messages, self._window = messages, window
        self._lane = work.lane("folders")
        self._folders: tuple[Path, ...] = ()
        self._missing: list[Path] = []
        self._told: set[Path] = set()
        self._looked_at = 0.0
        window.installEventFilter(self)

    # Looking for them

    def show_counts(self, counts: Counts) -> None:
        """Look for the folders when they are others than before."""
        folders = tuple(path for path, _ in counts.folders)
        if folders != self._folders:
            self._folders = folders
            self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_front = event.type() == QEvent.Type.WindowActivate
        if is_front and time.monotonic() - self._looked_at > AGAIN_S:
            self._look()
        return False

    def _look(self) -> None:
        self._looked_at = time.monotonic()
        folders = self._folders
        self._lane.run(lambda stop: missing_folders(folders, stop), self._take, newest="look")

    def _take(self, missing: list[Path]) -> None:
        if missing != self._missing:
            self._missing = missing
            self.missing_changed.emit(missing)
        self._told.intersection_update(missing)
        new = [folder for folder in missing if folder not in self._told]
        if new and not self._messages.isVisible():
            self._told.update(new)
            self._say_missing(new[0])

    def _say_missing(self, folder: Path) -> None:
        self._messages.show_message(
            self.tr("“{0}” cannot be found").format(isolated(folder.name or str(folder))),
            self.tr(
                "It was at {0}. If its drive or network share is not connected, connect it. If the"
                " folder was moved or renamed, show where it is now: its photos keep their labels."
            ).format(isolated(str(folder))),
            Act(self.tr("Locate…"), partial(self.locate, folder)),
        )

    # Finding them again

    def locate(self, folder: Path) -> None:
        """Let the person show where a folder is now."""
        title = self.tr("Where is “{0}” now?").format(folder.name or folder)
        choose_folder(self._window, lambda paths: self.move(folder, paths[0]), title)

    def move(self, before: Path, after: Path) -> None:
        """Know the photos of a folder where they lie now; nothing is labelled again."""

        def find(stop: Stop) -> list[Moved]:
            def is_there(path: str) -> bool:
                if stop.is_set():
                    raise Cancelled
                return os.path.isfile(at_any_length(path))  # noqa: PTH113 - 100,000 of them

            return list(moved_along(self._store, before, after, is_there))

        self._lane.run(find, partial(self._moved, before, after), self.failed.emit)

    def _moved(self, before: Path, after: Path, moved: list[Moved]) -> None:
        name, now = before.name or str(before), after.name or str(after)
        if not moved:
            self._messages.show_message(
                self.tr("“{0}” holds none of the photos of “{1}”").format(now, name),
                self.tr("Choose the folder in which the photos lie as they did before."),
                Act(self.tr("Locate…"), partial(self.locate, before)),
            )
            return
        done = self.tr("Found %n photos of “{0}” in “{1}”", "", len(moved)).format(name, now)
        title = Title(done, self.tr("locate “{0}”").format(name))
        self._editor.move_folder(title, before, after, moved)

    # Taking them out

    def remove(self, folder: Path) -> None:
        """Take the photos of a folder out of the library, not off the disk."""

        def find(_: Stop) -> list[int]:
            return Catalog(self._store).find(Query(folder=folder), 0)

        self._lane.run(find, self.remove_asked.emit, self.failed.emit)
