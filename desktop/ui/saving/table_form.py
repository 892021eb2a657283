"""TableForm: how labels are saved as CSV or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QWidget

from desktop.core.errors import Cancelled
from desktop.core.library.labelled import labelled_files
from desktop.core.library.store import Store
from desktop.core.save.tables import Csv, Form, Json, Photo, photo_of, save_table

from ..adding.file_dialogs import choose_target
from ..live_settings import LiveSettings
from ..look.page_parts import column_of, sentence
from ..words.words import percent
from ..work import Stop
from .run_dialog import Act, Run, Step
from .scope import Scope

AT_ONCE = 100
"""Photos that are told of together: to tell of each would take longer than to write it."""


class TableForm(QWidget):
    """Saves the labels that the window shows."""

    refused = Signal(str)

    def __init__(
        self, store: Store, settings: LiveSettings, show_place: Callable[[Path], None]
    ) -> None:
        super().__init__()
        self._store, self._settings, self._show_place = store, settings, show_place
        self.title = self.tr("Save as CSV or JSON")
        self.act = self.tr("Save…")
        self.labels = QRadioButton(self.tr("CSV with one row per label"))
        self.photos = QRadioButton(self.tr("CSV with one row per photo"))
        self.json = QRadioButton(self.tr("JSON, for programs"))
        kinds = QButtonGroup(self)
        column = column_of(self)
        column.setContentsMargins(0, 0, 0, 0)
        for button in (self.labels, self.photos, self.json):
            kinds.addButton(button)
            column.addWidget(button)
        self.labels.setChecked(True)
        self.bom = QCheckBox(self.tr("For Excel: start the file with a UTF-8 mark"))
        self.bom.setChecked(True)
        self.semicolons = QCheckBox(self.tr("Columns separated by semicolons, decimal commas"))
        self.semicolons.setChecked(QLocale().decimalPoint() == ",")
        column.addSpacing(8)
        column.addWidget(self.bom)
        column.addWidget(self.semicolons)
        self._which = sentence()
        column.addSpacing(8)
        column.addWidget(self._which)
        column.addStretch()
        self.json.toggled.connect(self._show)
        settings.changed.connect(self._show)
        self._show()

    @property
    def widget(self) -> QWidget:
        return self

    @property
    def preview(self) -> None:
        return None

    def _show(self) -> None:
        for box in (self.bom, self.semicolons):
            box.setEnabled(not self.json.isChecked())
        least = percent(self._settings.now.min_confidence, digits=0)
        text = self.tr(
            "Labels that are at least {0} sure, and those that you confirmed or added, as the"
            " window shows them. Photos without labels get a row, too."
        )
        self._which.setText(text.format(least))

    def show_scope(self, scope: Scope) -> None:
        self.refused.emit("")

    def close_down(self) -> None:
        """Nothing goes on here."""

    def begin(self, scope: Scope, start: Callable[[Run], None]) -> None:
        ending = "json" if self.json.isChecked() else "csv"
        name = self.tr("Labels of photos") + f".{ending}"
        choose_target(self, self.title, name, lambda path: start(self._run(scope, path)))

    def _run(self, scope: Scope, path: Path) -> Run:
        least = self._settings.now.min_confidence
        form = self._form()

        def photos(stop: Stop) -> Iterator[Photo]:
            for photo in labelled_files(self._store, scope.file_ids, least):
                if stop.is_set():
                    raise Cancelled
                yield photo_of(photo)

        def steps(stop: Stop) -> Iterator[Step]:
            written = told = 0
            for written in save_table(photos(stop), path, form, replace=True):  # it has asked
                if written - told == AT_ONCE:
                    told = written
                    yield Step(count=AT_ONCE)
            yield Step(count=written - told)

        return Run(
            doing=self.tr("Saving {0}…").format(path.name),
            total=scope.count,
            steps=steps,
            said=lambda count: self._said(count, path.name),
            act=Act(self.tr("Show in file manager"), lambda: self._show_place(path)),
        )

    def _form(self) -> Form:
        if self.json.isChecked():
            return Json()
        return Csv(
            rows="photos" if self.photos.isChecked() else "labels",
            bom=self.bom.isChecked(),
            semicolons=self.semicolons.isChecked(),
        )

    def _said(self, count: int, name: str) -> str:
        return self.tr("Saved the labels of %Ln photos as {0}", "", count).format(name)
