"""The themes with high contrast that Windows 11 brings, as Qt gives them to a program.

For looking, and for the test of contrasts: nothing but Windows has them.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

THEMES = {  # ground, letters, what is off, on the chosen, the chosen
    "aquatic": ("#202020", "#ffffff", "#a6a6a6", "#263b50", "#8ee3f0"),
    "desert": ("#fffaef", "#3d3d3d", "#676767", "#fff5e3", "#903909"),
    "dusk": ("#2d3236", "#ffffff", "#a6a6a6", "#212d3b", "#a1bfde"),
    "night sky": ("#000000", "#ffffff", "#a6a6a6", "#2b2b2b", "#d6b4fd"),
}


def system_palette(ground: str, letters: str, off: str, on_chosen: str, chosen: str) -> QPalette:
    """The palette of one of them."""
    role = QPalette.ColorRole
    palette = QPalette(QColor(ground), QColor(ground))
    for which, colour in {
        role.Base: ground,
        role.Text: letters,
        role.WindowText: letters,
        role.Highlight: chosen,
        role.HighlightedText: on_chosen,
    }.items():
        palette.setColor(which, QColor(colour))
    palette.setColor(QPalette.ColorGroup.Disabled, role.WindowText, QColor(off))
    return palette
