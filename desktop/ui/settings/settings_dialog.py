"""SettingsDialog: the pages of the settings; what is changed counts at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QWidget,
)

from ..dialogs.close_box import CloseBox
from ..look.icons import ALONE, icon
from ..look.page_parts import scrolling
from ..look.theme import STEP
from ..look.wheel import guard_from_wheel

LEAST_LETTERS = 40
"""For how many letters there is room beside the list at least."""


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
        self.list.setIconSize(ALONE)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self._stack = QStackedWidget()
        self._names: list[str] = []
        self.short_list = QComboBox()
        self.short_list.setAccessibleName(self.list.accessibleName())
        self.short_list.setModel(self.list.model())
        self.short_list.hide()
        self.short_list.activated.connect(self.list.setCurrentRow)
        self.list.currentRowChanged.connect(self.short_list.setCurrentIndex)
        self.list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self._buttons = CloseBox(self)
        self._buttons.setCenterButtons(True)
        self.close_button = self._buttons.close_button
        self.close_button.setProperty("isQuiet", True)
        self._cells = cells = QGridLayout(self)
        cells.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        cells.setSpacing(STEP)
        cells.setColumnStretch(1, 1)
        cells.setRowStretch(1, 1)
        cells.addWidget(self.short_list, 0, 0, 1, 2)
        cells.addWidget(self.list, 1, 0)
        cells.addWidget(self._buttons, 2, 0)
        cells.addWidget(self._stack, 1, 1, 2, 1)

    def add_page(
        self, name: str, sign: str, title: str, page: QWidget, *, scrolls_itself: bool = False
    ) -> None:
        """Add a page at the end; `name` is what `show_page` knows it by, `sign` its icon."""
        guard_from_wheel(page)
        self._names.append(name)
        self._stack.addWidget(page if scrolls_itself else scrolling(page))
        self.list.addItem(QListWidgetItem(icon(sign), title))
        self.list.setFixedWidth(max(144, self.list.sizeHintForColumn(0) + 24))
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let one line stand for the list where it would leave too little room for its pages."""
        super().resizeEvent(event)
        least_px = LEAST_LETTERS * self.fontMetrics().averageCharWidth()
        has_room = self.width() - self.list.width() >= least_px
        if has_room != self.list.isHidden():
            return
        self.list.setVisible(has_room)
        self.short_list.setVisible(not has_room)
        # Away from what a page goes on with, which stands at the end of its foot.
        self._cells.addWidget(self._buttons, 2 if has_room else 3, 0, 1, 1 if has_room else 2)
        self._cells.addWidget(self._stack, 1, 1 if has_room else 0, 2, 1 if has_room else 2)

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
        (self.short_list if self.list.isHidden() else self.list).setFocus()
