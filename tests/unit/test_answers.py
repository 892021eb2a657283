"""Items that somebody else has written into the table cost one image its labels, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.backends.answers import to_answer
from desktop.core.backend import Answer
from desktop.core.records import Flag, TextLine

DOG: dict[str, Any] = {
    "Name": {"S": "Dog"},
    "Confidence": {"N": "98.7"},
    "Parents": {"L": [{"S": "Mammal"}, {"S": "Animal"}]},
    "Categories": {"L": [{"S": "Animals and Pets"}]},
}


def item(label: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "ImageName": {"S": "a.jpg"},
        "Status": {"S": "done"},
        "Sequencer": {"S": "0A"},
        "Labels": {"L": [{"M": label}]},
        **more,
    }


def test_what_the_contract_says_is_read() -> None:
    (record,) = to_answer(item(DOG)).records
    assert (record.label, record.confidence) == ("Dog", 98.7)
    assert record.parents == ("Mammal", "Animal")
    assert record.categories == ("Animals and Pets",)


LINE: dict[str, Any] = {
    "Text": {"S": "EXIT"},
    "Confidence": {"N": "99.2"},
    **{side: {"N": "0.25"} for side in ("Left", "Top", "Width", "Height")},
}
FLAG: dict[str, Any] = {
    "Name": {"S": "Weapons"},
    "Confidence": {"N": "88.5"},
    "Parents": {"L": [{"S": "Violence"}]},
}


def found(line: dict[str, Any], flag: dict[str, Any]) -> Answer:
    return to_answer(item(DOG, Texts={"L": [{"M": line}]}, Moderation={"L": [{"M": flag}]}))


def test_texts_and_flags_are_read_where_it_was_asked_for_them() -> None:
    answer = found(LINE, FLAG)
    assert answer.texts == (TextLine("EXIT", 99.2, 0.25, 0.25, 0.25, 0.25),)
    assert answer.flags == (Flag("Weapons", 88.5, ("Violence",)),)
    assert [record.label for record in answer.records] == ["Dog"]
    nothing = to_answer(item(DOG, Texts={"L": []}, Moderation={"L": []}))
    assert (nothing.texts, nothing.flags) == ((), ())
    of_before = to_answer(item(DOG))
    assert (of_before.texts, of_before.flags) == (None, None)


@pytest.mark.parametrize(
    ("line", "flag"),
    [
        ({"Text": {"N": "5"}}, {}),
        ({"Confidence": {"N": "101"}}, {}),
        ({"Left": {"S": "left"}}, {}),
        ({}, {"Name": {"S": ""}}),
        ({}, {"Confidence": {"S": "sure"}}),
        ({}, {"Parents": {"S": "Violence"}}),
    ],
    ids=str,
)
def test_odd_texts_and_flags_are_an_error_of_this_image(
    line: dict[str, Any], flag: dict[str, Any]
) -> None:
    answer = found(LINE | line, FLAG | flag)
    assert answer.error is not None
    assert answer.error.title == "The labels in the table cannot be read"


@pytest.mark.parametrize(
    "wrong",
    [
        {"Name": {"N": "5"}},
        {"Name": {"NULL": True}},
        {"Name": {"B": b"Dog"}},
        {"Parents": {"L": [{"N": "5"}]}},
        {"Parents": {"S": "Mammal"}},
        {"Categories": {"L": [{"M": {"Name": {"S": "Animals and Pets"}}}]}},
        {"Confidence": {"S": "sure"}},
        {"Instances": {"L": [{"S": "left"}]}},
    ],
    ids=str,
)
def test_what_is_none_of_the_functions_making_is_an_error_of_this_image(
    wrong: dict[str, Any],
) -> None:
    answer = to_answer(item(DOG | wrong))
    assert answer.records == ()
    assert answer.error is not None
    assert answer.error.title == "The labels in the table cannot be read"
    assert not answer.error.fatal
    assert answer.version == "0A"


def test_an_item_without_a_text_for_its_place_in_order_is_one_too() -> None:
    versions = set()
    for sequencer in ({"N": "5"}, {"NULL": True}, {"S": ""}):
        answer = to_answer(item(DOG, Sequencer=sequencer))
        assert answer.error is not None
        assert answer.version == to_answer(item(DOG, Sequencer=sequencer)).version
        versions.add(answer.version)
    assert len(versions) == 3
    assert "" not in versions


@pytest.mark.parametrize(
    ("code", "message", "title", "said"),
    [
        (
            "ImageTooLargeException",
            "whatever Amazon says",
            "The picture is too large for Amazon",
            "It takes up to 15 MB and 10,000 pixels a side.",
        ),
        ("NewException", "No cats", "Amazon could not label this photo", "It says: No cats"),
        ("NewException", "", "Amazon could not label this photo", "It gave no reason."),
    ],
)
def test_what_the_function_could_not_label_has_a_reason_in_words(
    code: str, message: str, title: str, said: str
) -> None:
    failed = {"Status": {"S": "failed"}, "ErrorCode": {"S": code}, "ErrorMessage": {"S": message}}
    answer = to_answer(item(DOG) | failed)
    assert answer.error is not None
    assert (answer.error.title, answer.error.message) == (title, said)
    assert (answer.records, answer.version) == ((), "0A")


def test_a_status_that_the_contract_does_not_know_is_an_error_of_this_image() -> None:
    answer = to_answer(item(DOG, Status={"S": "maybe"}))
    assert answer.error is not None
    assert answer.error.title == "The labels in the table cannot be read"
    assert (answer.records, answer.version) == ((), "0A")
