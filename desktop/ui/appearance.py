"""Light, dark or as the system is: brings the chosen appearance to the whole program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.core.settings import Appearance


def apply_appearance(appearance: Appearance) -> None:
    """Show every window so, at once; what the desktop cannot switch gets a palette of ours."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    hints = application.styleHints()
    if appearance == "system":
        hints.unsetColorScheme()
        application.setPalette(QPalette())
        return
    wanted = Qt.ColorScheme.Dark if appearance == "dark" else Qt.ColorScheme.Light
    hints.setColorScheme(wanted)
    if hints.colorScheme() == wanted:
        application.setPalette(QPalette())
    else:  # a bare X server has no schemes
        application.setPalette(_dark() if appearance == "dark" else _light())


def _light() -> QPalette:
    return QPalette(QColor(239, 239, 239))


def _dark() -> QPalette:
    """What Qt's Fusion style looks like on a dark desktop."""
    palette = QPalette(QColor(50, 50, 50))
    role = QPalette.ColorRole
    colours = {
        role.Base: 0x2A2A2A,
        role.AlternateBase: 0x313131,
        role.Window: 0x323232,
        role.Text: 0xEEEEEE,
        role.WindowText: 0xEEEEEE,
        role.ButtonText: 0xEEEEEE,
        role.ToolTipText: 0xEEEEEE,
        role.ToolTipBase: 0x3F3F3F,
        role.Link: 0x6CB8F0,
        role.LinkVisited: 0xB9A3F0,
        role.Accent: 0x308CC6,
        role.Highlight: 0x308CC6,
        role.HighlightedText: 0xFFFFFF,
    }
    for which, colour in colours.items():
        palette.setColor(which, QColor.fromRgb(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor.fromRgb(0x9A9A9A))
    return palette
