"""FilmStrip: the photos before and after the large one, small, to be clicked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QStyle, QToolTip, QWidget

from ..grid.results_model import ResultsModel
from ..grid.thumbnails import PictureLoader
from ..look.bars import look_of
from ..look.theme import CHIP_RADIUS, RING, STEP

TILE = QSize(64, 46)
GAP_PX = 6


class FilmStrip(QWidget):
    """Keeps the chosen photo in its middle, but for the first and the last ones."""

    chosen = Signal(int)
    """The place of a photo that was clicked."""

    def __init__(
        self, model: ResultsModel, thumbnails: PictureLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails
        self._place = -1
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setFixedHeight(TILE.height() + 2 * STEP)
        self.setAccessibleName(self.tr("Photos before and after this one"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        thumbnails.arrived.connect(self.update)

    def show_place(self, place: int) -> None:
        """Show the photos around this place of the list."""
        self._place = place
        seen = self.places()
        nearest_first = sorted(seen, key=lambda other: abs(other - place))
        self._thumbnails.want([self._model.row(other).path for other in nearest_first])
        self.update()

    def places(self) -> range:
        """The places whose photos are to be seen."""
        count = self._model.rowCount()
        fits = max(1, (self.width() - 2 * STEP + GAP_PX) // (TILE.width() + GAP_PX))
        first = max(0, min(self._place - fits // 2, count - fits))
        return range(first, min(count, first + fits))

    def rect_of(self, place: int) -> QRect:
        """Where the photo of a place is drawn."""
        seen = self.places()
        width = len(seen) * (TILE.width() + GAP_PX) - GAP_PX
        left = (self.width() - width) // 2 + (place - seen.start) * (TILE.width() + GAP_PX)
        rect = QRect(left, STEP, TILE.width(), TILE.height())
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

    def _place_at(self, point: QPointF) -> int | None:
        at = point.toPoint()
        return next((p for p in self.places() if self.rect_of(p).contains(at)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._place_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, place: int | None) -> None:
        if place != self._hovered:
            self._hovered = place
            self.update()

    def event(self, event: object) -> bool:
        """The tool tip is the name of the photo under the mouse."""
        if isinstance(event, QHelpEvent):
            place = self._place_at(QPointF(event.pos()))
            name = "" if place is None else self._model.row(place).path.name
            QToolTip.showText(event.globalPos(), name, self)
            return True
        return super().event(event)  # type: ignore[arg-type]

    def resizeEvent(self, event: object) -> None:
        """More photos may fit."""
        if 0 <= self._place < self._model.rowCount():
            self.show_place(self._place)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing
        )
        look = look_of(self.palette())
        for place in self.places():
            rect = QRectF(self.rect_of(place))
            shape = QPainterPath()
            shape.addRoundedRect(rect, CHIP_RADIUS, CHIP_RADIUS)
            painter.fillPath(shape, look.tile)
            picture = self._thumbnails.get(self._model.row(place).path)
            if picture is not None and not picture.isNull():
                painter.setClipPath(shape)
                size = QSizeF(picture.size())
                part = QSizeF(rect.size()).scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
                source = QRectF(QPointF(0, 0), part)
                source.moveCenter(QPointF(size.width() / 2, size.height() / 2))
                painter.drawImage(rect, picture, source)
                painter.setClipping(False)
            if place in (self._place, self._hovered):
                is_chosen = place == self._place
                painter.setPen(QPen(look.accent if is_chosen else look.mark, RING))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(rect, CHIP_RADIUS, CHIP_RADIUS)
