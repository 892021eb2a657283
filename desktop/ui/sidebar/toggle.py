"""SidebarToggle: shows the sidebar where there is room for it, or as the person wants it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from ..look.icons import icon
from ..look.theme import BUTTON, ICON

ROOMY_PX = 1000
"""A window at least this wide has the sidebar, until the person says otherwise."""


class SidebarToggle(QObject):
    """A wish counts until the window becomes roomy or narrow anew."""

    def __init__(self, window: QWidget, sidebar: QWidget) -> None:
        super().__init__(window)
        self._window, self._sidebar = window, sidebar
        self._has_photos = False
        self._is_covered = False
        self._was_roomy: bool | None = None
        self.action = QAction(self.tr("Sidebar"), self)
        self.action.setIcon(icon("panel-left"))
        self.action.setIconVisibleInMenu(False)  # a tick there says whether it is shown
        self.action.setCheckable(True)
        self.action.setShortcut("F9")
        self.action.setToolTip(self.tr("Show places, labels and folders (F9)"))
        self.action.toggled.connect(self._apply)
        self.button = QToolButton()
        self.button.setDefaultAction(self.action)
        self.button.setAccessibleName(self.tr("Sidebar"))
        self.button.setIconSize(QSize(ICON, ICON))
        self.button.setMinimumSize(BUTTON, BUTTON)
        window.installEventFilter(self)
        self._fit()
        self._apply()

    def set_filled(self, has_photos: bool) -> None:
        """An empty library has nothing to choose from."""
        self._has_photos = has_photos
        self._apply()

    def set_covered(self, is_covered: bool) -> None:
        """While one photo is shown large, it gets the room, and nothing changes behind it."""
        self._is_covered = is_covered
        self.action.setEnabled(not is_covered)
        self._apply()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        is_roomy = self._window.width() >= ROOMY_PX
        if is_roomy != self._was_roomy:
            self._was_roomy = is_roomy
            self.action.setChecked(is_roomy)

    def _apply(self) -> None:
        self.button.setVisible(self._has_photos)
        is_shown = self._has_photos and self.action.isChecked() and not self._is_covered
        self._sidebar.setVisible(is_shown)
