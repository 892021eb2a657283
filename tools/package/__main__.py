"""Build the program and what installs it, for the system this runs on.

    python -m tools.package             everything: folder, archive, installers, checksums
    python -m tools.package folder      only the program's folder, dist/tagdrop

The folder is what PyInstaller makes of packaging/tagdrop.spec, with the licences of all that is in
it. Around it: on Linux an archive, a .deb and an installer that unpacks itself; on Windows and macOS
what packaging/windows and packaging/macos make of the folder.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import linux
from .icons import make_icons, make_version_file
from .licences import gather_licences

ROOT = Path(__file__).parents[2]
PARTS = ROOT / "build" / "package-parts"
WORK = ROOT / "build" / "pyinstaller"
DIST = ROOT / "dist"
FOLDER = DIST / "tagdrop"
SOURCE_DATE = "1767225600"
"""2026-01-01: every build writes the same times, so that two builds can be compared."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=("all", "folder"), default="all")
    what = parser.parse_args().what
    build_folder()
    if what == "all" and sys.platform == "linux":
        made = linux.make_all(FOLDER, DIST)
        write_checksums(made)
        for path in made:
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.1f} MB")
    size = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file())
    print(f"{FOLDER.relative_to(ROOT)}: {size / 1e6:.1f} MB")


def build_folder() -> None:
    """Make dist/tagdrop anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    PARTS.mkdir(parents=True, exist_ok=True)
    make_icons(PARTS)
    make_version_file(PARTS)
    environment = {
        **os.environ,
        "TAGDROP_PACKAGE_PARTS": str(PARTS),
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", SOURCE_DATE),
        "PYTHONHASHSEED": "0",
    }
    command = ["-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", str(DIST), "--workpath", str(WORK)]
    subprocess.run(
        [sys.executable, *command, *places, str(ROOT / "packaging" / "tagdrop.spec")],
        cwd=ROOT,
        env=environment,
        check=True,
    )
    strip_python(FOLDER / "_internal")
    gather_licences(WORK / "tagdrop", FOLDER / "_internal" / "licences")


def strip_python(inside: Path) -> None:
    """Take the symbols for debuggers out of Python's library: 16 MB, where it has them.

    Only there: wheels bring libraries that a rewritten ELF header keeps from being stripped safely.
    """
    if shutil.which("strip"):
        for library in inside.glob("libpython3*.so*"):
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)


def write_checksums(made: list[Path]) -> None:
    """SHA256SUMS beside the files, in the form that `sha256sum --check` reads."""
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made]
    (DIST / "SHA256SUMS").write_text("".join(lines))


if __name__ == "__main__":
    main()
