"""Ports of this computer for a test.

closed_port     one on which nobody listens, not even another test that looks for a free one
"""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest


@pytest.fixture
def closed_port() -> Iterator[int]:
    """Taken as long as the test runs, and whoever comes is refused."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])
