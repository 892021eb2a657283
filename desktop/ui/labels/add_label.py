"""AddLabel: the line in which a person types a label, completed from the ones in use."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from ..look.click_through import ClickThrough
from ..words.label_names import shown_name, stored_name

LONGEST = 100
"""Characters of a label: more than any program writes into a photo's keywords."""


class AddLabel(QLineEdit):
    """Return adds what is typed, Escape gives up."""

    typed = Signal(str)
    """A label to add, by its stored name."""
    left = Signal()
    """The line was left by Escape."""
    names_wanted = Signal()
    """The line was entered: now the labels in use are needed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: dict[str, str] = {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        self._popup = QListView()
        completer.setPopup(self._popup)
        ClickThrough(self._popup)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        self.setCompleter(completer)
        self.setMaxLength(LONGEST)
        self.setPlaceholderText(self.tr("Add a label…"))
        self.setAccessibleName(self.tr("Add a label"))
        # Return and a choice in the list may come together: whatever came, it is added once.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._add)
        self.returnPressed.connect(self._soon.start)
        completer.activated.connect(lambda _: self._soon.start())

    def set_labels(self, labels: Iterable[str]) -> None:
        """Complete from these labels (stored names)."""
        known = list(labels)
        self._labels = {label.casefold(): label for label in known}
        self._labels |= {shown_name(label).casefold(): label for label in known}
        self._names.setStringList(sorted(map(shown_name, known), key=str.casefold))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ask for the labels as they are now."""
        super().focusInEvent(event)
        self.names_wanted.emit()

    def event(self, event: QEvent) -> bool:
        """Where nothing is typed, the keys that go from photo to photo are left to them; where
        something is, Escape is this line's.
        """
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not self.text():
                event.ignore()
                return True
            if event.key() == Qt.Key.Key_Escape and self.text():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the line and leaves it."""
        if self._soon.isActive():  # who types fast, or waits for a busy window, is not mixed up
            self._soon.stop()
            self._add()
        if event.key() == Qt.Key.Key_Escape and not self._popup.isVisible():
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _add(self) -> None:
        name = " ".join(self.text().split())
        # One way of writing each label: "dog" is the Dog that is there already.
        label = self._labels.get(name.casefold(), stored_name(name))
        self._popup.hide()
        if label:
            self.clear()
            self.typed.emit(label)
