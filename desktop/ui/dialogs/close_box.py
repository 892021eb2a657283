"""CloseBox: the line of buttons of a dialog that is only to be closed."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox


class CloseBox(QDialogButtonBox):
    """Close, and what is added. Without its icon, which a bare desktop draws dark on dark."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(QDialogButtonBox.StandardButton.Close)
        self.close_button = self.button(QDialogButtonBox.StandardButton.Close)
        self.close_button.setIcon(QIcon())
        self.rejected.connect(dialog.close)
