"""Labelling through AWS while the way there misbehaves, in AWS's own wire format."""

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
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.core.library import Library
from desktop.core.settings import load_settings, save_settings
from desktop.core.spending import Spending
from tests.aws.rig import Emulator, Stack
from tests.aws.test_label import puts
from tests.command import Computer
from tests.photos import make_photos

pytestmark = pytest.mark.aws


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


@pytest.fixture(scope="module")
def proxy(emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faults]:
    port = free_port()
    log = tmp_path_factory.mktemp("proxy") / "proxy.log"
    command = [sys.executable, "-m", "microburst", "--upstream", emulator.url, "--port", str(port)]
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1"], stdout=out, stderr=out, stdin=subprocess.DEVNULL
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


@pytest.fixture
def computer(emulator: Emulator, stack: Stack, faults: Faults, tmp_path: Path) -> Computer:
    data_dir = tmp_path / ".computer"
    save_settings(data_dir, load_settings(stack.data_dir))
    return Computer(data_dir, "aws", {**emulator.env, "AWS_ENDPOINT_URL": faults.url})


PASSING: dict[str, list[dict[str, Any]]] = {
    "puts are throttled": [
        {"service": "s3", "operation": "PutObject", "times": 4, "error": {"code": "SlowDown"}}
    ],
    "polls are throttled": [
        {
            "service": "dynamodb",
            "times": 3,
            "error": {"code": "ProvisionedThroughputExceededException"},
        }
    ],
    "connections are reset": [{"service": "*", "times": 4, "reset": True}],
    "uploads break off": [
        {
            "service": "s3",
            "operation": "PutObject",
            "times": 2,
            "request": {"cut_upload": {"after_bytes": 1024}},
        }
    ],
    "answers are cut short": [{"service": "dynamodb", "times": 2, "response": {"abort_frac": 0.3}}],
    "answers are corrupted": [
        {"service": "dynamodb", "times": 2, "response": {"corrupt_bytes": 40}}
    ],
    "the service has a fault": [
        {"service": "s3", "times": 2, "error": {"code": "InternalError", "status": 500}}
    ],
    "everything is slow": [{"service": "*", "latency": {"min": 100, "max": 700}}],
}


CERTAIN = ("puts are throttled", "polls are throttled", "everything is slow")
"""No put's answer is lost, so that what is counted is what was put."""


def counted(computer: Computer) -> int:
    """How many puts this computer has counted this month."""
    with closing(Library(computer.data_dir / "library.db")) as library:
        return Spending(library.store).this_month().images


@pytest.mark.parametrize("trouble", PASSING)
def test_passing_trouble_costs_no_photo(
    trouble: str, computer: Computer, faults: Faults, tmp_path: Path, emulator: Emulator
) -> None:
    make_photos(tmp_path, 6, seed=100 + list(PASSING).index(trouble))
    faults.set(*PASSING[trouble])
    emulator.forget_requests()
    run = computer.label(tmp_path)
    assert faults.fired() >= 2
    assert (run.code, run.states()) == (0, {"done": 6}), run.errors
    assert 6 <= puts(emulator) <= counted(computer)
    if trouble in CERTAIN:
        assert counted(computer) == 6


LASTING: dict[str, tuple[dict[str, Any], str]] = {
    "unknown key": (
        {"service": "sts", "error": {"code": "InvalidClientTokenId", "status": 403}},
        "does not know this key",
    ),
    "expired sign-in": (
        {"service": "s3", "error": {"code": "ExpiredToken", "status": 400}},
        "signed out",
    ),
    "wrong secret": (
        {"service": "s3", "error": {"code": "SignatureDoesNotMatch", "status": 403}},
        "secret does not match",
    ),
    "wrong clock": (
        {"service": "s3", "error": {"code": "RequestTimeTooSkewed", "status": 403}},
        "clock",
    ),
    "not allowed": (
        {"service": "s3", "operation": "PutObject", "error": {"code": "AccessDenied"}},
        "may not store a photo",
    ),
    "bucket gone": (
        {"service": "s3", "error": {"code": "NoSuchBucket", "status": 404}},
        "was removed from the Amazon account",
    ),
    "table gone": (
        {"service": "dynamodb", "error": {"code": "ResourceNotFoundException", "status": 400}},
        "was removed from the Amazon account",
    ),
    "no way there": ({"service": "*", "reset": True}, "Cannot reach Amazon"),
}


@pytest.mark.parametrize("trouble", LASTING)
def test_lasting_trouble_is_said_in_words_and_the_photos_wait(
    trouble: str, computer: Computer, faults: Faults, tmp_path: Path
) -> None:
    make_photos(tmp_path, 3, seed=200 + list(LASTING).index(trouble))
    rule, words = LASTING[trouble]
    faults.set(rule)
    run = computer.label(tmp_path)
    assert run.code == 3
    assert words in run.errors
    assert "Traceback" not in run.errors
    assert not run.rows
    assert counted(computer) == 0
    faults.forget()
    run = computer.label(tmp_path)
    assert (run.code, run.states()) == (0, {"done": 3}), run.errors


def test_nobody_listens_at_all(computer: Computer, tmp_path: Path) -> None:
    make_photos(tmp_path, 1)
    env = {**(computer.env or {}), "AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}"}
    run = Computer(computer.data_dir, "aws", env).label(tmp_path)
    assert (run.code, run.rows) == (3, [])
    assert "Cannot reach Amazon" in run.errors
