"""Draws confidence bars, and mixes the few colours of the window from the palette."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

from .theme import DRAWN, LINE, RING, contrast, tint


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one palette, as `theme.Colours` names them, for what paints itself.

    `quiet` is for what is said beside the main thing.
    """

    base: QColor
    text: QColor
    quiet: QColor
    accent: QColor
    line: QColor
    chip: QColor
    track: QColor
    tile: QColor
    mark: QColor
    tint: QColor
    chosen: QColor
    veil: QColor
    accent_line: QPen
    focus_line: QPen


_looks: dict[int, Look] = {}


def look_of(palette: QPalette) -> Look:
    """The colours to paint with; mixed once for every palette."""
    key = palette.cacheKey()
    look = _looks.get(key)
    if look is None:
        if len(_looks) > 20:
            _looks.clear()
        look = _looks[key] = _mix_look(palette)
    return look


def mixed(palette: QPalette, share: float) -> QColor:
    """A colour between the background (0) and the text (1)."""
    base = palette.color(QPalette.ColorRole.Base)
    text = palette.color(QPalette.ColorRole.Text)
    return QColor(
        round(base.red() + (text.red() - base.red()) * share),
        round(base.green() + (text.green() - base.green()) * share),
        round(base.blue() + (text.blue() - base.blue()) * share),
    )


def faint(colour: QColor, alpha: int) -> QColor:
    """The colour, to be laid over another one (alpha 0 to 255)."""
    laid = QColor(colour)
    laid.setAlpha(alpha)
    return laid


def draw_bar(painter: QPainter, rect: QRectF, percent: float, look: Look) -> None:
    """A bar whose length is the number: `percent` of the width of `rect`. Wants antialiasing."""
    radius = rect.height() / 2
    is_drawn = look.track == look.base  # in high contrast: only a line shows how long it could be
    painter.setPen(QPen(look.line, LINE) if is_drawn else Qt.PenStyle.NoPen)
    painter.setBrush(look.track)
    painter.drawRoundedRect(rect, radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    filled = QRectF(rect)
    filled.setWidth(max(rect.height(), rect.width() * percent / 100))
    if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        filled.moveRight(rect.right())
    painter.setBrush(look.accent)
    painter.drawRoundedRect(filled, radius, radius)


def draw_ground(
    painter: QPainter, rect: QRectF, look: Look, radius: float, *, is_chosen: bool
) -> None:
    """What is behind a line that is chosen, or that the mouse is on. Wants antialiasing."""
    painter.setPen(look.chosen if is_chosen else Qt.PenStyle.NoPen)
    painter.setBrush(look.tint if is_chosen else look.chip)
    inset = 0.5 if is_chosen else 0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def draw_tick(painter: QPainter, rect: QRectF, look: Look) -> None:
    """The mark of what a person has confirmed. Wants antialiasing."""
    pen = QPen(look.accent, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(
        [
            rect.topLeft() + QPointF(rect.width() * across, rect.height() * down)
            for across, down in ((0.10, 0.55), (0.38, 0.82), (0.90, 0.20))
        ]
    )


def _mix_look(palette: QPalette) -> Look:
    role = QPalette.ColorRole
    base, text = palette.color(role.Base), palette.color(role.Text)
    accent, line = palette.color(role.Accent), palette.color(role.Mid)
    # In high contrast a track in the colour of lines would be taken for the bar.
    track = base if contrast(line, base) >= DRAWN else line
    return Look(
        base=base,
        text=text,
        quiet=palette.color(role.PlaceholderText),
        accent=accent,
        line=line,
        chip=palette.color(role.AlternateBase),
        track=track,
        tile=palette.color(role.AlternateBase),
        mark=palette.color(role.Dark),
        tint=tint(accent, base, palette.color(role.PlaceholderText)),
        chosen=palette.color(role.Shadow),
        veil=faint(base, 110),
        accent_line=QPen(accent, RING),
        focus_line=QPen(text, 1, Qt.PenStyle.DotLine),
    )
