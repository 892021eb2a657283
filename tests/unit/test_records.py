"""What was recognised in one image, and the name it goes by."""

from __future__ import annotations

import random

import pytest

from desktop.core.records import (
    MAX_IMAGE_NAME,
    Flag,
    Instance,
    LabelRecord,
    TextLine,
    instances_from_json,
    instances_to_json,
    make_image_name,
    surest_first,
)

DIGEST = "0123456789abcdef" * 4


@pytest.mark.parametrize("confidence", [-0.1, 100.1, float("nan")])
def test_a_confidence_is_a_percentage(confidence: float) -> None:
    with pytest.raises(ValueError, match="per cent"):
        LabelRecord("image", "Dog", confidence)
    with pytest.raises(ValueError, match="per cent"):
        Instance(0, 0, 1, 1, confidence)
    with pytest.raises(ValueError, match="per cent"):
        TextLine("Exit", confidence, 0, 0, 1, 1)
    with pytest.raises(ValueError, match="per cent"):
        Flag("Violence", confidence)


@pytest.mark.parametrize("confidence", [0, 0.5, 100])
def test_nothing_and_all_are_percentages(confidence: float) -> None:
    assert LabelRecord("image", "Dog", confidence).confidence == confidence
    assert Instance(0, 0, 1, 1, confidence).confidence == confidence


def test_a_label_and_a_flag_have_a_name() -> None:
    with pytest.raises(ValueError, match="needs a name"):
        LabelRecord("image", "", 50)
    with pytest.raises(ValueError, match="needs a name"):
        Flag("", 50)


def test_the_surest_comes_first_then_the_more_exact_then_the_name() -> None:
    wanted = [
        LabelRecord("image", "Sky", 90),
        LabelRecord("image", "Dog", 80, ("Mammal", "Animal")),
        LabelRecord("image", "Mammal", 80, ("Animal",)),
        LabelRecord("image", "Animal", 80),
        LabelRecord("image", "Plant", 80),
        LabelRecord("image", "Aunt", 10, ("Person",)),
    ]
    shuffled = random.Random(1).sample(wanted, len(wanted))
    assert surest_first(shuffled) == tuple(wanted)


def test_the_longest_image_name_is_the_one_of_the_data_contract() -> None:
    assert MAX_IMAGE_NAME == 100


@pytest.mark.parametrize(
    ("file_name", "image_name"),
    [
        ("IMG_1.jpg", "0123456789abcdef-IMG_1.jpg.jpg"),
        ("a.B-9_z", "0123456789abcdef-a.B-9_z.jpg"),
        ("Müller & Söhne (1).heic", "0123456789abcdef-M_ller_S_hne_1_.heic.jpg"),
        ("x" * 79, "0123456789abcdef-" + "x" * 79 + ".jpg"),
        ("x" * 80, "0123456789abcdef-" + "x" * 79 + ".jpg"),
    ],
)
def test_an_image_name_is_plain_and_never_too_long(file_name: str, image_name: str) -> None:
    assert make_image_name(DIGEST, file_name) == image_name
    assert len(image_name) <= MAX_IMAGE_NAME


def test_instances_come_back_from_json() -> None:
    instances = (Instance(0.1, 0.2, 0.3, 0.4, 99.5), Instance(0, 0, 1, 1, 50))
    plain = instances_to_json(instances)
    assert plain[0] == {"left": 0.1, "top": 0.2, "width": 0.3, "height": 0.4, "confidence": 99.5}
    assert instances_from_json(plain) == instances


def test_other_data_than_instances_is_refused() -> None:
    with pytest.raises(TypeError):
        instances_from_json([{"left": 0.1}])
