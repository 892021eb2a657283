"""DetailsDialog: the template and the three policies, for whoever wants to know exactly."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from . import calls
from .account_work import AccountWork


class DetailsDialog(QDialog):
    """What is shown is what is sent to Amazon, word for word."""

    def __init__(self, work: AccountWork, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Technical details"))
        self.resize(720, 560)
        self.tabs = QTabWidget()
        copy = QPushButton(self.tr("Copy"))
        copy.clicked.connect(self._copy)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        box.rejected.connect(self.close)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 16, 16, 16)
        lines.setSpacing(8)
        lines.addWidget(self.tabs, 1)
        lines.addWidget(box)
        work.run(calls.details, self._show)

    def _show(self, details: calls.Details) -> None:
        for title, text in (
            (self.tr("Template"), details.template),
            (self.tr("What the set-up may do"), details.setup_policy),
            (self.tr("What the program may do"), details.function_policy),
            (self.tr("What Tagdrop's key may do"), details.app_policy),
        ):
            page = QPlainTextEdit(text)
            page.setReadOnly(True)
            page.setTabChangesFocus(True)
            page.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            page.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
            page.setAccessibleName(title)
            self.tabs.addTab(page, title)

    def _copy(self) -> None:
        page = self.tabs.currentWidget()
        if isinstance(page, QPlainTextEdit):
            QGuiApplication.clipboard().setText(page.toPlainText())
