"""Icons of buttons: where they stand beside words, and that they follow the line of writing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QToolButton

from desktop.ui.look.appearance import apply_appearance
from desktop.ui.look.icons import ALONE, icon, put_before_words

LEAST_PX = 6
LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@pytest.fixture(params=[LEFT, RIGHT])
def direction(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Qt.LayoutDirection]:
    apply_appearance("light")
    qapp.setLayoutDirection(request.param)
    yield request.param
    qapp.setLayoutDirection(LEFT)
    qapp.styleHints().unsetColorScheme()


@pytest.mark.parametrize("kind", [QPushButton, QToolButton])
def test_an_icon_and_the_words_after_it_are_apart(
    kind: type[QAbstractButton], direction: Qt.LayoutDirection
) -> None:
    button = kind()
    button.setText("HHHHH")
    if isinstance(button, QToolButton):
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    put_before_words(button, "check")
    button.resize(button.sizeHint())
    drawn = inked(button.grab().toImage())
    gaps = [after - before for before, after in pairwise(drawn)]
    widest = max(gaps)
    assert widest > LEAST_PX
    is_icon_first = gaps.index(widest) < len(gaps) / 2
    assert is_icon_first == (direction == LEFT)


def test_a_sign_that_points_along_the_writing_is_turned_with_it(
    direction: Qt.LayoutDirection,
) -> None:
    picture = icon("chevron-right").pixmap(ALONE).toImage()
    tip = max(range(picture.width()), key=lambda x: is_inked(picture, x, ALONE.height() // 2))
    assert (tip > picture.width() / 2) == (direction == LEFT)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_pixel_of_the_screen_is_drawn(qapp: QApplication, scale: float) -> None:
    drawn = icon("search").pixmap(ALONE, scale)
    assert drawn.size() == ALONE * scale
    assert drawn.devicePixelRatio() == scale


def inked(picture: QImage) -> list[int]:
    """The columns in whose middle something is drawn upon the button."""
    rows = range(8, picture.height() - 8)
    return [x for x in range(picture.width()) if any(is_inked(picture, x, y) > 0.3 for y in rows)]


def is_inked(picture: QImage, x: int, y: int) -> float:
    """How dark a pixel is, from 0 to 1."""
    colour = picture.pixelColor(x, y)
    return colour.alphaF() * (1 - colour.lightnessF())
