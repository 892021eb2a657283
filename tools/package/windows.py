"""What Windows gets: an installer, and an archive to unpack anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from desktop import __version__
from desktop.core.photo.discover import PHOTO_SUFFIXES
from desktop.ui.single_instance import MUTEX

from .build import PARTS, ROOT, source_date
from .small_zip import write_zip

SCRIPT = ROOT / "packaging" / "windows" / "tagdrop.iss"
COMPILER = "ISCC"
"""The environment's name for where Inno Setup's compiler is, if not in its usual place."""
SIGN = "TAGDROP_SIGN"
"""The environment's name for the command that signs a file, with $f for it; none: unsigned."""


def make_all(folder: Path, dist: Path) -> list[Path]:
    """The archive and, where Inno Setup is, the installer; the files that were made."""
    base = dist / f"tagdrop-{__version__}-windows"
    if command := os.environ.get(SIGN):
        for program in (*folder.glob("*.exe"), *folder.glob("*.com")):
            subprocess.run(command.replace("$f", f'"{program}"'), check=True)
    with ThreadPoolExecutor() as pool:  # each takes a minute
        archive = pool.submit(_archive, folder, base)
        made = []
        if compiler := find_compiler():
            made.append(_installer(compiler, base))
        else:
            print("No Inno Setup here: no installer is made.", file=sys.stderr)
        return [archive.result(), *made]


def find_compiler() -> Path | None:
    """ISCC.exe of Inno Setup 6."""
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "C:\\"), "Inno Setup 6", "ISCC.exe")
    place = Path(os.environ.get(COMPILER, usual))
    return place if place.is_file() else None


def _archive(folder: Path, base: Path) -> Path:
    """A .zip with the program's folder, the same for the same files."""
    target = base.with_name(base.name + ".zip")
    write_zip(target, folder, called="Tagdrop", date=time.gmtime(int(source_date())))
    return target


def _installer(compiler: Path, base: Path) -> Path:
    """What Inno Setup makes of packaging/windows/tagdrop.iss."""
    types = PARTS / "types.iss"
    types.write_text(photo_types(), encoding="utf-8")
    defined = {"Version": __version__, "Mutex": MUTEX, "Types": str(types)}
    options = [f"/D{name}={value}" for name, value in defined.items()]
    if command := os.environ.get(SIGN):
        options += ["/DSigned", "/Stagdrop=" + command.replace('"', "$q")]
    subprocess.run([str(compiler), "/Q", *options, str(SCRIPT)], check=True)
    return base.with_name(base.name + ".exe")


def photo_types() -> str:
    """Lines for the installer: the endings that Tagdrop is offered for under *Open with*."""
    key = r"Software\Classes\Applications\tagdrop.exe\SupportedTypes"
    return "".join(
        f'Root: HKA; Subkey: "{key}"; ValueType: string; ValueName: "{suffix}"; ValueData: ""\n'
        for suffix in sorted(PHOTO_SUFFIXES)
    )
