"""What libraries written in C say on standard error: heard, and kept from the terminal."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections.abc import Iterator

_one_listens = threading.Lock()


@contextlib.contextmanager
def heard() -> Iterator[list[str]]:
    """Collect what is written to standard error inside; the list is filled at the end.

    LibRaw tells of damaged data in no other way, and libtiff's messages cannot be switched off from
    Pillow. Standard error belongs to the whole process: what another thread writes there meanwhile
    is taken for theirs. A program without one (in a window, on Windows) hears nothing.
    """
    lines: list[str] = []
    with _one_listens, tempfile.TemporaryFile() as spoken:
        try:
            kept = os.dup(2)
        except OSError:
            yield lines
            return
        try:
            os.dup2(spoken.fileno(), 2)
            try:
                yield lines
            finally:
                os.dup2(kept, 2)
        finally:
            os.close(kept)
        spoken.seek(0)
        lines += spoken.read().decode("utf-8", "replace").splitlines()
