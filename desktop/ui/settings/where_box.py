"""WhereBox: whether keywords go into sidecars or into the photos, and how sidecars are called."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.settings import Settings

from ..look.page_parts import hint, set_in


class WhereBox(QWidget):
    """Shows settings and tells what a person chose; whoever owns it keeps that."""

    changed = Signal(dict)
    """Fields of Settings with their new values."""

    def __init__(self) -> None:
        super().__init__()
        self.sidecars = QRadioButton(self.tr("Into sidecar files beside the photos"))
        self.files = QRadioButton(self.tr("Into the photos themselves"))
        group = QButtonGroup(self)
        self.namings = QComboBox()
        self.namings.setAccessibleName(self.tr("Names of new sidecar files"))
        self.namings.addItem(self.tr("IMG_0412.JPG.xmp, for darktable and digiKam"), "name")
        self.namings.addItem(self.tr("IMG_0412.xmp, for Lightroom"), "stem")
        self._text = hint()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for button in (self.sidecars, self.files):
            group.addButton(button)
            column.addWidget(button)
        column.addLayout(set_in(self._text))
        names = set_in(self.namings)
        names.setAlignment(self.namings, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(names)
        self.sidecars.clicked.connect(lambda: self.changed.emit({"keywords_in_files": False}))
        self.files.clicked.connect(lambda: self.changed.emit({"keywords_in_files": True}))
        self.namings.activated.connect(
            lambda place: self.changed.emit({"sidecar_naming": self.namings.itemData(place)})
        )

    def show_settings(self, now: Settings) -> None:
        """Show what is chosen, and what follows from that."""
        (self.files if now.keywords_in_files else self.sidecars).setChecked(True)
        self.namings.setCurrentIndex(self.namings.findData(now.sidecar_naming))
        text = (
            self.tr(
                "Only JPEG, PNG, TIFF and WebP photos can hold them. The others get a sidecar file,"
                " called"
            )
            if now.keywords_in_files
            else self.tr("The photos are not changed. A new sidecar file is called")
        )
        self._text.setText(text)
        self.namings.setAccessibleDescription(text)
