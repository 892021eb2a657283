"""The packaged program where a person has it: read-only, in another place, in a bare environment.

Where the tests are root's, another user runs it, and the folder is root's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOBODY = 65534


@dataclass(frozen=True, slots=True)
class Installed:
    """The program's folder and whose computer it is on."""

    folder: Path
    home: Path

    @property
    def data_dir(self) -> Path:
        """Where the program keeps a person's things when nothing is said."""
        return self.home / ".local" / "share" / "Tagdrop"

    def start(
        self, name: str, *arguments: object, surroundings: Mapping[str, str]
    ) -> subprocess.Popen[str]:
        """Start one of the folder's programs with nothing in its environment but this.

        No Python is on its path, nor anything else.
        """
        nothing = self.home.parent / "nothing"
        as_another: dict[str, Any] = {}
        if os.getuid() == 0:
            as_another = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        return subprocess.Popen(
            [self.folder / name, *map(str, arguments)],
            env={"HOME": str(self.home), "PATH": str(nothing), **surroundings},
            cwd=self.home,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            umask=0o022,
            **as_another,
        )


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder for this while that other users can look into: pytest's own are closed to them."""
    with tempfile.TemporaryDirectory(prefix="tagdrop-frozen-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def installed(built: Path, folder: Path) -> Iterator[None]:
    """Install a built folder at this place, read-only, until the end."""
    try:
        shutil.copytree(built, folder, symlinks=True)
        for path in (folder, *folder.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & 0o555 | 0o444)
        yield
    finally:
        for path in (folder, *folder.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)


def new_person(folder: Path, top: Path) -> Installed:
    """The installed program for somebody new, whose name is not plain ASCII."""
    home = top / "Jörg Müßig-Ōta"
    home.mkdir()
    if os.getuid() == 0:
        os.chown(home, NOBODY, NOBODY)
    return Installed(folder, home)
