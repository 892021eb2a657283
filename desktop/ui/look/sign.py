"""Sign: the drawing above what is said where there is nothing to show."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from .icons import draw_icon

ROUND_PX, ICON_PX = 96, 44


class Sign(QWidget):
    """An icon in a quiet circle; it says nothing that the words beside it do not."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(ROUND_PX, ROUND_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """In the palette's colours of the moment."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.drawEllipse(self.rect())
        middle = QRectF(0, 0, ICON_PX, ICON_PX)
        middle.moveCenter(QRectF(self.rect()).center())
        accent = self.palette().color(QPalette.ColorRole.Accent)
        draw_icon(painter, middle, self._name, accent)
