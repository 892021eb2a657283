"""Light, dark or as the system is: brings the chosen appearance to the whole program.

A system that is set to high contrast is followed whatever was chosen.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from desktop.core.settings import Appearance

from .theme import Colours, colours, contrast_colours, palette_of, style_sheet_of

FUSIONS_ACCENT = "#308cc6"
"""What Qt's Fusion style takes where the system has no accent colour."""


def apply_appearance(appearance: Appearance) -> None:
    """Show every window so, at once; "system" also follows the system from now on."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    hints = application.styleHints()
    if application.property("appearance") is None:
        application.setStyle("Fusion")
        accent = application.palette().color(QPalette.ColorRole.Accent)
        application.setProperty("accent", None if accent.name() == FUSIONS_ACCENT else accent)
        hints.colorSchemeChanged.connect(_follow)
        hints.accessibility().contrastPreferenceChanged.connect(_follow)
    application.setProperty("appearance", appearance)
    if appearance == "system":
        hints.unsetColorScheme()
    else:
        scheme = Qt.ColorScheme.Dark if appearance == "dark" else Qt.ColorScheme.Light
        hints.setColorScheme(scheme)
    _dress(application, appearance)


def _follow() -> None:
    application = QApplication.instance()
    if isinstance(application, QApplication):
        _dress(application, application.property("appearance"))


def _dress(application: QApplication, appearance: Appearance) -> None:
    hints = application.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        application.setPalette(QPalette())  # the system's own again
        wear(application, contrast_colours(application.palette()))
        return
    scheme = hints.colorScheme()  # Unknown on a bare X server
    is_dark = appearance == "dark" or (appearance == "system" and scheme == Qt.ColorScheme.Dark)
    wear(application, colours(is_dark=is_dark, accent=application.property("accent")))


def wear(application: QApplication, the: Colours) -> None:
    """Show every window in these colours."""
    application.setPalette(palette_of(the))
    sheet = style_sheet_of(the)
    if application.styleSheet() != sheet:
        application.setStyleSheet(sheet)
