"""PictureNotes: what the panel says of a picture: its duplicates, and that it was edited."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

MOST_FOLDERS = 10
"""In the tool tip, which has to fit on the screen."""


class PictureNotes(QWidget):
    """Shows nothing while there is nothing to say."""

    reviewed = Signal()
    """The labels of the edited photos that are selected are right as they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.duplicates = QLabel()
        self.edited = QLabel(
            self.tr("Edited since the labels were last checked. Are they still right?")
        )
        self.edited.setWordWrap(True)
        self.right = QPushButton(self.tr("Labels are right"))
        self.right.clicked.connect(self.reviewed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.duplicates, self.edited, self.right):
            column.addWidget(widget)
        self.show_notes((), edited=0)

    def show_notes(self, duplicates: Sequence[Path], *, edited: int) -> None:
        """Say where a photo's duplicates are, and how many of the selected photos were edited."""
        count = len(duplicates)
        self.duplicates.setText(self.tr("and %n duplicates", "", count))
        folders = [str(folder) for folder in dict.fromkeys(path.parent for path in duplicates)]
        more = ["…"] if len(folders) > MOST_FOLDERS else []
        about = self.tr("Duplicates share their labels: changes apply to all of them.")
        self.duplicates.setToolTip("\n".join([about, *folders[:MOST_FOLDERS], *more]))
        self.duplicates.setVisible(count > 0)
        self.edited.setVisible(edited > 0)
        self.right.setVisible(edited > 0)
        self.setVisible(count > 0 or edited > 0)
