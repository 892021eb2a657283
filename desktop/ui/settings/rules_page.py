"""RulesPage: the rules for labels in plain sentences, each with the way to drop it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from desktop.core.library.edits import Rule

from ..labels.editor import Editor, Title
from ..labels.label_entries import rule_text, rule_title
from ..look.page_parts import column_of, sentence, title
from ..words.label_names import shown_name
from .rule_form import RuleForm


class RulesPage(QWidget):
    """A page of the settings. What it drops can be undone in the window."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        text = self.tr(
            "When you correct the same label twice, Tagdrop offers a rule for it. A rule"
            " changes what you see, not what was found: remove it, and the label comes back."
        )
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Rules"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.currentRowChanged.connect(self._on_current)
        self._none = QLabel(self.tr("There are no rules yet."))
        self.form = RuleForm()
        self.form.names_wanted.connect(editor.read_names)
        self.form.asked.connect(lambda rule: editor.set_rule(rule_title(rule), rule))
        editor.names_read.connect(self.form.set_labels)
        self.drop = QPushButton(self.tr("Remove this rule"))
        self.drop.clicked.connect(self._drop)
        column = column_of(self)
        column.addWidget(title(self.tr("Rules for labels")))
        column.addWidget(sentence(text))
        column.addWidget(self.form)
        column.addWidget(self._none)
        column.addWidget(self.list, 1)
        column.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        editor.rules_read.connect(self._show)
        editor.edited.connect(self._on_edited)
        self._show(())

    @property
    def sentences(self) -> list[str]:
        """What the list says."""
        return [self.list.item(place).text() for place in range(self.list.count())]

    def showEvent(self, event: QShowEvent) -> None:
        """Read the rules as they are now."""
        super().showEvent(event)
        self._editor.read_rules()

    def _on_edited(self) -> None:
        if self.isVisible():
            self._editor.read_rules()

    def _show(self, rules: Sequence[Rule]) -> None:
        place = self.list.currentRow()
        self.list.clear()
        for rule in rules:
            item = QListWidgetItem(rule_text(rule))
            item.setData(Qt.ItemDataRole.UserRole, rule.label)
            self.list.addItem(item)
        self.list.setCurrentRow(max(0, min(place, len(rules) - 1)) if rules else -1)
        self.list.setVisible(bool(rules))
        self.drop.setVisible(bool(rules))
        self._none.setVisible(not rules)

    def _on_current(self, place: int) -> None:
        self.drop.setEnabled(place >= 0)

    def _drop(self) -> None:
        item: QListWidgetItem | None = self.list.currentItem()
        if item is not None:
            label = str(item.data(Qt.ItemDataRole.UserRole))
            done, act = self.tr("Removed the rule for “{0}”"), self.tr("remove the rule for “{0}”")
            name = shown_name(label)
            self._editor.drop_rule(Title(done.format(name), act.format(name)), label)
