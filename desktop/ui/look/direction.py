"""Names and lines that run as they must where the window runs from right to left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication


def isolated(text: str) -> str:
    """A name for where words are painted: it does not turn round what stands beside it, nor its own
    sign of being shortened, where the window runs from right to left.
    """
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if _is_mirrored() else text


def running_on(text: str) -> str:
    """A text that runs as the window does, even where it begins with a name in other letters."""
    return f"\N{RIGHT-TO-LEFT MARK}{text}" if text and _is_mirrored() else text


def _is_mirrored() -> bool:
    return QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft


def shortened(
    text: str,
    metrics: QFontMetrics,
    room_px: int,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> str:
    """A name for where there is only so much room."""
    return isolated(metrics.elidedText(text, mode, room_px))
