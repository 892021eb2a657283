"""RuleForm: makes a rule for a label before it was ever corrected."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPushButton, QWidget

from desktop.core.library.edits import Rule

from ..amazon.layout import Line
from ..labels.add_label import LONGEST
from ..look.click_through import ClickThrough
from ..words.label_names import shown_name, stored_name

NEVER, RENAME = 0, 1


class RuleForm(QWidget):
    """One line: which label, what becomes of it, and *Add*; Return adds, too."""

    asked = Signal(object)
    """The Rule that a person wants."""
    names_wanted = Signal()
    """The labels in use are needed: `set_labels`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: dict[str, str] = {}
        self._names = QStringListModel(self)
        self.label = self._make_field(self.tr("Label"))
        self.what = QComboBox()
        self.what.setAccessibleName(self.tr("What becomes of the label"))
        self.what.addItems([self.tr("is never shown"), self.tr("is shown as")])
        self.name = self._make_field(self.tr("Other name"))
        self.add = QPushButton(self.tr("Add"))
        line = Line()
        self.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.label, 1)
        line.addWidget(self.what)
        line.addWidget(self.name, 1)
        line.addWidget(self.add)
        self.what.currentIndexChanged.connect(self._show)
        self.add.clicked.connect(self._on_add)
        self._show()

    def set_labels(self, labels: Iterable[str]) -> None:
        """Complete from these labels (stored names)."""
        known = list(labels)
        self._labels = {label.casefold(): label for label in known}
        self._labels |= {shown_name(label).casefold(): label for label in known}
        self._names.setStringList(sorted(map(shown_name, known), key=str.casefold))

    @property
    def rule(self) -> Rule | None:
        """What is typed; None while something is missing."""
        label, name = self._stored(self.label), self._stored(self.name)
        if self.what.currentIndex() == NEVER:
            return Rule(label, None) if label else None
        return Rule(label, name) if label and name and label != name else None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.names_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return has added the rule: it must not press a button of the dialog as well."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _make_field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setMaxLength(LONGEST)
        field.setPlaceholderText(name)
        field.setAccessibleName(name)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        field.setCompleter(completer)
        if popup := completer.popup():
            ClickThrough(popup)
        field.textChanged.connect(self._show)
        field.returnPressed.connect(self._on_add)
        return field

    def _stored(self, field: QLineEdit) -> str:
        name = " ".join(field.text().split())
        return self._labels.get(name.casefold(), stored_name(name))

    def _show(self) -> None:
        self.name.setVisible(self.what.currentIndex() == RENAME)
        self.add.setEnabled(self.rule is not None)

    def _on_add(self) -> None:
        if (rule := self.rule) is not None:
            self.label.clear()
            self.name.clear()
            self.asked.emit(rule)
