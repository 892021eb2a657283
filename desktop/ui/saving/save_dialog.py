"""SaveDialog: asks which photos are meant, and what its form asks besides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ..look.page_parts import level
from .run_dialog import Run
from .scope import Scope

LEAST_PX, MARGIN_PX = 520, 16
TITLE_PX = 48
"""Room on the screen for the title of a window."""


class Form(Protocol):
    """What is asked besides which photos."""

    @property
    def title(self) -> str:
        """What the dialog is called."""

    @property
    def act(self) -> str:
        """What the button says that begins."""

    @property
    def refused(self) -> SignalInstance:
        """Told with why it cannot begin, empty when it can, whenever that changes."""

    @property
    def widget(self) -> QWidget:
        """What stands in the dialog, and scrolls where there is too little room."""

    @property
    def preview(self) -> QWidget | None:
        """What comes of the choice; it scrolls by itself, and stays in sight below the rest."""

    def show_scope(self, scope: Scope) -> None:
        """These are the photos; called at first, and when others are chosen."""

    def begin(self, scope: Scope, start: Callable[[Run], None]) -> None:
        """Start what was chosen; it may ask for a file before, or not start at all."""

    def close_down(self) -> None:
        """The dialog goes away: end what reads for it."""


class SaveDialog(QDialog):
    """Stands beside the window; goes away when it has started what was chosen."""

    def __init__(
        self, parent: QWidget, form: Form, scopes: Sequence[Scope], start: Callable[[Run], None]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(form.title)
        self.form, self._scopes, self._start = form, scopes, start
        self.scopes = QComboBox()
        self.scopes.addItems([scope.text for scope in scopes])
        self.scopes.setAccessibleName(self.tr("Which photos"))
        self.scopes.currentIndexChanged.connect(self._tell_scope)
        self.close_button = QPushButton(self.tr("Cancel"))
        self.close_button.clicked.connect(self.reject)
        self.act_button = QPushButton(form.act)
        self.act_button.setDefault(True)
        self.act_button.clicked.connect(self._begin)
        form.refused.connect(self._on_refused)
        self._tell_scope()
        self._lay_out()

    def _lay_out(self) -> None:
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(16)
        which = QFormLayout()
        which.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        which.addRow(self.tr("Photos"), self.scopes)
        inner.addLayout(level(which))
        inner.addWidget(self.form.widget)
        inner.addStretch(1)
        frame = QScrollArea()
        frame.setWidgetResizable(True)
        frame.setFrameShape(QFrame.Shape.NoFrame)
        frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frame.setWidget(page)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addStretch(1)
        line.addWidget(self.close_button)
        line.addWidget(self.act_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        column.setSpacing(16)
        column.addWidget(frame, 3)
        wanted = page.sizeHint()
        width_px = max(LEAST_PX, wanted.width() + 3 * MARGIN_PX)
        # Sentences that wrap are as high as they are at that width.
        height_px = max(wanted.height(), page.heightForWidth(width_px - 2 * MARGIN_PX))
        if self.form.preview is not None:
            frame.setMaximumHeight(height_px)
            column.addWidget(self.form.preview, 1)
            height_px += self.form.preview.minimumHeight() + column.spacing()
        column.addLayout(line)
        most_px = self.screen().availableGeometry().height() - TITLE_PX
        self.resize(width_px, min(most_px, height_px + 100))

    @property
    def scope(self) -> Scope:
        """The photos that are chosen."""
        return self._scopes[self.scopes.currentIndex()]

    def _tell_scope(self) -> None:
        self.form.show_scope(self.scope)

    def _on_refused(self, why: str) -> None:
        self.act_button.setEnabled(not why)
        self.act_button.setToolTip(why)
        self.act_button.setAccessibleDescription(why)

    def _begin(self) -> None:
        self.form.begin(self.scope, self._on_started)

    def _on_started(self, run: Run) -> None:
        self._start(run)
        self.accept()

    def done(self, result: int) -> None:
        """Go away, whatever the answer."""
        self.form.close_down()
        super().done(result)
