"""Measure the window's colours against WCAG 2.2 AA: 4.5 to 1 for text, 3 to 1 for what is drawn.

    python -m tools.check_contrast    a line for each pair in light and in dark; fails below AA

A colour with transparency is laid over its background first. https://www.w3.org/TR/WCAG22/
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.core.settings import Appearance
from desktop.ui.appearance import apply_appearance
from desktop.ui.bars import look_of

TEXT, DRAWN = 4.5, 3.0
APPEARANCES: tuple[Appearance, ...] = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour on its background, and the contrast it needs."""

    name: str
    colour: QColor
    background: QColor
    least: float = TEXT

    @property
    def contrast(self) -> float:
        """1 (none) to 21 (black on white)."""
        lights = (_luminance(over(self.colour, self.background)), _luminance(self.background))
        return (max(lights) + 0.05) / (min(lights) + 0.05)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(["tagdrop"])
    application.setStyle("Fusion")
    is_good = True
    for appearance in APPEARANCES:
        apply_appearance(appearance)
        for pair in pairs(application.palette()):
            verdict = "ok" if pair.contrast >= pair.least else f"below {pair.least}"
            is_good = is_good and pair.contrast >= pair.least
            print(f"{appearance:6}{pair.name:28}{pair.contrast:6.2f}  {verdict}")
    sys.exit(not is_good)


def pairs(palette: QPalette) -> Iterator[Pair]:
    """Every text and drawing of the window with what it stands on."""
    role = QPalette.ColorRole
    for text, background in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.PlaceholderText, role.Base),
        (role.Link, role.Window),
        (role.Link, role.Base),
    ):
        name = f"{text.name} on {background.name}"
        yield Pair(name, palette.color(text), palette.color(background))
    look = look_of(palette)
    tint, tile = over(look.tint, look.base), over(look.tile, look.base)
    for name, colour in (("text", look.text), ("quiet text", look.quiet)):
        yield Pair(f"{name} on the grid", colour, look.base)
        yield Pair(f"{name} on a selected cell", colour, tint)
        yield Pair(f"{name} on a tile", colour, tile)
    track = over(look.track, look.base)
    yield Pair("bar on the grid", look.accent, look.base, DRAWN)
    yield Pair("bar on its track", look.accent, track, DRAWN)
    yield Pair("selection's line", look.accent_line.color(), look.base, DRAWN)
    yield Pair("focus line", look.focus_line.color(), look.base, DRAWN)


def over(colour: QColor, background: QColor) -> QColor:
    """What is seen of a colour that lets its background through."""
    share = colour.alphaF()
    mixed = (
        share * top + (1 - share) * below
        for top, below in zip(colour.getRgbF()[:3], background.getRgbF()[:3], strict=True)
    )
    return QColor.fromRgbF(*mixed)


def _luminance(colour: QColor) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.getRgbF()[:3]
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


if __name__ == "__main__":
    main()
