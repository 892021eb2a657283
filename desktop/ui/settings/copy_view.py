"""CopyView: one copy that left this computer, as the picture that its very bytes are."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.core.errors import AppError
from desktop.core.money.copies import Copies
from desktop.core.money.upload_log import UploadRow

from ..look.page_parts import sentence
from ..photos.preview import Preview
from ..words.core_texts import say
from ..work import Task, Work
from .sent_model import moment

BOX = QSize(208, 156)
"""Window pixels that the picture has."""


@dataclass(frozen=True, slots=True)
class _Picture:
    """`size` is that of the copy in pixels; `picture` is made for the box."""

    picture: QImage
    size: QSize
    is_exact: bool


class CopyView(QWidget):
    """Makes or fetches the copy away from the GUI thread; the newest wish replaces the others."""

    def __init__(self, copies: Copies, work: Work) -> None:
        super().__init__()
        self._copies = copies
        self._work = work
        self._row: UploadRow | None = None
        self._task: Task | None = None
        self.preview = Preview()
        self.preview.setFixedSize(BOX)
        self.preview.setAccessibleName(self.tr("The copy that was sent"))
        self.facts = sentence()
        self.proof = sentence()
        self.again = QPushButton(self.tr("Try again"))
        self.again.clicked.connect(self._load)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.facts)
        words.addWidget(self.proof)
        words.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)

    def show_row(self, row: UploadRow) -> None:
        """Show another copy; or the same one, of which something else is known now."""
        is_same = self._row is not None and (self._row.id, self._row.digest) == (row.id, row.digest)
        self._row = row
        self.facts.setText("\n".join(self._facts(row)))
        if not is_same:
            self._load()

    def _facts(self, row: UploadRow) -> list[str]:
        size = QLocale().formattedDataSize(
            row.size_bytes, 0, QLocale.DataSizeFormat.DataSizeSIFormat
        )
        said = [
            row.name,
            self.tr("{0}, sent on {1}").format(size, moment(row.sent_at)),
            self.tr("stored in {0} as {1}").format(row.place.bucket, row.place.key),
        ]
        if row.deleted_at is not None:
            said.append(self.tr("deleted by you on {0}").format(moment(row.deleted_at)))
        else:
            said.append(self.tr("deleted by Amazon on {0}").format(moment(row.expires_at)))
        if not row.arrived:
            said.append(self.tr("Amazon's answer was lost: the copy may not have arrived."))
        return said

    def _load(self) -> None:
        row = self._row
        if row is None:
            return
        if self._task is not None:
            self._task.drop()
        self.preview.show_picture(None)
        self.proof.setText(self.tr("Loading the exact copy…"))
        self.again.hide()
        ratio = self.devicePixelRatioF()
        self._task = self._work.run(
            lambda _: _picture(self._copies, row, ratio), self._show_picture, self._show_error
        )

    def _show_picture(self, made: _Picture) -> None:
        self.preview.show_picture(made.picture)
        if made.is_exact:
            said = self.tr(
                "This is exactly what was sent: {0} × {1} pixels, with no location, date or"
                " camera details."
            )
        else:
            said = self.tr(
                "The photo or Tagdrop has changed since. This is what would be sent today:"
                " {0} × {1} pixels."
            )
        number = QLocale().toString
        self.proof.setText(said.format(number(made.size.width()), number(made.size.height())))

    def _show_error(self, error: AppError) -> None:
        self.preview.show_picture(QImage())
        self.proof.setText(say(error.text))
        self.again.show()


def _picture(copies: Copies, row: UploadRow, pixel_ratio: float) -> _Picture:
    """In a thread: decode the copy, and make it as small as it is shown."""
    copy = copies.copy_of(row)
    picture = QImage.fromData(copy.data)
    size = picture.size()
    small = picture.scaled(
        BOX * pixel_ratio,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    small.setDevicePixelRatio(pixel_ratio)
    return _Picture(small, size, copy.is_exact)
