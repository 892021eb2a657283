"""SettingsDialog: the pages of the settings; what is changed counts at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ..dialogs.close_box import CloseBox


class SettingsDialog(QDialog):
    """Stands beside the window and never in its way; closed, it keeps its page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setModal(False)
        self.resize(720, 520)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pages of the settings"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(2)
        self._stack = QStackedWidget()
        self._names: list[str] = []
        self.list.currentRowChanged.connect(self._stack.setCurrentIndex)
        buttons = CloseBox(self)
        self.close_button = buttons.close_button
        both = QHBoxLayout()
        both.setSpacing(8)
        both.addWidget(self.list)
        both.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addLayout(both, 1)
        column.addWidget(buttons)

    def add_page(self, name: str, title: str, page: QWidget) -> None:
        """Add a page at the end; `name` is what `show_page` knows it by."""
        frame = QScrollArea()
        frame.setWidgetResizable(True)
        frame.setFrameShape(QFrame.Shape.NoFrame)
        frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frame.setWidget(page)
        self._names.append(name)
        self._stack.addWidget(frame)
        self.list.addItem(title)
        self.list.setFixedWidth(max(144, self.list.sizeHintForColumn(0) + 24))
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return self._names[self.list.currentRow()]

    def show_page(self, name: str = "") -> None:
        """Show the dialog, in front, with this page or the one that was shown last."""
        if name in self._names:
            self.list.setCurrentRow(self._names.index(name))
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()
