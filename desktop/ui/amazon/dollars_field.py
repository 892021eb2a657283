"""DollarsField: where an amount of dollars is typed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QSizePolicy

from desktop.core.settings import MOST_DOLLARS

from ..look.page_parts import inset


class DollarsField(QDoubleSpinBox):
    """Its value counts when it is typed to its end, with a point or a comma before the cents."""

    def __init__(self, name: str) -> None:
        super().__init__()
        inset(self)
        self.setRange(0, MOST_DOLLARS)
        # The sign stands where the language has it, as in all that is said of money: $5.00, 5,00 $.
        before, _, after = QCoreApplication.translate("Amounts", "${0}").partition("{0}")
        self.setPrefix(before)
        self.setSuffix(after)
        self.setAccessibleName(name)
        # On the way to 15 stands 1, which would stop a job that is running.
        self.setKeyboardTracking(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_dollars(self, dollars: float) -> None:
        """Show what is chosen, without telling of it and without ending what is being typed."""
        if dollars != self.value():
            with QSignalBlocker(self):
                self.setValue(dollars)

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Take either mark for the cents: Qt would read a German 2.50 as 250."""
        point = self.locale().decimalPoint()
        return super().validate(text.replace(".", point).replace(",", point), place)
