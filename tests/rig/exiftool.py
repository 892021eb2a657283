"""What other programs do to a photo's metadata, by exiftool, the one that all are compared with."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

RATE = ("-Rating=5", "-XMP-dc:Subject=x", "-EXIF:UserComment=y")
"""A star rating, a keyword and a comment."""
STRIP = ("-all=",)


def rewrite(path: Path, options: tuple[str, ...]) -> None:
    """Rewrite the metadata of a file in place; no other byte of its picture changes."""
    before = path.read_bytes()
    command = ["exiftool", "-q", "-q", "-overwrite_original", *options, str(path)]
    subprocess.run(command, check=True, timeout=60)
    assert path.read_bytes() != before


def keywords(path: Path) -> dict[str, list[str]]:
    """The keywords of a file by the tag that they stand in, as exiftool reads them."""
    tags = ("Subject", "HierarchicalSubject", "TagsList", "Keywords")
    command = ["exiftool", "-json", *(f"-{tag}" for tag in tags), str(path)]
    done = subprocess.run(command, check=True, timeout=60, capture_output=True)
    found = {tag: value for tag, value in json.loads(done.stdout)[0].items() if tag in tags}
    return {t: list(map(str, v if isinstance(v, list) else [v])) for t, v in found.items()}
