"""ShortcutsDialog: what the keys do, read from the window's own actions where that is possible."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..look.theme import STEP
from .close_box import CloseBox


@dataclass(frozen=True, slots=True)
class Place:
    """Where keys count: (what is done, its keys as people write them) each, as they are shown."""

    name: str
    lines: tuple[tuple[str, str], ...]


def shortcuts_of(window: QWidget) -> list[Place]:
    """The keys of every action of the window, and what views do by themselves."""
    translate = QCoreApplication.translate
    key, context = Qt.Key, Qt.ShortcutContext
    everywhere = _lines_of(window, context.WindowShortcut, context.ApplicationShortcut)
    photos = _lines_of(window, context.WidgetWithChildrenShortcut)  # PhotoActions
    labels = _lines_of(window, context.WidgetShortcut)  # Editing, on the list of labels
    click = translate("Shortcuts", "click")
    ctrl_click, shift_click = _clicked(Qt.Modifier.CTRL), _clicked(Qt.Modifier.SHIFT)
    alt_click = _clicked(Qt.Modifier.ALT)
    return [
        Place(translate("Shortcuts", "Everywhere"), tuple(sorted(everywhere))),
        Place(
            translate("Shortcuts", "Photos"),
            (
                (
                    translate("Shortcuts", "View a photo"),
                    _keys(key.Key_Space, key.Key_Return),
                ),
                (translate("Shortcuts", "Select all"), _keys(QKeySequence.StandardKey.SelectAll)),
                (translate("Shortcuts", "Select several"), f"{ctrl_click}, {shift_click}"),
                *sorted(photos),
            ),
        ),
        Place(
            translate("Shortcuts", "Viewing a photo"),
            (
                (
                    translate("Shortcuts", "Next photo, previous photo"),
                    _keys(key.Key_Right, key.Key_Left),
                ),
                (
                    translate("Shortcuts", "Zoom in, zoom out, fit to window, 100 %"),
                    _keys("+", "-", "0", "1"),
                ),
                (
                    translate("Shortcuts", "Boxes, labels and information, full screen"),
                    _keys("B", "I", "F11"),
                ),
                (
                    translate("Shortcuts", "Back to all photos"),
                    _keys(key.Key_Escape, key.Key_Space),
                ),
            ),
        ),
        Place(
            translate("Shortcuts", "Reviewing photos"),
            (
                (
                    translate("Shortcuts", "Confirm the label, all labels"),
                    _keys(key.Key_Return, key.Key_Space),
                ),
                (translate("Shortcuts", "Remove the label"), _keys(key.Key_Delete)),
                (translate("Shortcuts", "Add a label"), _keys(key.Key_A)),
            ),
        ),
        Place(translate("Shortcuts", "Labels of a photo"), tuple(sorted(labels))),
        Place(
            translate("Shortcuts", "Places, labels and folders"),
            (
                (translate("Shortcuts", "Show only this"), f"{click}, {_keys(key.Key_Return)}"),
                (
                    translate("Shortcuts", "Combine with the current selection"),
                    f"{ctrl_click}, {_keys('Ctrl+Return')}",
                ),
                (translate("Shortcuts", "Leave this label out"), f"{alt_click}, {_keys('-')}"),
            ),
        ),
    ]


def _lines_of(window: QWidget, *contexts: Qt.ShortcutContext) -> list[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for action in window.findChildren(QAction):
        keys = [_keys(key) for key in action.shortcuts() if not key.isEmpty()]
        name = action.iconText().replace("&", "").rstrip("…")
        if name and keys and action.isVisible() and action.shortcutContext() in contexts:
            known = found.setdefault(name, [])
            known += [key for key in keys if key not in known]
    return [(name, ", ".join(keys)) for name, keys in found.items()]


def _keys(*keys: QKeySequence | QKeySequence.StandardKey | Qt.Key | str) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(key).toString(native) for key in keys)


def _clicked(modifier: Qt.Modifier) -> str:
    with_a_key = _keys(QKeySequence(modifier | Qt.Key.Key_A))  # Qt names no modifier alone
    return with_a_key.removesuffix("A") + QCoreApplication.translate("Shortcuts", "click")


class ShortcutsDialog(QDialog):
    """A list to look something up in, beside the window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Keyboard shortcuts"))
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        for place in shortcuts_of(window):
            self._add(place)
        self.list.expandAll()
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        everywhere = self.list.model().index(0, 0)
        self.list.setCurrentIndex(self.list.model().index(0, 0, everywhere))
        buttons = CloseBox(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.list)
        column.addWidget(buttons)
        name_px, keys_px = (self.list.sizeHintForColumn(number) for number in (0, 1))
        around_px = 2 * 16 + self.list.verticalScrollBar().sizeHint().width() + 2 * STEP
        self.resize(max(480, name_px + keys_px + around_px), 560)

    def _add(self, place: Place) -> None:
        heading = QTreeWidgetItem([place.name])
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = heading.font(0)
        font.setBold(True)
        heading.setFont(0, font)
        self.list.addTopLevelItem(heading)
        heading.addChildren([QTreeWidgetItem(list(line)) for line in place.lines])
