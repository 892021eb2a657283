"""AmazonSide: what the window has of Amazon: its page in the settings, its files, its errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.core.spending import Spending

from ..notices.acts import Act
from ..notices.remedies import Doors
from ..work import Work
from . import sign_in_calls
from .account import AmazonAccount
from .account_page import AccountPage
from .amazon_page import AmazonPage
from .computer_page import ComputerPage
from .connected_page import ConnectedPage
from .connection_file_page import ConnectionFilePage
from .details_dialog import DetailsDialog
from .doctor_page import DoctorPage
from .forget_page import ForgetPage
from .no_account_page import NoAccountPage
from .other_ways_page import OtherWaysPage
from .progress_page import ProgressPage
from .ready_page import ReadyPage, Samples
from .removal_page import RemovalPage
from .sign_in_page import SignInPage
from .where_page import WherePage

if TYPE_CHECKING:
    from ..settings.settings_dialog import SettingsDialog
    from ..window import Parts, Window

CONNECTION_SUFFIX = ".tagdrop"
KEY_SUFFIXES = frozenset({".csv", ".txt", ".tsv"})
PAGE = "amazon"


class AmazonSide(QObject):
    """Made once by the shell. What it opens, it opens in the settings."""

    def __init__(
        self,
        window: Window,
        parts: Parts,
        work: Work,
        show_settings: Callable[[str], SettingsDialog],
        show_diagnostics: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._parts = parts
        self._show_settings = show_settings
        self._page: AmazonPage | None = None
        self.account = AmazonAccount(
            parts.settings, Spending(parts.library.store), work, parts.data_dir, self
        )
        self.doors = Doors(
            sign_in=partial(self._sign_in, "sign-in", "repair"),
            paste_again=partial(self._sign_in, "other-ways", "new-key"),
            repair=partial(self._open_for, "repair"),
            examine=partial(self._open_at, "doctor"),
            raise_limit=self.open_limit,
            save_report=show_diagnostics,
            about=partial(show_settings, "about"),
            set_up=self.begin,
            replace_key=partial(self._open_for, "new-key"),
        )
        self.account.connection_changed.connect(self._on_connection_changed)
        self.account.failed.connect(window.messages.show_error)
        self.account.loaded.connect(self._say_unfinished)
        window.ready.connect(self.account.load)

    def close(self) -> None:
        """End what goes on here; Amazon goes on by itself."""
        self.account.close()

    # What it opens

    def begin(self) -> None:
        """The person chose Amazon and nothing is set up: go on from there."""
        self._show_settings(PAGE)
        self.account.when_loaded(self.account.begin)

    def open_limit(self) -> None:
        """The person wants to raise the monthly limit."""
        self._open_at("connected")
        self.account.when_loaded(self._focus_limit)

    def open_for(self, goal: str) -> None:
        """Do something in the account for which somebody has to sign in (`update`, say)."""
        self._open_for(goal)

    def take(self, paths: Sequence[Path]) -> bool:
        """Whether what was dropped is for this side: a connection file, or a key file."""
        if len(paths) != 1:
            return False
        path, suffix = paths[0], paths[0].suffix.lower()
        if suffix == CONNECTION_SUFFIX:
            self._show_settings(PAGE)
            self.account.when_loaded(partial(self._take_connection_file, path))
            return True
        if suffix not in KEY_SUFFIXES or not path.is_file():
            return False
        self.account.work.run(
            lambda _: sign_in_calls.holds_key(path), partial(self._on_looked_into, path)
        )
        return True

    @property
    def page(self) -> QWidget | None:
        """The page that is shown in the settings, when these have been opened."""
        return self._page.page if self._page else None

    def _open_at(self, page: str) -> None:
        account = self.account
        self._show_settings(PAGE)
        account.when_loaded(lambda: account.go(page) if account.connection else account.back())

    def _open_for(self, goal: str) -> None:
        self._show_settings(PAGE)
        self.account.when_loaded(lambda: self.account.sign_in_for(goal))

    def _sign_in(self, page: str, goal: str) -> None:
        """Sign in anew for what is being done; for `goal` where nothing was."""
        account = self.account
        self._show_settings(PAGE)
        account.forget_access()
        is_idle = account.connection is not None and account.flow.goal == "set-up"
        account.go(page, goal=goal if is_idle else account.flow.goal)

    def _take_connection_file(self, path: Path) -> None:
        self.account.go("connection-file")
        page = self.page
        if isinstance(page, ConnectionFilePage):
            page.take_file(path)

    def _on_looked_into(self, path: Path, holds_key: bool) -> None:
        if not holds_key:
            self._window.add_photos([path])
            return
        self._sign_in("other-ways", "new-key")
        page = self.page
        if isinstance(page, OtherWaysPage):
            page.take_file(path)

    def _focus_limit(self) -> None:
        page = self.page
        if isinstance(page, ConnectedPage):
            page.focus_limit()

    # What it tells the window

    def _say_unfinished(self) -> None:
        if self.account.is_unfinished:
            self._window.messages.show_message(
                self.tr("Something is not finished at Amazon"),
                self.tr("Tagdrop was closed meanwhile. Amazon went on by itself."),
                Act(self.tr("Show"), partial(self._show_settings, PAGE)),
            )

    def _on_connection_changed(self) -> None:
        self._window.top_bar.show_backend(self._parts.settings.now.backend)
        self._parts.queue.renew("aws")
        self._parts.queue.resume()

    def _samples(self) -> Samples | None:
        folder, queue = self._parts.samples, self._parts.queue
        return None if folder is None else Samples(folder, lambda: queue.add([folder], "aws"))

    # The page in the settings

    def make_page(self, dialog: SettingsDialog) -> AmazonPage:
        """The page, for the dialog that it will stand in."""
        account, doors = self.account, self.doors

        def where() -> WherePage:
            page = WherePage()
            page.local_chosen.connect(lambda: self._window.choose_backend("local"))
            page.aws_chosen.connect(account.begin)
            page.file_asked.connect(lambda: account.go("connection-file"))
            return page

        def no_account() -> NoAccountPage:
            page = NoAccountPage()
            page.back_asked.connect(lambda: account.go("sign-in"))
            page.ready.connect(lambda: account.go("sign-in"))
            return page

        def show_details() -> None:
            details = DetailsDialog(account.work, dialog)
            details.show()

        def connected() -> ConnectedPage:
            page = ConnectedPage(account, doors, self._parts.copies)
            page.details_asked.connect(show_details)
            return page

        self._page = AmazonPage(
            account,
            {
                "where": where,
                "sign-in": lambda: SignInPage(account, doors),
                "other-ways": lambda: OtherWaysPage(account, doors),
                "no-account": no_account,
                "account": lambda: AccountPage(account, show_details),
                "progress": lambda: ProgressPage(account, doors),
                "ready": lambda: ReadyPage(account, doors, self._samples(), dialog.close),
                "connected": connected,
                "doctor": lambda: DoctorPage(account, doors),
                "computer": lambda: ComputerPage(account, doors),
                "connection-file": lambda: ConnectionFilePage(account, doors),
                "forget": lambda: ForgetPage(account, doors),
                "removal": lambda: RemovalPage(account, doors),
            },
            dialog.close_button,
        )
        return self._page
