"""Builds the program's folder with PyInstaller, from packaging/tagdrop.spec, with its licences."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from filelock import FileLock

from tools.translations import release, ts_files

from .bom import write_bom
from .icons import make_icons, make_version_files
from .licences import gather_licences

ROOT = Path(__file__).parents[2]
PLACE = ROOT / "build" / "package"
PARTS = PLACE / "parts"
EYE = "eye"

_INGREDIENTS = (
    *("backend_lambda", "deploy", "desktop", "samples"),
    *("packaging/formats", "packaging/icon.svg", "packaging/licences", "packaging/tagdrop.spec"),
    *("packaging/launch.py", "packaging/launch_eye.py", "packaging/own_libraries.py"),
    *(
        "tools/package/bom.py",
        "tools/package/build.py",
        "tools/package/empty_library.py",
        "tools/package/icons.py",
        "tools/package/licences.py",
    ),
    *("LICENSE", "requirements-dev.lock", "requirements.lock", "tests/rig/eye.py"),
)


def source_date() -> str:
    """The seconds since 1970 that every build writes as its time, so that two can be compared."""
    return os.environ.get("SOURCE_DATE_EPOCH", "1767225600")  # 2026-01-01


def build_folder() -> Path:
    """Make build/package/tagdrop, unless what it is made of is as it was; the folder.

    On Linux it also holds EYE, through which tests look at the program that is passed on: it has
    the same libraries and the same code. Beside the folder lie `parts` (icons, translations,
    version) and PyInstaller's work.
    """
    stamp = PLACE / "made-of"
    PLACE.mkdir(parents=True, exist_ok=True)
    with FileLock(PLACE / ".lock"):
        made_of = fingerprint()
        if not stamp.is_file() or stamp.read_text() != made_of:
            stamp.unlink(missing_ok=True)
            _build()
            stamp.write_text(made_of)
    return PLACE / "tagdrop"


def fingerprint() -> str:
    """A digest of everything that goes into the program."""
    digest = hashlib.sha256(f"{sys.version} {sys.prefix} {source_date()}".encode())
    for path in _ingredients():
        digest.update(f"{path.relative_to(ROOT)} {path.stat().st_size} ".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _ingredients() -> Iterator[Path]:
    for name in _INGREDIENTS:
        top = ROOT / name
        found = sorted(top.rglob("*")) if top.is_dir() else [top]
        yield from (path for path in found if path.is_file() and path.suffix not in (".pyc", ".qm"))


def _build() -> None:
    # PyInstaller's own work, too: it takes a source for old that was changed before the last build.
    for old in (PLACE / "tagdrop", PLACE / "work", PARTS):
        shutil.rmtree(old, ignore_errors=True)
    PARTS.mkdir()
    make_icons(PARTS)
    make_version_files(PARTS)
    for texts in ts_files():
        release(texts, PARTS / f"{texts.stem}.qm")
    environment = {
        **os.environ,
        "TAGDROP_PACKAGE_PARTS": str(PARTS),
        "SOURCE_DATE_EPOCH": source_date(),
        "PYTHONHASHSEED": "0",
    }
    if sys.platform == "win32":  # the archive and the installer pack the modules better as a whole
        environment["PYINSTALLER_ZLIB_COMPRESSION_LEVEL"] = "0"
    run_pyinstaller("tagdrop", PLACE, environment)
    if not [*(PLACE / "tagdrop").glob("tagdrop*")]:  # under Wine, one that crashes may end with 0
        sys.exit("PyInstaller has made no program, and did not say why.")
    console = PLACE / "tagdrop" / "tagdrop.com.exe"
    if console.exists():
        console.rename(console.with_suffix(""))
        console.with_suffix(".pkg").unlink()  # it finds tagdrop.pkg
    inside = PLACE / "tagdrop" / "_internal"
    _strip_python(inside)
    gather_licences(PLACE / "work" / "tagdrop", inside / "licences")
    write_bom(inside / "licences")


def run_pyinstaller(name: str, place: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Make the folder of packaging/NAME.spec in this place, beside PyInstaller's own work."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    places = ["--distpath", str(place), "--workpath", str(place / "work")]
    spec = str(ROOT / "packaging" / f"{name}.spec")
    subprocess.run([*command, *places, spec], cwd=ROOT, env=environment, check=True)


def _strip_python(inside: Path) -> None:
    """Take the symbols for debuggers out of Python's library: 16 MB, where it has them.

    Only there: wheels bring libraries that a rewritten ELF header keeps from being stripped safely.
    """
    if shutil.which("strip"):
        for library in inside.glob("libpython3*.so*"):
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)
