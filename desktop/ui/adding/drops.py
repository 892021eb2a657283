"""What was dropped or pasted, and the target that is shown while something is dragged over."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QDropEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from ..look.theme import LARGE, sized
from .web_pictures import has_web_pictures, web_pictures_in


def addresses_in(data: QMimeData) -> bytes:
    """The addresses of the files and folders of this computer, or of another, one a line."""
    return bytes(data.data("text/uri-list").data()) if data.hasUrls() else b""


def has_files(addresses: bytes) -> bool:
    """Whether one of them leads to a file or folder of this computer."""
    return any(QUrl.fromEncoded(line).isLocalFile() for line in addresses.splitlines())


def paths_of(addresses: bytes) -> list[Path]:
    """The files and folders of this computer; half a second for 50,000."""
    urls = map(QUrl.fromEncoded, addresses.splitlines())
    return [_path_of(url) for url in urls if url.isLocalFile()]


def paths_in(data: QMimeData) -> list[Path]:
    """The files and folders of this computer that were dropped or pasted."""
    return paths_of(addresses_in(data))


def _path_of(url: QUrl) -> Path:
    if os.name == "nt" or url.host():
        return Path(url.toLocalFile())
    # Names are bytes here; those that are no text are lost in Qt's.
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    return Path(os.fsdecode(unquote_to_bytes(encoded)))


def may_be_blocked() -> bool:
    """Whether Windows may keep people from dragging anything here: it runs as administrator."""
    return sys.platform == "win32" and bool(ctypes.windll.shell32.IsUserAnAdmin())


class DropTarget(QWidget):
    """Covers a window while photos are dragged over it, and says what will happen.

    It watches its parent, so that every part of the window is a target.
    """

    dropped = Signal(bytes)
    """The addresses of the files and folders that were dropped, as `paths_of` reads them."""
    pictures_dropped = Signal(list)
    """The pictures (WebPicture) that were dropped out of a browser."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Drop to label"))
        self._takes = False
        self.hide()
        parent.setAcceptDrops(True)
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dragged over the parent when there is a file, folder or picture in it."""
        if isinstance(event, QDropEvent):  # enter, move and drop
            return self._drag(event)
        if event.type() == QEvent.Type.DragLeave:
            self.hide()
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self.cover()
        return False

    def _drag(self, event: QDropEvent) -> bool:
        data = event.mimeData()
        if event.type() == QEvent.Type.DragEnter:  # once: many files take long to go through
            is_ours = event.source() is not None  # photos of the grid on their way out
            self._takes = not is_ours and (has_files(addresses_in(data)) or has_web_pictures(data))
        if not self._takes:
            event.ignore()
            return True
        # Never as a move: the program dragged from would then delete the photos.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.hide()
            if has_files(addresses := addresses_in(data)):
                self.dropped.emit(addresses)
            else:
                self.pictures_dropped.emit(web_pictures_in(data))
        else:
            self.cover()
        return True

    def cover(self) -> None:
        """Show it over the whole of its parent."""
        if parent := self.parentWidget():
            self.setGeometry(parent.rect())
        if not self.isVisible():
            self.raise_()
            self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Accent)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = palette.color(QPalette.ColorRole.Window)
        veil.setAlpha(230)
        painter.fillRect(self.rect(), veil)
        tint = QColor(accent)
        tint.setAlpha(24)
        painter.setBrush(tint)
        painter.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16, 16, -16, -16), 12, 12)
        painter.setFont(sized(self.font(), LARGE))
        word, middle = self.tr("Drop to label"), Qt.AlignmentFlag.AlignCenter
        # On a ground of its own: what lies below must not shine through the word.
        ground = QRectF(painter.boundingRect(self.rect(), middle, word)).adjusted(-32, -16, 32, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(ground, 8, 8)
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
        painter.drawText(self.rect(), middle, word)
