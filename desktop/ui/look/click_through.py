"""ClickThrough: a click beside a list of suggestions is a click on what is there, too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


class ClickThrough(QObject):
    """Of a completer's popup, which else swallows the click that closes it."""

    def __init__(self, popup: QWidget) -> None:
        super().__init__(popup)
        self._popup = popup
        popup.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent) or event.type() != QEvent.Type.MouseButtonPress:
            return False
        if self._popup.rect().contains(event.position().toPoint()):
            return False
        self._popup.hide()
        at = event.globalPosition()
        if (widget := QApplication.widgetAt(at.toPoint())) is not None:
            _focus_by_click(widget)
            spot = widget.mapFromGlobal(at)
            for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
                button, keys = event.button(), event.modifiers()
                QApplication.sendEvent(widget, QMouseEvent(kind, spot, at, button, button, keys))
        return True


def _focus_by_click(widget: QWidget | None) -> None:
    """As Qt does with a click of its own."""
    while widget is not None and not widget.focusPolicy() & Qt.FocusPolicy.ClickFocus:
        widget = widget.parentWidget()
    if widget is not None:
        widget.setFocus(Qt.FocusReason.MouseFocusReason)
