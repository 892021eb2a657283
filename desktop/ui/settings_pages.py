"""The short pages of the settings: labelling, Amazon, photos, looks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.discover import PHOTO_SUFFIXES

from .confidence_slider import ConfidenceSlider
from .languages import OWN_NAMES
from .live_settings import LiveSettings
from .words import percent, sureness


def title(text: str) -> QLabel:
    """The heading of a page or of a part of one."""
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def sentence(text: str = "") -> QLabel:
    """Plain words that wrap and can be copied with the mouse."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def column_of(page: QWidget) -> QVBoxLayout:
    """The page's layout."""
    column = QVBoxLayout(page)
    column.setContentsMargins(8, 0, 8, 0)
    column.setSpacing(8)
    return column


class LabellingPage(QWidget):
    """Where photos are labelled, and how sure a label must be to be shown."""

    def __init__(
        self,
        settings: LiveSettings,
        choose_backend: Callable[[str], None],
        choose_confidence: Callable[[int], None],
    ) -> None:
        super().__init__()
        self._settings = settings
        self._backends = QButtonGroup(self)
        self.local = QRadioButton(self.tr("On this computer"))
        self.aws = QRadioButton(self.tr("With Amazon"))
        self._aws_text = sentence()
        column = column_of(self)
        column.addWidget(title(self.tr("Where photos are labelled")))
        local_text = sentence(
            self.tr("Free, private and without a network. Knows about 150 everyday things.")
        )
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
        column.addWidget(title(self.tr("How sure a label must be to be shown")))
        self.slider = ConfidenceSlider()
        self.slider.valueChanged.connect(choose_confidence)
        self._value = QLabel()
        line = QHBoxLayout()
        line.addWidget(QLabel(self.tr("Surer")))
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
        column.addStretch(1)
        settings.changed.connect(self._show)
        self._show()

    def _choose(self, choose_backend: Callable[[str], None], name: str) -> None:
        choose_backend(name)
        self._show()  # what cannot be chosen yet is not chosen

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
        self.slider.show_value(now.min_confidence)
        self._value.setText(
            self.tr("≥ {0}, {1}").format(
                percent(now.min_confidence, digits=0), sureness(now.min_confidence)
            )
        )


class PhotosPage(QWidget):
    """What happens to the photos themselves: today nothing."""

    def __init__(self) -> None:
        super().__init__()
        column = column_of(self)
        column.addWidget(title(self.tr("Your photos")))
        column.addWidget(
            sentence(
                self.tr(
                    "Tagdrop only reads your photos: it never changes, moves or deletes one."
                    " Removing a photo from the library leaves its file where it is."
                )
            )
        )
        kinds = sorted({suffix[1:].upper() for suffix in PHOTO_SUFFIXES})
        column.addSpacing(8)
        column.addWidget(title(self.tr("Kinds of files that are looked for in folders")))
        column.addWidget(sentence(", ".join(kinds)))
        column.addStretch(1)


class AppearancePage(QWidget):
    """Light, dark, or as the system is; and the language."""

    def __init__(self, settings: LiveSettings) -> None:
        super().__init__()
        self._settings = settings
        column = column_of(self)
        column.addWidget(title(self.tr("Colours")))
        self.choices = {
            "system": QRadioButton(self.tr("As the system")),
            "light": QRadioButton(self.tr("Light")),
            "dark": QRadioButton(self.tr("Dark")),
        }
        for name, button in self.choices.items():
            button.clicked.connect(lambda _, name=name: settings.change(appearance=name))
            column.addWidget(button)
        column.addWidget(title(self.tr("Language")))
        self.languages = QComboBox()
        self.languages.addItem(self.tr("As the system"), "system")
        for code, name in OWN_NAMES.items():
            self.languages.addItem(name, code)
        self.languages.setAccessibleName(self.tr("Language"))
        self.languages.activated.connect(
            lambda place: settings.change(language=self.languages.itemData(place))
        )
        column.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(sentence(self.tr("Another language counts from the next start.")))
        column.addStretch(1)
        settings.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        now = self._settings.now
        self.choices[now.appearance].setChecked(True)
        self.languages.setCurrentIndex(self.languages.findData(now.language))
