"""WebPictures: pictures that are no files yet, out of a browser or the clipboard, become files."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

from PySide6.QtCore import QBuffer, QByteArray, QMimeData, QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

from desktop.core.errors import ImageError, NetworkError
from desktop.core.photo.discover import PHOTO_SUFFIXES
from desktop.core.photo.picture_file import keep_picture

from ..work import Stop, Work

log = logging.getLogger(__name__)

MOST_BYTES = 100_000_000
TIMEOUT_MS = 30_000
MOST_AT_ONCE = 20
FINISH_S = 10.0
"""A picture that has come is written even on a slow disk."""
_ENCODED = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/tiff")


@dataclass(frozen=True, slots=True)
class WebPicture:
    """A picture and its name: as it is here already, or where it is to be fetched."""

    source: bytes | QImage | QUrl
    name: str


def has_web_pictures(data: QMimeData) -> bool:
    """Whether there is a picture in what is dragged or was copied."""
    return data.hasImage() or bool(_urls_in(data))


def web_pictures_in(data: QMimeData) -> list[WebPicture]:
    """The pictures in what was dropped or pasted; `data` may be gone afterwards.

    What the browser hands over itself is preferred: nothing has to be fetched then.
    """
    urls = _urls_in(data)
    name = _name_of(urls[0]) if urls else ""
    for encoded in _ENCODED:
        if data.hasFormat(encoded) and (come := bytes(data.data(encoded).data())):
            return [WebPicture(come, name)]
    if data.hasImage() and isinstance(image := data.imageData(), QImage):
        return [WebPicture(image, name)]
    return [WebPicture(url, _name_of(url)) for url in urls[:MOST_AT_ONCE]]


def folder_for_pictures() -> Path:
    """Where such pictures are kept: with the person's own."""
    place = QStandardPaths.StandardLocation.PicturesLocation
    return Path(QStandardPaths.writableLocation(place)) / "Tagdrop"


class WebPictures(QObject):
    """Fetches and writes away from the GUI thread, and tells of the files."""

    kept = Signal(list)
    """The files (Path) that have been made."""
    failed = Signal(object)
    """An AppError: a picture could not be fetched or written."""
    fetching = Signal(str)
    """A picture is on its way from this website; `cancel` ends that."""

    def __init__(
        self, folder: Callable[[], Path], work: Work, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._net: QNetworkAccessManager | None = None
        self._replies: set[QNetworkReply] = set()
        self._lane = work.lane("web pictures", finish_s=FINISH_S)

    def take(self, pictures: Sequence[WebPicture]) -> None:
        """Make files of these pictures."""
        for picture in pictures:
            if isinstance(picture.source, QUrl):
                self._fetch(picture.source, picture.name)
            else:
                self._write(picture.source, picture.name)

    def cancel(self) -> None:
        """Fetch no more of what was begun."""
        while self._replies:
            self._replies.pop().abort()

    def _fetch(self, url: QUrl, name: str) -> None:
        if self._net is None:
            self._net = QNetworkAccessManager(self)
        request = QNetworkRequest(url)
        request.setTransferTimeout(TIMEOUT_MS)
        reply = self._net.get(request)
        self._replies.add(reply)
        reply.downloadProgress.connect(lambda come, whole: self._weigh(reply, max(come, whole)))
        reply.finished.connect(lambda: self._on_finished(reply, name))
        if url.host():
            self.fetching.emit(url.host())

    def _weigh(self, reply: QNetworkReply, size_bytes: int) -> None:
        if size_bytes > MOST_BYTES and reply in self._replies:
            self._replies.discard(reply)
            reply.abort()
            self.failed.emit(
                ImageError(
                    "This file is too large",
                    "At most {limit} MB can be read. Add a smaller copy instead.",
                    limit=MOST_BYTES // 1_000_000,
                )
            )

    def _on_finished(self, reply: QNetworkReply, name: str) -> None:
        is_wanted = reply in self._replies
        self._replies.discard(reply)
        reply.deleteLater()
        error = reply.error()
        if not is_wanted:
            return
        if error == QNetworkReply.NetworkError.NoError:
            self._write(bytes(reply.readAll().data()), name)
        else:
            log.info("a picture from %s: %s", reply.url().host(), error.name)
            self.failed.emit(
                NetworkError(
                    "The picture could not be fetched",
                    "Its website does not allow it. Save the picture in the browser, then add"
                    " the file.",
                )
            )

    def _write(self, source: bytes | QImage, name: str) -> None:
        def keep(_: Stop) -> Path:
            data = source if isinstance(source, bytes) else _encoded(source)
            return keep_picture(data, name, self._folder())

        self._lane.run(keep, lambda path: self.kept.emit([path]), self.failed.emit, writes=True)


def _encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _urls_in(data: QMimeData) -> list[QUrl]:
    """The pictures' own addresses: of the picture shown, else of what ends like a picture."""
    if not data.hasUrls():
        return []
    shown = [QUrl(each) for each in _Images(data.html()).addresses] if data.hasHtml() else []
    urls = shown or [url for url in data.urls() if _suffix(url) in PHOTO_SUFFIXES]
    return [url for url in urls if url.scheme() in ("http", "https", "data")]


class _Images(HTMLParser):
    """The address of every picture in a piece of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        with contextlib.suppress(AssertionError):  # Python 3.11 cannot skip every strange piece
            self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a picture's address."""
        if tag == "img" and (address := dict(attrs).get("src")):
            self.addresses.append(address)


def _name_of(url: QUrl) -> str:
    return "" if url.scheme() == "data" else PurePosixPath(url.path()).name


def _suffix(url: QUrl) -> str:
    return PurePosixPath(url.path()).suffix.lower()
