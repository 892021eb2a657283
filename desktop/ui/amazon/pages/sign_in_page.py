"""SignInPage: signs in through the browser, and leads to the other ways."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.core.errors import AppError

from ...look.page_parts import sentence
from ...notices.remedies import Actions
from ...work import Task
from .. import sign_in_calls
from ..account import AmazonAccount
from ..error_box import ErrorBox
from ..layout import busy_bar, buttons, heading, lines_above

if TYPE_CHECKING:
    from deploy.sign_in.access import Access

NOTHING_HAPPENED_MS = 20_000
CONSOLE_URL = "https://console.aws.amazon.com/"


class SignInPage(QWidget):
    """Amazon's page does the asking; this one waits, and never sees a password."""

    def __init__(self, account: AmazonAccount, actions: Actions) -> None:
        super().__init__()
        self._account = account
        self._task: Task | None = None
        self._url = ""
        self.nothing_happened_ms = NOTHING_HAPPENED_MS
        self._heading = heading()
        self._reason = sentence()
        self.primary = QPushButton(self.tr("Sign in with the browser"))
        self.other_ways = QPushButton(self.tr("Another way to sign in…"))
        self.no_account = QPushButton(self.tr("No account yet?"))
        self._back = QPushButton(self.tr("Back"))
        self._bar = busy_bar(self.tr("Waiting for the browser"))
        self._waiting = sentence(self.tr("Waiting for you to sign in on the page in your browser…"))
        self.copy = QPushButton(self.tr("Copy the link"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.console = QPushButton(self.tr("Open the console"))
        self._nothing = sentence(
            self.tr(
                "Nothing happened, or is there only an error (400)? Tagdrop cannot see Amazon's"
                " page. Sign in to the console in the same browser, then copy the link and open it"
                " there; or sign in another way, for example with a code or a profile."
            )
        )
        self.error_box = ErrorBox(replace(actions, sign_in=self.begin))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._nothing.show)
        self._lay_out()
        self.console.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(CONSOLE_URL)))
        self.primary.clicked.connect(self.begin)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._url))
        self.cancel.clicked.connect(self.stop)
        self.other_ways.clicked.connect(lambda: self._leave("other-ways"))
        self.no_account.clicked.connect(lambda: self._leave("no-account"))
        self._back.clicked.connect(self._go_back)
        account.moved.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        lines = lines_above(self, buttons(self._back, last=self.primary))
        lines.addWidget(self._heading)
        lines.addWidget(self._reason)
        lines.addWidget(
            sentence(self.tr("Your browser opens Amazon's own page. We never see your password."))
        )
        lines.addWidget(
            sentence(
                self.tr(
                    "Sign in to the console in this browser first: a sign-in there that has expired"
                    " can make Amazon's page fail."
                )
            )
        )
        lines.addLayout(buttons(self.console))
        lines.addWidget(self.error_box)
        lines.addWidget(self._bar)
        lines.addWidget(self._waiting)
        lines.addLayout(buttons(self.copy, self.cancel))
        lines.addWidget(self._nothing)
        lines.addSpacing(8)
        lines.addLayout(buttons(self.other_ways, self.no_account))
        lines.addStretch(1)

    @property
    def is_waiting(self) -> bool:
        """Whether the browser has been opened and nothing came back yet."""
        return self._task is not None

    def begin(self) -> None:
        """Open the browser and wait."""
        self.stop()
        self.error_box.clear()
        self._url = ""
        self._timer.start(self.nothing_happened_ms)
        self._task = self._account.work.follow(
            lambda stop: sign_in_calls.sign_in(self._region(), stop),
            self._on_step,
            failed=self._on_failed,
            cancelled=self.stop,
        )
        self._show()
        self.cancel.setFocus()

    def stop(self) -> None:
        """Wait no longer."""
        if self._task is not None:
            self._task.drop()
            self._task = None
        self._timer.stop()
        self._show()

    def _region(self) -> str:
        connection = self._account.connection
        return connection.region if connection else self._account.flow.region

    def _on_step(self, step: str | Access) -> None:
        if isinstance(step, str):
            self._url = step
            self._show()
            return
        self.stop()
        try:
            self._account.take_access(step)
        except AppError as error:
            self._on_failed(error)

    def _on_failed(self, error: AppError) -> None:
        self.stop()
        self.error_box.show_error(error, self.begin)

    def _leave(self, page: str) -> None:
        self.stop()
        self._account.go(page)

    def _go_back(self) -> None:
        self.stop()
        self._account.back()

    def _show(self) -> None:
        goal = self._account.flow.goal
        self._heading.setText(self.tr("Sign in to Amazon"))
        self._reason.setText(self._why(goal))
        self._reason.setVisible(bool(self._reason.text()))
        waits = self.is_waiting
        for widget in (self._bar, self._waiting, self.cancel, self.copy):
            widget.setVisible(waits)
        self.copy.setEnabled(bool(self._url))
        self._nothing.setVisible(False if not waits else self._nothing.isVisible())
        self.primary.setEnabled(not waits)
        self.no_account.setVisible(goal == "set-up")

    def _why(self, goal: str) -> str:
        return {
            "finish": self.tr("Sign in to see how the set-up is going."),
            "take-back": self.tr("Sign in to undo the set-up."),
            "repair": self.tr("Sign in to repair the labelling service."),
            "update": self.tr("Sign in to update the labelling service."),
            "new-key": self.tr("Sign in to create a new key for this computer."),
            "replay": self.tr("Sign in to have these photos tried again."),
            "computer": self.tr("Sign in to create a key for another computer."),
            "remove": self.tr("Sign in to delete everything."),
            "removing": self.tr("Sign in to delete the rest from Amazon."),
        }.get(goal, "")
