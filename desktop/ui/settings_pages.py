"""The short pages of the settings: labelling, Amazon, photos, looks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.discover import PHOTO_SUFFIXES
from desktop.core.settings import Connection

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


def page_column(page: QWidget) -> QVBoxLayout:
    """The layout of a page."""
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
        column = page_column(self)
        column.addWidget(title(self.tr("Where photos are labelled")))
        local_text = sentence(
            self.tr("Free, private and without a network. Knows about 150 everyday things.")
        )
        for name, button, text in (
            ("local", self.local, local_text),
            ("aws", self.aws, self._aws_text),
        ):
            button.clicked.connect(lambda _, name=name: choose_backend(name))
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

    def _show(self) -> None:
        now = self._settings.now
        is_set_up = now.connection is not None
        (self.aws if now.backend == "aws" else self.local).setChecked(True)
        self.aws.setEnabled(is_set_up)
        if is_set_up:
            text = self.tr(
                "Finer labels, scenes and places, for about $1 per 1,000 photos of your own"
                " account."
            )
        else:
            text = self.tr("Not set up yet. The page “Amazon account” says how to do that.")
        self._aws_text.setText(text)
        self.slider.show_value(now.min_confidence)
        self._value.setText(
            self.tr("≥ {0}, {1}").format(
                percent(now.min_confidence, digits=0), sureness(now.min_confidence)
            )
        )


class AmazonPage(QWidget):
    """How the Amazon account is connected."""

    def __init__(self, settings: LiveSettings) -> None:
        super().__init__()
        self._settings = settings
        self._heading = title("")
        self._text = sentence()
        self._facts = QWidget()
        self._form = QFormLayout(self._facts)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        column = page_column(self)
        for widget in (self._heading, self._facts, self._text):
            column.addWidget(widget)
        column.addStretch(1)
        settings.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        connection = self._settings.now.connection
        while self._form.rowCount():
            self._form.removeRow(0)
        self._facts.setVisible(connection is not None)
        if connection is None:
            self._heading.setText(self.tr("Amazon is not set up"))
            self._text.setText(
                self.tr(
                    "Photos are labelled on this computer. To use your own Amazon account too,"
                    " open a terminal and run:\n\n    tagdrop aws setup\n\nThen start Tagdrop"
                    " again. It costs nothing while it is idle."
                )
            )
            return
        self._heading.setText(self.tr("Amazon is set up"))
        for name, value in self._rows(connection):
            self._form.addRow(name, sentence(value))
        self._text.setText(
            self.tr(
                "To see whether all is well, to bring it up to date or to take it away, open a"
                " terminal and run:\n\n    tagdrop aws status\n    tagdrop aws update\n"
                "    tagdrop aws remove"
            )
        )

    def _rows(self, connection: Connection) -> list[tuple[str, str]]:
        return [
            (self.tr("Account:"), _account(connection.account)),
            (self.tr("Location:"), location(connection.region)),
            (self.tr("Name of the set-up:"), connection.stack),
            (self.tr("Storage for photos on their way:"), connection.bucket),
            (self.tr("Table of labels:"), connection.table),
        ]


def _account(number: str) -> str:
    groups = len(number) == 12
    return "-".join((number[:4], number[4:8], number[8:])) if groups else number


def location(region: str) -> str:
    """A region as people say it: Frankfurt (eu-central-1)."""
    translate = QCoreApplication.translate
    places = {
        "ap-northeast-1": translate("Locations", "Tokyo"),
        "ap-northeast-2": translate("Locations", "Seoul"),
        "ap-south-1": translate("Locations", "Mumbai"),
        "ap-southeast-1": translate("Locations", "Singapore"),
        "ap-southeast-2": translate("Locations", "Sydney"),
        "ap-southeast-5": translate("Locations", "Malaysia"),
        "ap-southeast-7": translate("Locations", "Thailand"),
        "ca-central-1": translate("Locations", "Canada"),
        "eu-central-1": translate("Locations", "Frankfurt"),
        "eu-south-2": translate("Locations", "Spain"),
        "eu-west-1": translate("Locations", "Ireland"),
        "eu-west-2": translate("Locations", "London"),
        "il-central-1": translate("Locations", "Tel Aviv"),
        "sa-east-1": translate("Locations", "São Paulo"),
        "us-east-1": translate("Locations", "Virginia"),
        "us-east-2": translate("Locations", "Ohio"),
        "us-west-1": translate("Locations", "California"),
        "us-west-2": translate("Locations", "Oregon"),
    }
    return f"{places[region]} ({region})" if region in places else region


class PhotosPage(QWidget):
    """What happens to the photos themselves: today nothing."""

    def __init__(self) -> None:
        super().__init__()
        column = page_column(self)
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
        column = page_column(self)
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
