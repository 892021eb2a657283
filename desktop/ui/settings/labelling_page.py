"""LabellingPage: where photos are labelled, on how many cores, and how sure a label must be."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ..jobs.older_labels import OlderLabels
from ..live_settings import LiveSettings
from ..look.confidence_slider import ConfidenceSlider
from ..look.page_parts import column_of, sentence, title
from ..words.words import percent, sureness


class LabellingPage(QWidget):
    """Where photos are labelled, with what share of the computer, and from how sure they show."""

    def __init__(
        self,
        settings: LiveSettings,
        choose_backend: Callable[[str], None],
        choose_confidence: Callable[[int], None],
        older: OlderLabels,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._older = older
        self._backends = QButtonGroup(self)
        self.local = QRadioButton(self.tr("On this computer"))
        self.aws = QRadioButton(self.tr("With Amazon"))
        self._aws_text = sentence()
        column = column_of(self)
        column.addWidget(title(self.tr("Where photos are labelled")))
        local_text = sentence(
            self.tr("Free, private and offline. Knows more than 1,000 things, animals and scenes.")
        )
        self.local.setAccessibleDescription(local_text.text())
        for name, button, text in (
            ("local", self.local, local_text),
            ("aws", self.aws, self._aws_text),
        ):
            button.clicked.connect(lambda _, name=name: self._choose(choose_backend, name))
            self._backends.addButton(button)
            below = QHBoxLayout()
            below.addSpacing(24)
            below.addWidget(text, 1)
            column.addWidget(button)
            column.addLayout(below)
            column.addSpacing(8)
        self.spares_core = QCheckBox(self.tr("Keep one processor core free"))
        self.spares_core.clicked.connect(lambda on: settings.change(spares_core=on))
        cores_text = sentence(
            self.tr(
                "Other programs stay fast, and labelling takes longer. On battery, one core is"
                " always kept free."
            )
        )
        self.spares_core.setAccessibleDescription(cores_text.text())
        column.addWidget(self.spares_core)
        column.addWidget(cores_text)
        column.addSpacing(8)
        column.addWidget(title(self.tr("How sure a label must be to be shown")))
        self.slider = ConfidenceSlider()
        self.slider.valueChanged.connect(choose_confidence)
        self._value = QLabel()
        line = QHBoxLayout()
        line.addWidget(QLabel(self.tr("Fewer")))
        line.addWidget(self.slider, 1)
        line.addWidget(QLabel(self.tr("More")))
        line.addWidget(self._value)
        column.addLayout(line)
        column.addWidget(
            sentence(
                self.tr(
                    "Less sure labels are only hidden. Move the slider as you like: nothing is"
                    " labelled, or paid, again for it."
                )
            )
        )
        self._add_older(column)
        column.addStretch(1)
        settings.changed.connect(self._show)
        older.changed.connect(self._show_older)
        self._show()
        self._show_older()

    def _add_older(self, column: QVBoxLayout) -> None:
        self._older_title = title(self.tr("Labels of an older model"))
        self._older_text = sentence()
        self.again = QPushButton(self.tr("Label again"))
        self.again.clicked.connect(self._older.label_again)
        column.addSpacing(8)
        column.addWidget(self._older_title)
        column.addWidget(self._older_text)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)

    def _choose(self, choose_backend: Callable[[str], None], name: str) -> None:
        choose_backend(name)
        self._show()  # what cannot be chosen yet is not chosen

    def _show_older(self) -> None:
        text = self._older.text
        self._older_text.setText(text)
        self.again.setAccessibleDescription(text)
        for widget in (self._older_title, self._older_text, self.again):
            widget.setVisible(bool(text))

    def _show(self) -> None:
        now = self._settings.now
        is_set_up = now.connection is not None
        (self.aws if now.backend == "aws" else self.local).setChecked(True)
        if is_set_up:
            text = self.tr(
                "Finer labels, scenes and places, for about $1 per 1,000 photos of your own"
                " account."
            )
        else:
            text = self.tr(
                "Finer labels, scenes and places, for about $1 per 1,000 photos of your own"
                " account. Not set up yet: choose it to begin."
            )
        self._aws_text.setText(text)
        self.aws.setAccessibleDescription(text)
        self.spares_core.setChecked(now.spares_core)
        self.slider.show_value(now.min_confidence)
        self._value.setText(
            self.tr("≥ {0}, {1}").format(
                percent(now.min_confidence, digits=0), sureness(now.min_confidence)
            )
        )
