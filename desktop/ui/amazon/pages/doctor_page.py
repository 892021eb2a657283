"""DoctorPage: checks the way to Amazon part by part, each with its own button to fix it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from deploy.stack.parts import CHECKS
from desktop.core.errors import AppError

from ...look.page_parts import Point
from ...notices.remedies import Actions
from ...words.core_texts import say
from ...work import Task
from .. import calls
from ..account import AmazonAccount
from ..error_box import ErrorBox
from ..layout import busy_bar, buttons, heading, lines_above

if TYPE_CHECKING:
    from deploy.doctor.doctor import Check

SIGNS = {"ok": "✓", "bad": "✗", "unknown": "?"}


class DoctorPage(QWidget):
    """Begins as soon as it is shown; the last line is a test photo, which costs 0.1 cent."""

    def __init__(self, account: AmazonAccount, actions: Actions) -> None:
        super().__init__()
        self._account = account
        self._actions = actions
        self._task: Task | None = None
        self._heading = heading()
        self._busy = busy_bar(self.tr("Checking"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._faults = 0
        self.error_box = ErrorBox(actions)
        self.primary = QPushButton(self.tr("Check again"))
        self.closer = QPushButton(self.tr("Sign in to check the rest"))
        back = QPushButton(self.tr("Back"))
        page = lines_above(self, buttons(back, last=self.primary))
        page.addWidget(self._heading)
        page.addWidget(self._busy)
        page.addLayout(self._lines)
        page.addWidget(self.error_box)
        page.addLayout(buttons(self.closer))
        page.addStretch(1)
        self.primary.clicked.connect(self.examine)
        self.closer.clicked.connect(lambda: account.sign_in_for("doctor"))
        back.clicked.connect(self._go_back)
        account.moved.connect(self._on_moved)
        self._on_moved()

    def _on_moved(self) -> None:
        if self._account.page == "doctor" and self._task is None:
            self.examine()

    def examine(self) -> None:
        """Check everything from the start."""
        self.stop()
        account, connection = self._account, self._account.connection
        if connection is None:
            return
        self._clear()
        self._faults = 0
        self.error_box.clear()
        access = account.access
        self._task = account.work.follow(
            lambda stop: calls.examine(connection, access, account.reserve, stop),
            self._show_check,
            self._on_done,
            self._on_failed,
        )
        self._say()

    @property
    def is_over(self) -> bool:
        """Whether it has said how everything is."""
        return self._task is None

    def stop(self) -> None:
        """Check no further."""
        if self._task is not None:
            self._task.drop()
            self._task = None

    def _show_check(self, check: Check) -> None:
        is_bad = check.verdict == "bad"
        self._faults += is_bad
        name = say(CHECKS[check.name])
        text = name
        if check.error is not None and not is_bad:
            text += f": {say(check.error.title_text)}"
        line = Point(SIGNS[check.verdict])
        line.say(text, f"{name}: {self._verdict(check.verdict)}")
        self._lines.addWidget(line)
        if check.error is not None and is_bad:
            box = ErrorBox(self._actions)
            self._lines.addWidget(box)
            box.show_error(check.error, self.examine)

    def _verdict(self, verdict: str) -> str:
        return {
            "ok": self.tr("no problem"),
            "bad": self.tr("problem"),
        }.get(verdict, self.tr("unknown"))

    def _on_done(self) -> None:
        self._task = None
        self._account.forget_access()
        self._say()

    def _on_failed(self, error: AppError) -> None:
        self._task = None
        self.error_box.show_error(error, self.examine)
        self._say()

    def _say(self) -> None:
        works = self._task is not None
        if works:
            self._heading.setText(self.tr("Checking everything"))
        elif self.error_box.error is not None:
            self._heading.setText(self.tr("Not everything could be checked"))
        elif self._faults:
            self._heading.setText(self.tr("%n things are wrong", "", self._faults))
        else:
            self._heading.setText(self.tr("Everything works"))
        self._busy.setVisible(works)
        self.primary.setEnabled(not works)
        self.closer.setVisible(not works)

    def _clear(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()

    def _go_back(self) -> None:
        self.stop()
        self._account.home()
