"""JsonStore: one JSON object in a file that several threads and processes may change at once."""

from __future__ import annotations

import contextlib
import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from .errors import StorageError
from .whole_file import write_whole

log = logging.getLogger(__name__)

LOCK_TIMEOUT_S = 10.0
"""How long to wait for whoever else writes; that takes milliseconds."""
_POLL_S = 0.01


@dataclass(frozen=True, slots=True)
class JsonStore:
    """A file kept beside the library: settings, progress of a set-up, state of the window.

    A change is made under a lock file. After a crash there is the old file or the new one, so
    reading takes no lock. A file that cannot be understood is set aside under another name, never
    deleted. `version` is that of the format; a file without one has the first. `timeout_s` is how
    long a change may wait for others.
    """

    path: Path
    version: int = 1
    timeout_s: float = LOCK_TIMEOUT_S

    def read(self) -> dict[str, Any]:
        """What is kept; nothing where there is no file, or none that can be understood.

        Raises StorageError when it was written by a newer program, cannot be read or cannot be set
        aside.
        """
        values = self._read()
        if values is None:
            with self.changing() as values:
                pass
        return values

    @contextlib.contextmanager
    def changing(self) -> Iterator[dict[str, Any]]:
        """Alone with what is kept: how the block leaves it is written, unless it raises.

        Never for long, as others wait meanwhile. Raises StorageError, as `read` does.
        """
        lock = self.path.parent / "locks" / f"{self.path.name}.lock"
        try:
            with FileLock(lock, timeout=self.timeout_s, poll_interval=_POLL_S):
                values = self._read()
                if values is None:
                    self._set_aside()
                    values = {}
                before = self._encode(values)
                yield values
                if (after := self._encode(values)) != before:
                    write_whole(self.path, after)
        except OSError as error:  # filelock's Timeout, too
            raise StorageError(
                "The settings cannot be saved",
                "{path}: {reason}. Is the disk full or write-protected?",
                path=str(self.path),
                reason=error.strerror or type(error).__name__,
            ) from error

    def _encode(self, values: dict[str, Any]) -> bytes:
        return json.dumps({"version": self.version, **values}, indent=2).encode()

    def _read(self) -> dict[str, Any] | None:
        """None when the file cannot be understood."""
        try:
            values = json.loads(self.path.read_bytes())
            version = values.pop("version", 1)
            is_newer = version > self.version
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise StorageError(
                "The settings cannot be read",
                "{path}: {reason}. Check that you are allowed to read the file.",
                path=str(self.path),
                reason=error.strerror or str(error),
            ) from error
        except (ValueError, TypeError, AttributeError, RecursionError):
            return None
        if is_newer:
            raise StorageError(
                "The settings were written by a newer Tagdrop",
                "Update Tagdrop to use {path}. Nothing was changed.",
                path=str(self.path),
            )
        return dict(values)

    def _set_aside(self) -> None:
        kept = self.path.with_name(f"{self.path.name}.damaged-{int(time.time())}")
        self.path.replace(kept)
        log.warning("%s cannot be understood: kept as %s, and begun anew", self.path, kept.name)
