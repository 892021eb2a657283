"""FoldersForm: sorts photos into folders by their labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from desktop.core.folders.sorting import Sorting

from ..adding.file_dialogs import choose_folder
from ..live_settings import LiveSettings
from ..look.page_parts import column_of, sentence
from ..words.label_names import shown_name
from ..words.words import percent
from .folder_tree import FolderTree
from .run_dialog import Run
from .scope import Scope


@dataclass(frozen=True, slots=True)
class Wish:
    """Photos to be copied, or moved, into folders below `into`."""

    scope: Scope
    into: Path
    sorting: Sorting
    moves: bool
    least: float


class FoldersForm(QWidget):
    """`make_run` makes what sorts them out of a wish."""

    refused = Signal(str)

    def __init__(
        self, settings: LiveSettings, tree: FolderTree, make_run: Callable[[Wish], Run]
    ) -> None:
        super().__init__()
        self._settings, self._make_run = settings, make_run
        self._count = 0
        self.title = self.tr("Sort into folders by label")
        self.act = self.tr("Sort photos")
        self.tree = tree
        self.into = QLineEdit(str(_pictures() / self.tr("By label")))
        self.into.textChanged.connect(self._tell_refused)
        choose = QPushButton(self.tr("Choose…"))
        choose.clicked.connect(
            lambda: choose_folder(self, lambda paths: self.into.setText(str(paths[0])))
        )
        self.copies = QRadioButton(self.tr("Copy the photos"))
        self.moves = QRadioButton(self.tr("Move the photos"))
        self.copies.setChecked(True)
        kinds = QButtonGroup(self)
        self.parents = QCheckBox(self.tr("Nested folders: Animal/Mammal/Dog"))
        self.not_sure = QCheckBox(self.tr("A folder “Not sure” for photos with none of the labels"))
        self.not_sure.setChecked(True)
        for box in (self.parents, self.not_sure):
            box.toggled.connect(self._sort)
        self.which = sentence()
        column = column_of(self)
        column.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.setSpacing(8)
        name = QLabel(self.tr("Into the folder"))
        name.setBuddy(self.into)
        for widget in (name, self.into, choose):
            line.addWidget(widget, int(widget is self.into))
        column.addLayout(line)
        for button in (self.copies, self.moves):
            kinds.addButton(button)
            column.addWidget(button)
        column.addWidget(self.parents)
        column.addWidget(self.not_sure)
        column.addWidget(
            sentence(
                self.tr(
                    "Sidecar files and the videos of Live Photos go along. No file is overwritten,"
                    " and all of it can be undone."
                )
            )
        )
        column.addWidget(self.which)
        tree.counted.connect(self._on_counted)

    @property
    def widget(self) -> QWidget:
        return self

    @property
    def preview(self) -> QWidget:
        return self.tree

    def show_scope(self, scope: Scope) -> None:
        least = self._settings.now.min_confidence
        text = self.tr("Each photo goes to its surest label of those chosen here, of at least {0}.")
        self.which.setText(text.format(percent(least, digits=0)))
        self._count = 0
        self._tell_refused()
        self._sort()
        self.tree.show_scope(scope, least)

    def _sort(self) -> None:
        not_sure = self.tr("Not sure") if self.not_sure.isChecked() else None
        self.tree.sort_by(
            Sorting(with_parents=self.parents.isChecked(), not_sure=not_sure, name_of=shown_name)
        )

    def _on_counted(self, count: int) -> None:
        self._count = count
        self._tell_refused()

    def _tell_refused(self) -> None:
        if not Path(self.into.text().strip()).is_absolute():
            self.refused.emit(self.tr("Choose a folder first"))
        elif not self._count:
            self.refused.emit(self.tr("No photo has one of these labels"))
        else:
            self.refused.emit("")

    def close_down(self) -> None:
        self.tree.close_down()

    def begin(self, scope: Scope, start: Callable[[Run], None]) -> None:
        into, least = Path(self.into.text().strip()), self._settings.now.min_confidence
        start(self._make_run(Wish(scope, into, self.tree.sorting, self.moves.isChecked(), least)))


def _pictures() -> Path:
    place = QStandardPaths.StandardLocation.PicturesLocation
    return Path(QStandardPaths.writableLocation(place))
