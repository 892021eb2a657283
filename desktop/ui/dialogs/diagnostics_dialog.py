"""DiagnosticsDialog: shows the whole diagnostics before they are saved, and saves just that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QWidget,
)

from ..work import Work
from .close_box import CloseBox
from .report_text import ReportText, lay_out_report


class DiagnosticsDialog(QDialog):
    """`collect` runs beside the window; what is shown may be edited, and is what is saved."""

    def __init__(self, collect: Callable[[], str], work: Work, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save diagnostics"))
        self.resize(720, 560)
        words = self.tr(
            "This is everything the file will contain. Keys, accounts, photo names and your own"
            " name have been removed; delete anything else that you want to keep to yourself."
        )
        self.text = ReportText(self.tr("The diagnostics"))
        self.text.setPlaceholderText(self.tr("Collecting…"))
        self._said = QLabel()
        self._said.setWordWrap(True)
        self.save_button = QPushButton(self.tr("Save…"))
        self.copy_button = self.text.make_copy_button()
        buttons = CloseBox(self)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        for button in (self.save_button, self.copy_button):
            button.setEnabled(False)
        self.save_button.clicked.connect(self._choose_file)
        lay_out_report(self, words, self.text, self._said, buttons)
        task = work.run(lambda _: collect(), self._show, lambda _: self._show(""))
        self.finished.connect(lambda _: task.drop())

    def save(self, path: Path) -> None:
        """Write what is shown."""
        try:
            path.write_text(self.text.toPlainText(), encoding="utf-8")
        except OSError as error:
            self._said.setText(
                self.tr("Not saved: {0}. Choose another place.").format(error.strerror)
            )
        else:
            self._said.setText(self.tr("Saved as {0}").format(path.name))

    def _show(self, text: str) -> None:
        self.text.setPlainText(
            text or self.tr("The diagnostics could not be collected. The log has the details.")
        )
        self.save_button.setEnabled(True)
        self.copy_button.setEnabled(True)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Save diagnostics as"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Text files (*.txt)")])
        dialog.setDefaultSuffix("txt")
        dialog.selectFile("tagdrop-diagnostics.txt")
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()
