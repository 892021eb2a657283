"""A store that remembers how durable each of its transactions was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from desktop.core.library.store import Store

NORMAL, FULL = 1, 2
"""What SQLite calls NORMAL and FULL: with the latter a commit has reached the disk."""


class Synced(Store):
    """The real one; `levels` are those at which its connection has committed, oldest first."""

    def __init__(self, path: Path) -> None:
        self.levels: list[int] = []
        super().__init__(path)

    @contextmanager
    def write(self, *, sync: Literal["NORMAL", "FULL"] = "NORMAL") -> Iterator[sqlite3.Connection]:
        with super().write(sync=sync) as db:
            yield db
            level = db.execute("PRAGMA synchronous").fetchone()[0]
        self.levels.append(level)
