"""AmazonPage: the page of the settings that shows where the set-up stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ..tab_order import order_tabs
from .account import AmazonAccount

PageMaker = Callable[[], QWidget]


class AmazonPage(QWidget):
    """Makes each page when it is shown first; a page that is not shown takes no room."""

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
        account.moved.connect(self._show)
        self._show()

    @property
    def page(self) -> QWidget | None:
        """The page that is shown; None before it is known where the set-up stands."""
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
        self._take_focus(getattr(page, "primary", None))

    def _take_focus(self, primary: object) -> None:
        """Give the keyboard to what goes on from here, which Enter presses too, in any field."""
        if isinstance(primary, QPushButton):
            primary.setDefault(True)
            if self.isVisible():
                primary.setFocus()
        else:
            self._close_button.setDefault(True)
