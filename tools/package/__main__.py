"""Build the program and what installs it, for the system this runs on.

    python -m tools.package             everything: folder, archive, installers, checksums
    python -m tools.package folder      only the program's folder, dist/tagdrop

The folder is what PyInstaller makes of packaging/tagdrop.spec, with the licences of all that is in
it. Around it, on Linux: an archive, a .deb and an installer that unpacks itself; on Windows: an
archive and an installer.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys

from tools.timed import timed

from . import linux, windows
from .build import EYE, ROOT, build_folder

DIST = ROOT / "dist"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=("all", "folder", "checksums"), default="all")
    what = parser.parse_args().what
    if what != "checksums":
        folder = DIST / "tagdrop"
        shutil.rmtree(DIST, ignore_errors=True)
        with timed("the program's folder"):
            built = build_folder()
        shutil.copytree(built, folder, symlinks=True, ignore=shutil.ignore_patterns(EYE))
        with timed("what people download"):
            if what == "all" and sys.platform == "linux":
                linux.make_all(folder, DIST)
            elif what == "all" and sys.platform == "win32":
                windows.make_all(folder, DIST)
    write_checksums()


def write_checksums() -> None:
    """SHA256SUMS beside the files to pass on, in the form that `sha256sum --check` reads."""
    made = [path for path in sorted(DIST.glob("tagdrop[-_]*")) if path.is_file()]
    for path in made:
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.1f} MB")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
