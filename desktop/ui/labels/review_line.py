"""ReviewLine: names the keys of the review, and is clicked in their place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ..look.theme import STEP


class ReviewLine(QWidget):
    """A button for each key, with the key below its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        key = Qt.Key
        self.confirm = _button(self.tr("Confirm"), key.Key_Enter)
        self.confirm_all = _button(self.tr("Confirm all"), key.Key_Space)
        self.remove = _button(self.tr("Remove"), key.Key_Delete)
        self.add = _button(self.tr("Add"), key.Key_A)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.next = _button(self.tr("Next"), "←" if mirrored else "→")
        line = QHBoxLayout(self)
        line.setContentsMargins(STEP, STEP, STEP, 0)
        line.setSpacing(STEP)
        line.addStretch(1)
        for button in self._buttons():
            line.addWidget(button)
        line.addStretch(1)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.confirm, self.confirm_all, self.remove, self.add, self.next

    def connect_to(self, *acts: Callable[[], object]) -> None:
        """What the buttons do, in their order."""
        for button, act in zip(self._buttons(), acts, strict=True):
            button.clicked.connect(lambda _=False, act=act: act())


def _button(text: str, key: Qt.Key | str) -> QPushButton:
    native = QKeySequence.SequenceFormat.NativeText
    said = key if isinstance(key, str) else QKeySequence(key).toString(native)
    button = QPushButton(f"{text}\n{said}")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the photo's
    button.setAccessibleName(f"{text}, {said}")
    return button
