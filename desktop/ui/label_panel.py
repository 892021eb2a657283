"""LabelPanel: the selected image with its preview, its state and all its labels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.events import State
from desktop.core.rows import FileRow

from .label_list import LabelList
from .preview import BOX, Preview
from .results_model import ResultsModel
from .thumbnails import PictureLoader


class LabelPanel(QWidget):
    """Shows one image; told by the window which one."""

    retry_asked = Signal()

    def __init__(
        self,
        model: ResultsModel,
        previews: PictureLoader,
        thumbnails: PictureLoader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._previews = previews
        self._thumbnails = thumbnails
        self._row: FileRow | None = None
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.preview = Preview()
        self._name = _text_line(bold=True)
        self._state = _text_line()
        self._retry = QPushButton(self.tr("Retry"))
        self._retry.clicked.connect(self.retry_asked)
        self.list = LabelList()
        self.list.pointed.connect(self.preview.show_boxes)
        self._hint = QLabel(self.tr("Select a photo to see its labels"))
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.preview)
        column.addWidget(self._name)
        column.addWidget(self._state)
        column.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list, 1)
        column.addWidget(self._hint, 1)
        previews.set_box(BOX, self.devicePixelRatioF())
        previews.arrived.connect(self._on_arrived)
        self.setMinimumWidth(240)
        self.show_row(None)

    @property
    def state_text(self) -> str:
        """What is said below the name."""
        return self._state.text()

    def show_row(self, row: FileRow | None, selected: int = 1) -> None:
        """Show an image (None: none is selected), one of `selected` images."""
        is_other = row is None or self._row is None or row.file_id != self._row.file_id
        self._row = row
        for widget in (self.preview, self._name, self._state, self._retry, self.list):
            widget.setVisible(row is not None)
        self._hint.setVisible(row is None)
        if row is None:
            self.list.labels.set_records(())
            return
        if is_other:
            self.preview.show_boxes(())
            self._show_picture(row)
        shown = self._model.labels(row)
        if is_other or shown != self.list.labels.records:
            self.list.labels.set_records(shown)
        self._name.setText(row.path.name)
        self._name.setToolTip(str(row.path))
        lines = [self._state_of(row, hidden=len(self._model.records(row)) - len(shown))]
        if selected > 1:
            lines.append(self.tr("one of {0} selected photos").format(selected))
        self._state.setText("\n".join(line for line in lines if line))
        self._state.setVisible(bool(self._state.text()))
        self._retry.setVisible(row.state in (State.FAILED, State.CANCELLED))

    def _state_of(self, row: FileRow, *, hidden: int) -> str:
        if row.state is State.FAILED and row.error:
            return f"{row.error.title}. {row.error.message}".strip()
        status = self._model.status(row)
        lines = [status[:1].upper() + status[1:]] if status else []
        if hidden and row.state.is_final:
            lines.append(self.tr("Less sure labels hidden: {0}").format(hidden))
        return "\n".join(lines)

    def _show_picture(self, row: FileRow) -> None:
        picture = self._previews.get(row.path)
        if picture is None:
            self._previews.want([row.path])
            picture = self._thumbnails.get(row.path)  # a smaller one until it comes
        self.preview.show_picture(picture)

    def _on_arrived(self, paths: Sequence[object]) -> None:
        if self._row is not None and self._row.path in paths:
            picture: QImage | None = self._previews.get(self._row.path)
            self.preview.show_picture(picture)


def _text_line(*, bold: bool = False) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    # A long file name without spaces must not widen the panel.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    font = label.font()
    font.setBold(bold)
    label.setFont(font)
    return label
