"""Chips: the labels below a photo, each underlined as far as its confidence goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle

from desktop.core.library.effective import EffectiveLabel
from desktop.core.recognisers import RESERVED

from ..look.bars import Look, draw_tick
from ..look.direction import shortened
from ..words.label_names import shown_name

MOST_CHIPS = 2
RADIUS_PX = 5
LINE_PX = 3
PAD_PX, GAP_PX = 7, 6
TICK_PX = 9
LEAST_PX = 64
"""A second chip with less room for a longer word is left out: too little of it would be there."""


def chip_height(metrics: QFontMetrics) -> int:
    """How high chips are with letters of this font."""
    return metrics.height() + 2 + LINE_PX


def draw_chips(
    painter: QPainter, place: QRect, labels: Sequence[EffectiveLabel], look: Look
) -> None:
    """As many as fit side by side, in the painter's font. Wants antialiasing.

    Yours and those you confirmed have a tick; yours, and keywords of the file, have no number and
    so no line.
    """
    metrics = painter.fontMetrics()
    left = place.left()
    for shown in labels[:MOST_CHIPS]:
        room = place.right() + 1 - left
        around = 2 * PAD_PX + (TICK_PX + 4 if shown.is_kept else 0)
        word = shown_name(shown.record.label)
        is_whole = metrics.horizontalAdvance(word) + around <= room
        if left > place.left() and not is_whole and room < LEAST_PX:
            return
        word = shortened(word, metrics, room - around)
        width = min(room, metrics.horizontalAdvance(word) + around)
        chip = QRect(left, place.top(), width, chip_height(metrics))
        spot = QStyle.visualRect(painter.layoutDirection(), place, chip)
        _draw_chip(painter, spot, word, shown, look)
        left += width + GAP_PX


def _draw_chip(
    painter: QPainter, chip: QRect, word: str, shown: EffectiveLabel, look: Look
) -> None:
    direction = painter.layoutDirection()
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(chip), RADIUS_PX, RADIUS_PX)
    painter.fillPath(shape, look.chip)
    if shown.origin not in RESERVED:
        line = QRect(chip)
        line.setTop(chip.bottom() + 1 - LINE_PX)
        line.setWidth(max(LINE_PX, round(chip.width() * shown.record.confidence / 100)))
        filled = QPainterPath()
        filled.addRect(QRectF(QStyle.visualRect(direction, chip, line)))
        painter.fillPath(filled.intersected(shape), look.accent)
    text = chip.adjusted(PAD_PX, 0, -PAD_PX, -LINE_PX)
    if shown.is_kept:
        tick = QRect(text.left(), text.center().y() - TICK_PX // 2, TICK_PX, TICK_PX)
        draw_tick(painter, QRectF(QStyle.visualRect(direction, chip, tick)), look)
        text.setLeft(text.left() + TICK_PX + 4)
        text = QStyle.visualRect(direction, chip, text)
    painter.setPen(look.text)
    painter.drawText(text, Qt.AlignmentFlag.AlignCenter, word)
