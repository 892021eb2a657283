"""PictureNotes: what the panel says of a picture besides its labels: text, flags, edits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.core.records import NOTHING_ELSE, Findings

from ..look.direction import isolated
from ..words.label_names import shown_name
from ..words.words import breakable, percent

MOST_LINES = 5
"""Of the text in a photo; all of it is copied."""


class PictureNotes(QWidget):
    """Shows nothing while there is nothing to say."""

    reviewed = Signal()
    """The labels of the edited photos that are selected are right as they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.text = _words()
        self.copy = QPushButton(self.tr("Copy text"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        self.flags = _words()
        self.edited = QLabel(
            self.tr("Edited since the labels were last checked. Are they still right?")
        )
        self.edited.setWordWrap(True)
        self.right = QPushButton(self.tr("Labels are right"))
        self.right.clicked.connect(self.reviewed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.flags)
        column.addWidget(self.text)
        column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.edited)
        column.addWidget(self.right)
        self.show_notes(edited=0)

    def show_notes(self, *, edited: int, findings: Findings = NOTHING_ELSE) -> None:
        """Say how many of the selected photos were edited.

        `findings` are what was found in a single photo besides labels.
        """
        self._show_findings(findings)
        self.edited.setVisible(edited > 0)
        self.right.setVisible(edited > 0)
        self.setVisible(edited > 0 or findings != NOTHING_ELSE)

    def _show_findings(self, findings: Findings) -> None:
        self._text = findings.text
        lines = self._text.splitlines()
        more = ["…"] if len(lines) > MOST_LINES else []
        read = "\n".join([*map(breakable, lines[:MOST_LINES]), *more])
        self.text.setText(self.tr("Text: {0}").format(read))
        flags = (
            isolated(f"{shown_name(f.name)} {percent(f.confidence)}") for f in findings.exact_flags
        )
        self.flags.setText(self.tr("May be explicit: {0}").format(", ".join(flags)))
        self.text.setVisible(bool(lines))
        self.copy.setVisible(bool(lines))
        self.flags.setVisible(bool(findings.flags))


def _words() -> QLabel:
    """Words out of a photo, which are never taken for markup."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
