"""How durable each transaction of a library was, as SQLite says when it commits."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest

from desktop.core.library.store import Store

NORMAL, FULL = 1, 2
"""What SQLite calls NORMAL and FULL: with the latter a commit has reached the disk."""


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The levels at which transactions were committed, oldest first."""
    levels: list[int] = []
    write = Store.write

    @contextmanager
    def watched(
        store: Store, *, sync: Literal["NORMAL", "FULL"] = "NORMAL"
    ) -> Iterator[sqlite3.Connection]:
        with write(store, sync=sync) as db:
            yield db
            level = db.execute("PRAGMA synchronous").fetchone()[0]
        levels.append(level)

    monkeypatch.setattr(Store, "write", watched)
    return levels
