"""Folders by label: which one a photo goes to, what it is called, and what travels along."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop.core.folders.names import MOST_BYTES, numbered, safe_name
from desktop.core.folders.partners import Partners
from desktop.core.folders.sorting import Sorting, count_folders
from desktop.core.library.effective import EffectiveLabel
from desktop.core.library.labelled import LabelledFile
from desktop.core.records import LabelRecord


def photo(*labels: str) -> LabelledFile:
    """With these labels, surest first."""
    effective = tuple(
        EffectiveLabel(LabelRecord("n", label, 90, ("Mammal", "Animal")), "local", False, label)
        for label in labels
    )
    return LabelledFile(1, Path("/p/a.jpg"), "a.jpg", 1, "n", None, effective, 0, 0, None, "")


def test_the_preview_counts_each_photo_once_and_the_unsure_last() -> None:
    photos = [photo("Dog", "Beach"), photo("Dog"), *[photo()] * 9, photo("Cat"), photo("Beach")]
    assert count_folders(photos, Sorting()) == [
        (Path("Dog"), 2),
        (Path("Beach"), 1),
        (Path("Cat"), 1),
        (Path("Not sure"), 9),
    ]
    chosen = Sorting(labels=frozenset({"Beach", "Cat"}), not_sure=None)
    assert count_folders(photos, chosen) == [(Path("Beach"), 2), (Path("Cat"), 1)]


def test_folders_stand_inside_those_of_the_parents_in_the_persons_language() -> None:
    german = {"Dog": "Hund", "Mammal": "Säugetier", "Animal": "Tier"}
    sorting = Sorting(with_parents=True, name_of=lambda label: german.get(label, label))
    assert sorting.folder(photo("Dog").labels) == Path("Tier/Säugetier/Hund")
    assert sorting.folder(photo("a/b").labels) == Path("Tier/Säugetier/a_b")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Dog", "Dog"),
        ("Hündchen 犬", "Hündchen 犬"),
        ("a/b", "a_b"),
        ('<>:"/\\|?*', "_________"),
        ("..", "_"),
        (".", "_"),
        ("", "_"),
        (" ", "_"),
        ("../../etc", "_._._etc"),
        (".hidden", "_hidden"),
        ("Dog. ", "Dog"),
        ("line\nend\x00", "line_end_"),
        ("CON", "CON_"),
        ("nul.txt", "nul_.txt"),
        ("Com1", "Com1_"),
        ("COM²", "COM²_"),
        ("LPT1 .x", "LPT1_.x"),
        ("Console", "Console"),
        ("COM10", "COM10"),
        ("IMG.JPG", "IMG.JPG"),
        ("\udcff.jpg", "_.jpg"),
        ("x" * 300 + ".jpg", "x" * (MOST_BYTES - 4) + ".jpg"),
        ("犬" * 300 + ".jpg", "犬" * 78 + ".jpg"),
        ("a." + "b" * 300, "a." + "b" * (MOST_BYTES - 2)),
    ],
)
def test_a_name_is_one_that_every_system_takes(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert safe_name(safe) == safe
    assert len(safe.encode()) <= MOST_BYTES


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert [numbered("IMG.jpg", n) for n in (1, 2, 10)] == [
        "IMG.jpg",
        "IMG (2).jpg",
        "IMG (10).jpg",
    ]
    assert numbered("no ending", 2) == "no ending (2)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = "IMG.JPG IMG.xmp IMG.JPG.XMP IMG.MOV img.aae IMG.txt IMG2.MOV IMG.1.xmp IMG.1.jpg"
    for name in names.split():
        (tmp_path / name).touch()
    return tmp_path


def test_sidecars_and_an_iphones_files_belong_to_a_photo(folder: Path) -> None:
    found = Partners().of(folder / "IMG.JPG")
    assert {each.path.name for each in found} == {"IMG.xmp", "IMG.JPG.XMP", "IMG.MOV", "img.aae"}
    assert not any(each.is_shared for each in found)
    moved = {each.beside(Path("/to/IMG (2).JPG")).name for each in found}
    assert moved == {"IMG (2).xmp", "IMG (2).JPG.XMP", "IMG (2).MOV", "IMG (2).aae"}
    (other,) = Partners().of(folder / "IMG.1.jpg")
    assert other.path.name == "IMG.1.xmp"


def test_what_a_raw_file_and_its_jpeg_share_is_said_to_be_shared(folder: Path) -> None:
    (folder / "IMG.CR2").touch()
    partners = Partners()
    shared = {each.path.name: each.is_shared for each in partners.of(folder / "IMG.CR2")}
    assert shared == {"IMG.xmp": True, "IMG.MOV": True, "img.aae": True}
    assert {each.path.name: each.is_shared for each in partners.of(folder / "IMG.JPG")} == {
        **shared,
        "IMG.JPG.XMP": False,
    }
    partners.moved(folder / "IMG.CR2")
    assert not any(each.is_shared for each in partners.of(folder / "IMG.JPG"))


@pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="two names that differ in case only are one there"
)
def test_photos_whose_names_differ_in_case_only_keep_their_own_sidecars(tmp_path: Path) -> None:
    for name in ("IMG.jpg", "img.jpg", "IMG.jpg.xmp", "img.jpg.xmp"):
        (tmp_path / name).touch()
    found = Partners().of(tmp_path / "img.jpg")
    assert {each.path.name: each.is_shared for each in found} == {
        "IMG.jpg.xmp": True,
        "img.jpg.xmp": False,
    }
