"""RemovalPage: deletes everything from Amazon and lists what is gone."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.core.errors import AppError

from ...look.page_parts import sentence, title
from ...notices.remedies import Actions
from ...work import Task
from .. import calls
from ..account import AmazonAccount
from ..error_box import ErrorBox
from ..layout import Line, account_text, busy_bar, buttons, heading, lines_above
from ..part_lines import PartLines


class RemovalPage(QWidget):
    """What has gone stays gone, whenever the program ends; a second time removes the rest."""

    def __init__(self, account: AmazonAccount, actions: Actions) -> None:
        super().__init__()
        self._account = account
        self._task: Task | None = None
        self._is_gone = False
        self._heading = heading()
        self._text = sentence()
        self._busy = busy_bar(self.tr("Deleting"))
        self._gone = title(self.tr("Deleted:"))
        self.lines = PartLines()
        self.error_box = ErrorBox(actions)
        self.on_button = QPushButton()
        self.back = QPushButton(self.tr("Back"))
        self.delete_button = QPushButton(self.tr("Delete everything from Amazon"))
        self.delete_button.setProperty("isGrave", True)
        self.stop_button = QPushButton(self.tr("Stop"))
        lines = lines_above(self, self._make_foot())
        for widget in (self._heading, self._text, self._busy, self._gone, self.lines):
            lines.addWidget(widget)
        lines.addWidget(self.error_box)
        lines.addStretch(1)
        self.on_button.clicked.connect(self._on_primary)
        self.delete_button.clicked.connect(self.remove)
        self.stop_button.clicked.connect(self._on_stop)
        self.back.clicked.connect(self._go_back)
        account.moved.connect(self._on_moved)
        account.changed.connect(self._show)
        self._on_moved()

    @property
    def is_over(self) -> bool:
        """Whether everything has been deleted."""
        return self._is_gone

    @property
    def primary(self) -> QPushButton:
        """What Enter presses: never what deletes."""
        return self.back if self.on_button.isHidden() else self.on_button

    def _on_moved(self) -> None:
        """Go on by itself with what was begun before, as soon as somebody is signed in."""
        account = self._account
        if account.page == "removal":
            self._is_gone = False
        if (account.page, account.flow.goal) == ("removal", "removing") and self._task is None:
            if account.access is not None:
                self.remove()
            else:
                self._sign_in()
        self._show()

    def _make_foot(self) -> Line:
        """What deletes stands where no button stood that led here."""
        foot = buttons(self.delete_button, self.stop_button, last=self.on_button)
        foot.addWidget(self.back)
        return foot

    def _sign_in(self) -> None:
        self._task = self._account.sign_in_as_before(self._on_stopped, self._on_not_signed_in)
        self._show()

    def _on_not_signed_in(self, error: AppError) -> None:
        self.error_box.show_error(error, self._sign_in)

    def remove(self) -> None:
        """Do it. What is begun is to be ended: the next start knows of it."""
        account, access = self._account, self._account.access
        if access is None:
            return
        account.keep(goal="removing")
        self.error_box.clear()
        self.lines.begin(all_parts=False)
        order = account.order(access)
        self._task = account.work.follow(
            lambda stop: calls.remove(order, stop),
            self.lines.show_event,
            self._on_removed,
            self._on_failed,
            self._on_stopped,
        )
        self._show()

    def _on_removed(self) -> None:
        self._task = None
        self._is_gone = True
        self._account.forget_access()
        self._account.take_connection(None)
        self._account.keep(page="start", goal="set-up")  # shown first: what is gone
        self._show()

    def _on_failed(self, error: AppError) -> None:
        self._task = None
        self._show()
        self.error_box.show_error(error, self.remove)
        if not self.isVisible():
            self._account.failed_unseen.emit(error)

    def _on_stop(self) -> None:
        if self._task is not None:
            self._account.keep(goal="remove")
            self._task.cancel()
            self.stop_button.setEnabled(False)

    def _on_stopped(self) -> None:
        self._task = None
        self._show()

    def _on_primary(self) -> None:
        if self._is_gone:
            self._account.home()
        else:
            goal = self._account.flow.goal
            self._account.sign_in_for(goal if goal == "removing" else "remove")

    def _go_back(self) -> None:
        self._account.forget_access()
        self._account.home()

    def _show(self) -> None:
        works, account = self._task is not None, self._account
        connection = account.connection
        number = account_text(connection.account if connection else account.flow.account)
        if self._is_gone:
            heading_, text = (
                self.tr("Everything has been deleted from Amazon"),
                self.tr("Your labels stay on this computer. Photos are labelled here again."),
            )
            button = self.tr("Done")
        elif works:
            heading_, text, button = self.tr("Deleting everything from Amazon"), "", ""
        elif account.flow.goal == "removing" and account.access is None:
            heading_ = self.tr("Not everything has been deleted from Amazon yet")
            text = self.tr("Sign in again to delete the rest. Your labels stay on this computer.")
            button = self.tr("Sign in again")
        else:
            heading_ = self.tr("Delete everything from Amazon?")
            text = self.tr(
                "Everything Tagdrop created in account {0} will be deleted: the"
                " storage with every copy in it, the program, the table, and Tagdrop's"
                " users with their keys, including those of other computers. Your labels"
                " and your photos stay on this computer."
            ).format(number)
            button = "" if account.access else self.tr("Sign in again")
        self._heading.setText(heading_)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._busy.setVisible(works)
        self._gone.setVisible(works or self._is_gone)
        self.lines.setVisible(works or self._is_gone)
        self.stop_button.setVisible(works)
        self.stop_button.setEnabled(True)
        self.back.setVisible(not works and not self._is_gone)
        self.on_button.setVisible(bool(button))
        self.on_button.setText(button)
        asks = not works and not self._is_gone and account.access is not None
        self.delete_button.setVisible(asks)
