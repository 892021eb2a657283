"""DetailsDialog: the template and the three policies, for whoever wants to know exactly."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ..dialogs.close_box import CloseBox
from ..dialogs.report_text import ReportText
from ..work import Work
from . import calls


class DetailsDialog(QDialog):
    """What is shown is what is sent to Amazon, word for word."""

    def __init__(self, work: Work, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("details")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Technical details"))
        self.resize(720, 560)
        self.tabs = QTabWidget()
        copy = QPushButton(self.tr("Copy"))
        copy.clicked.connect(self._copy)
        box = CloseBox(self)
        box.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 16, 16, 16)
        lines.setSpacing(8)
        lines.addWidget(self.tabs, 1)
        lines.addWidget(box)
        task = work.run(calls.details, self._show)
        self.finished.connect(lambda _: task.drop())

    def _show(self, details: calls.Details) -> None:
        for title, text in (
            (self.tr("Template"), details.template),
            (self.tr("What the set-up may do"), details.setup_policy),
            (self.tr("What the program may do"), details.function_policy),
            (self.tr("What Tagdrop's key may do"), details.app_policy),
        ):
            page = ReportText(title, text)
            page.setReadOnly(True)
            self.tabs.addTab(page, title)

    def _copy(self) -> None:
        page = self.tabs.currentWidget()
        if isinstance(page, ReportText):
            QGuiApplication.clipboard().setText(page.toPlainText())
