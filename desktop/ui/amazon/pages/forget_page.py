"""ForgetPage: takes the connection off this computer and leaves Amazon as it is."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.core.errors import AppError

from ...look.page_parts import sentence
from ...notices.remedies import Actions
from .. import calls
from ..account import AmazonAccount
from ..error_box import ErrorBox
from ..layout import buttons, heading, lines_above


class ForgetPage(QWidget):
    """Says the difference to deleting everything, and asks once."""

    def __init__(self, account: AmazonAccount, actions: Actions) -> None:
        super().__init__()
        self._account = account
        self.error_box = ErrorBox(actions)
        self.primary = QPushButton(self.tr("Remove from this computer"))
        back = QPushButton(self.tr("Back"))
        lines = lines_above(self, buttons(back, last=self.primary))
        lines.addWidget(heading(self.tr("Remove from this computer")))
        for text in (
            self.tr(
                "This computer forgets the connection and removes its key from the keychain."
                " Photos are labelled on this computer again."
            ),
            self.tr(
                "The labelling service stays in your Amazon account, and other computers keep"
                " using it. It costs nothing while idle. To remove it, choose “Delete"
                " everything from Amazon” instead."
            ),
            self.tr("Your labels stay."),
        ):
            lines.addWidget(sentence(text))
        lines.addWidget(self.error_box)
        lines.addStretch(1)
        self.primary.clicked.connect(self.forget)
        back.clicked.connect(account.home)

    def forget(self) -> None:
        account, connection = self._account, self._account.connection
        if connection is None:
            account.home()
            return
        self.primary.setEnabled(False)
        account.work.run(
            lambda _: calls.forget(connection, account.data_dir),
            lambda _: self._on_forgotten(),
            self._on_failed,
        )

    def _on_forgotten(self) -> None:
        self.primary.setEnabled(True)
        self._account.take_connection(None)
        self._account.home()

    def _on_failed(self, error: AppError) -> None:
        self.primary.setEnabled(True)
        self.error_box.show_error(error, self.forget)
