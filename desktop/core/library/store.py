"""Store: the library's file behind a few connections, one writing, the others reading."""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from ..events import Changed
from .backup import damaged, unusable
from .schema import connect, look_after_file, prepare_file

SEARCHES = 3
"""Long questions that are answered at a time: to find waits neither for counts nor for rows."""


class Store:
    """Transactions and readings for any thread; every method may raise StorageError.

    One connection writes under a lock; the others read, so that the GUI thread never waits for a
    writer's disk nor for a long search. `on_change` is called after each commit, in any thread.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._is_open = False
        self.on_change: Callable[[Changed], object] = lambda _: None
        with self._storage_errors():
            prepare_file(path)
            self._writer = connect(path)
            self._reader = connect(path, read_only=True)
            self._searchers: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
            for _ in range(SEARCHES):
                self._searchers.put(connect(path, read_only=True))
        self._is_open = True
        self._writes = 0
        self._write_lock = threading.Lock()
        self._read_lock = threading.Lock()

    def close(self) -> None:
        """Close the file; safe to call twice."""
        with self._write_lock, self._read_lock:
            searchers = [self._searchers.get() for _ in range(SEARCHES)]
            for connection in (*searchers, self._reader, self._writer):
                connection.close()
            for searcher in searchers:
                self._searchers.put(searcher)  # a late search gets an error, not an endless wait

    def look_after(self) -> None:
        """Look for damage and keep a daily copy; slow, so in a thread of its own."""
        with self._storage_errors():
            look_after_file(self.path)

    @contextmanager
    def write(self, *, sync: Literal["NORMAL", "FULL"] = "NORMAL") -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing. With FULL it survives even a pulled plug."""
        with self._storage_errors(), self._write_lock:
            if self._writer.in_transaction:  # left by a commit that failed, on a full disk say
                self._writer.rollback()
            self._writer.execute(f"PRAGMA synchronous = {sync}")
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
                self._writes += 1
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.rollback()
                raise
        self.on_change(Changed())

    def version(self) -> tuple[int, int]:
        """Another one after anything was written: here, or of a photo by another program."""
        rows = self.search("SELECT seq FROM sqlite_sequence WHERE name = 'changes'")
        return self._writes, rows[0][0] if rows else 0

    def read(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """All rows of a quick question, as they were committed last."""
        with self._storage_errors(), self._read_lock, closing(self._reader.cursor()) as cursor:
            return cursor.execute(sql, values).fetchall()

    def search(self, sql: str, values: dict[str, Any] | None = None) -> list[sqlite3.Row]:
        """All rows of a question that may take long; quick ones do not wait for it."""
        searcher = self._searchers.get()
        try:
            with self._storage_errors(), closing(searcher.cursor()) as cursor:
                return cursor.execute(sql, values or {}).fetchall()
        finally:
            self._searchers.put(searcher)

    @contextmanager
    def parsing(self) -> Iterator[None]:
        """Around what is made of rows: what this program has written can be read, unless the file
        is damaged where SQLite does not look.
        """
        try:
            yield
        except (ValueError, TypeError, IndexError) as error:  # the last for a column's name
            raise damaged(self.path, is_open=self._is_open) from error

    @contextmanager
    def _storage_errors(self) -> Iterator[None]:
        try:
            yield
        except UnicodeDecodeError as error:  # SQLite says what it has read, which is no text
            raise damaged(self.path, is_open=self._is_open) from error
        except sqlite3.IntegrityError:
            raise  # a rule of the schema was broken: a bug of ours, not of the disk
        except sqlite3.DatabaseError as error:
            # Python's own errors (a store that is closed already) have no code of SQLite's.
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without SQLite's finer ones
            if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise damaged(self.path, is_open=self._is_open) from error
            raise unusable(self.path, str(error)) from error
        except OSError as error:
            raise unusable(error.filename or self.path, error.strerror or str(error)) from error
