"""Pictures from a browser: fetched or handed over, kept with the person's own, and labelled."""

from __future__ import annotations

import base64
import contextlib
import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage

from desktop.ui.adding import web_pictures

from .conftest import Desk, drag_onto, drop_onto
from .test_window import button


def encoded(kind: str = "JPEG", colour: str = "red") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (120, 90), colour).save(data, kind)
    return data.getvalue()


class Website:
    """Answers with what a test puts at a path; `go` lets the slow one answer."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.go = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                if self.path.startswith("/slow"):
                    site.go.wait(20)
                data = site.pages.get(self.path)
                self.send_response(200 if data else 404)
                self.send_header("Content-Length", str(len(data or b"")))
                self.end_headers()
                with contextlib.suppress(OSError):  # whoever asked may have gone
                    self.wfile.write(data or b"")

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def close(self) -> None:
        self.go.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def website() -> Iterator[Website]:
    website = Website()
    yield website
    website.close()


def dragged(url: str, *, shown: str = "") -> QMimeData:
    """What a browser hands over: the address, and the piece of the page that was dragged."""
    data = QMimeData()
    data.setUrls([QUrl(url)])
    if shown:
        data.setHtml(f'<a href="{url}"><b>A <img alt="dog" src="{shown}"></b></a>')
    return data


def kept(home: Path) -> dict[str, bytes]:
    folder = web_pictures.folder_for_pictures()
    assert folder.is_relative_to(home)
    return {path.name: path.read_bytes() for path in folder.glob("*")}


def test_a_picture_is_fetched_kept_and_labelled(desk: Desk, website: Website, home: Path) -> None:
    website.pages["/a/dog.jpg"] = encoded()
    window = desk.start()
    data = dragged(website.url("/a/dog.jpg?size=big"))
    website.pages["/a/dog.jpg?size=big"] = encoded()
    assert drag_onto(window, data).isAccepted()
    drop_onto(window, data)
    desk.until_ended(1)
    assert kept(home) == {"dog.jpg": encoded()}
    assert window.model.row(0).path == web_pictures.folder_for_pictures() / "dog.jpg"
    assert window.editing.note.text.startswith("Saved as dog.jpg in ")


def test_a_picture_that_is_a_link_is_fetched_and_not_its_page(
    desk: Desk, website: Website, home: Path
) -> None:
    website.pages["/thumbs/cat"] = encoded("PNG")
    window = desk.start()
    drop_onto(window, dragged(website.url("/page.html"), shown=website.url("/thumbs/cat")))
    desk.until_ended(1)
    assert website.asked == ["/thumbs/cat"]
    assert kept(home) == {"cat.png": encoded("PNG")}


def test_what_the_browser_hands_over_is_not_fetched(
    desk: Desk, website: Website, home: Path
) -> None:
    window = desk.start()
    data = dragged(website.url("/a/dog.jpg"))
    data.setData("image/png", encoded("PNG"))
    drop_onto(window, data)
    desk.until_ended(1)
    assert website.asked == []
    assert kept(home) == {"dog.png": encoded("PNG")}


def test_a_picture_inside_the_page_itself(desk: Desk, website: Website, home: Path) -> None:
    window = desk.start()
    inline = "data:image/png;base64," + base64.b64encode(encoded("PNG")).decode()
    drop_onto(window, dragged(website.url("/page.html"), shown=inline))
    desk.until_ended(1)
    assert kept(home) == {"picture.png": encoded("PNG")}


def test_what_is_no_html_after_the_picture_does_not_matter(
    desk: Desk, website: Website, home: Path
) -> None:
    website.pages["/cat.png"] = encoded("PNG")
    window = desk.start()
    data = dragged(website.url("/page.html"))
    data.setHtml(f'<img src="{website.url("/cat.png")}"><![foo[bar]]>')
    drop_onto(window, data)
    desk.until_ended(1)
    assert kept(home) == {"cat.png": encoded("PNG")}


def test_a_copied_picture_is_pasted(desk: Desk, home: Path) -> None:
    window = desk.start()
    image = QImage(120, 90, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    QGuiApplication.clipboard().setImage(image)
    window.adding.paste()
    desk.until_ended(1)
    ((name, data),) = kept(home).items()
    assert name == "picture.png"
    assert Image.open(io.BytesIO(data)).getpixel((5, 5))[:3] == (0, 0, 255)


@pytest.mark.parametrize("address", ["https://example.org/page", "mailto:dog@example.org"])
def test_a_link_to_no_picture_is_refused(desk: Desk, address: str) -> None:
    window = desk.start()
    assert not drag_onto(window, dragged(address)).isAccepted()
    assert not window.adding.drop_target.isVisible()


def test_what_cannot_be_fetched_is_told_with_the_way_round(
    desk: Desk, website: Website, home: Path
) -> None:
    window = desk.start()
    drop_onto(window, dragged(website.url("/gone.jpg")))
    desk.until(lambda: window.messages.title == "The picture could not be fetched")
    assert "Save the picture in the browser" in window.messages.text
    website.pages["/page.jpg"] = b"<html>no picture</html>"
    drop_onto(window, dragged(website.url("/page.jpg")))
    desk.until(lambda: window.messages.title == "That does not contain a picture")
    assert kept(home) == {}


def test_too_large_a_picture_is_not_taken(
    desk: Desk, website: Website, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_pictures, "MOST_BYTES", 100_000)
    website.pages["/big.jpg"] = encoded() + bytes(3_000_000)
    window = desk.start()
    drop_onto(window, dragged(website.url("/big.jpg")))
    desk.until(lambda: window.messages.title == "This file is too large")
    assert kept(home) == {}


def test_fetching_can_be_cancelled_and_ends_with_the_window(
    desk: Desk, website: Website, home: Path
) -> None:
    website.pages["/slow.jpg"] = encoded()
    window = desk.start()
    drop_onto(window, dragged(website.url("/slow.jpg")))
    assert window.editing.note.text == "Fetching a picture from 127.0.0.1…"
    desk.qtbot.waitUntil(lambda: website.asked == ["/slow.jpg"])
    button(window.editing.note, "Cancel").click()
    assert not window.editing.note.isVisible()
    drop_onto(window, dragged(website.url("/slow.jpg")))
    desk.qtbot.waitUntil(lambda: len(website.asked) == 2)
    desk.close()
    website.go.set()
    assert kept(home) == {}
