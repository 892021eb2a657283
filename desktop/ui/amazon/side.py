"""AmazonSide: what the window has of Amazon: its page in the settings, its files, its errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.core.errors import AppError
from desktop.core.money.spending import Spending

from ..notices.acts import Act
from ..notices.remedies import Actions
from ..work import Work
from . import sign_in_calls
from .account import AmazonAccount

if TYPE_CHECKING:
    from ..parts import Parts
    from ..settings.settings_dialog import SettingsDialog
    from ..window import Window
    from .pages.amazon_page import AmazonPage

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
            parts.settings,
            Spending(parts.library.store),
            work,
            parts.data_dir,
            self,
            recognisers=parts.recognisers,
        )
        self.actions = Actions(
            sign_in=self._sign_in_again,
            paste_again=partial(self._sign_in, "other-ways", "new-key"),
            repair=partial(self._open_for, "repair"),
            examine=partial(self._open_at, "doctor"),
            raise_limit=self.open_limit,
            save_report=show_diagnostics,
            about=partial(show_settings, "about"),
            set_up=self.begin,
            replay=partial(self._open_for, "replay"),
            create_anew=partial(self._open_for, "repair"),  # says there what would be lost
            close_app=window.close,
        )
        self.account.connection_changed.connect(self._on_connection_changed)
        self.account.failed.connect(window.say_error)
        self.account.failed_unseen.connect(self._say_failed)
        self.account.loaded.connect(self._say_unfinished)
        window.ready.connect(self.account.load)

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
        if suffix not in KEY_SUFFIXES:
            return False
        self.account.work.run(
            lambda _: sign_in_calls.holds_key(path), partial(self._on_looked_into, path)
        )
        return True

    def _open_at(self, page: str) -> None:
        account = self.account
        self._show_settings(PAGE)
        account.when_loaded(lambda: account.go(page) if account.connection else account.back())

    def _open_for(self, goal: str) -> None:
        self._show_settings(PAGE)
        self.account.when_loaded(lambda: self.account.sign_in_for(goal))

    def _sign_in_again(self) -> None:
        """With the profile that labels, where it is one; a company's opens the browser."""
        account, connection = self.account, self.account.connection
        if connection is None or not connection.profile or account.flow.goal != "set-up":
            self._sign_in("sign-in", "repair")
            return
        name = connection.profile
        account.work.run(
            lambda stop: sign_in_calls.use_profile(name, stop),
            lambda _: account.connection_changed.emit(),
            self._say_failed,
        )

    def _sign_in(self, page: str, goal: str) -> None:
        """Sign in anew for what is being done; for `goal` where nothing was."""
        account = self.account
        self._show_settings(PAGE)
        account.forget_access()
        is_idle = account.connection is not None and account.flow.goal == "set-up"
        account.go(page, goal=goal if is_idle else account.flow.goal)

    def _take_connection_file(self, path: Path) -> None:
        self.account.go("connection-file")
        self._give_file(path)

    def _on_looked_into(self, path: Path, holds_key: bool) -> None:
        if not holds_key:
            self._window.add_photos([path])
            return
        self._sign_in("other-ways", "new-key")
        self._give_file(path)

    def _give_file(self, path: Path) -> None:
        if self._page is not None:
            self._page.take_file(path)

    def _focus_limit(self) -> None:
        if self._page is not None:
            self._page.focus_limit()

    # What it tells the window

    def _say_unfinished(self) -> None:
        if self.account.is_unfinished:
            self._window.messages.show_message(
                self.tr("Something is not finished at Amazon"),
                self.tr("Tagdrop was closed before this finished. Amazon carried on without it."),
                self._show_it(),
            )

    def _say_failed(self, error: AppError) -> None:
        self._window.messages.show_error(error, self._show_it())

    def _show_it(self) -> Act:
        return Act(self.tr("Show"), partial(self._show_settings, PAGE))

    def _on_connection_changed(self) -> None:
        self._window.show_backend()
        self._parts.queue.renew(self.account.backend)
        self._parts.queue.resume()

    # The page in the settings

    def make_page(self, dialog: SettingsDialog) -> AmazonPage:
        """The page, for the dialog that it will stand in."""
        from .pages.amazon_page import AmazonPage

        self._page = AmazonPage(self.account, self.actions, self._parts, dialog)
        return self._page
