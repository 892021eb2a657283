"""`tagdrop save` on labelled photos: what it writes, what it says, and the way back."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.rig.command import ROOT, Computer
from tests.rig.processes import run_python

SAMPLES = ("chelsea.png", "china.jpg", "coffee.png")


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with photos, and beside it the data of a program that has labelled them."""
    place = tmp_path_factory.mktemp("labelled")
    (place / "photos").mkdir()
    for name in SAMPLES:
        shutil.copy(ROOT / "samples" / name, place / "photos")
    shutil.copy(place / "photos" / "china.jpg", place / "photos" / "twin.jpg")
    assert Computer(place / "data").label(place / "photos").code == 0
    return place


def save(place: Path, *arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = ["-m", "desktop", "save", *arguments, "--data-dir", place / "data"]
    return run_python(*command, code=code)


INTO_PHOTOS = ("keywords", "--into", "photos")


def look(place: Path) -> dict[str, tuple[str, int]]:
    return {
        path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in (place / "photos").iterdir()
    }


def test_photos_get_keywords_and_are_restored(labelled: Path) -> None:
    before = look(labelled)
    planned = save(labelled, *INTO_PHOTOS, "--dry-run")
    assert "chelsea.png: Tabby Cat" in planned.stdout
    assert look(labelled) == before
    assert "written to 4 photos" in save(labelled, *INTO_PHOTOS).stderr
    after = look(labelled)
    assert {name: seen[1] for name, seen in after.items()} == {n: s[1] for n, s in before.items()}
    assert not {seen[0] for seen in after.values()} & {seen[0] for seen in before.values()}
    assert b"Tabby Cat" in (labelled / "photos" / "chelsea.png").read_bytes()
    assert "4 were up to date" in save(labelled, *INTO_PHOTOS).stderr
    changed = save(labelled, *INTO_PHOTOS, "--language", "de", labelled / "photos" / "chelsea.png")
    assert "written to 1 photo" in changed.stderr
    data = (labelled / "photos" / "chelsea.png").read_bytes()
    assert b"Getigerte Katze" in data
    assert b"Tabby Cat" not in data
    save(labelled, "undo")
    assert look(labelled) == after
    assert "Undid: keywords written to 4 photos." in save(labelled, "undo").stderr
    assert look(labelled) == before
    assert "no save to undo" in save(labelled, "undo").stderr
    again = Computer(labelled / "data").label(labelled / "photos")
    assert again.states() == {"skipped": 4}


def test_sidecars_are_made_and_go_again_and_what_fails_is_named(labelled: Path) -> None:
    before = look(labelled)
    theirs = labelled / "photos" / "coffee.xmp"
    theirs.write_bytes(b"no XMP at all")
    said = save(labelled, "keywords", "--into", "sidecars", "--sidecar-name", "name", code=1)
    assert "coffee.xmp: The sidecar beside this photo cannot be read" in said.stderr
    assert "written to 3 photos" in said.stderr
    assert theirs.read_bytes() == b"no XMP at all"
    assert (labelled / "photos" / "twin.jpg.xmp").is_file()
    mine = labelled / "photos" / "china.jpg.xmp"
    mine.write_bytes(mine.read_bytes() + b"<!-- mine -->")
    undone = save(labelled, "undo", code=1)
    assert "china.jpg.xmp: This file has been changed since it was saved" in undone.stderr
    assert look(labelled).keys() - before.keys() == {"coffee.xmp", "china.jpg.xmp"}
    theirs.unlink()
    mine.unlink()
    assert look(labelled) == before


def test_what_is_mistyped_is_said(labelled: Path) -> None:
    assert "WHAT" in save(labelled, code=2).stderr
    assert "--min-confidence" in save(labelled, "keywords", "--min-confidence", "x", code=2).stderr
