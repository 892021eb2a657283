"""EmptyPage: what the window says before there is a photo."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..look.bars import mixed
from ..look.theme import LARGE, sized


class EmptyPage(QWidget):
    """Invites to drop photos, to choose them, or to try the samples."""

    add_asked = Signal()
    folder_asked = Signal()
    samples_asked = Signal()

    def __init__(self, *, has_samples: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        title = QLabel(self.tr("Drop photos or folders here"))
        title.setFont(sized(title.font(), LARGE))
        text = QLabel(self.tr("Tagdrop labels what is in them. Labelling never changes a photo."))
        text.setWordWrap(True)
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        add = QPushButton(self.tr("Add photos…"))
        add.setDefault(True)
        add.clicked.connect(self.add_asked)
        folder = QPushButton(self.tr("Add a folder…"))
        folder.clicked.connect(self.folder_asked)
        samples = QPushButton(self.tr("Try it with sample photos"))
        samples.clicked.connect(self.samples_asked)
        samples.setVisible(has_samples)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        for button in (add, folder, samples):
            button.setMinimumHeight(32)
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 48, 48)
        column.setSpacing(16)
        column.addStretch(1)
        column.addSpacing(96)  # the drawing stands here
        column.addWidget(title)
        column.addWidget(text)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addStretch(1)
        self._title = title

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        painter.setPen(QPen(mixed(palette, 0.25), 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(24, 24, -24, -24), 12, 12)
        centre_x, bottom = self.width() / 2, self._title.geometry().top() - 16
        painter.translate(centre_x, bottom - 40)
        for angle, strong in ((-8, False), (6, True)):
            painter.save()
            painter.rotate(angle)
            self._paint_picture(painter, palette, strong=strong)
            painter.restore()

    def _paint_picture(self, painter: QPainter, palette: QPalette, *, strong: bool) -> None:
        frame = QRectF(-46, -34, 92, 68)
        accent = palette.color(QPalette.ColorRole.Accent)
        line = accent if strong else mixed(palette, 0.35)
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.setPen(QPen(line, 2))
        painter.drawRoundedRect(frame, 6, 6)
        if strong:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mixed(palette, 0.12))
            for top, width in ((6, 64), (18, 64)):
                painter.drawRoundedRect(QRectF(-32, top, width, 5), 2.5, 2.5)
            painter.setBrush(accent)
            for top, width in ((6, 56), (18, 34)):
                painter.drawRoundedRect(QRectF(-32, top, width, 5), 2.5, 2.5)
            painter.drawEllipse(QRectF(-32, -24, 16, 16))
