"""ReportText: what a program says of itself, in a dialog, to be read and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget


class ReportText(QPlainTextEdit):
    """Lines as they are, in letters of equal width; Tab leads out of it."""

    def __init__(self, name: str, text: str = "") -> None:
        """`name` is what a screen reader calls it."""
        super().__init__(text)
        self.setAccessibleName(name)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as programs' languages run

    def make_copy_button(self) -> QPushButton:
        """A button that copies the whole text."""
        button = QPushButton(self.tr("Copy"))
        button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.toPlainText()))
        return button


def lay_out_report(dialog: QWidget, words: str, *parts: QWidget) -> None:
    """Say above everything what this is for."""
    above = QLabel(words)
    above.setWordWrap(True)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(8)
    for part in (above, *parts):
        column.addWidget(part)
