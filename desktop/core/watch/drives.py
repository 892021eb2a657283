"""Drives: whether a folder lies where the system does not tell of changes: on another computer."""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ..files.long_paths import real_path

_NAMES = (
    "9p acfs afpfs afs beegfs ceph cifs coda davfs gfs2 glusterfs lustre ncpfs nfs nfs4 ocfs2 smb3"
    " smbfs vboxsf virtiofs vmhgfs webdav"
)
_REMOTE = frozenset(_NAMES.split())
"""File systems of which others may change the content; `fuse.` and what follows too."""
_DRIVE_REMOTE = 4
_MOUNT = re.compile(r"^.* on (?P<place>.*) \((?P<kind>[^,)]+)")


def is_remote(folder: Path) -> bool:
    """Whether changes in a folder may come from elsewhere, so that it has to be polled.

    Asks the system once, and waits for it: not for the GUI thread.
    """
    real = real_path(folder)
    if sys.platform == "win32":
        drive = real.drive
        is_share = drive.startswith("\\\\")
        return is_share or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE
    kinds = {place: kind for place, kind in _mounts() if _is_below(str(real), place)}
    kind = kinds[max(kinds, key=len)] if kinds else ""
    return kind in _REMOTE or kind.startswith("fuse.")


def _is_below(path: str, place: str) -> bool:
    return path == place or path.startswith(place.rstrip("/") + "/")


def _mounts() -> Iterator[tuple[str, str]]:
    """Where file systems are mounted, the last one on top, and of which kind each is."""
    try:
        if sys.platform == "darwin":
            command = ["/sbin/mount"]
            listed = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
            for line in listed.stdout.splitlines():
                if found := _MOUNT.match(line):
                    yield found["place"], found["kind"]
            return
        with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as lines:  # noqa: PTH123
            for line in lines:
                before, _, after = line.partition(" - ")
                yield _unescaped(before.split()[4]), after.split()[0]
    except OSError:
        return


def _unescaped(text: str) -> str:
    """A path as mountinfo writes it: blanks and others as an octal number."""
    return re.sub(r"\\([0-7]{3})", lambda digits: chr(int(digits[1], 8)), text)
