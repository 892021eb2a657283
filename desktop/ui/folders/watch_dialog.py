"""WatchDialog: agrees on what labelling by itself may cost, before a folder is watched."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from ..amazon.dollars_field import DollarsField
from ..look.page_parts import sentence
from ..words.core_texts import amount

USUAL_DOLLARS = 1.0
"""What is proposed for a month, unless the limit for everything is lower."""


class WatchDialog(QDialog):
    """Stands beside the window and stops nothing. `agree` is called with the limit in dollars."""

    def __init__(
        self,
        folder: str,
        agree: Callable[[float], object],
        *,
        dollars_per_1000: float,
        everything: float,
        agreed: float | None,
        parent: QWidget,
    ) -> None:
        """`everything` is the month's limit for all labelling, `agreed` what holds until now."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Watch {0}").format(folder))
        self._agree = agree
        first = sentence(
            self.tr(
                "While Tagdrop is running, new photos in this folder are labelled automatically"
                " with Amazon, for about ${0} per 1,000 photos. That includes photos that are in"
                " it now and have no labels yet."
            ).format(amount(dollars_per_1000))
        )
        self.limit = DollarsField(self.tr("At most this much a month, in dollars"))
        self.limit.setRange(0.01, max(everything, 0.01))
        self.limit.setValue(agreed if agreed is not None else min(USUAL_DOLLARS, everything))
        line = QHBoxLayout()
        line.addWidget(QLabel(self.tr("At most")))
        line.addWidget(self.limit)
        line.addWidget(QLabel(self.tr("a month for this folder")))
        line.addStretch()
        last = sentence(
            self.tr(
                "It counts toward your limit of ${0} a month. When either limit is reached,"
                " Tagdrop says so, and new photos wait."
            ).format(amount(everything))
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        button = buttons.addButton(
            self.tr("Watch") if agreed is None else self.tr("Change"),
            QDialogButtonBox.ButtonRole.AcceptRole,
        )
        button.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(first)
        column.addLayout(line)
        column.addWidget(last)
        column.addStretch()
        column.addWidget(buttons)
        self.setMinimumWidth(440)

    def accept(self) -> None:
        self._agree(self.limit.value())
        super().accept()
