"""SentBox: every copy that left this computer, found by name, looked at, and deleted at Amazon."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QLocale, QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import AppError
from desktop.core.money.copies import Copies, Deleted
from desktop.core.money.upload_log import UploadRow, UploadTotal

from ..look.page_parts import sentence
from ..words.core_texts import say
from ..work import Task, Work
from .copy_view import CopyView
from .sent_model import SentModel

SEARCH_AFTER_MS = 200
ROWS = 6
"""Rows that are seen at once."""


class SentBox(QWidget):
    """Reads the library and asks Amazon in threads; what is shown is read anew when it is shown."""

    def __init__(self, copies: Copies, work: Work) -> None:
        super().__init__()
        self._copies = copies
        self._work = work
        self._reading: Task | None = None
        self._deleting: Task | None = None
        self._deleted = Deleted()
        self._again = self.read
        self._said = ""
        self._total_said = self.tr("Loading what was sent…")
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(self.tr("Search names"))
        self.search.setAccessibleName(self.tr("Search names of sent photos"))
        self.model = SentModel()
        self.table = self._make_table()
        self.view = CopyView(copies, work)
        self.delete = QPushButton(self.tr("Delete now"))
        self.delete.setToolTip(self.tr("Delete the copies of the selected photos at Amazon."))
        self.delete_all = QPushButton(self.tr("Delete all copies now"))
        self.news = sentence()  # what is going on, else how much was sent: nothing below it moves
        self.stop = QPushButton(self.tr("Cancel"))
        self.retry = QPushButton(self.tr("Try again"))
        self._lay_out()
        self._connect()

    def _make_table(self) -> QTableView:
        table = QTableView()
        rows_px = table.fontMetrics().height() + 8
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Photos that were sent"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setFixedHeight(rows_px * ROWS + table.horizontalHeader().sizeHint().height() + 4)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(rows_px)
        header = table.horizontalHeader()
        header.setSectionsClickable(False)
        # The header asks each cell whether it is selected: with 100,000 rows, for two seconds.
        header.setSelectionModel(QItemSelectionModel(self.model, header))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, self.model.columnCount()):
            width = table.fontMetrics().horizontalAdvance(self.model.widest(column))
            table.setColumnWidth(column, max(width + 24, header.sectionSizeHint(column)))
        return table

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.search, 1)
        buttons.addWidget(self.delete)
        buttons.addWidget(self.delete_all)
        self.news.setMinimumHeight(self.stop.sizeHint().height())
        news = QHBoxLayout()
        news.setSpacing(8)
        news.addWidget(self.news, 1)
        news.addWidget(self.stop)
        news.addWidget(self.retry)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(news)
        column.addLayout(buttons)
        column.addWidget(self.table)
        column.addWidget(self.view)
        for widget in (self.search, self.table, self.view, self.delete, self.delete_all):
            widget.hide()
        self._say("")

    def _connect(self) -> None:
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(SEARCH_AFTER_MS)
        self._search_timer.timeout.connect(self._on_search)
        self.search.textChanged.connect(lambda _: self._search_timer.start())
        self.model.page_asked.connect(self._read_page)
        self.model.dataChanged.connect(lambda *_: self._show_current())
        selection = self.table.selectionModel()
        selection.currentRowChanged.connect(lambda *_: self._show_current())
        selection.selectionChanged.connect(lambda *_: self._show_buttons())
        self.delete.clicked.connect(self.delete_chosen)
        self.delete_all.clicked.connect(lambda: self._delete(None))
        self.stop.clicked.connect(self._on_stop)
        self.retry.clicked.connect(self._on_retry)
        key = QShortcut(QKeySequence.StandardKey.Delete, self.table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.delete_chosen)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was sent as it is now."""
        super().showEvent(event)
        if self._deleting is None:
            self._say("")
        self.read()

    # What was sent

    def read(self) -> None:
        """Read all that was sent anew, as far as its name is searched for."""
        if self._reading is not None:
            self._reading.drop()
        sent, word = self._copies.upload_log, self.search.text().strip()
        self._reading = self._work.run(
            lambda _: (sent.total(time.time()), sent.ids(word)), self._show, self._on_read_failed
        )

    def _on_search(self) -> None:
        if self._deleting is None:
            self._say("")
        self.read()

    def _read_page(self, page: int, ids: Sequence[int]) -> None:
        self._work.run(
            lambda _: self._copies.upload_log.rows(ids),
            lambda rows: self.model.take(page, rows),
            self._on_read_failed,
        )

    def _on_read_failed(self, error: AppError) -> None:
        self._again = self.read
        self._say(say(error.text), retry=True)

    def _show(self, read: tuple[UploadTotal, list[int]]) -> None:
        total, ids = read
        self._total_said = self._total_text(total)
        current = self._current_id()
        if list(self.model.ids) == ids:
            self.model.refresh()
        else:
            self.model.show_ids(ids)
            self._choose(ids.index(current) if current in ids else 0)
        self.search.setVisible(total.copies > 0)
        self.delete_all.setVisible(total.copies > 0)
        self.table.setVisible(bool(ids))
        self.view.setVisible(bool(ids))
        self.delete.setVisible(bool(ids))
        if total.copies and not ids:
            self._total_said = self.tr("No photo with that name was sent.")
        if not self._said:
            self._say("")
        self._show_buttons()

    def _total_text(self, total: UploadTotal) -> str:
        if not total.copies:
            return self.tr("No photo has left this computer.")
        said = self.tr("%Ln copies have been sent.", "", total.copies)
        size = QLocale().formattedDataSize(
            total.away_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat
        )
        away = self.tr("None of them is still with Amazon.")
        if total.away:
            away = self.tr("%Ln of them may still be with Amazon ({0}).", "", total.away)
        return f"{said} {away.format(size)}"

    def _choose(self, place: int) -> None:
        if place < self.model.rowCount():
            flag = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(
                self.model.index(place, 0), flag.ClearAndSelect | flag.Rows
            )

    def _current_id(self) -> int | None:
        index = self.table.currentIndex()
        return self.model.ids[index.row()] if index.isValid() else None

    def _show_current(self) -> None:
        index: QModelIndex = self.table.currentIndex()
        row: UploadRow | None = self.model.row(index.row()) if index.isValid() else None
        if row is not None and self.isVisible():
            self.view.show_row(row)

    # Deleting

    def delete_chosen(self) -> None:
        """Delete the copies of the chosen photos at Amazon, and what was answered for them."""
        ids = self.model.ids
        ranges = self.table.selectionModel().selection()
        chosen = [
            ids[place]
            for part in (ranges.at(number) for number in range(ranges.count()))
            for place in range(part.top(), part.bottom() + 1)
        ]
        if chosen:
            self._delete(chosen)

    def _delete(self, ids: Sequence[int] | None) -> None:
        if self._deleting is not None:
            return
        self._deleted = Deleted()
        self._again = lambda: self._delete(ids)
        self._deleting = self._work.follow(
            lambda stop: self._copies.delete_now(ids, cancel=stop),
            self._on_deleted,
            self._on_end,
            self._on_delete_failed,
            self._on_end,
        )
        self._say(self.tr("Deleting…"), stop=True)
        self._show_buttons()

    def _on_deleted(self, deleted: Deleted) -> None:
        self._deleted = deleted
        if self.stop.isEnabled():
            said = self.tr("%Ln copies deleted so far…", "", deleted.gone)
            self._say(said, stop=True)

    def _on_stop(self) -> None:
        if self._deleting is not None:
            self._deleting.cancel()
            self.stop.setEnabled(False)
            self.news.setText(self.tr("Stopping…"))

    def _on_retry(self) -> None:
        self._say("")
        self._again()

    def _on_end(self) -> None:
        self._deleting = None
        self._say(self._deleted_text(self._deleted))
        self.read()

    def _on_delete_failed(self, error: AppError) -> None:
        self._deleting = None
        self._say(say(error.text), retry=True)
        self.read()

    def _deleted_text(self, deleted: Deleted) -> str:
        said = []
        if deleted.gone:
            said.append(
                self.tr("%Ln copies deleted; the labels stay on this computer.", "", deleted.gone)
            )
        if deleted.at_work:
            said.append(
                self.tr(
                    "%Ln stay for now: a job is still working on these photos.", "", deleted.at_work
                )
            )
        if deleted.elsewhere:
            said.append(
                self.tr(
                    "%Ln are out of reach: they belong to another set-up.",
                    "",
                    deleted.elsewhere,
                )
            )
        return " ".join(said)

    def _say(self, text: str, *, stop: bool = False, retry: bool = False) -> None:
        self._said = text
        self.news.setText(text or self._total_said)
        self.stop.setVisible(stop)
        self.stop.setEnabled(True)
        self.retry.setVisible(retry)

    def _show_buttons(self) -> None:
        is_free = self._deleting is None
        self.delete.setEnabled(is_free and self.table.selectionModel().hasSelection())
        self.delete_all.setEnabled(is_free)
