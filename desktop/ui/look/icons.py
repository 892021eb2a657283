"""The icons of the window: one family (Lucide), in the palette's colours, sharp at every scale.

They are SVG files in `svg`, named as Lucide names them.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from .theme import ICON, STEP

FOLDER = Path(__file__).with_name("svg")
DIRECTED = {"chevron-left", "chevron-right", "panel-left", "undo-2", "redo-2", "external-link"}
"""They point along the line of writing, and so the other way where that runs to the left."""

ALONE, BEFORE_WORDS = QSize(ICON, ICON), QSize(ICON + STEP // 2, ICON)
"""The sizes of a button's icon; the second keeps the words at a distance."""
AFTER_WORDS = QSize(12, 12)

_Role = QPalette.ColorRole


def icon(name: str, role: QPalette.ColorRole = _Role.ButtonText) -> QIcon:
    """An icon that always has this colour of the program's palette, also after it has changed.

    In a place that is wider than high it stands at the beginning.
    """
    return QIcon(_Engine(name, role))


def put_before_words(
    button: QAbstractButton, name: str, role: QPalette.ColorRole = _Role.ButtonText
) -> None:
    """Give a button with words an icon."""
    button.setIcon(icon(name, role))
    button.setIconSize(BEFORE_WORDS)


def put_after_words(button: QAbstractButton, name: str) -> None:
    """Give a button with words a small icon behind them."""
    left, right = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
    button.setLayoutDirection(right if QGuiApplication.layoutDirection() == left else left)
    button.setIcon(icon(name))
    button.setIconSize(AFTER_WORDS)


def dress(
    button: QAbstractButton,
    name: str,
    text: str,
    shortcut: str = "",
    *,
    role: QPalette.ColorRole = _Role.ButtonText,
) -> None:
    """Make a button of an icon: `text` is its name, and said in its tool tip with the shortcut."""
    button.setIcon(icon(name, role))
    button.setIconSize(ALONE)
    button.setAccessibleName(text)
    button.setToolTip(f"{text} ({shortcut})" if shortcut else text)


def draw_icon(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Draw an icon into `rect`; for what paints itself."""
    ratio = painter.device().devicePixelRatioF()
    size = (rect.size() * ratio).toSize()
    is_mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    drawn = _drawn(name, size.width(), size.height(), colour.rgba(), is_mirrored)
    painter.drawPixmap(rect, drawn, QRectF(drawn.rect()))


class _Engine(QIconEngine):
    """Draws an icon when it is asked for, in the colours of that moment."""

    _kept: list[_Engine] = []  # noqa: RUF012 - Qt owns a clone, but Python would drop it

    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name, self._role = name, role

    def clone(self) -> QIconEngine:
        made = _Engine(self._name, self._role)
        self._kept.append(made)
        return made

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        scale = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, scale))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """`size` is in logical pixels, of which the screen has `scale` for each."""
        palette = QGuiApplication.palette()
        is_off = mode == QIcon.Mode.Disabled
        group = QPalette.ColorGroup.Disabled if is_off else QPalette.ColorGroup.Active
        colour = palette.color(group, self._role)
        is_mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        real = size * scale
        drawn = QPixmap(_drawn(self._name, real.width(), real.height(), colour.rgba(), is_mirrored))
        drawn.setDevicePixelRatio(scale)
        return drawn


@lru_cache(maxsize=256)
def _drawn(name: str, width: int, height: int, rgba: int, is_mirrored: bool) -> QPixmap:
    """An icon of so many pixels of the screen; `is_mirrored` where writing runs to the left."""
    colour = QColor.fromRgba(rgba)
    source = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    source = source.replace("currentColor", colour.name())
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(colour.alphaF())
    edge = min(width, height)
    left = 0
    if is_mirrored and name in DIRECTED:
        painter.translate(width, 0)
        painter.scale(-1, 1)
    elif is_mirrored:
        left = width - edge
    QSvgRenderer(QByteArray(source.encode())).render(
        painter, QRectF(left, (height - edge) / 2, edge, edge)
    )
    painter.end()
    return pixmap
