"""PhotosPage: what happens to the photos themselves, and which files are taken for some."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.core.photo.discover import PHOTO_SUFFIXES

from ..look.page_parts import column_of, sentence, title


class PhotosPage(QWidget):
    """What happens to the photos themselves: today nothing."""

    def __init__(self) -> None:
        super().__init__()
        column = column_of(self)
        column.addWidget(title(self.tr("Your photos")))
        column.addWidget(
            sentence(
                self.tr(
                    "Tagdrop only reads your photos: it never changes, moves or deletes one."
                    " Removing a photo from the library leaves its file where it is."
                )
            )
        )
        kinds = sorted({suffix[1:].upper() for suffix in PHOTO_SUFFIXES})
        column.addSpacing(8)
        column.addWidget(title(self.tr("File types that Tagdrop looks for in folders")))
        column.addWidget(sentence(", ".join(kinds)))
        column.addStretch(1)
