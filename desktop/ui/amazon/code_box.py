"""CodeBox: signs in with a code that Amazon's page shows, on this computer or another device."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from ..look.page_parts import sentence
from ..work import Stop
from . import sign_in_calls
from .account import AmazonAccount
from .layout import Line, buttons

if TYPE_CHECKING:
    from deploy.sign_in.access import Access
    from deploy.sign_in.pasted_code import CodeSignIn


class CodeBox(QWidget):
    """The page is opened first, then its code is pasted; `ask` signs in with it.

    `ask` gets what asks for the access, in a work thread.
    """

    failed = Signal(object)
    """An AppError: there is no page to open."""

    def __init__(
        self, account: AmazonAccount, ask: Callable[[Callable[[Stop], Access]], object]
    ) -> None:
        super().__init__()
        self._account = account
        self._ask = ask
        self._attempt: CodeSignIn | None = None
        self._is_free = True
        self.open = QPushButton(self.tr("Open Amazon's page"))
        self.copy = QPushButton(self.tr("Copy the link"))
        self.code = QLineEdit()
        self.code.setAccessibleName(self.tr("Code from Amazon's page"))
        self.code.setPlaceholderText(self.tr("Code from Amazon's page"))
        self.primary = QPushButton(self.tr("Use this code"))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(
            sentence(
                self.tr(
                    "Sign in on Amazon's page, here or on another device, then paste the code that"
                    " it shows."
                )
            )
        )
        lines.addLayout(buttons(self.open, self.copy))
        line = Line()
        line.addWidget(self.code, 1)
        line.addWidget(self.primary)
        lines.addLayout(line)
        self.open.clicked.connect(self._begin)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._url))
        self.code.textChanged.connect(self._enable)
        self.code.returnPressed.connect(self.use)
        self.primary.clicked.connect(self.use)
        self._enable()

    def use(self) -> None:
        """Sign in with the code in the field."""
        attempt, code = self._attempt, self.code.text()
        if attempt is not None and self.primary.isEnabled():
            self._ask(lambda stop: attempt.redeem(code, stop))

    def enable(self, is_free: bool) -> None:
        """Whether nothing else is being asked."""
        self._is_free = is_free
        self._enable()

    @property
    def _url(self) -> str:
        return self._attempt.url if self._attempt is not None else ""

    def _begin(self) -> None:
        connection = self._account.connection
        region = connection.region if connection else self._account.flow.region
        self._account.work.run(
            lambda stop: sign_in_calls.begin_code(region, stop), self._show_page, self.failed.emit
        )

    def _show_page(self, attempt: CodeSignIn) -> None:
        self._attempt = attempt
        self.code.clear()
        QDesktopServices.openUrl(QUrl(attempt.url))
        self._enable()
        self.code.setFocus()

    def _enable(self) -> None:
        has_page = self._attempt is not None and self._is_free
        self.open.setEnabled(self._is_free)
        self.copy.setEnabled(has_page)
        self.code.setEnabled(has_page)
        self.primary.setEnabled(has_page and bool(self.code.text().strip()))
