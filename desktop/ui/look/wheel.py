"""Keeps the mouse wheel from changing on its way what it passes: a page scrolls, and no more."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar, QWidget


def guard_from_wheel(root: QWidget) -> None:
    """Let what is below `root` now take the wheel only while it has the keyboard.

    These are numbers, choices and sliders.
    """
    guard = _WheelGuard(root)
    for kind in (QAbstractSpinBox, QComboBox, QAbstractSlider):
        for widget in root.findChildren(kind):
            if not isinstance(widget, QScrollBar):
                widget.installEventFilter(guard)


class _WheelGuard(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_passing = isinstance(watched, QWidget) and not watched.hasFocus()
        if event.type() != QEvent.Type.Wheel or not is_passing:
            return False
        event.ignore()  # what lies around it scrolls
        return True
