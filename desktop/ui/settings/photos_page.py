"""PhotosPage: what is written into photos or beside them, and which files are taken for some."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.core.photo.discover import PHOTO_SUFFIXES

from ..live_settings import LiveSettings
from ..look.page_parts import column_of, hint, sentence, set_in, title
from .where_box import WhereBox


class PhotosPage(QWidget):
    """Where keywords go when they are written, and whether that happens by itself."""

    def __init__(self, settings: LiveSettings) -> None:
        super().__init__()
        self._settings = settings
        column = column_of(self)
        column.addWidget(title(self.tr("Your photos")))
        column.addWidget(
            sentence(
                self.tr(
                    "Labelling only reads your photos. Tagdrop writes to them, or moves them, when"
                    " you ask for it in the menu Save labels, and you can undo that. Removing a"
                    " photo from the library leaves its file where it is."
                )
            )
        )
        column.addSpacing(8)
        column.addWidget(title(self.tr("Keywords")))
        self.where = WhereBox()
        self.where.changed.connect(lambda values: settings.change(**values))
        column.addWidget(self.where)
        self.keeps = QCheckBox(self.tr("Keep photos up to date"))
        self.keeps.clicked.connect(lambda on: settings.change(keeps_keywords=on))
        text = self.tr(
            "Keywords are written by themselves after each job and each correction, with what was"
            " chosen last in “Write keywords into photos”."
        )
        self.keeps.setAccessibleDescription(text)
        column.addSpacing(8)
        column.addWidget(self.keeps)
        column.addLayout(set_in(hint(text)))
        kinds = sorted({suffix[1:].upper() for suffix in PHOTO_SUFFIXES})
        column.addSpacing(8)
        column.addWidget(title(self.tr("File types that Tagdrop looks for in folders")))
        column.addWidget(sentence(", ".join(kinds)))
        text = self.tr(
            "Files with other names count if they contain a photo. Previews of other programs are"
            " left out, and so are photos that are only online until you download them."
        )
        column.addWidget(sentence(text))
        column.addStretch(1)
        settings.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.where.show_settings(self._settings.now)
        self.keeps.setChecked(self._settings.now.keeps_keywords)
