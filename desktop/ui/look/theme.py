"""The look of the window in one place: colours, light and dark, and the measures of its parts.

Lengths are in logical pixels. What is read reaches 4.5 to 1 on what it stands on, and what is drawn
3 to 1 (WCAG 2.2 AA), in high contrast 7 to 1 (AAA): tests/ui/test_contrast.py.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

STEP = 8
"""All distances are steps of the grid, or half of one."""
GAP = 10
"""Between photos."""
RADIUS, CHIP_RADIUS = 8, 5
LINE, RING = 1, 3
"""How wide a line is, and the ring around what is selected."""
ICON = 18
"""Lucide's lines are 2 of 24 wide: 1.5 at this size."""
BUTTON = 32
"""How high and wide the buttons of a bar are."""
MOVE_MS = 150
"""How long a movement takes that explains something."""
SMALL, TITLE, LARGE = 11 / 13, 15 / 13, 20 / 13
"""Sizes of type, as shares of the system's."""

READ, READ_WELL, DRAWN = 4.5, 7.0, 3.0

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Colours:
    """What the window is painted with.

    `paper` is behind photos and in fields, `side` behind bars and panels; `line` parts areas and
    `edge` is the outline of what can be set; `ink` is for text, `dim` for what is said beside the
    main thing; `chip` is behind small words, `hover` behind what the mouse is on, `tint` behind
    what is chosen, with `chosen` around it; `accent` marks what counts, with `on_accent` written
    on it; `grave` is for what cannot be undone.
    """

    paper: str
    side: str
    line: str
    edge: str
    ink: str
    dim: str
    faded: str
    chip: str
    hover: str
    tint: str
    chosen: str
    accent: str
    on_accent: str
    grave: str

    @property
    def is_dark(self) -> bool:
        return QColor(self.paper).lightnessF() < 0.5


def colours(*, is_dark: bool, accent: QColor | None = None) -> Colours:
    """The colours of one theme; `accent` is the system's, moved until it can be read."""
    if is_dark:
        found = _readable(accent or QColor("#6ea4ff"), QColor("#232428"), towards="#ffffff")
        chosen = tint(found, QColor("#1c1d20"), QColor("#9da3ae")).name()
        return Colours(
            paper="#1c1d20",
            side="#232428",
            line="#34363c",
            edge="#7c828d",
            ink="#eceef2",
            dim="#9da3ae",
            faded="#70757f",
            chip="#2d2f35",
            hover="#2d2f35",
            tint=chosen,
            chosen=chosen,
            accent=found.name(),
            on_accent="#101114",
            grave="#ff8a80",
        )
    found = _readable(accent or QColor("#2463c4"), QColor("#f5f5f7"), towards="#000000")
    chosen = tint(found, QColor("#ffffff"), QColor("#646a73")).name()
    return Colours(
        paper="#ffffff",
        side="#f5f5f7",
        line="#e3e4e8",
        edge="#868b94",
        ink="#1d1f24",
        dim="#646a73",
        faded="#9a9fa8",
        chip="#eef0f4",
        hover="#eceef2",
        tint=chosen,
        chosen=chosen,
        accent=found.name(),
        on_accent="#ffffff",
        grave="#b3261e",
    )


def contrast_colours(system: QPalette) -> Colours:
    """The few colours of a system that is set to high contrast; lines are as strong as letters."""
    role = QPalette.ColorRole
    paper, ink = system.color(role.Base), system.color(role.Text)
    side, edge = system.color(role.Window), system.color(role.WindowText)
    off = system.color(QPalette.ColorGroup.Disabled, role.WindowText)
    accent = _readable(system.color(role.Highlight), side, towards=edge.name())
    chosen = tint(accent, paper, ink, READ_WELL).name()
    return Colours(
        paper=paper.name(),
        side=side.name(),
        line=edge.name(),
        edge=edge.name(),
        ink=ink.name(),
        dim=ink.name(),
        faded=off.name(),
        chip=paper.name(),
        hover=chosen,
        tint=chosen,
        chosen=accent.name(),
        accent=accent.name(),
        on_accent=system.color(role.HighlightedText).name(),
        grave=ink.name(),
    )


