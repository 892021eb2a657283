"""AmazonPage: the page of the settings that shows where the set-up stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.core.money.estimate import unanswered

from ...look.tab_order import order_tabs
from ...look.wheel import guard_from_wheel
from ...notices.remedies import Actions
from ..account import AmazonAccount
from ..details_dialog import DetailsDialog
from ..error_box import ErrorBox
from .account_page import AccountPage
from .computer_page import ComputerPage
from .connected_page import ConnectedPage
from .connection_file_page import ConnectionFilePage
from .doctor_page import DoctorPage
from .forget_page import ForgetPage
from .no_account_page import NoAccountPage
from .other_ways_page import OtherWaysPage
from .progress_page import ProgressPage
from .ready_page import Offer, ReadyPage
from .removal_page import RemovalPage
from .sign_in_page import SignInPage
from .start_page import StartPage

if TYPE_CHECKING:
    from ...parts import Parts
    from ...settings.settings_dialog import SettingsDialog


class AmazonPage(QWidget):
    """Makes each page when it is seen first; a page that is not shown takes no room.

    Some begin by themselves, and cost something: not before somebody looks at them.
    """

    def __init__(
        self,
        account: AmazonAccount,
        actions: Actions,
        parts: Parts,
        dialog: SettingsDialog,
    ) -> None:
        super().__init__()
        self._account = account
        self._actions = actions
        self._parts = parts
        self._dialog = dialog
        self._makers: dict[str, Callable[[], QWidget]] = {
            "start": self._start,
            "sign-in": lambda: SignInPage(account, actions),
            "other-ways": lambda: OtherWaysPage(account, actions),
            "no-account": self._no_account,
            "account": lambda: AccountPage(account, self._show_details),
            "progress": lambda: ProgressPage(account, actions),
            "ready": lambda: ReadyPage(account, actions, self._offer(), dialog.close),
            "connected": self._connected,
            "doctor": lambda: DoctorPage(account, actions),
            "computer": lambda: ComputerPage(account, actions),
            "connection-file": lambda: ConnectionFilePage(account, actions),
            "forget": lambda: ForgetPage(account, actions),
            "removal": lambda: RemovalPage(account, actions),
        }
        self._pages: dict[str, QWidget] = {}
        self._shown: QWidget | None = None
        self._is_behind = True  # another page is to be shown than the one that is
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        account.moved.connect(self._on_moved)
        dialog.finished.connect(self._on_closed)

    @property
    def page(self) -> QWidget | None:
        """The page that is shown; None before one was seen."""
        return self._shown

    def take_file(self, path: Path) -> None:
        """Give a file to the page that is shown, when it is one that takes files."""
        if isinstance(self._shown, (ConnectionFilePage, OtherWaysPage)):
            self._shown.take_file(path)

    def focus_limit(self) -> None:
        """Let the monthly limit be typed, when it is to be seen."""
        if isinstance(self._shown, ConnectedPage):
            self._shown.focus_limit()

    # The pages

    def _start(self) -> StartPage:
        page = StartPage()
        page.begun.connect(self._account.begin)
        page.file_asked.connect(lambda: self._account.go("connection-file"))
        return page

    def _no_account(self) -> NoAccountPage:
        page = NoAccountPage()
        page.back_asked.connect(lambda: self._account.go("sign-in"))
        page.ready.connect(lambda: self._account.go("sign-in"))
        return page

    def _connected(self) -> ConnectedPage:
        page = ConnectedPage(self._account, self._actions)
        page.details_asked.connect(self._show_details)
        return page

    def _show_details(self) -> None:
        DetailsDialog(self._account.work, self._dialog).show()

    def _offer(self) -> Offer:
        parts, backend = self._parts, self._account.backend
        return Offer(
            lambda: unanswered(parts.library, backend),
            parts.samples,
            lambda paths: parts.queue.add(paths, backend),
        )

    # Which of them is shown

    def _show(self) -> None:
        name = self._account.page
        if not name:
            return
        self._is_behind = False
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._makers[name]()
            self._column.addWidget(page)
            order_tabs(page)
            guard_from_wheel(page)
        self._shown = page
        for other in self._pages.values():
            other.setVisible(other is page)
        self._primary.setDefault(True)
        self._scroll_up()

    def _scroll_up(self) -> None:
        """Begin with the page's heading, wherever the one before was scrolled to."""
        for area in self.findChildren(QScrollArea):
            area.verticalScrollBar().setValue(0)

    @property
    def _primary(self) -> QPushButton:
        """What goes on from here: Enter presses it, in any field too."""
        primary = getattr(self._shown, "primary", None)
        return primary if isinstance(primary, QPushButton) else self._dialog.close_button

    def _on_moved(self) -> None:
        self._is_behind = True
        page = self._pages.get(self._account.page)
        error = getattr(page, "error_box", None)
        if page is not self._shown and isinstance(error, ErrorBox):
            error.clear()  # of the last time
        if self.isVisible():
            self._show()
            if self._primary is not self._dialog.close_button:
                self._primary.setFocus()

    def _on_closed(self) -> None:
        """What a page has said of its end is old when the settings are opened again."""
        if self.isVisibleTo(self._dialog) and getattr(self._shown, "is_over", False):
            self._account.home()

    def showEvent(self, event: QShowEvent) -> None:
        """Show where it stands now; the keyboard stays where it is.

        A page that has said how it ended stays, until somebody goes on from there or closes it.
        """
        super().showEvent(event)
        if self._is_behind:
            self._show()
