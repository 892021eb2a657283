"""Every text can be read in light and in dark: WCAG AA, on the palettes the window brings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.core.settings import Appearance
from desktop.ui.appearance import apply_appearance
from tools.check_contrast import Pair, pairs


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
