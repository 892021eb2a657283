"""ComputerPage: a key for another computer, in a file that a passphrase protects."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desktop.core.errors import AppError

from ...adding.file_dialogs import choose_target
from ...look.page_parts import level, sentence
from ...notices.remedies import Actions
from ...work import Task
from .. import calls
from ..account import AmazonAccount
from ..error_box import ErrorBox
from ..layout import busy_bar, buttons, form, heading, lines_above

LEAST_LETTERS = 8


class ComputerPage(QWidget):
    """The key is made last, when there is a passphrase and a place, so that none is left over."""

    def __init__(self, account: AmazonAccount, actions: Actions) -> None:
        super().__init__()
        self._account = account
        self._task: Task | None = None
        self.first, self.second = QLineEdit(), QLineEdit()
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.textChanged.connect(self._show)
        self._said = sentence()
        self._busy = busy_bar(self.tr("Creating a key"))
        self.error_box = ErrorBox(actions)
        self.primary = QPushButton()
        back = QPushButton(self.tr("Back"))
        lines = lines_above(self, buttons(back, last=self.primary))
        lines.addWidget(heading(self.tr("Add another computer")))
        for text in (
            self.tr(
                "Tagdrop creates another key for the same labelling service and saves it in a"
                " file. Drop the file on Tagdrop's window on the other computer."
            ),
            self.tr(
                "Choose a passphrase of at least 8 characters and pass it on separately from"
                " the file. Anyone who has both can label with your account."
            ),
        ):
            lines.addWidget(sentence(text))
        fields = form()
        fields.addRow(self.tr("Passphrase:"), self.first)
        fields.addRow(self.tr("Repeat:"), self.second)
        self.first.setAccessibleName(self.tr("Passphrase"))
        self.second.setAccessibleName(self.tr("Repeat passphrase"))
        lines.addLayout(level(fields))
        for widget in (self._said, self._busy, self.error_box):
            lines.addWidget(widget)
        lines.addStretch(1)
        self.primary.clicked.connect(self._on_primary)
        back.clicked.connect(self._go_back)
        account.changed.connect(self._show)
        account.moved.connect(self._show)
        self._show()

    def save(self, path: Path) -> None:
        """Make the key and write the file."""
        account = self._account
        access, passphrase = account.access, self.first.text()
        if access is None:
            return
        order = account.order(access)
        self.error_box.clear()
        self._task = account.work.run(
            lambda stop: calls.add_computer(order, path, passphrase, stop),
            lambda _: self._on_saved(path),
            lambda error: self._on_failed(error, path),
        )
        self._show()

    def _on_saved(self, path: Path) -> None:
        self._task = None
        self.first.clear()
        self.second.clear()
        self._account.forget_access()
        self._said.setText(self.tr("Saved as {0}.").format(path.name))
        self._show(keep_words=True)

    def _on_failed(self, error: AppError, path: Path) -> None:
        self._task = None
        self._show()
        self.error_box.show_error(error, lambda: self.save(path))

    def _on_primary(self) -> None:
        if self._account.access is None:
            self._account.sign_in_for("computer")
        else:
            choose_target(
                self, self.tr("Save the connection file"), "tagdrop-connection.tagdrop", self.save
            )

    def _go_back(self) -> None:
        if self._task is not None:
            self._task.drop()
            self._task = None
        self.first.clear()
        self.second.clear()
        self._account.forget_access()
        self._account.home()

    def _show(self, *_: object, keep_words: bool = False) -> None:
        first, second, works = self.first.text(), self.second.text(), self._task is not None
        is_signed_in = self._account.access is not None
        is_long = len(first) >= LEAST_LETTERS
        if not keep_words:
            self._said.setText(
                self.tr("The passphrases do not match.")
                if first and second and not first.startswith(second) and first != second
                else ""
            )
        self._busy.setVisible(works)
        self.primary.setText(
            self.tr("Save the connection file…") if is_signed_in else self.tr("Sign in again")
        )
        is_ready = not is_signed_in or (is_long and first == second)
        self.primary.setEnabled(is_ready and not works)
