"""Reads one damaged photo after another in all the ways the program does, and says what came of it.

    python -m tools.fuzz.reading RUN FIRST COUNT

Each input is a line of JSON on the output, written when it is done: whoever started this sees
which one it ended or hung at.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from desktop.core.errors import ImageError, UnreachableError
from desktop.core.metadata.fields import NONE, Fields
from desktop.core.photo.date_taken import taken
from desktop.core.photo.details import read_details
from desktop.core.photo.formats import sniff
from desktop.core.photo.identity import is_cut_off, picture_digest
from desktop.core.photo.prepare import open_upright, prepare
from desktop.core.photo.shape import aspect_of
from desktop.core.save.metadata import change_keywords, read_keywords

from .inputs import damaged

PICTURE = "a picture"
MISTAKE = "a mistake"
"""What came of it where anything but a reason was raised."""
FORGET_ABOVE_MB = 250
"""Two processes at rest have 200. To measure each input anew would take longer than to read it."""


def read(data: bytes, path: Path) -> dict[str, Any]:
    """Write `data` to `path` and read it; what came of it, how long it took, and the memory."""
    path.write_bytes(data)
    started = time.monotonic()
    came, why = PICTURE, ""
    for way in (prepare, _thumbnail, _headers, _digests, _keywords):
        try:
            way(path)
        except UnreachableError:  # the file is there: neither drive nor network is to blame
            came, why = MISTAKE, traceback.format_exc()
            break
        except ImageError as error:
            if way is prepare:
                came, why = error.title, repr(error.__cause__ or "")
        except Exception:  # noqa: BLE001 - that is what is looked for
            came, why = MISTAKE, traceback.format_exc()
            break
    took_s = time.monotonic() - started
    processes = _processes()
    peak_mb = sum(map(_peak_mb, processes))
    if peak_mb > FORGET_ABOVE_MB:  # so that the next input is not blamed for it
        for process in processes:
            _forget_peak(process)
    return {
        "came": came,
        "why": why[-2000:],
        "s": round(took_s, 3),
        "mb": peak_mb,
    }


def _thumbnail(path: Path) -> None:
    open_upright(path, max_edge_px=64)


def _headers(path: Path) -> None:
    with path.open("rb") as file:
        for ask in (sniff, aspect_of, taken):
            ask(file)
    read_details(path)


def _digests(path: Path) -> None:
    for ask in (picture_digest, is_cut_off):
        with path.open("rb") as file:
            ask(file)


def _keywords(path: Path) -> None:
    data = path.read_bytes()
    kind = sniff(io.BytesIO(data)) or ""
    read_keywords(data, kind)
    change_keywords(data, kind, NONE, Fields(subject=("Dog",)))


def _processes() -> list[int]:
    """This process and its children."""
    me = os.getpid()
    try:  # psutil would look through all processes, which takes longer than to read a photo
        children = Path(f"/proc/{me}/task/{me}/children").read_text().split()
    except OSError:
        children = [str(child.pid) for child in psutil.Process().children()]
    return [me, *map(int, children)]


def _forget_peak(process: int) -> None:
    """Let Linux measure the peak of a process's memory from now on (proc_pid_clear_refs(5))."""
    with suppress(OSError):  # another system, or it has ended
        Path(f"/proc/{process}/clear_refs").write_text("5")


def _peak_mb(process: int) -> int:
    """The most memory since then; elsewhere, what it takes now."""
    with suppress(OSError, psutil.Error):
        status = Path(f"/proc/{process}/status")
        if not status.exists():
            return int(psutil.Process(process).memory_info().rss // 1_000_000)
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) // 1000
    return 0


def main() -> None:
    run, first, count = map(int, sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            name, data = damaged(number, run)
            result = read(data, Path(folder) / f"photo{Path(name).suffix}")
            print(json.dumps({"number": number, "seed": name, **result}), flush=True)


if __name__ == "__main__":
    main()
