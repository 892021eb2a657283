"""ConfidenceSlider: how sure a label must be to be shown, from surer on the left to more labels."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider

SUREST, LEAST = 99, 40
"""The ends in percent; below the least there is nothing in the table (aws.md)."""


class ConfidenceSlider(QSlider):
    """Its value is the percentage from which on labels are shown."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(LEAST, SUREST)
        self.setInvertedAppearance(True)
        self.setInvertedControls(True)
        self.setPageStep(10)
        self.setAccessibleName(self.tr("How sure a label must be, in per cent"))

    def show_value(self, percent: float) -> None:
        """Stand at a value without telling that it changed."""
        self.blockSignals(True)
        self.setValue(round(percent))
        self.blockSignals(False)
