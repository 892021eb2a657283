"""SentModel: the copies that left this computer, as a table that reads only what is looked at."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from desktop.core.money.upload_log import UploadRow

PAGE = 100
"""Rows that are read at once: a few screens."""
KEPT_PAGES = 20

Index = QModelIndex | QPersistentModelIndex


class SentModel(QAbstractTableModel):
    """`show_ids` says which rows there are; `page_asked` asks for what is to be seen of them."""

    page_asked = Signal(int, object)
    """The number of a page and the ids of its rows, for `take`; one at a time, the newest wish
    first."""

    def __init__(self) -> None:
        super().__init__()
        self._ids: Sequence[int] = ()
        self._pages: dict[int, dict[int, UploadRow]] = {}
        self._wanted: list[int] = []
        self._asked: tuple[int, Sequence[int]] | None = None
        self._ask_timer = QTimer(self)
        self._ask_timer.setSingleShot(True)
        self._ask_timer.timeout.connect(self._ask)
        self._titles = (self.tr("Photo"), self.tr("Sent"), self.tr("Copy with Amazon"))

    @property
    def ids(self) -> Sequence[int]:
        """All rows, in their order."""
        return self._ids

    def show_ids(self, ids: Sequence[int]) -> None:
        """These are the rows now."""
        self.beginResetModel()
        self._ids = ids
        self._forget()
        self.endResetModel()

    def refresh(self) -> None:
        """Read anew what is to be seen; the rows stay."""
        self._forget()
        if self._ids:
            self._tell_changed(0, len(self._ids) - 1)

    def take(self, page: int, rows: Sequence[UploadRow]) -> None:
        """The rows that were asked for have come."""
        if self._asked is None or self._asked[0] != page:
            return  # asked for before the rows were others
        self._asked = None
        while len(self._pages) >= KEPT_PAGES:
            del self._pages[next(iter(self._pages))]
        self._pages[page] = {row.id: row for row in rows}
        self._tell_changed(page * PAGE, min((page + 1) * PAGE, len(self._ids)) - 1)
        if self._wanted:
            self._ask_timer.start()

    def row(self, place: int) -> UploadRow | None:
        """The row at a place; None until it was read, which this asks for."""
        page = place // PAGE
        if page in self._pages:
            return self._pages[page].get(self._ids[place])
        if page not in self._wanted and (self._asked is None or self._asked[0] != page):
            self._wanted.append(page)
            self._ask_timer.start()
        return None

    # Qt's own questions

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says; the whole name and place where the mouse rests."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self.row(index.row())
        if row is None:
            return ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(row.paths[0]) if row.paths else row.image_name
        return (row.name, moment(row.sent_at), self.state_text(row))[index.column()]

    def state_text(self, row: UploadRow) -> str:
        """Whether a copy is there still."""
        if row.deleted_at is not None:
            return self.tr("deleted by you")
        if row.expires_at <= time.time():
            return self.tr("deleted by Amazon")
        return self.tr("until {0}").format(day(row.expires_at))

    def widest(self, column: int) -> str:
        """A text as wide as any in this column is, as a rule."""
        now = time.time()
        states = (self.tr("deleted by you"), self.tr("deleted by Amazon"))
        return (self._titles[0], moment(now), max(states, key=len))[column]

    def _forget(self) -> None:
        self._pages.clear()
        self._wanted.clear()
        self._asked = None

    def _ask(self) -> None:
        if self._wanted and self._asked is None:
            page = self._wanted.pop()
            del self._wanted[:-2]  # what was scrolled past is asked for when it is seen again
            ids = self._ids[page * PAGE : (page + 1) * PAGE]
            self._asked = page, ids
            self.page_asked.emit(page, ids)

    def _tell_changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))


def day(unix_time: float) -> str:
    """A day as the language writes it, in the computer's own zone."""
    when = QDateTime.fromSecsSinceEpoch(int(unix_time))
    return QLocale().toString(when.date(), QLocale.FormatType.ShortFormat)


def moment(unix_time: float) -> str:
    """Day and time as the language writes them, in the computer's own zone."""
    when = QDateTime.fromSecsSinceEpoch(int(unix_time))
    return QLocale().toString(when, QLocale.FormatType.ShortFormat)
