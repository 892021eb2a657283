"""SuggestionList: how what is typed may go on, below the search box, with counts."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLocale, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.core.overview.counts import Counts
from desktop.core.search.suggestions import MOST, Known, Suggestion, suggest

from ..look.click_through import ClickThrough
from ..words.label_names import other_names, shown_name

_COUNT = Qt.ItemDataRole.UserRole + 1
_GAP = 12
LEAST_PX = 260
"""How wide the list is at least."""


class SuggestionList(QObject):
    """Hangs on a line edit; what is chosen takes the place of its text."""

    def __init__(self, box: QLineEdit) -> None:
        super().__init__(box)
        self._box = box
        self._known = Known(fields=self._fields())
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(box)
        self._completer.setMaxVisibleItems(MOST)
        self._popup = QListView()
        self._popup.setObjectName("suggestions")  # look/controls.qss
        self._completer.setPopup(self._popup)
        self._popup.clicked.connect(self._take)
        self._popup.setItemDelegate(_Row(self._popup))
        self._popup.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._popup.setAccessibleName(self.tr("Suggestions"))
        self._popup.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        ClickThrough(self._popup)
        box.textEdited.connect(self._suggest)

    @property
    def is_open(self) -> bool:
        """Whether the list is to be seen."""
        return self._popup.isVisible()

    @property
    def names(self) -> list[str]:
        """What is suggested."""
        return [self._model.item(row).text() for row in range(self._model.rowCount())]

    def close(self) -> None:
        """Suggest nothing more until something is typed."""
        self._popup.hide()

    def show_counts(self, counts: Counts) -> None:
        """Suggest these labels and folders from now on."""
        self._known = Known(counts.labels, counts.folders, self._fields())

    def _fields(self) -> tuple[str, ...]:
        return (
            self.tr("label:"),
            self.tr("name:"),
            self.tr("folder:"),
            self.tr("before:"),
            self.tr("after:"),
            self.tr("is:mine"),
            self.tr("is:favourite"),
            self.tr("is:review"),
            self.tr("is:failed"),
            self.tr("is:labelled"),
        )

    def _suggest(self, text: str) -> None:
        if self._box.cursorPosition() < len(text):
            found: list[Suggestion] = []  # only what stands at the end can go on
        else:
            found = suggest(text, self._known, _names)
        self._model.clear()
        for each in found:
            self._model.appendRow(self._item(each))
        if found:
            self._completer.complete(self._place())
        else:
            self.close()

    def _place(self) -> QRect:
        """The box, or what is wide enough for a name where that is narrow."""
        place = self._box.rect()
        place.setWidth(max(place.width(), LEAST_PX))
        if self._box.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveRight(self._box.rect().right())
        return place

    def _item(self, suggestion: Suggestion) -> QStandardItem:
        item = QStandardItem(suggestion.name)
        item.setData(suggestion.text, Qt.ItemDataRole.UserRole)
        spoken = suggestion.name
        if suggestion.count is not None:
            item.setData(QLocale().toString(suggestion.count), _COUNT)
            spoken += ", " + self.tr("%n photos", "", suggestion.count)
        item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        return item

    def take_chosen(self) -> bool:
        """Take what is chosen in the open list; whether anything was."""
        index = self._popup.currentIndex()
        is_chosen = self.is_open and index.isValid()
        if is_chosen:
            self._take(index)
            self.close()
        return is_chosen

    def _take(self, index: QModelIndex) -> None:
        text = index.data(Qt.ItemDataRole.UserRole)
        self._box.setText(text if text.endswith(":") else f"{text} ")


class _Row(QStyledItemDelegate):
    """A name, and at the other end how many photos."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self.initStyleOption(option, index)
        count = index.data(_COUNT) or ""
        width = option.fontMetrics.horizontalAdvance(count)
        text, option.text = option.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        inside = option.rect.adjusted(_GAP, 0, -_GAP, 0)
        name = QRect(inside)
        name.setWidth(inside.width() - width - _GAP)
        if option.direction == Qt.LayoutDirection.RightToLeft:
            name.moveRight(inside.right())
        elided = option.fontMetrics.elidedText(text, option.textElideMode, name.width())
        roles = QPalette.ColorRole
        painter.save()
        painter.setFont(option.font)
        for place, words, side, role in (
            (name, elided, Qt.AlignmentFlag.AlignLeading, roles.Text),
            (inside, count, Qt.AlignmentFlag.AlignTrailing, roles.PlaceholderText),
        ):
            flags = QStyle.visualAlignment(option.direction, side | Qt.AlignmentFlag.AlignVCenter)
            style.drawItemText(painter, place, int(flags), option.palette, True, words, role)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width() + 2 * _GAP, max(size.height(), 28))


def _names(label: str) -> Iterable[str]:
    return (shown_name(label), label, *other_names(label))
