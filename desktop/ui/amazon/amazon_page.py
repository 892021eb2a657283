"""AmazonPage: the page of the settings that shows where the set-up stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ..tab_order import order_tabs
from .account import AmazonAccount

PageMaker = Callable[[], QWidget]


class AmazonPage(QWidget):
    """Makes each page when it is seen first; a page that is not shown takes no room.

    Some begin by themselves, and cost something: not before somebody looks at them.
    """

    def __init__(
        self, account: AmazonAccount, makers: Mapping[str, PageMaker], close_button: QPushButton
    ) -> None:
        super().__init__()
        self._close_button = close_button
        self._account = account
        self._makers = makers
        self._pages: dict[str, QWidget] = {}
        self._shown: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        account.moved.connect(self._on_moved)

    @property
    def page(self) -> QWidget | None:
        """The page that is shown; None before one was seen."""
        return self._shown

    def _show(self) -> None:
        name = self._account.page
        if not name:
            return
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._makers[name]()
            self._column.addWidget(page)
            order_tabs(page)
        self._shown = page
        for other in self._pages.values():
            other.setVisible(other is page)
        self._primary.setDefault(True)

    @property
    def _primary(self) -> QPushButton:
        """What goes on from here: Enter presses it, in any field too."""
        primary = getattr(self._shown, "primary", None)
        return primary if isinstance(primary, QPushButton) else self._close_button

    def _on_moved(self) -> None:
        if self.isVisible():
            self._show()
            if self._primary is not self._close_button:
                self._primary.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Show where it stands now; the keyboard stays where it is."""
        super().showEvent(event)
        self._show()
