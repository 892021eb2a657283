"""BackfillRow: labels what lies in the storage without labels, once the price was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject
from PySide6.QtWidgets import QPushButton

from desktop.core.errors import AppError

from ..look.page_parts import sentence
from ..words.core_texts import say
from ..work import Task
from . import calls
from .account import AmazonAccount

if TYPE_CHECKING:
    from deploy.backfill import Backlog


class BackfillRow(QObject):
    """A button and what is said beside it: first it counts, then it asks, then it labels."""

    def __init__(self, account: AmazonAccount, parent: QObject) -> None:
        super().__init__(parent)
        self._account = account
        self._task: Task | None = None
        self._names: tuple[str, ...] = ()
        self.button = QPushButton()
        self.text = sentence()
        self.button.clicked.connect(self._on_clicked)
        self._rest(self.tr("Labels photos that another program put into the storage."))

    def _on_clicked(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.button.setEnabled(False)
        elif self._names:
            self._label()
        else:
            self._count()

    def _rest(self, text: str) -> None:
        """Nothing is going on; `text` says what came of it."""
        self._task, self._names = None, ()
        self.button.setText(self.tr("Label the storage…"))
        self.button.setEnabled(True)
        self.text.setText(text)

    def _begin(self, task: Task, text: str) -> None:
        self._task = task
        self.button.setText(self.tr("Stop"))
        self.text.setText(text)

    def _count(self) -> None:
        connection = self._account.connection
        if connection is None:
            return
        task = self._account.work.run(
            lambda stop: calls.find_backlog(connection, stop),
            self._on_counted,
            self._on_failed,
            self._on_stopped,
        )
        self._begin(task, self.tr("Looking for photos without labels…"))

    def _on_counted(self, backlog: Backlog) -> None:
        now, count = self._account.settings.now, len(backlog.names)
        texts = [self.tr("%Ln photos have no labels.", "", count)]
        if count:
            dollars = count * now.dollars_per_1000 * now.analyses / 1000
            price = QLocale().toString(max(dollars, 0.01), "f", 2)
            texts.append(self.tr("Labelling them costs about ${0} before tax.").format(price))
        if recent := backlog.on_the_way:
            texts.append(
                self.tr("%Ln were put in the last hour and may be on their way.", "", recent)
            )
        self._rest(" ".join(texts))
        if count:
            self._names = backlog.names
            self.button.setText(self.tr("Label them"))

    def _label(self) -> None:
        connection, names, reserve = self._account.connection, self._names, self._account.reserve
        if connection is None:
            return
        self._names, done = (), [0]

        def show(count: int) -> None:
            done[0] = count
            self.text.setText(self._so_far(count, len(names)))

        task = self._account.work.follow(
            lambda stop: calls.backfill(connection, names, reserve, stop),
            show,
            lambda: self._rest(self.tr("%Ln photos have been labelled.", "", done[0])),
            self._on_failed,
            self._on_stopped,
        )
        self._begin(task, self._so_far(0, len(names)))

    def _so_far(self, count: int, total: int) -> str:
        number = QLocale().toString
        return self.tr("{0} of {1} labelled").format(number(count), number(total))

    def _on_failed(self, error: AppError) -> None:
        self._rest(say(error.text))

    def _on_stopped(self) -> None:
        self._rest(self.tr("Stopped. What was begun is still labelled."))
