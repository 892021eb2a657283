"""Says how long a step took: what a person waits for is measured wherever it runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Print the seconds of the block, also of one that fails."""
    began = time.monotonic()
    try:
        yield
    finally:
        print(f"[{time.monotonic() - began:5.0f} s] {step}", flush=True)
