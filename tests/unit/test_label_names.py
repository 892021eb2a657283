"""Label names in German: every label of this computer's has one, and each leads back to its key."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

import pytest

from desktop.ui.words import label_names
from tests.rig import ROOT

VOCABULARY = ROOT / "desktop" / "backends" / "models" / "labels.json"
TABLE = ROOT / "desktop" / "ui" / "translations" / "labels_de.tsv"


@pytest.fixture
def german() -> Iterator[None]:
    label_names.use_language("de")
    yield
    label_names.use_language("en")


def test_every_label_of_this_computer_has_a_german_name() -> None:
    known = label_names.names_in("de")
    assert [
        name for name in json.loads(VOCABULARY.read_text())["labels"] if name not in known
    ] == []
    # and what Amazon finds in most photos
    for label in ("Outdoors", "Sky", "Sunset", "Tree", "Sea", "City", "Face", "Wedding", "Child"):
        assert label in known


def test_the_table_is_in_order_and_no_two_labels_look_alike() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines]
    assert all(
        len(pair) == 2 and all(part == part.strip() != "" for part in pair) for pair in pairs
    )
    assert lines == sorted(lines)
    names = Counter(name.casefold() for _, name in pairs)
    assert [name for name, count in names.items() if count > 1] == []
    assert [name for _, name in pairs if not name[0].isupper()] == []


@pytest.mark.usefixtures("german")
def test_labels_are_shown_in_german_and_kept_in_english() -> None:
    assert label_names.shown_name("Dog") == "Hund"
    assert label_names.other_names("Dog") == ("Hund",)
    assert label_names.stored_name("hund") == "Dog"
    assert label_names.other_names("Pizza") == ()
    assert (
        label_names.shown_name("Aunt Emma") == label_names.stored_name("Aunt Emma") == "Aunt Emma"
    )


def test_other_languages_show_the_key() -> None:
    label_names.use_language("fr")
    assert label_names.shown_name("Dog") == "Dog"
    assert label_names.stored_name("Hund") == "Hund"
