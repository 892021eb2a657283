"""CloseBox: the line of buttons of a dialog that is only to be closed."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox


class CloseBox(QDialogButtonBox):
    """Close, and what is added."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(QDialogButtonBox.StandardButton.Close)
        self.close_button = self.button(QDialogButtonBox.StandardButton.Close)
        self.rejected.connect(dialog.close)
