"""Texts of the parts without Qt: English by themselves, whole when said or kept elsewhere."""

from __future__ import annotations

import pytest

from desktop.core.errors import ImageError, Remedy
from desktop.core.texts import Text, Value, values_from_json, values_to_json


def test_an_error_reads_in_english_with_its_values() -> None:
    error = ImageError("Too large for {who}", "At most {limit} MB.", who="Amazon", limit=15)
    assert (error.title, error.message) == ("Too large for Amazon", "At most 15 MB.")
    assert str(error) == "Too large for Amazon. At most 15 MB."
    assert str(ImageError("Too large")) == "Too large"


def test_an_error_says_which_button_helps_and_what_it_copies() -> None:
    plain = ImageError("Too large")
    assert (plain.remedy, plain.detail) == (None, "")
    error = ImageError(
        "{who} refused", remedy=Remedy.COPY_FOR_IT, detail="Please ask {who}.", who="Amazon"
    )
    assert error.remedy is Remedy.COPY_FOR_IT
    assert (str(error), error.detail) == ("Amazon refused", "Please ask Amazon.")


@pytest.mark.parametrize("reason", ["{", "}", "{0}", "{reason}", "{act!r}", "{{x}}", "%1 %n", ""])
def test_what_others_say_may_hold_anything(reason: str) -> None:
    assert str(Text("Amazon says: {reason}", reason=reason)) == f"Amazon says: {reason}"
    assert str(Text(f"as it was stored: {reason}")) == f"as it was stored: {reason}"


def test_words_and_numbers_inside_a_text_are_said_in_the_language_too() -> None:
    german = {"may not {act} {times} times": "darf nicht {times}-mal {act}", "dance": "tanzen"}
    text = Text("may not {act} {times} times", act=Text("dance"), times=1000)
    assert str(text) == "may not dance 1000 times"
    said = text.said(lambda template: german[template], lambda number: f"{number:,}")
    assert said == "darf nicht 1,000-mal tanzen"


def test_an_amount_of_money_has_as_many_digits_as_it_needs() -> None:
    for dollars, said in ((5.0, "5"), (0.31, "0.31"), (7.5, "7.50"), (0.001, "0.001")):
        assert str(Text("${limit} a month", limit=dollars)) == f"${said} a month"


def test_values_come_back_from_the_library_as_they_were() -> None:
    values: dict[str, Value] = {
        "path": "/photos/b\udce4.jpg",  # a name that is no valid text
        "limit": 15,
        "dollars": 7.5,
        "reason": Text("{part} failed: {why}", part=Text("Storage"), why='{"text": 1}'),
    }
    kept = values_to_json(values)
    assert kept is not None
    assert kept.isascii()
    assert values_from_json(kept) == values
    assert values_to_json({}) is None
    assert values_from_json(None) == {}
