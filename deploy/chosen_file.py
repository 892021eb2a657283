"""Reads a file that a person has chosen: it may be any, of any size."""

from __future__ import annotations

from pathlib import Path

from desktop.core.errors import StorageError


def read_chosen(path: Path, max_bytes: int) -> bytes:
    """What the file holds, or its first `max_bytes` + 1 bytes where it is larger.

    Raises StorageError when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except OSError as error:
        raise StorageError(
            "The file cannot be read",
            "{path}: {reason}",
            path=str(path),
            reason=error.strerror or str(error),
        ) from error
