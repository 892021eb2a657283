"""ConnectionFilePage: connects this computer by the file that another one made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desktop.core.errors import AppError
from desktop.core.settings import Connection

from ...adding.file_dialogs import choose_file
from ...look.page_parts import level, sentence
from ...notices.remedies import Actions
from ...work import Task
from .. import calls
from ..account import AmazonAccount
from ..error_box import ErrorBox
from ..layout import busy_bar, buttons, form, heading, lines_above


class ConnectionFilePage(QWidget):
    """Asks for the passphrase; nothing of the file is kept but what the keychain takes."""

    def __init__(self, account: AmazonAccount, actions: Actions) -> None:
        super().__init__()
        self._account = account
        self._task: Task | None = None
        self.path: Path | None = None
        self._name = sentence()
        self._warning = sentence(
            self.tr(
                "This computer is already connected. It will switch to the service in the file;"
                " the one it uses now stays in its Amazon account."
            )
        )
        self.choose = QPushButton(self.tr("Choose the file…"))
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(self.tr("Passphrase"))
        self._busy = busy_bar(self.tr("Connecting"))
        self.error_box = ErrorBox(actions)
        self.primary = QPushButton(self.tr("Connect"))
        back = QPushButton(self.tr("Back"))
        lines = lines_above(self, buttons(back, last=self.primary))
        lines.addWidget(heading(self.tr("Use a connection file")))
        lines.addWidget(
            sentence(
                self.tr(
                    "Drop the connection file (its name ends in .tagdrop) on the window, or"
                    " choose it. The passphrase is the one chosen on the other computer."
                )
            )
        )
        lines.addWidget(self._warning)
        lines.addWidget(self._name)
        lines.addLayout(buttons(self.choose))
        fields = form()
        fields.addRow(self.tr("Passphrase:"), self.passphrase)
        lines.addLayout(level(fields))
        lines.addWidget(self._busy)
        lines.addWidget(self.error_box)
        lines.addStretch(1)
        self.choose.clicked.connect(
            lambda: choose_file(
                self, self.tr("Choose the connection file"), self.take_file, ("tagdrop",)
            )
        )
        self.passphrase.textChanged.connect(self._show)
        self.primary.clicked.connect(self.connect_computer)
        back.clicked.connect(self._go_back)
        account.moved.connect(self._show)
        self._show()

    def take_file(self, path: Path) -> None:
        """Use this file."""
        self.path = path
        self.error_box.clear()
        self._show()
        self.passphrase.setFocus()

    def connect_computer(self) -> None:
        """Open the file, see whether its key works, and use it."""
        path, passphrase = self.path, self.passphrase.text()
        if path is None:
            return
        self.error_box.clear()
        data_dir, backend = self._account.data_dir, self._account.backend
        self._task = self._account.work.run(
            lambda stop: calls.open_connection_file(path, passphrase, data_dir, backend, stop),
            self._on_connected,
            self._on_failed,
        )
        self._show()

    def _on_connected(self, connection: Connection) -> None:
        self._stop()
        self.passphrase.clear()
        self.path = None
        self._account.take_connection(connection, is_chosen=True)
        self._account.go("ready", goal="set-up")

    def _on_failed(self, error: AppError) -> None:
        self._stop()
        self._show()
        self.error_box.show_error(error, self.connect_computer)
        self.passphrase.setFocus()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.drop()
            self._task = None

    def _go_back(self) -> None:
        self._stop()
        self.passphrase.clear()
        self._account.back()

    def _show(self) -> None:
        works = self._task is not None
        connection: Connection | None = self._account.connection
        self._warning.setVisible(connection is not None)
        self._name.setText(str(self.path) if self.path else self.tr("No file chosen."))
        self._busy.setVisible(works)
        self.primary.setEnabled(
            self.path is not None and bool(self.passphrase.text()) and not works
        )
