"""A proxy before the emulator that breaks what its rules name, in AWS's own wire format.

faults      its controls; nothing is broken when the test starts and when it ends
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.rig.ports import free_port

from .controls import Emulator, http_json
from .running import running_module, wait_until_healthy


@dataclass(frozen=True, slots=True)
class Faults:
    """A proxy before the emulator that breaks what its rules name."""

    url: str

    def set(self, *rules: dict[str, Any]) -> None:
        http_json("POST", f"{self.url}/_microburst/rules", list(rules))

    def fired(self) -> int:
        return len(self.met())

    def met(self) -> list[tuple[str, str]]:
        """Service and operation of each call that a rule has broken, in order."""
        told = http_json("GET", f"{self.url}/_microburst/fired?limit=1000")
        return [(event["service"], event["operation"]) for event in told]

    def forget(self) -> None:
        self.set()
        http_json("DELETE", f"{self.url}/_microburst/fired")


@contextlib.contextmanager
def proxied(emulator: Emulator, log: Path) -> Iterator[Faults]:
    """The proxy, as long as the block runs."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    arguments = ["--upstream", emulator.url, "--host", "127.0.0.1", "--port", str(port)]
    module = "tests.faults.microburst_signed"
    with running_module(module, emulator.env, log, arguments=arguments) as running:
        wait_until_healthy(f"{url}/_microburst/health", running, log)
        yield Faults(url)


@pytest.fixture(scope="session")
def proxy(emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faults]:
    with proxied(emulator, tmp_path_factory.mktemp("proxy") / "proxy.log") as faults:
        yield faults


@pytest.fixture
def faults(proxy: Faults) -> Iterator[Faults]:
    proxy.forget()
    yield proxy
    proxy.forget()
