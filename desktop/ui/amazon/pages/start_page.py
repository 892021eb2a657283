"""StartPage: what labelling with Amazon is, for whoever has not set it up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ...look.page_parts import sentence
from ..layout import buttons, heading, lines_above


class StartPage(QWidget):
    """Nothing is begun by reading it. Where photos are labelled is chosen on another page."""

    begun = Signal()
    file_asked = Signal()
    """The person has a connection file of another computer."""

    def __init__(self) -> None:
        super().__init__()
        self.file = QPushButton(self.tr("Use a connection file…"))
        self.primary = QPushButton(self.tr("Set up Amazon…"))
        lines = lines_above(self, buttons(self.file, last=self.primary))
        lines.addWidget(heading(self.tr("Label with Amazon")))
        for text in (
            self.tr(
                "Amazon finds finer labels, scenes and places. It runs in your own Amazon Web"
                " Services account, for about $1 per 1,000 photos and nothing while it is idle."
            ),
            self.tr(
                "The set-up takes a few minutes. Until then, photos are labelled on this computer,"
                " and you can remove everything from Amazon at any time."
            ),
            self.tr(
                "Is it set up on another computer? Save a connection file there and use it here."
            ),
        ):
            lines.addWidget(sentence(text))
        lines.addStretch(1)
        self.primary.clicked.connect(self.begun)
        self.file.clicked.connect(self.file_asked)
