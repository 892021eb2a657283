"""What a person types, as terms."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.core.search.language import MOST_TERMS, parse_search
from desktop.core.search.terms import Period, typed
from desktop.core.search.thesaurus import ENGLISH_FIRST, Thesaurus
from desktop.ui.words.label_names import names_in

TODAY = date(2026, 11, 30)


def said(text: str) -> list[str]:
    """Each term: "-" where it is excluded, then its alternatives, with a kind but for words."""
    return [
        "-" * term.is_excluded
        + "|".join(
            ("" if each.kind == "word" else f"{each.kind}=")
            + (f'"{each.text}"' if each.is_exact else each.text)
            for each in term.wanted
        )
        for term in parse_search(text, ENGLISH_FIRST.is_phrase, TODAY)
    ]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("dog -cat", ["dog", "-cat"]),
        ('"hot dog" x', ['"hot dog"', "x"]),
        ('-"hot dog"', ['-"hot dog"']),
        ('  - "" dog', ["dog"]),
        ('"not closed', ['"not closed"']),
        ("dog cat dog", ["dog", "cat"]),
        ("dog or cat", ["dog|cat"]),
        ("Hund ODER Katze Strand", ["Hund|Katze", "Strand"]),
        ("dog or", ["dog"]),
        ("or", ["or"]),
        ("dog or cat or horse", ["dog|cat|horse"]),
        ("dog or -cat", ["dog", "-cat"]),
        ("dog not cat", ["dog", "-cat"]),
        ("Hund ohne Katze", ["Hund", "-Katze"]),
        ("not", ["not"]),
        ("photos of dogs without a cat", ["dogs", "-cat"]),
        ("der Hund am Strand", ["Hund", "Strand"]),
        ("dogs and cats, trees", ["dogs", "cats", "trees"]),
        ("the", ["the"]),
        ("ice cream or hot dog", ["ice cream|hot dog"]),
        ("not ice cream", ["-ice cream"]),
        ("label:dog name:img_1 folder:Urlaub", ["label=dog", "name=img_1", "folder=Urlaub"]),
        ('Ordner:"Holiday 2025" -is:mine', ['folder="Holiday 2025"', "-is=mine"]),
        ("ist:Favorit is:labeled", ["is=favourite", "is=labelled"]),
        ("label: dog", ["dog"]),
        ("is:nonsense before:dinner 12:30", ["is:nonsense", "before:dinner", "12:30"]),
        ("dog in july 2024", ["dog", "taken=july 2024"]),
    ],
)
def test_a_search_is_words_and_fields(text: str, terms: list[str]) -> None:
    assert said(text) == terms


@pytest.mark.parametrize("text", ["dog -cat", 'a or "b c" -folder:x', "last summer -2024"])
def test_terms_can_be_typed_again(text: str) -> None:
    terms = parse_search(text, today=TODAY)
    assert parse_search(typed(terms), today=TODAY) == terms


def test_of_a_pasted_text_the_first_terms_count() -> None:
    terms = parse_search(" ".join(f"word{number}" for number in range(2000)))
    assert len(terms) == MOST_TERMS
    assert terms[-1].text == f"word{MOST_TERMS - 1}"


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("2020-2022", date(2020, 1, 1), date(2023, 1, 1)),
        ("2024-07", date(2024, 7, 1), date(2024, 8, 1)),
        ("2024-12-31", date(2024, 12, 31), date(2025, 1, 1)),
        ("31.12.2024", date(2024, 12, 31), date(2025, 1, 1)),
        ("July 2024", date(2024, 7, 1), date(2024, 8, 1)),
        ("Dez 2024", date(2024, 12, 1), date(2025, 1, 1)),
        ("15. Juli 2024", date(2024, 7, 15), date(2024, 7, 16)),
        ("July 4th, 2024", date(2024, 7, 4), date(2024, 7, 5)),
        ("summer 2024", date(2024, 6, 1), date(2024, 9, 1)),
        ("last summer", date(2026, 6, 1), date(2026, 9, 1)),
        ("letzten Winter", date(2025, 12, 1), date(2026, 3, 1)),
        ("this autumn", date(2026, 9, 1), date(2026, 12, 1)),
        ("last december", date(2025, 12, 1), date(2026, 1, 1)),
        ("letztes Jahr", date(2025, 1, 1), date(2026, 1, 1)),
        ("dieses Jahr", date(2026, 1, 1), date(2027, 1, 1)),
        ("last month", date(2026, 10, 1), date(2026, 11, 1)),
        ("letzte Woche", date(2026, 11, 23), date(2026, 11, 30)),
        ("last weekend", date(2026, 11, 28), date(2026, 11, 30)),
        ("today", date(2026, 11, 30), date(2026, 12, 1)),
        ("gestern", date(2026, 11, 29), date(2026, 11, 30)),
        ("before:2024", None, date(2024, 1, 1)),
        ('nach:"Juli 2024"', date(2024, 8, 1), None),
    ],
)
def test_dates_are_understood(text: str, begin: date | None, end: date | None) -> None:
    ((wanted,),) = [term.wanted for term in parse_search(text, today=TODAY)]
    assert wanted.period == Period(begin, end)


@pytest.mark.parametrize("text", ["0003", "2024-13", "31.2.2024", "1850", "IMG_2024"])
def test_what_is_no_date_is_a_word(text: str) -> None:
    ((wanted,),) = [term.wanted for term in parse_search(text, today=TODAY)]
    assert (wanted.kind, wanted.period) == ("word", None)


def test_a_month_is_that_of_any_year() -> None:
    ((winter,), (july,)) = [term.wanted for term in parse_search("winter Juli", today=TODAY)]
    assert winter.period == Period(months=(12, 1, 2))
    assert july.period == Period(months=(7,))


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("dogs", "Dog"),
        ("Hunde", "Dog"),
        ("Haeuser", "House"),
        ("mice", "Mouse"),
        ("Welpen", "Puppy"),
        ("automobile", "Car"),
        ("vehicle", "Car"),
        ("Fahrzeuge", "Car"),
        ("dachshund", "Dog"),
        ("Dackel", "Dog"),
        ("Kaffeetassen", "Coffee"),
    ],
)
def test_words_mean_labels(word: str, label: str) -> None:
    meaning = ENGLISH_FIRST.meaning(word)
    assert meaning is not None
    assert label in meaning.labels


@pytest.mark.parametrize(
    ("word", "label"),
    [("dog", "Hot Dog"), ("car", "Cardboard Box"), ("bank", "Bench"), ("thing", "Car")],
)
def test_words_do_not_mean_what_they_do_not(word: str, label: str) -> None:
    meaning = ENGLISH_FIRST.meaning(word)
    assert meaning is None or label not in meaning.labels


def test_the_persons_language_counts_first() -> None:
    english, german = ENGLISH_FIRST.meaning("boot"), Thesaurus("de").meaning("boot")
    assert english is not None
    assert german is not None
    assert english.labels[0] == "Boot"
    assert german.labels[0] == "Boat"


def test_what_a_library_lacks_has_a_wider_label() -> None:
    meaning = ENGLISH_FIRST.meaning("puppy")
    assert meaning is not None
    assert meaning.wider[0] == "Dog"
    assert "Animal" in meaning.general


def test_every_name_of_a_label_finds_it() -> None:
    german = Thesaurus("de")
    for label, name in names_in("de").items():
        for thesaurus, word in ((ENGLISH_FIRST, label), (german, name.partition(" (")[0])):
            meaning = thesaurus.meaning(word)
            assert meaning is not None, f"{word}: python -m tools.thesaurus"
            assert label in meaning.labels, f"{word}: {meaning.labels}"
