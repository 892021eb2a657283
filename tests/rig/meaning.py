"""A small network with made-up weights for search by meaning, and a server that has it to download.

stand_in    where it lies and its manifest; it knows plain colours by their English names
hub         a real server on this computer that serves it, and breaks what a test tells it to
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from desktop.core.meaning.meaning import network_folders
from desktop.core.meaning.network import MANIFEST, OTHER_SOURCE
from desktop.core.meaning.network_folder import NetworkFolder
from tools.model.clip.tokenizer import read_merges, tokenizer_json

KEPT = Path(__file__).with_name("clip")


@dataclass(frozen=True, slots=True)
class StandIn:
    """The files, laid out as at the hub, and the manifest that names them."""

    files: Path
    manifest: Path

    def folder(self, data_dir: Path) -> NetworkFolder:
        """Where it lies once it is downloaded."""
        return network_folders(data_dir, self.manifest)[0]

    def put_into(self, data_dir: Path) -> NetworkFolder:
        """Let it be downloaded already."""
        folder = self.folder(data_dir)
        folder.path.mkdir(parents=True)
        for file in folder.network.files.values():
            shutil.copy(self.files / file.path, folder.place(file))
        return folder


@functools.cache
def _tokenizer() -> bytes:
    return tokenizer_json(read_merges())


def make_stand_in(folder: Path) -> StandIn:
    """Lay it into a folder."""
    files = folder / "hub"
    (files / "onnx").mkdir(parents=True)
    for path in KEPT.glob("*.onnx"):
        shutil.copy(path, files / "onnx")
    (files / "tokenizer.json").write_bytes(_tokenizer())
    (entry,) = json.loads(MANIFEST.read_text("utf-8"))
    entry["name"], entry["title"] = "stand-in", "Stand-in"
    for file in entry["files"].values():
        data = (files / file["path"]).read_bytes()
        file["size_bytes"], file["sha256"] = len(data), hashlib.sha256(data).hexdigest()
    manifest = folder / "networks.json"
    manifest.write_text(json.dumps([entry]), "utf-8")
    return StandIn(files, manifest)


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> StandIn:
    return make_stand_in(tmp_path_factory.mktemp("stand-in"))


@dataclass(slots=True)
class Hub:
    """What a test tells the server, and what the server was asked."""

    url: str = ""
    cut_after: Callable[[str, int], int | None] = lambda _path, _left: None
    """After how many bytes of an answer the line breaks, by path and bytes of the answer."""
    change: Callable[[str, bytes], bytes] = lambda _path, data: data
    """Another content instead."""
    redirect: Callable[[str], str | None] = lambda _path: None
    status: int = 0
    """An error for each question."""
    has_ranges: bool = True
    says_length: bool = True
    hangs: threading.Event = field(default_factory=threading.Event)
    """While it is set, nothing more is sent."""
    pause_s: float = 0.0
    """Before every 64 KB."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path and Range of each question."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: Hub
    files: Path

    def do_GET(self) -> None:
        hub, path = self.hub, self.path.lstrip("/")
        hub.asked.append((path, self.headers.get("Range", "")))
        self.close_connection = True
        if target := hub.redirect(path):
            self._begin(302, 0, Location=target)
            return
        if hub.status or not (self.files / path).is_file():
            self._begin(hub.status or 404, 0)
            return
        data = hub.change(path, (self.files / path).read_bytes())
        etag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(asked[1]) if asked and self.headers.get("If-Range", etag) == etag else 0
        if start and hub.has_ranges:
            if start >= len(data):
                self._begin(416, 0)
                return
            where = f"bytes {start}-{len(data) - 1}/{len(data)}"
            headers = {"Content-Range": where, "ETag": etag}
            self._begin(206, len(data) - start, **headers)
            data = data[start:]
        else:
            self._begin(200, len(data), ETag=etag)
        most = hub.cut_after(path, len(data))
        self._send(data[:most])

    def _begin(self, status: int, length: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if self.hub.says_length:
            self.send_header("Content-Length", str(length))
        self.send_header("Connection", "close")
        self.end_headers()

    def _send(self, data: bytes) -> None:
        for at in range(0, len(data), 65_536):
            while self.hub.hangs.is_set():
                time.sleep(0.01)  # the server's, not a test's
            time.sleep(self.hub.pause_s)
            self.wfile.write(data[at : at + 65_536])

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError, TimeoutError):  # whoever asked has gone
            super().handle()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    hub = Hub()
    handler = type("Handler", (_Handler,), {"hub": hub, "files": stand_in.files})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    hub.url = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv(OTHER_SOURCE, hub.url)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield hub
    hub.hangs.clear()
    server.shutdown()
    thread.join()
    server.server_close()
