"""What other programs do to a photo's metadata, by exiftool, the one that all are compared with."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

RATE = ("-Rating=5", "-XMP-dc:Subject=x", "-EXIF:UserComment=y")
"""A star rating, a keyword and a comment."""
STRIP = ("-all=",)


def rewrite(path: Path, options: tuple[str, ...]) -> None:
    """Rewrite the metadata of a file in place; no other byte of its picture changes."""
    before = path.read_bytes()
    command = [program(), "-q", "-q", "-overwrite_original", *options, str(path)]
    subprocess.run(command, check=True, timeout=60)
    assert path.read_bytes() != before


def tags(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Every tag of each file by group and name, all of those that occur twice."""
    said = _say("-json", "-a", "-G1:4", "-struct", "-U", *map(str, paths))
    ours = ("SourceFile", "ExifTool:", "System:")
    files = json.loads(said, strict=False)
    return [{name: f[name] for name in f if not name.startswith(ours)} for f in files]


def complaints(paths: Iterable[Path]) -> list[list[str]]:
    """What exiftool finds wrong with each file."""
    said = _say("-json", "-validate", "-warning", "-error", "-a", *map(str, paths))
    return [
        sorted(f"{name}: {value}" for name, value in file.items() if name != "SourceFile")
        for file in json.loads(said)
    ]


def keywords(path: Path) -> dict[str, list[str]]:
    """The keywords of a file by the tag that they stand in, as exiftool reads them."""
    tags = ("Subject", "HierarchicalSubject", "TagsList", "Keywords")
    (said,) = json.loads(_say("-json", *(f"-{tag}" for tag in tags), str(path)))
    found = {tag: value for tag, value in said.items() if tag in tags}
    return {t: list(map(str, v if isinstance(v, list) else [v])) for t, v in found.items()}


def _say(*options: str) -> str:
    command = [program(), "-q", "-q", *options]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=240).stdout


def program() -> str:
    """Its name; on Windows, which installs none by itself, a test without it is skipped."""
    if sys.platform == "win32" and not shutil.which("exiftool"):
        pytest.skip("this Windows has no exiftool")
    return "exiftool"
