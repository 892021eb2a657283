"""Every text can be read in light and in dark: WCAG 2.2 AA, on the palettes the window brings.

It asks for 4.5 to 1 for text and 3 to 1 for what is drawn: https://www.w3.org/TR/WCAG22/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)

from desktop.core.settings import Appearance
from desktop.ui.look.appearance import apply_appearance, wear
from desktop.ui.look.bars import look_of
from desktop.ui.look.icons import dress
from desktop.ui.look.theme import DRAWN, colours, contrast, contrast_colours, palette_of
from desktop.ui.look.theme import READ as TEXT
from tools.high_contrast import THEMES, system_palette


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
        return contrast(over(self.colour, self.background), self.background)


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    before = QPalette(qapp.palette())
    yield qapp
    qapp.styleHints().unsetColorScheme()
    qapp.setPalette(before)


@pytest.mark.parametrize("appearance", ["system", "light", "dark"])
def test_every_text_can_be_read(application: QApplication, appearance: Appearance) -> None:
    apply_appearance(appearance)
    too_weak = [
        f"{pair.name}: {pair.contrast:.2f}"
        for pair in pairs(application.palette())
        if pair.contrast < pair.least
    ]
    assert too_weak == []


@pytest.mark.parametrize(
    ("colour", "background", "contrast"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # known for failing AA by a hair
        ("#80000000", "#ffffff", 4.0),  # half transparent
    ],
)
def test_contrast_is_measured_as_wcag_says(colour: str, background: str, contrast: float) -> None:
    pair = Pair("", QColor(colour), QColor(background))
    assert pair.contrast == pytest.approx(contrast, abs=0.06)


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


# What is drawn: from the pixels of the controls themselves


def slider() -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setRange(0, 10)
    return made


def ticked() -> QCheckBox:
    made = QCheckBox()
    made.setChecked(True)
    return made


def chosen() -> QRadioButton:
    made = QRadioButton()
    made.setChecked(True)
    return made


def picture() -> QToolButton:
    made = QToolButton()
    dress(made, "settings", "Settings")
    return made


def combo() -> QComboBox:
    made = QComboBox()
    made.addItem("")
    return made


def scroll_bar() -> QScrollBar:
    made = QScrollBar(Qt.Orientation.Horizontal)
    made.setRange(0, 10)
    return made


def default() -> QPushButton:
    made = QPushButton()
    made.setDefault(True)
    return made


CONTROLS: tuple[Callable[[], QWidget], ...] = (
    *(QRadioButton, chosen, QCheckBox, ticked, slider, QSpinBox, QLineEdit, combo),
    *(picture, scroll_bar, default),
)


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_every_control_stands_out(application: QApplication, appearance: Appearance) -> None:
    apply_appearance(appearance)
    too_weak = {}
    for make in CONTROLS:
        drawn = strongest(make())
        if drawn < DRAWN:
            too_weak[make.__name__] = round(drawn, 2)
    assert too_weak == {}


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_a_slider_has_a_track_on_both_sides(
    application: QApplication, appearance: Appearance
) -> None:
    apply_appearance(appearance)
    made = slider()
    made.setValue(5)
    picture = drawn_on_side(made)
    middle = picture.height() // 2
    ground = application.palette().color(QPalette.ColorRole.Window)
    for share in (0.25, 0.75):
        colour = picture.pixelColor(round(picture.width() * share), middle)
        assert contrast(colour, ground) >= DRAWN


@pytest.mark.parametrize("accent", ["#ffd60a", "#34c759", "#8e8e93", "#00002a", "#ffffff"])
@pytest.mark.parametrize("is_dark", [False, True])
def test_whatever_accent_the_system_has_can_be_read(accent: str, is_dark: bool) -> None:
    palette = palette_of(colours(is_dark=is_dark, accent=QColor(accent)))
    too_weak = [
        f"{pair.name}: {pair.contrast:.2f}" for pair in pairs(palette) if pair.contrast < pair.least
    ]
    assert too_weak == []


@pytest.mark.parametrize("theme", THEMES)
def test_high_contrast_has_the_colours_of_the_system(application: QApplication, theme: str) -> None:
    wear(application, contrast_colours(system_palette(*THEMES[theme])))
    palette, role = application.palette(), QPalette.ColorRole
    used = {
        palette.color(each).name() for each in role if each not in (role.NoRole, role.NColorRoles)
    }
    assert used <= set(THEMES[theme])
    too_weak = [
        f"{pair.name}: {pair.contrast:.2f}" for pair in pairs(palette) if pair.contrast < pair.least
    ]
    too_weak += [make.__name__ for make in CONTROLS if strongest(make()) < DRAWN]
    assert too_weak == []


def drawn_on_side(widget: QWidget) -> QImage:
    """The widget as it is drawn on a bar or a page, without the keyboard in it."""
    ground = QWidget()
    widget.setParent(ground)
    widget.resize(widget.sizeHint().expandedTo(QSize(60, 0)))
    ground.resize(widget.size())
    widget.ensurePolished()
    return ground.grab().toImage()


def strongest(widget: QWidget) -> float:
    """The contrast of what differs most from the ground of a widget without any text."""
    picture = drawn_on_side(widget)
    ground = QApplication.palette().color(QPalette.ColorRole.Window)
    inside = {
        picture.pixelColor(x, y).rgb()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    return max(contrast(QColor.fromRgb(colour), ground) for colour in inside)
