"""Store: the library's file behind two connections, one that writes and one that reads."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from .errors import StorageError
from .schema import connect, damaged, prepare_file


class Store:
    """Transactions and readings for any thread; every method may raise StorageError.

    One connection writes under a lock; the other reads, so that a reader (the GUI thread) never
    waits for a writer's disk.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._storage_errors():
            prepare_file(path)
            self._writer = connect(path)
            self._reader = connect(path, read_only=True)
        self._write_lock = threading.Lock()
        self._read_lock = threading.Lock()

    def close(self) -> None:
        """Close the file; safe to call twice."""
        with self._write_lock, self._read_lock:
            self._reader.close()
            self._writer.close()

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
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.rollback()
                raise

    def read(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """All rows of one question, as they were committed last."""
        with self._storage_errors(), self._read_lock, closing(self._reader.cursor()) as cursor:
            return cursor.execute(sql, values).fetchall()

    @contextmanager
    def _storage_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:
            raise  # a rule of the schema was broken: a bug of ours, not of the disk
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise damaged(self.path) from error
            raise StorageError(
                "The library cannot be used",
                f"{self.path}: {error}. Is the disk full or write-protected?",
            ) from error
        except OSError as error:
            raise StorageError("The library cannot be used", str(error)) from error