def palette_of(the: Colours) -> QPalette:
    """The same for Qt: Base is the paper, Window the side, Mid the line, Dark the edge, Shadow what
    is around the chosen.
    """
    palette = QPalette(QColor(the.side))
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: the.side,
        role.WindowText: the.ink,
        role.Base: the.paper,
        role.AlternateBase: the.chip,
        role.Text: the.ink,
        role.Button: the.paper,
        role.ButtonText: the.ink,
        role.BrightText: the.on_accent,
        role.ToolTipBase: the.paper,
        role.ToolTipText: the.ink,
        role.PlaceholderText: the.dim,
        role.Link: the.accent,
        role.LinkVisited: the.accent,
        role.Accent: the.accent,
        role.Highlight: the.accent,
        role.HighlightedText: the.on_accent,
        role.Light: the.paper,
        role.Midlight: the.line,
        role.Mid: the.line,
        role.Dark: the.edge,
        role.Shadow: the.chosen,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(the.faded))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Accent, QColor(the.faded))
    return palette


def style_sheet_of(the: Colours) -> str:
    """How the controls are drawn in these colours, for `QApplication.setStyleSheet`."""
    sheet = Template((_HERE / "controls.qss").read_text(encoding="utf-8"))
    others = {f"other_{name}": colour for name, colour in asdict(_opposite(the)).items()}
    tone = "dark" if the.is_dark else "light"
    # What lies before the handle of a slider: a style sheet knows left and right only.
    is_mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return sheet.substitute(
        asdict(the) | others,
        tone=tone,
        signs=(_HERE / "svg").as_posix(),
        filled="add-page" if is_mirrored else "sub-page",
    )


def contrast(one: QColor, other: QColor) -> float:
    """How much two opaque colours differ, as WCAG counts it: 1 (not) to 21 (black on white)."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def tint(accent: QColor, ground: QColor, words: QColor, least: float = READ) -> QColor:
    """The ground of what is chosen: as much of the accent as lets `words` be read on it."""
    share = 0.2
    made = ground
    while share > 0:
        made = QColor(_blend(accent, ground.name(), share))
        if contrast(words, made) >= least:
            break
        share -= 0.02
    return made


def sized(font: QFont, share: float, *, is_bold: bool = False) -> QFont:
    """The font in another size of the scale."""
    made = QFont(font)
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * share)
    else:
        made.setPixelSize(round(font.pixelSize() * share))
    made.setBold(is_bold)
    return made


def heading(font: QFont) -> QFont:
    """For the headings of lists: small capitals, a little apart."""
    made = sized(font, SMALL)
    made.setCapitalization(QFont.Capitalization.AllUppercase)
    made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
    return made


def _opposite(the: Colours) -> Colours:
    """For notes, which stand out from what they lie over."""
    if the.line != the.edge:
        return colours(is_dark=not the.is_dark)
    back, front = the.ink, the.paper  # high contrast knows no more
    return replace(
        the, side=back, hover=back, line=front, dim=front, ink=front, accent=front, faded=front
    )


def _readable(accent: QColor, background: QColor, towards: str) -> QColor:
    share = 0.0
    colour = accent
    while contrast(colour, background) < READ and share < 1:
        share += 0.05
        colour = QColor(_blend(QColor(towards), accent.name(), share))
    return colour


def _blend(colour: QColor, onto: str, share: float) -> str:
    below = QColor(onto)
    return QColor.fromRgbF(
        colour.redF() * share + below.redF() * (1 - share),
        colour.greenF() * share + below.greenF() * (1 - share),
        colour.blueF() * share + below.blueF() * (1 - share),
    ).name()


def _luminance(colour: QColor) -> float:
    linear: list[float] = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
