"""LabelList: all labels of one image, each with its bar, its number and its parents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.core.records import Instance, LabelRecord

from .bars import draw_bar, faint, look_of
from .words import family, percent, spoken, sureness

RECORD = Qt.ItemDataRole.UserRole + 1
PAD_PX = 8
BAR_PX = 6
BAR_SHARE = 0.34

AnyIndex = QModelIndex | QPersistentModelIndex


class LabelsModel(QAbstractListModel):
    """The labels of one image."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records: tuple[LabelRecord, ...] = ()
        self._answers: dict[int, Callable[[LabelRecord], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda record: record.label,
            Qt.ItemDataRole.ToolTipRole: lambda record: sureness(record.confidence),
            Qt.ItemDataRole.AccessibleTextRole: spoken,
            Qt.ItemDataRole.AccessibleDescriptionRole: family,
            RECORD: lambda record: record,
        }

    @property
    def records(self) -> tuple[LabelRecord, ...]:
        """What is shown now."""
        return self._records

    def set_records(self, records: Sequence[LabelRecord]) -> None:
        """Show other labels; the same ones change nothing."""
        if tuple(records) != self._records:
            self.beginResetModel()
            self._records = tuple(records)
            self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many labels there are."""
        return 0 if parent.isValid() else len(self._records)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One label."""
        if not index.isValid() or index.row() >= len(self._records):
            return None
        answer = self._answers.get(role)
        return answer(self._records[index.row()]) if answer else None


class LabelDelegate(QStyledItemDelegate):
    """Paints a label: name, bar and number in a line, its parents below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """One line, or two with parents."""
        record: LabelRecord = index.data(RECORD)
        lines_px = QFontMetrics(option.font).height()
        if record.parents:
            lines_px += QFontMetrics(_small(option.font)).height() + 2
        return QSize(100, lines_px + PAD_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint one label."""
        record: LabelRecord = index.data(RECORD)
        look = look_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marks = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected
        if option.state & marks:
            is_selected = option.state & QStyle.StateFlag.State_Selected
            painter.fillRect(option.rect, look.tint if is_selected else faint(look.accent, 24))
        metrics = QFontMetrics(option.font)
        inner: QRect = option.rect.adjusted(PAD_PX, PAD_PX // 2, -PAD_PX, -PAD_PX // 2)
        line = QRect(inner.left(), inner.top(), inner.width(), metrics.height())
        number_px = metrics.horizontalAdvance(percent(100)) + PAD_PX
        bar_px = round(inner.width() * BAR_SHARE)
        name = line.adjusted(0, 0, -(number_px + bar_px + PAD_PX), 0)
        bar = QRectF(name.right() + PAD_PX, line.center().y() - BAR_PX / 2 + 1, bar_px, BAR_PX)
        at_start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(option.font)
        painter.setPen(look.text)
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(name, at_start, metrics.elidedText(record.label, elide, name.width()))
        painter.drawText(
            line,
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            percent(record.confidence),
        )
        draw_bar(painter, bar, record.confidence, look)
        if record.parents:
            small = _small(option.font)
            below = QRect(
                line.left(), line.bottom() + 2, line.width(), inner.bottom() - line.bottom()
            )
            painter.setFont(small)
            painter.setPen(look.quiet)
            # The nearest parents matter most, so a long way is shortened at its start.
            way = QFontMetrics(small).elidedText(
                family(record), Qt.TextElideMode.ElideLeft, below.width()
            )
            painter.drawText(below, at_start, way)
        painter.restore()


class LabelList(QListView):
    """Tells which label is under the mouse, or chosen by key."""

    pointed = Signal(object)
    """The boxes (a sequence of Instance) of that label; empty when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.labels = LabelsModel(self)
        self.setModel(self.labels)
        self.setItemDelegate(LabelDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Labels of this photo"))
        self.entered.connect(self._point_at)
        self.viewportEntered.connect(self._point_at_current)
        self.selectionModel().currentChanged.connect(self._point_at_current)
        self.labels.modelReset.connect(self._point_at_current)

    def viewportEvent(self, event: QEvent) -> bool:
        """When the mouse leaves, the chosen label is pointed at again."""
        if event.type() == QEvent.Type.Leave:
            self._point_at_current()
        return super().viewportEvent(event)

    def _point_at_current(self) -> None:
        self._point_at(self.currentIndex())

    def _point_at(self, index: QModelIndex) -> None:
        record: LabelRecord | None = index.data(RECORD) if index.isValid() else None
        boxes: tuple[Instance, ...] = record.instances if record else ()
        self.pointed.emit(boxes)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    if font.pointSizeF() > 0:
        small.setPointSizeF(font.pointSizeF() * 0.92)
    return small
