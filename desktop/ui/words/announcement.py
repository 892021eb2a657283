"""Announcement: lets a screen reader say what has just appeared, wherever the keyboard is."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, *, is_urgent: bool = False) -> None:
    """Say what `widget` shows now; what is urgent interrupts what is being said.

    No QAccessible.Event.Alert: Linux passes none on, and Windows only plays a sound for it.
    """
    event = QAccessibleAnnouncementEvent(widget, text)
    if is_urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
