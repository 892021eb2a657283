"""OptionsBox: what else Amazon looks for in photos, and its price, as it is and as it is wished."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from ..live_settings import LiveSettings
from ..look.page_parts import sentence


class OptionsBox(QWidget):
    """The settings keep what the account does; to change that, its owner has to sign in."""

    asked = Signal(bool, bool)
    """From now on Amazon is also to read text, and also to flag explicit content, or not to."""

    def __init__(self, settings: LiveSettings) -> None:
        super().__init__()
        self._settings = settings
        self.text = QCheckBox(self.tr("Also read text in photos"))
        self.explicit = QCheckBox(self.tr("Also flag explicit content"))
        self.price = sentence()
        self.change = QPushButton(self.tr("Change at Amazon…"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addWidget(self.explicit)
        column.addWidget(self.price)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.text.toggled.connect(self._show_price)
        self.explicit.toggled.connect(self._show_price)
        self.change.clicked.connect(
            lambda: self.asked.emit(self.text.isChecked(), self.explicit.isChecked())
        )
        self._there = (False, False)
        settings.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        now = self._settings.now
        if self._there != (now.also_text, now.also_explicit):
            self._there = (now.also_text, now.also_explicit)
            self.text.setChecked(now.also_text)
            self.explicit.setChecked(now.also_explicit)
        self._show_price()

    def _show_price(self) -> None:
        now = self._settings.now
        wish = (self.text.isChecked(), self.explicit.isChecked())
        number = QLocale().toString
        price, new_price = (
            number(now.dollars_per_1000 * analyses, "f", 2)
            for analyses in (now.analyses, 1 + sum(wish))
        )
        if wish == self._there:
            text = self.tr("Each costs as much again as the labels. 1,000 photos cost ${0} now.")
        else:
            text = self.tr("New photos: ${1} per 1,000 instead of ${0}.")
        self.price.setText(text.format(price, new_price))
        self.change.setVisible(wish != self._there)
