"""RetentionBox: after how many days Amazon deletes copies: as it is there, and as it is wished."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import AppError
from desktop.core.money.copies import Copies
from desktop.core.settings import RETENTION_DAYS

from ..live_settings import LiveSettings
from ..look.page_parts import inset, level, sentence
from ..words.core_texts import say
from ..work import Work


class RetentionBox(QWidget):
    """The wish is kept in the settings; to bring it about, the account's owner has to sign in."""

    asked = Signal(int)
    """The person wants copies to be deleted after so many days from now on."""

    def __init__(self, copies: Copies, settings: LiveSettings, work: Work) -> None:
        super().__init__()
        self._copies = copies
        self._settings = settings
        self._work = work
        self._days_there: int | None = None
        self.days = QSpinBox()
        inset(self.days)
        self.days.setRange(RETENTION_DAYS.start, RETENTION_DAYS.stop - 1)
        self.days.setAccessibleName(self.tr("Days after which Amazon deletes the copies"))
        self.days.setKeyboardTracking(False)
        self._unit = QLabel()
        self.change = QPushButton(self.tr("Change at Amazon…"))
        self.truth = sentence()
        self.again = QPushButton(self.tr("Check again"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.days)
        line.addWidget(self._unit)
        line.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.truth, 1)
        below.addWidget(self.again)
        below.addWidget(self.change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("Amazon deletes copies after"), line)
        column.addLayout(level(form))
        column.addLayout(below)
        self.days.valueChanged.connect(lambda days: settings.change(retention_days=days))
        self.change.clicked.connect(lambda: self.asked.emit(self.days.value()))
        self.again.clicked.connect(self.ask)
        settings.changed.connect(self._show)
        self.again.hide()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask how it is there now."""
        super().showEvent(event)
        self.ask()

    def ask(self) -> None:
        """Ask Amazon after how many days it deletes copies."""
        if self._settings.now.connection is not None:
            self.again.hide()
            self.truth.setText(self.tr("Checking the current setting…"))
            self._work.run(lambda _: self._copies.keeps_days(), self._on_answer, self._on_failed)

    def _on_answer(self, days: int | None) -> None:
        self._days_there = days
        self._show()

    def _on_failed(self, error: AppError) -> None:
        self._days_there = None
        self.truth.setText(say(error.text))
        self.again.show()

    def _show(self) -> None:
        wish, there = self._settings.now.retention_days, self._days_there
        if self.days.value() != wish:
            self.days.setValue(wish)
        self._unit.setText(self.tr("days", "", wish))
        self.change.setVisible(there is not None and there != wish)
        if there is not None:
            self.truth.setText(
                self.tr(
                    "This is the current setting at Amazon, which counts from midnight (UTC) and"
                    " takes its time: a day means 24 to 48 hours."
                )
                if there == wish
                else self.tr("Amazon is still set to delete them after %n days.", "", there)
            )
