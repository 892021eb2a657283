"""Whether a newer version is told of, when a real server on this computer answers well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from desktop.core.releases import Release, newer_release

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]
Publish = Callable[[bytes], str]


@pytest.fixture
def publish() -> Iterator[Publish]:
    """Let the page answer so; its address."""
    answers = [b""]

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if answers[-1] else 404)
            self.end_headers()
            self.wfile.write(answers[-1])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()

    def publish(answer: bytes) -> str:
        answers.append(answer)
        return f"http://127.0.0.1:{server.server_port}/releases/latest"

    yield publish
    server.shutdown()
    thread.join()
    server.server_close()


def release(version: object, page: object = "http://127.0.0.1/tagdrop") -> bytes:
    return json.dumps({"tag_name": version, "html_url": page, "assets": []}).encode()


@pytest.mark.parametrize("tag", ["v0.2.0", "0.10", "1", "0.1.0.1"])
def test_a_newer_one_is_told_with_its_page(publish: Publish, tag: str) -> None:
    found = newer_release(publish(release(tag)), "0.1.0")
    assert found == Release(tag.removeprefix("v"), "http://127.0.0.1/tagdrop")


@pytest.mark.parametrize("tag", ["v0.1.0", "0.1", "0.0.9", "v0"])
def test_the_same_and_older_ones_are_not(publish: Publish, tag: str) -> None:
    assert newer_release(publish(release(tag)), "0.1.0") is None


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>Sign in to the Wi-Fi</html>",
        b"[]",
        b"null",
        b"{}",
        b"\xff\xfe\x00",
        release(None),
        release(7),
        release("latest"),
        release("9" * 5000),
        b"[" * 200_000,
        release("9.9.9-rc1; rm -rf /"),
        release("9.9.9", "file:///etc/passwd"),
        release("9.9.9", "javascript:alert(1)"),
        release("9.9.9", "http://elsewhere.example/"),
        release("9.9.9", "https://elsewhere.example/"),
        release("9.9.9", None),
    ],
)
def test_what_is_no_release_page_tells_nothing(publish: Publish, answer: bytes) -> None:
    assert newer_release(publish(answer), "0.1.0") is None


@pytest.mark.parametrize(
    "url", ["http://elsewhere.example/latest", "file:///etc/passwd", "ftp://127.0.0.1/", "x", ""]
)
def test_nobody_is_asked_over_an_open_way(url: str) -> None:
    assert newer_release(url, "0.1.0") is None


def test_nobody_answers() -> None:
    assert newer_release("http://127.0.0.1:9/latest", "0.1.0") is None
