"""Writes a file whole or not at all: after a crash there is the old one or the new one."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Put `data` at `path`, in a folder that is there; `private`: only this user may read it.

    Raises OSError, and then what was at `path` is there still, and nothing beside it.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    flags, mode = os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if private else 0o666
    try:
        with os.fdopen(os.open(partial, flags, mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise
