"""FullView: gives the large photo the window: what is put away for it, and the full screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from ..browse.search_box import SearchBox
from .gallery import Gallery


class FullView(QObject):
    """While a photo is large, `above` is put away, on the full screen `below` as well.

    `panel` stays, unless the person puts it away.
    """

    def __init__(
        self,
        window: QMainWindow,
        gallery: Gallery,
        panel: QWidget,
        *,
        above: Sequence[QWidget],
        below: Sequence[QWidget],
        search: SearchBox,
    ) -> None:
        super().__init__(window)
        self._window, self._gallery, self._panel = window, gallery, panel
        self._above, self._below, self._search = above, below, search
        bar = gallery.viewer.bar
        gallery.enlarged.connect(self._on_enlarged)
        bar.full_screen_asked.connect(self._toggle_screen)
        bar.info_toggled.connect(self._show_panel)
        search.begin.triggered.connect(self._on_search)
        window.installEventFilter(self)

    def _on_enlarged(self, is_large: bool) -> None:
        if not is_large:
            self._leave_screen()
        for widget in self._above:
            widget.setVisible(not is_large)
        self._show_panel()

    def _show_panel(self) -> None:
        is_wanted = self._gallery.viewer.bar.info.isChecked()
        self._panel.setVisible(is_wanted or not self._gallery.is_enlarged)

    def _toggle_screen(self) -> None:
        self._set_screen(is_full=not self._window.isFullScreen())

    def _leave_screen(self) -> None:
        if self._window.isFullScreen():
            self._set_screen(is_full=False)

    def _set_screen(self, *, is_full: bool) -> None:
        state, full = self._window.windowState(), Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | full if is_full else state & ~full)
        for widget in self._below:
            widget.setVisible(not is_full)
        self._gallery.viewer.bar.show_full_screen(is_full)

    def _on_search(self) -> None:
        """What is found is seen in the grid, and the words are typed above it."""
        if self._gallery.is_enlarged:
            self._gallery.close_viewer()
            self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Before the window is closed, and how it was is kept: the next start shows no photo."""
        if event.type() == QEvent.Type.Close:
            self._leave_screen()
        return super().eventFilter(watched, event)
