"""WherePage: the two cards: label on this computer, or with Amazon."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCommandLinkButton, QFrame, QPushButton, QVBoxLayout, QWidget

from ...look.page_parts import sentence
from ..layout import buttons, heading, lines_above


class WherePage(QWidget):
    """Asks the one question that comes first; nothing is begun by reading it."""

    local_chosen = Signal()
    amazon_chosen = Signal()
    file_asked = Signal()
    """The person has a connection file of another computer."""

    def __init__(self) -> None:
        super().__init__()
        self.local = QCommandLinkButton(
            self.tr("On this computer"),
            self.tr(
                "Free. Private. Works offline. Knows more than 1,000 things, animals and scenes."
            ),
        )
        self.amazon = QCommandLinkButton(
            self.tr("With Amazon"),
            self.tr(
                "Finer labels, scenes and places. About $1 for 1,000 photos. Stop and remove"
                " everything at any time."
            ),
        )
        self.file = QPushButton(self.tr("Use a connection file…"))
        self.said = sentence()
        self.primary = self.amazon
        lines = lines_above(self, buttons(self.file))
        lines.addWidget(heading(self.tr("Where should photos be labelled?")))
        for button in (self.local, self.amazon):
            lines.addWidget(_card(button))
        lines.addWidget(self.said)
        lines.addStretch(1)
        self.local.clicked.connect(self.local_chosen)
        self.local.clicked.connect(
            lambda: self.said.setText(self.tr("New photos are labelled on this computer."))
        )
        self.amazon.clicked.connect(self.amazon_chosen)
        self.file.clicked.connect(self.file_asked)


def _card(button: QCommandLinkButton) -> QFrame:
    button.setIcon(QIcon())  # an arrow, black in every palette
    button.setAccessibleName(f"{button.text()}. {button.description()}")
    frame = QFrame()
    frame.setFrameShape(QFrame.Shape.StyledPanel)
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addWidget(button)
    return frame
