"""Draws confidence bars, and mixes the few colours of the window from the palette."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette


def mixed(palette: QPalette, share: float) -> QColor:
    """A colour between the background (0) and the text (1)."""
    base, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    parts = (
        round(b + (t - b) * share)
        for b, t in zip(base.getRgb()[:3], text.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*parts)


def quiet_text(palette: QPalette) -> QColor:
    """For what is said beside the main thing; its contrast stays above 4.5 : 1."""
    return mixed(palette, 0.7)


def draw_bar(painter: QPainter, rect: QRectF, percent: float, palette: QPalette) -> None:
    """A bar whose length is the number: `percent` of the width of `rect`."""
    radius = rect.height() / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mixed(palette, 0.12))
    painter.drawRoundedRect(rect, radius, radius)
    filled = QRectF(rect)
    filled.setWidth(max(rect.height(), rect.width() * percent / 100))
    if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        filled.moveRight(rect.right())
    painter.setBrush(palette.color(QPalette.ColorRole.Accent))
    painter.drawRoundedRect(filled, radius, radius)
    painter.restore()
