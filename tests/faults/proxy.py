"""A proxy before the emulator that breaks what its rules name, in AWS's own wire format.

faults      its controls; nothing is broken when the test starts and when it ends
"""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.aws.rig import ROOT, Emulator


@dataclass(frozen=True, slots=True)
class Faults:
    """A proxy before the emulator that breaks what its rules name."""

    url: str

    def set(self, *rules: dict[str, Any]) -> None:
        self._call("POST", "/_microburst/rules", list(rules))

    def fired(self) -> int:
        return len(self._call("GET", "/_microburst/fired"))

    def forget(self) -> None:
        self.set()
        self._call("DELETE", "/_microburst/fired")

    def _call(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def wait_until_listening(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    pause, deadline = threading.Event(), time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5):
            return
        pause.wait(0.05)
    pytest.fail(f"the proxy did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def proxy(emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faults]:
    port = free_port()
    log = tmp_path_factory.mktemp("proxy") / "proxy.log"
    command = [sys.executable, "-m", "tests.faults.microburst_signed", "--upstream", emulator.url]
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            cwd=ROOT,
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
        )
    try:
        wait_until_listening(port, process, log)
        yield Faults(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def faults(proxy: Faults) -> Iterator[Faults]:
    proxy.forget()
    yield proxy
    proxy.forget()
