"""The installer for a person's home: it puts the program there and takes it away again."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rig import ROOT

LINUX = ROOT / "packaging" / "linux"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux's installer")


@pytest.fixture
def person(tmp_path: Path) -> Path:
    """A person whose folder's name holds what is special to a shell and to desktop entries."""
    folder = tmp_path / 'Jörg & Söhne, 100 % $HOME `x` | "1"'
    folder.mkdir()
    return folder


def unpacked(place: Path, version: str) -> Path:
    """What the archive holds, with a program that says its version and its arguments."""
    icons = place / "share" / "icons" / "hicolor" / "64x64" / "apps"
    icons.mkdir(parents=True)
    (icons / "tagdrop.png").touch()
    (place / "share" / "applications").mkdir()
    shutil.copy(LINUX / "tagdrop.desktop", place / "share" / "applications")
    shutil.copy(LINUX / "install.sh", place)
    (place / version).touch()
    (place / "tagdrop").write_text(f'#!/bin/sh\necho {version} "$@"\n')
    (place / "tagdrop").chmod(0o755)
    return place


def install(folder: Path, person: Path, *options: str, path: str = os.defpath) -> int:
    return subprocess.run(
        ["/bin/sh", folder / "install.sh", *options],
        env={"HOME": str(person), "PATH": path},
        check=False,
    ).returncode


def chosen_in_the_menu(person: Path, action: str = "Desktop Entry") -> str:
    """What starts when the entry is chosen. Entries quote as a shell does, and a % as %%."""
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(person / ".local" / "share" / "applications" / "tagdrop.desktop", "utf-8")
    line = entry[action]["Exec"].replace("\\\\", "\\")
    command = line.replace("%F", "photo.jpg").replace("%%", "%")
    return subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, check=True
    ).stdout


def files_in(folder: Path) -> set[str]:
    """But for the lists that the desktop's own tools keep."""
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}
    return {name for name in found if not name.endswith(".cache")}


def test_it_is_in_the_menu_and_in_the_terminal_until_it_is_removed(
    person: Path, tmp_path: Path
) -> None:
    data = person / ".local" / "share"
    (data / "Tagdrop").mkdir(parents=True)
    (data / "Tagdrop" / "library.db").touch()
    before = files_in(person)
    assert install(unpacked(tmp_path / "download", "1.0"), person) == 0
    shutil.rmtree(tmp_path / "download")
    assert chosen_in_the_menu(person) == "1.0 photo.jpg\n"
    assert chosen_in_the_menu(person, "Desktop Action AddPhotos") == "1.0 --add-photos\n"
    assert (person / ".local" / "bin" / "tagdrop").resolve() == data / "tagdrop-program" / "tagdrop"
    assert (data / "icons" / "hicolor" / "64x64" / "apps" / "tagdrop.png").is_file()
    assert install(data / "tagdrop-program", person, "--remove") == 0
    assert files_in(person) == before


def test_a_newer_one_takes_the_place_of_the_older(person: Path, tmp_path: Path) -> None:
    install(unpacked(tmp_path / "old", "1.0"), person)
    assert install(unpacked(tmp_path / "new", "2.0"), person) == 0
    assert chosen_in_the_menu(person) == "2.0 photo.jpg\n"
    assert not (person / ".local" / "share" / "tagdrop-program" / "1.0").exists()


def test_when_the_disk_is_full_the_older_one_stays(person: Path, tmp_path: Path) -> None:
    install(unpacked(tmp_path / "old", "1.0"), person)
    before = files_in(person)
    full = tmp_path / "full"
    full.mkdir()
    (full / "cp").write_text("#!/bin/sh\nexit 1\n")
    (full / "cp").chmod(0o755)
    assert install(unpacked(tmp_path / "new", "2.0"), person, path=f"{full}:{os.defpath}") == 1
    assert files_in(person) == before
    assert chosen_in_the_menu(person) == "1.0 photo.jpg\n"
