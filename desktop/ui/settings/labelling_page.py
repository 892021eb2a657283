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

from desktop.core.recognisers import Recogniser, Recognisers

from ..jobs.older_labels import OlderLabels
from ..live_settings import LiveSettings
from ..look.confidence_slider import ConfidenceSlider
from ..look.page_parts import column_of, hint, sentence, set_in, title
from ..words.core_texts import say
from ..words.words import percent, sureness


class LabellingPage(QWidget):
    """Where photos are labelled, with what share of the computer, and from how sure they show."""

    def __init__(
        self,
        settings: LiveSettings,
        recognisers: Recognisers,
        choose_backend: Callable[[str], None],
        choose_confidence: Callable[[int], None],
        older: OlderLabels,
        *,
        network: QWidget,
    ) -> None:
        """`network` is what there is to say of search by meaning, and to do."""
        super().__init__()
        self._settings = settings
        self._older = older
        self._recognisers = recognisers
        self._backends = QButtonGroup(self)
        self.choices: dict[str, QRadioButton] = {}
        self._texts: dict[str, QLabel] = {}
        column = column_of(self)
        column.addWidget(title(self.tr("Where photos are labelled")))
        for each in recognisers:
            self._add_choice(column, each, choose_backend)
        self.spares_core = QCheckBox(self.tr("Keep one processor core free"))
        self.spares_core.clicked.connect(lambda on: settings.change(spares_core=on))
        cores_text = hint(
            self.tr(
                "Other programs stay fast, and labelling takes longer. On battery, one core is"
                " always kept free."
            )
        )
        self.spares_core.setAccessibleDescription(cores_text.text())
        column.addWidget(self.spares_core)
        column.addLayout(set_in(cores_text))
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
            hint(
                self.tr(
                    "Less certain labels are only hidden. Moving the slider never labels"
                    " anything again and costs nothing."
                )
            )
        )
        self._add_older(column)
        column.addSpacing(8)
        column.addWidget(network)
        column.addStretch(1)
        settings.changed.connect(self._show)
        older.changed.connect(self._show_older)
        self._show()
        self._show_older()

    def _add_choice(
        self, column: QVBoxLayout, each: Recogniser, choose_backend: Callable[[str], None]
    ) -> None:
        button, text = QRadioButton(say(each.title)), hint()
        button.clicked.connect(lambda: self._choose(choose_backend, each.name))
        self.choices[each.name], self._texts[each.name] = button, text
        self._backends.addButton(button)
        column.addWidget(button)
        column.addLayout(set_in(text))
        column.addSpacing(8)

    def _add_older(self, column: QVBoxLayout) -> None:
        self._older_title = title(self.tr("Labels from an older model"))
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
        self.choices[self._recognisers.chosen(now).name].setChecked(True)
        for each in self._recognisers:
            text = say(each.about)
            if each.needs_connection and now.connection is None:
                text = self.tr("{0} Not set up yet: choose it to begin.").format(text)
            self._texts[each.name].setText(text)
            self.choices[each.name].setAccessibleDescription(text)
        self.spares_core.setChecked(now.spares_core)
        self.slider.show_value(now.min_confidence)
        self._value.setText(
            self.tr("At least {0} ({1})").format(
                percent(now.min_confidence, digits=0), sureness(now.min_confidence)
            )
        )
