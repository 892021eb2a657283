"""A network's download over an encrypted way, and what leads away from it."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from desktop.core.errors import AppError, NetworkError
from desktop.core.meaning.download import download
from desktop.core.meaning.network import OTHER_SOURCE
from tests.rig.meaning import Hub, StandIn

pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.expects_log("unknown ca", always=False),
]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of this computer, signed by itself; with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + private)
    return path


@pytest.fixture
def leads(
    hub: Hub, stand_in: StandIn, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """An encrypted server that has the files, and sends whoever asks elsewhere if that is said."""
    elsewhere: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = b"" if elsewhere else (stand_in.files / self.path.lstrip("/")).read_bytes()
            self.send_response(302 if elsewhere else 200)
            if elsewhere:
                self.send_header("Location", elsewhere["to"] + self.path)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Whoever does not trust it hangs up."""

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setattr("desktop.core.meaning.download.PAUSE_S", 0.001)
    monkeypatch.setenv(OTHER_SOURCE, f"https://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    yield elsewhere
    server.shutdown()
    thread.join()
    server.server_close()


def test_who_is_trusted_is_asked(leads: dict[str, str], stand_in: StandIn, tmp_path: Path) -> None:
    folder = stand_in.folder(tmp_path)
    list(download(folder, threading.Event()))
    assert folder.is_complete


def test_it_follows_from_there_to_no_open_way_not_even_on_this_computer(
    leads: dict[str, str], hub: Hub, stand_in: StandIn, tmp_path: Path
) -> None:
    leads["to"] = hub.url
    folder = stand_in.folder(tmp_path)
    with pytest.raises(AppError, match="not encrypted"):
        list(download(folder, threading.Event()))
    assert hub.asked == []
    assert folder.done_bytes == 0


def test_who_opens_the_encryption_is_told_of(
    leads: dict[str, str], stand_in: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    folder = stand_in.folder(tmp_path)
    with pytest.raises(NetworkError, match=r"127\.0\.0\.1 is not safe"):
        list(download(folder, threading.Event()))
    assert folder.done_bytes == 0
