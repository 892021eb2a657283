"""ProgressPage: makes, repairs, updates or takes back at Amazon, and names what is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from desktop.core.errors import AppError, Remedy
from desktop.core.settings import Settings

from ...look.page_parts import sentence
from ...notices.remedies import Actions
from ...work import Stop, Task
from .. import calls
from ..account import BEGUN, AmazonAccount
from ..error_box import ErrorBox
from ..layout import busy_bar, buttons, heading, lines_above
from ..part_lines import PartLines

if TYPE_CHECKING:
    from deploy.sign_in.access import Access
    from deploy.stack.stack_events import StackEvent


class ProgressPage(QWidget):
    """Begins when somebody is signed in; joins what already runs at Amazon.

    Closing the program breaks nothing: the next start comes back to this page.
    """

    def __init__(self, account: AmazonAccount, actions: Actions) -> None:
        super().__init__()
        self._account = account
        self._task: Task | None = None
        self._heading = heading()
        self._text = sentence()
        self._busy = busy_bar(self.tr("Progress at Amazon"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self._bar.setAccessibleName(self._busy.accessibleName())
        self.lines = PartLines()
        self._failed_goal = ""
        self._creates_anew = False
        self.error_box = ErrorBox(replace(actions, create_anew=self._create_anew))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.primary = QPushButton(self.tr("Sign in again"))
        self._back = QPushButton(self.tr("Back"))
        self._lay_out()
        self.cancel.clicked.connect(self._on_cancel)
        self.primary.clicked.connect(lambda: account.sign_in_for(account.flow.goal))
        self._back.clicked.connect(self._go_back)
        account.moved.connect(self._on_moved)
        self._on_moved()

    def _lay_out(self) -> None:
        page = lines_above(self, buttons(self._back, self.cancel, last=self.primary))
        for widget in (self._heading, self._text, self._busy, self._bar, self.lines):
            page.addWidget(widget)
        page.addWidget(self.error_box)
        page.addStretch(1)

    @property
    def is_working(self) -> bool:
        """Whether something goes on that this page follows."""
        return self._task is not None

    def _on_moved(self) -> None:
        account = self._account
        if account.page != "progress" or self.is_working:
            return
        if account.access is not None:
            self._start()
        else:
            self._sign_in()

    # Signing in as before

    def _sign_in(self) -> None:
        self._task = self._account.sign_in_as_before(self._on_asked, self._on_not_signed_in)
        self._show()

    def _on_asked(self) -> None:
        self._task = None
        self._show()

    def _on_not_signed_in(self, error: AppError) -> None:
        self.error_box.show_error(error, self._sign_in)

    # At work

    def _start(self) -> None:
        account = self._account
        goal, access = account.flow.goal, account.access
        if access is None:
            return
        self.error_box.clear()
        self.lines.begin(all_parts=goal == "finish")
        self._task = account.work.follow(
            self._what(goal, access),
            self._on_step,
            self._on_done,
            self._on_failed,
            self._on_cancelled,
        )
        self._show()

    def _what(self, goal: str, access: Access) -> Callable[[Stop], Iterator[StackEvent]]:
        """What is to be done, with what is known now: it runs in another thread."""
        order = replace(self._account.order(access), anew=self._creates_anew)
        self._creates_anew = False
        do = {
            "take-back": calls.take_back,
            "update": calls.update,
            "new-key": calls.new_key,
            "replay": calls.replay,
        }.get(goal, calls.set_up)
        return lambda stop: do(order, stop)

    def _on_step(self, step: StackEvent) -> None:
        self.lines.show_event(step)
        self._bar.setRange(0, max(1, self.lines.total))
        self._bar.setValue(self.lines.finished)

    def _on_done(self) -> None:
        account = self._account
        is_first = account.connection is None

        def look(stop: Stop) -> Settings:
            if is_first:
                return calls.use_connection(account.data_dir, account.backend, stop)
            return calls.load_kept(account.data_dir, stop)

        self._task = account.work.run(
            look,
            lambda kept: self._end(kept, is_first),
            self._on_failed,
        )

    def _end(self, kept: Settings, is_first: bool) -> None:
        self._task = None
        account = self._account
        for region, dollars in kept.listed_prices.items():
            account.note_price(region, dollars)
        account.take_connection(kept.connection, is_chosen=is_first)
        if account.flow.goal == "take-back":
            account.go("account", goal="set-up")
            return
        account.forget_access()
        if is_first:
            account.go("ready", goal="set-up")
        else:
            account.home()

    def _on_failed(self, error: AppError) -> None:
        self._task = None
        account = self._account
        self._show()
        self._text.hide()
        self._failed_goal = account.flow.goal
        if account.flow.goal == "finish" and error.remedy is not Remedy.SIGN_IN:
            account.keep(page="account", goal="set-up")  # what failed is not there to be joined
        self.error_box.show_error(error, self._try_again)
        if not self.isVisible() and error.remedy is not Remedy.CHECK_AGAIN:
            account.failed_unseen.emit(error)

    def _try_again(self) -> None:
        self._account.go("progress", goal=self._failed_goal)

    def _create_anew(self) -> None:
        """Remove what cannot be repaired, now that the person knows what is lost with it."""
        self._creates_anew = True
        self._try_again()

    def _on_cancel(self) -> None:
        if self._task is None:
            return
        if self._account.flow.goal == "finish":
            self._account.keep(goal="take-back")
        self._task.cancel()
        self._show()
        self.cancel.setEnabled(False)

    def _on_cancelled(self) -> None:
        self._task = None
        if self._account.flow.goal == "take-back":
            self._account.go("account", goal="set-up")
        else:
            self._account.forget_access()
            self._account.home()

    def _go_back(self) -> None:
        account = self._account
        self.error_box.clear()
        if account.connection is not None:
            account.home()
        elif account.flow.goal not in BEGUN:
            account.go("account", goal="set-up")
        else:  # what is begun at Amazon is kept in mind
            account.go("start" if account.access is None else "account")

    # What is shown

    def _show(self) -> None:
        goal, works = self._account.flow.goal, self.is_working
        has_parts = works and goal not in ("new-key", "replay") and self._account.access is not None
        self._heading.setText(self._words(goal))
        self._text.setVisible(True)
        self._text.setText(
            self.tr(
                "This usually takes under two minutes. You can close Tagdrop in the meantime:"
                " Amazon carries on, and the next start picks it up again."
            )
            if works
            else self.tr("Sign in again to see the progress at Amazon.")
        )
        self._busy.setVisible(works and not has_parts)
        self._bar.setVisible(has_parts)
        self.lines.setVisible(has_parts)
        self.cancel.setVisible(works and goal != "take-back")
        self.cancel.setEnabled(True)
        self.primary.setVisible(not works and self._account.access is None)
        self._back.setVisible(not works)

    def _words(self, goal: str) -> str:
        return {
            "take-back": self.tr("Undoing the set-up"),
            "repair": self.tr("Repairing the labelling service"),
            "update": self.tr("Updating the labelling service"),
            "new-key": self.tr("Creating a new key for this computer"),
            "replay": self.tr("Trying photos again"),
        }.get(goal, self.tr("Setting up"))
