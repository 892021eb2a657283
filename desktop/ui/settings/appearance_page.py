"""AppearancePage: light, dark, or as the system is; and the language."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QRadioButton, QWidget

from ..live_settings import LiveSettings
from ..look.page_parts import column_of, hint, title
from ..look.theme import STEP
from ..words.languages import OWN_NAMES


class AppearancePage(QWidget):
    """Light, dark, or as the system is; and the language."""

    def __init__(self, settings: LiveSettings) -> None:
        super().__init__()
        self._settings = settings
        column = column_of(self)
        column.addWidget(title(self.tr("Colours")))
        self.choices = {
            "system": QRadioButton(self.tr("Same as system")),
            "light": QRadioButton(self.tr("Light")),
            "dark": QRadioButton(self.tr("Dark")),
        }
        for name, button in self.choices.items():
            button.clicked.connect(lambda _, name=name: settings.change(appearance=name))
            column.addWidget(button)
        column.addSpacing(STEP)
        column.addWidget(title(self.tr("Language")))
        self.languages = QComboBox()
        self.languages.addItem(self.tr("Same as system"), "system")
        for code, name in OWN_NAMES.items():
            self.languages.addItem(name, code)
        self.languages.setAccessibleName(self.tr("Language"))
        self.languages.activated.connect(
            lambda place: settings.change(language=self.languages.itemData(place))
        )
        column.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(hint(self.tr("Restart to change language.")))
        column.addStretch(1)
        settings.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        now = self._settings.now
        self.choices[now.appearance].setChecked(True)
        self.languages.setCurrentIndex(self.languages.findData(now.language))
