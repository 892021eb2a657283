"""The label table that ships, and the source it is made of."""

import json

import numpy as np
import pytest

from desktop.backends.local import MODELS
from desktop.backends.vocabulary import NOISE, Vocabulary
from tools.model.vocabulary import build_table


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary(MODELS / "labels.json")


def test_the_shipped_table_is_the_one_in_vocabulary_txt():
    shipped = json.loads((MODELS / "labels.json").read_text("utf-8"))
    assert shipped.pop("version")
    assert shipped == build_table()


def test_every_class_of_both_networks_has_a_label():
    table = build_table()
    assert len(table["classifier"]) == 1000
    assert len(table["detector"]) == 80
    assert {*table["classifier"], *table["detector"]} <= table["labels"].keys()


def test_labels_are_plain_names():
    names = list(build_table()["labels"])
    assert len({name.lower() for name in names}) == len(names)
    small = {"of", "and", "des"}
    for name in names:
        assert name.replace(" ", "").replace("-", "").replace("'", "").isalpha(), name
        words = name.replace("-", " ").split()
        assert all(word[0].isupper() or word in small for word in words), name


def test_every_label_has_a_category(vocabulary):
    assert [n for n in range(len(vocabulary.names)) if not vocabulary.categories(n)] == []


@pytest.mark.parametrize(
    ("label", "parents"),
    [
        ("Tabby Cat", ("Cat", "Mammal", "Animal")),
        ("Dalmatian", ("Dog", "Mammal", "Animal")),
        ("Giraffe", ("Mammal", "Animal")),
        ("Ladybug", ("Beetle", "Insect", "Animal")),
        ("Espresso", ("Coffee", "Drink")),
        ("Airplane", ("Aircraft", "Vehicle")),
        ("Church", ("Place of Worship", "Building", "Architecture")),
        ("Mountain", ("Nature",)),
        ("Person", ()),
    ],
)
def test_parents(vocabulary, label, parents):
    assert vocabulary.parents(vocabulary.names.index(label)) == parents


def test_a_photo_of_any_of_many_breeds_is_a_dog(vocabulary):
    dogs = range(151, 269)  # ImageNet's dogs
    probabilities = np.zeros(1000, np.float32)
    probabilities[list(dogs)[:20]] = 0.045
    scores = dict(zip(vocabulary.names, vocabulary.sum_up(probabilities), strict=True))
    assert scores["Dog"] == scores["Mammal"] == scores["Animal"] == pytest.approx(0.9)
    assert scores["Cat"] == 0


def test_noise_does_not_add_up(vocabulary):
    scores = vocabulary.sum_up(np.full(1000, NOISE / 2, np.float32))
    assert not scores.any()


def test_a_raised_label_lifts_its_parents_and_no_other(vocabulary):
    scores = np.full(len(vocabulary.names), 0.1, np.float32)
    scores[vocabulary.names.index("Horse")] = 0.8
    vocabulary.lift(scores)
    lifted = {vocabulary.names[n] for n in np.flatnonzero(scores > 0.5)}
    assert lifted == {"Horse", "Mammal", "Animal"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("Giraffe\n", "Giraffe\n    Okapi: 5\n"), "class 5 is there twice"),
        (("    Giraffe\n", ""), "Giraffe"),
        (("Zebra: 340\n", "Zebra: three\n"), "cannot read"),
        (("Zebra: 340\n", "Zebra\n"), r"\[340\]"),
        (("Zebra: 340\n", "Horse: 340\n"), "'Horse' is there twice"),
    ],
)
def test_a_mistake_in_the_source_is_named(change, message):
    from tools.model.vocabulary import SOURCE

    text = SOURCE.read_text("utf-8")
    assert change[0] in text
    with pytest.raises(ValueError, match=message):
        build_table(text.replace(*change, 1))
