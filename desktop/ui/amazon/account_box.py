"""AccountBox: the limit, the labels' days and the alarm in the account: as is, and as wished."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.core.money.prices import NO_LIMIT, analyses, others_percent, price_in

from ..live_settings import LiveSettings
from ..look.page_parts import inset, sentence

MOST_LABEL_DAYS = 3650
"""As deploy/stack/template.yaml allows."""
ADDRESS = r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$"


class AccountBox(QWidget):
    """The limit follows this computer's; to bring anything about, the owner has to sign in."""

    asked = Signal(int, str)
    """From now on the table keeps labels so many days (0: always), and an alarm goes there."""

    def __init__(self, settings: LiveSettings) -> None:
        super().__init__()
        self._settings = settings
        self._there: Mapping[str, str] = {}
        self.price = sentence()
        self.limit = sentence()
        self.days = QSpinBox()
        inset(self.days)
        self.days.setRange(0, MOST_LABEL_DAYS)
        self.days.setSpecialValueText(self.tr("Until removed"))
        self.days.setAccessibleName(
            self.tr("Days to keep labels in Amazon's table, 0 until they are removed")
        )
        self.mail = QLineEdit()
        self.mail.setPlaceholderText(self.tr("No e-mail"))
        self.mail.setAccessibleName(self.tr("E-mail address for Amazon's alarm"))
        self.mail.setValidator(QRegularExpressionValidator(ADDRESS, self))
        self.change = QPushButton(self.tr("Change at Amazon…"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.price)
        column.addWidget(sentence(self.tr("Days to keep labels in Amazon's table:")))
        column.addWidget(self.days, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(sentence(self.tr("E-mail when the month costs more than the limit:")))
        column.addWidget(self.mail)
        column.addWidget(self.limit)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.days.valueChanged.connect(self._show)
        self.mail.textChanged.connect(self._show)
        self.change.clicked.connect(
            lambda: self.asked.emit(self.days.value(), self.mail.text().strip())
        )
        settings.changed.connect(self._show)
        self._show()

    def take(self, there: Mapping[str, str]) -> None:
        """Show what Amazon says, by the names of the template's parameters; empty: nothing."""
        if there == self._there:
            return
        self._there = there
        self.days.setValue(int(there.get("LabelDays", 0)))
        self.mail.setText(there.get("AlarmEmail", ""))
        self._show()

    def _show(self) -> None:
        now = self._settings.now
        there, connection = self._there, now.connection
        known = "MonthlyAnalyses" in there
        for widget in (self.days, self.mail):
            widget.setEnabled(known)
        price = price_in(now, connection.region if connection else "")
        percent = others_percent(connection.region if connection else "")
        self.price.setText(
            self.tr("Before tax. Amazon's other services add about {0} %.").format(percent)
        )
        wished, is_same = analyses(now.monthly_limit_dollars, price), True
        if known:
            allowed = int(there["MonthlyAnalyses"])
            is_same = wished == allowed
            self.limit.setText(self._limit_in_words(allowed, price, is_same=is_same))
        else:
            self.limit.setText("")
        self.limit.setVisible(known)
        is_same &= self.days.value() == int(there.get("LabelDays", 0))
        is_same &= self.mail.text().strip() == there.get("AlarmEmail", "")
        self.change.setVisible(known and not is_same)
        self.change.setEnabled(self.mail.hasAcceptableInput())

    def _limit_in_words(self, allowed: int, price: float, *, is_same: bool) -> str:
        if allowed >= NO_LIMIT:
            return self.tr("Your account sets no limit.")
        number = QLocale().toString
        dollars = number(allowed * price / 1000, "f", 2)
        if is_same:
            text = self.tr(
                "Your account keeps this limit too, for all computers together: ${0} a month."
            )
        else:
            text = self.tr("Your account's own limit, for all computers together, is ${0} a month.")
        return text.format(dollars)
