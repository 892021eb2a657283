"""ByHand: photos leave by hand: dragged out of the grid, or opened in other programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QMimeData, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QDesktopServices, QDrag, QImage, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QFileDialog

from ..notices.messages import MessageLine
from ..notices.note_line import NoteLine
from ..photos.gallery import Gallery
from ..work import Work
from .other_programs import PROGRAMS, choose_program, open_with, url_of

MOST_OPENED = 15
"""So many windows of another program are still what somebody wants; Windows has the same limit."""
MOST_DRAGGED = 10_000
"""To write the addresses of more would stop the window for longer than 0.1 s."""
PICTURE_PX = 128


class ByHand(QObject):
    """Tells in `note` and `messages` why something cannot leave."""

    def __init__(
        self, gallery: Gallery, work: Work, note: NoteLine, messages: MessageLine, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._gallery, self._work = gallery, work
        self._note, self._messages = note, messages
        gallery.grid.drag_asked.connect(self._drag)
        gallery.actions_.outside.triggered.connect(self._open)
        gallery.actions_.outside_with.triggered.connect(self._open_with)

    # Dragging

    def _drag(self) -> None:
        """Always as copies: a file manager that was offered more would move the photos away."""
        count = self._gallery.selection.count
        if count > MOST_DRAGGED:
            most = self.tr("At most %Ln photos can be dragged at once.", "", MOST_DRAGGED)
            self._note.show_note(most)
            return
        if not (paths := self._gallery.selected_paths()):
            return
        data = QMimeData()
        data.setUrls([url_of(path) for path in paths])
        drag = QDrag(self._gallery.grid)
        drag.setMimeData(data)
        pixmap = self._pixmap(count)
        drag.setPixmap(pixmap)
        drag.setHotSpot(QPoint(12, 12))
        drag.exec(Qt.DropAction.CopyAction)

    def _pixmap(self, count: int) -> QPixmap:
        """What follows the mouse: the current photo, and how many there are."""
        picture = self._gallery.current_picture()
        side = QSize(PICTURE_PX, PICTURE_PX)
        if picture is None or picture.isNull():
            picture = QImage(side / 2, QImage.Format.Format_RGB32)
            picture.fill(self._gallery.palette().color(QPalette.ColorRole.Mid))
        ratio = self._gallery.devicePixelRatioF()
        mode = Qt.TransformationMode.SmoothTransformation
        keep = Qt.AspectRatioMode.KeepAspectRatio
        pixmap = QPixmap.fromImage(picture.scaled(side * ratio, keep, mode))
        pixmap.setDevicePixelRatio(ratio)
        if count > 1:
            _paint_count(pixmap, QLocale().toString(count), self._gallery.palette())
        return pixmap

    # Other programs

    def _open(self) -> None:
        self._with_selected(self._show_outside)

    def _show_outside(self, paths: Sequence[Path]) -> None:
        for path in paths:
            if not QDesktopServices.openUrl(url_of(path)):
                self._messages.show_message(
                    self.tr("No program opens “{0}”").format(path.name),
                    self.tr("Choose one in your system's settings, or with “Open with…”."),
                )
                return

    def _open_with(self) -> None:
        self._with_selected(self._choose_program)

    def _choose_program(self, paths: Sequence[Path]) -> None:
        if sys.platform == "darwin":
            dialog = QFileDialog(self._gallery, self.tr("Choose a program"), PROGRAMS)
            dialog.setNameFilters([self.tr("Programs (*.app)")])
            dialog.fileSelected.connect(partial(open_with, paths=paths))
            dialog.open()
            return

        def ask(_: object) -> bool:
            try:
                return choose_program(paths)
            except OSError:  # gone since it was looked for
                return False

        self._work.run(ask, self._on_asked)

    def _on_asked(self, has_chooser: bool) -> None:
        if not has_chooser:
            self._gallery.actions_.outside_with.setVisible(False)
            self._note.show_note(
                self.tr("This system has no dialog to choose a program. Drag the photo instead.")
            )

    def _with_selected(self, do: Callable[[Sequence[Path]], None]) -> None:
        """Look in a thread whether they are there: a far disk may take minutes to say nothing."""
        if self._gallery.selection.count > MOST_OPENED:
            most = self.tr("At most %Ln photos can be opened at once.", "", MOST_OPENED)
            self._note.show_note(most)
            return
        paths = self._gallery.selected_paths()
        self._work.run(
            lambda _: [p for p in paths if not _is_there(p)], partial(self._go, do, paths)
        )

    def _go(
        self, do: Callable[[Sequence[Path]], None], paths: Sequence[Path], gone: Sequence[Path]
    ) -> None:
        if gone:
            self._messages.show_message(
                self.tr("“{0}” is not there").format(gone[0].name),
                self.tr("The photo is, or was, at {0}").format(gone[0]),
            )
        elif paths:
            do(paths)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # its drive does not answer
        return False


def _paint_count(pixmap: QPixmap, text: str, palette: QPalette) -> None:
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = painter.fontMetrics().horizontalAdvance(text) + 16
    height = painter.fontMetrics().height() + 4
    size = pixmap.deviceIndependentSize()
    badge = QRect(round(size.width()) - width - 4, 4, width, height)
    painter.setPen(QColor(Qt.GlobalColor.white))
    painter.setBrush(palette.color(QPalette.ColorRole.Accent))
    painter.drawRoundedRect(badge, height / 2, height / 2)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
