"""A network that does not lead to Amazon: what is seen of it, and what a person is told."""

from __future__ import annotations

import datetime
import http.server
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from desktop.aws import other_site
from desktop.aws.other_site import Inquiry, OtherSite
from tests.conftest import surroundings
from tests.rig.processes import run_python


class Server(http.server.ThreadingHTTPServer):
    """Answers every request alike and counts them."""

    daemon_threads = True
    asked = 0


@contextmanager
def serving(status: int, body: bytes, kind: str = "text/plain", **headers: str) -> Iterator[Server]:
    class Handler(http.server.BaseHTTPRequestHandler):
        server: Server

        def answer(self) -> None:
            self.server.asked += 1
            self.send_response(status)
            for name, value in {"Content-Type": kind, **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_CONNECT = answer  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def url_of(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, b"success\n", OtherSite.ANSWERS),
        (302, b"", OtherSite.REPLACED),
        (200, b"<html>Welcome to our hotel", OtherSite.REPLACED),
        (511, b"", OtherSite.REPLACED),
    ],
)
def test_the_other_site_is_told_from_what_stands_in_its_place(
    status: int, body: bytes, expected: OtherSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(status, body, Location="http://127.0.0.1/") as server:
        monkeypatch.setattr(other_site, "URL", url_of(server))
        inquiry = Inquiry()
        assert [inquiry.ask() for _ in range(3)] == [expected] * 3
        assert server.asked == 1


def test_no_network_is_silence(closed_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_site, "URL", f"http://127.0.0.1:{closed_port}")
    assert Inquiry().ask() is OtherSite.SILENT


def test_who_takes_too_long_is_silent_and_nobody_waits_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as never_answers:
        monkeypatch.setattr(other_site, "URL", f"http://127.0.0.1:{never_answers.getsockname()[1]}")
        monkeypatch.setattr(other_site, "WAIT_S", 0.3)
        started_at = time.monotonic()
        assert Inquiry().ask() is OtherSite.SILENT
        assert time.monotonic() - started_at < 2


def status(tmp_path: Path, home: Path, **variables: str) -> str:
    """What `python -m deploy status` says in these surroundings."""
    env = surroundings(home) | {
        "PATH": "/usr/bin:/bin",
        "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_MAX_ATTEMPTS": "1",
    }
    command = ["-m", "deploy", "status", "--region", "eu-central-1", "--data-dir", tmp_path]
    done = run_python(*command, env=env | variables, code=1)
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_name_that_nobody_knows_is_told(tmp_path: Path, home: Path) -> None:
    said = status(tmp_path, home, AWS_ENDPOINT_URL="http://nowhere.invalid")
    assert "Cannot reach Amazon" in said


def test_a_page_in_amazons_place_is_noticed(tmp_path: Path, home: Path) -> None:
    with serving(403, b"<html><body>Blocked by policy", "text/html") as server:
        said = status(tmp_path, home, AWS_ENDPOINT_URL=url_of(server))
    assert "Something else answered in Amazon's place" in said


def test_who_opens_the_encryption_is_noticed(tmp_path: Path, home: Path) -> None:
    with serving(200, b"") as server:
        certificate = make_certificate(tmp_path)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        url = url_of(server).replace("http:", "https:")
        said = status(tmp_path, home, AWS_ENDPOINT_URL=url)
    assert "intercepting the encrypted connection" in said


def test_a_proxy_that_is_silent_is_named(tmp_path: Path, home: Path, closed_port: int) -> None:
    proxy = f"http://me:hunter2@127.0.0.1:{closed_port}"
    said = status(tmp_path, home, HTTPS_PROXY=proxy)
    assert f"The proxy 127.0.0.1:{closed_port} does not answer" in said
    assert "hunter2" not in said


def test_a_proxy_that_wants_a_password_is_named(tmp_path: Path, home: Path) -> None:
    with serving(407, b"") as server:
        said = status(tmp_path, home, HTTPS_PROXY=url_of(server))
    assert "does not let this program through" in said


def make_certificate(folder: Path) -> Path:
    """A certificate that nobody but its maker vouches for, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path
