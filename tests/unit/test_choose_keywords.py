"""Which keywords a photo gets of its labels."""

from __future__ import annotations

import pytest

from desktop.core.library.effective import EffectiveLabel
from desktop.core.records import LabelRecord
from desktop.core.save.keywords import Choice, choose_keywords
from desktop.core.save.metadata import fields_of

GERMAN = {"Animal": "Tier", "Mammal": "Säugetier", "Dog": "Hund"}


def label(
    name: str, confidence: float, *parents: str, origin: str = "local", is_kept: bool = False
) -> EffectiveLabel:
    record = LabelRecord("name", name, confidence, parents)
    return EffectiveLabel(record, origin, is_kept, name)


LABELS = [
    label("Grass", 60),
    label("Animal", 97),
    label("Dog", 97, "Mammal", "Animal"),
    label("Mammal", 97, "Animal"),
    label("Bench", 30, "Furniture", is_kept=True),
    label("Cat", 20, "Mammal", "Animal"),
]


def paths(choice: Choice) -> list[str]:
    return ["|".join(keyword.path) for keyword in choose_keywords(LABELS, choice)]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), ["Furniture|Bench", "Animal|Mammal|Dog", "Grass"]),
        (Choice(min_confidence=90), ["Furniture|Bench", "Animal|Mammal|Dog"]),
        (Choice(confirmed_only=True), ["Furniture|Bench"]),
        (Choice(most_labels=2), ["Furniture|Bench", "Animal|Mammal|Dog"]),
        (Choice(most_labels=0), []),
        (
            Choice(min_confidence=90, prefix=" Auto "),
            ["Auto|Furniture|Bench", "Auto|Animal|Mammal|Dog"],
        ),
        (
            Choice(with_parents=True, prefix="Auto", most_labels=2),
            [
                "Auto|Furniture|Bench",
                "Auto|Furniture",
                "Auto|Animal|Mammal|Dog",
                "Auto|Animal|Mammal",
                "Auto|Animal",
            ],
        ),
    ],
)
def test_the_keywords_are_those_that_were_chosen(choice: Choice, expected: list[str]) -> None:
    assert paths(choice) == expected


def test_a_parent_that_you_confirmed_is_written_for_itself() -> None:
    labels = [label("Dog", 97, "Animal"), label("Animal", 97, is_kept=True)]
    assert [k.path for k in choose_keywords(labels, Choice())] == [("Animal",), ("Animal", "Dog")]


def test_names_are_in_the_persons_language_and_fit_into_one_line() -> None:
    keywords = choose_keywords(
        [label("Dog", 97, "Mammal", "Animal"), label(" a\tb\x00\ud800 \n", 80), label("\x01", 80)],
        Choice(),
        lambda name: GERMAN.get(name, name),
    )
    assert [k.path for k in keywords] == [("Tier", "Säugetier", "Hund"), ("a b",)]
    (accented,) = choose_keywords([label("Cafe\u0301", 97)], Choice())
    assert accented.name == "Caf\u00e9"


def test_a_name_is_no_branch_of_the_tree_and_a_long_one_is_not_in_iptc() -> None:
    labels = [label("AC/DC | live", 99, "Music"), label("é" * 33, 98), label("é" * 32, 97)]
    fields = fields_of(choose_keywords(labels, Choice()))
    assert fields.subject == ("AC/DC | live", "é" * 33, "é" * 32)
    assert fields.hierarchical == ("Music|AC/DC - live", "é" * 33, "é" * 32)
    assert fields.tags_list == ("Music/AC-DC | live", "é" * 33, "é" * 32)
    assert fields.iptc == ("AC/DC | live", "é" * 32)


def test_the_same_name_at_two_places_of_the_tree_is_one_keyword() -> None:
    labels = [label("Orange", 99, "Fruit"), label("orange", 98, "Colour")]
    fields = fields_of(choose_keywords(labels, Choice()))
    assert fields.subject == ("Orange",)
    assert fields.hierarchical == ("Fruit|Orange", "Colour|orange")
