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
        is_told = hints.colorScheme() != Qt.ColorScheme.Unknown
        application.setPalette(QPalette() if is_told else _light())
        return
    wanted = Qt.ColorScheme.Dark if appearance == "dark" else Qt.ColorScheme.Light
    hints.setColorScheme(wanted)
    if hints.colorScheme() == wanted:
        application.setPalette(QPalette())
    else:  # a bare X server has no schemes
        application.setPalette(_dark() if appearance == "dark" else _light())


# Qt's Fusion style in colours whose contrast is that of WCAG AA: tests/ui/test_contrast.py


def _light() -> QPalette:
    palette = QPalette(QColor(239, 239, 239))
    role = QPalette.ColorRole
    return _coloured(
        palette,
        {
            role.ToolTipBase: 0xFFFFDC,
            role.ToolTipText: 0x000000,
            role.PlaceholderText: 0x6A6A6A,
            role.Link: 0x0B5C94,
            role.LinkVisited: 0x6B3FA0,
            role.Accent: 0x1F74AE,
            role.Highlight: 0x1F74AE,
            role.HighlightedText: 0xFFFFFF,
        },
        disabled=0x8A8A8A,
    )


def _dark() -> QPalette:
    role = QPalette.ColorRole
    return _coloured(
        QPalette(QColor(50, 50, 50)),
        {
            role.Base: 0x2A2A2A,
            role.AlternateBase: 0x313131,
            role.Window: 0x323232,
            role.Text: 0xEEEEEE,
            role.WindowText: 0xEEEEEE,
            role.ButtonText: 0xEEEEEE,
            role.ToolTipText: 0xEEEEEE,
            role.ToolTipBase: 0x3F3F3F,
            role.PlaceholderText: 0xA8A8A8,
            role.Link: 0x6CB8F0,
            role.LinkVisited: 0xB9A3F0,
            role.Accent: 0x4BA3DC,
            role.Highlight: 0x1F74AE,
            role.HighlightedText: 0xFFFFFF,
        },
        disabled=0x9A9A9A,
    )


def _coloured(
    palette: QPalette, colours: dict[QPalette.ColorRole, int], *, disabled: int
) -> QPalette:
    for which, colour in colours.items():
        palette.setColor(which, QColor.fromRgb(colour))
    role = QPalette.ColorRole
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor.fromRgb(disabled))
    return palette
