"""Standard output and error: every text gets through, whatever the terminal is like."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TextIO


def open_streams() -> None:
    """Make both usable. Python gives none to Windows' program without a console."""
    for name in ("stdout", "stderr"):
        if (stream := getattr(sys, name)) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        else:
            let_through(stream)


def let_through(stream: TextIO, *, is_windows: bool = sys.platform == "win32") -> None:
    """A letter that the stream's encoding lacks becomes a question mark, rather than an error.

    Windows' consoles know every letter. Into a file or a pipe, Python would write the code page of
    the country there, which neither cmd nor PowerShell nor Python itself reads back: it is UTF-8.
    """
    if isinstance(stream, io.TextIOWrapper):
        is_utf_8 = is_windows and not stream.isatty()
        stream.reconfigure(encoding="utf-8" if is_utf_8 else None, errors="replace")


def is_closed(error: OSError) -> bool:
    """Whether nobody reads any more what is written: `tagdrop label … | head`.

    Windows says EINVAL then, and of no file.
    """
    is_windows_s = error.errno == errno.EINVAL and error.filename is None
    return isinstance(error, BrokenPipeError) or is_windows_s
