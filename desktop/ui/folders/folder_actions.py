"""FolderActions: what can be done with a folder of the library, and the menu that offers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ..adding.file_dialogs import choose_folder
from ..look.icons import icon
from .rescans import Rescans, shown
from .watching import Watching

MOST_FOLDERS = 20
"""The menu offers no more for a rescan; the sidebar has them all."""


class FolderActions(QObject):
    """`folders` gives those that hold photos of the library."""

    def __init__(
        self,
        rescans: Rescans,
        watching: Watching,
        folders: Callable[[], Sequence[Path]],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._rescans, self._watching = rescans, watching
        self._folders, self._window = folders, window
        self.menu = QMenu(self.tr("Folders"), window)
        self.menu.aboutToShow.connect(self._fill)

    def of(self, folder: Path, parent: QObject) -> list[QAction]:
        """What this folder's menu offers."""
        actions = [
            self._action(self.tr("Rescan"), partial(self._rescans.begin, folder), parent),
        ]
        watched = self._watching.get(folder)
        if watched is None:
            begin = partial(self._watching.begin, folder)
            actions.append(self._action(self.tr("Watch for new photos"), begin, parent))
            return actions
        if watched.dollars is not None:
            change = partial(self._watching.change_limit, folder)
            actions.append(self._action(self.tr("Change the limit…"), change, parent))
        end = partial(self._watching.end, folder)
        actions.append(self._action(self.tr("Stop watching"), end, parent))
        return actions

    def _action(self, text: str, do: Callable[[], object], parent: QObject) -> QAction:
        action = QAction(text, parent)
        action.triggered.connect(lambda _: do())
        return action

    def _fill(self) -> None:
        self.menu.clear()
        watched = [each.path for each in self._watching.folders]
        for folder in watched:
            self._add(folder, icon_name="eye")
        if watched:
            self.menu.addSeparator()
        others = [each for each in topmost(self._folders()) if each not in watched]
        for folder in others[:MOST_FOLDERS]:
            self._add(folder, icon_name="folder")
        self.menu.addSeparator()
        self.menu.addAction(self.tr("Watch another folder…"), self._choose)

    def _add(self, folder: Path, *, icon_name: str) -> None:
        menu = self.menu.addMenu(icon(icon_name), shown(folder).replace("&", "&&"))
        menu.setToolTip(str(folder))
        menu.addActions(self.of(folder, menu))

    def _choose(self) -> None:
        choose_folder(self._window, lambda paths: self._watching.begin(paths[0]))


def topmost(folders: Sequence[Path]) -> list[Path]:
    """Those that lie in none of the others, in order."""
    found: list[Path] = []
    for folder in sorted(folders):
        if not found or not folder.is_relative_to(found[-1]):
            found.append(folder)
    return found
