"""The judgement over head, classifier and detector, on evidence made by hand."""

import numpy as np
import pytest

from desktop.backends.detection import Detection
from desktop.backends.judgement import TOLD_FROM, Judge, Place, shown
from desktop.backends.local import MODELS
from desktop.backends.vocabulary import Vocabulary

NOTHING = -8.0  # the head's log-odds of a concept that it does not see


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary(MODELS / "labels.json")


@pytest.fixture(scope="module")
def judge(vocabulary):
    return Judge.load(vocabulary, MODELS / "scene_head.npz")


@pytest.fixture
def whole(judge, vocabulary):
    """Label -> probability, for what the head and the classifier say of some labels."""

    def told(head=(), scores=()):
        odds = np.full(len(judge.concepts), NOTHING)
        for label, value in dict(head).items():
            odds[judge.concepts.index(label)] = value
        summed = np.zeros(len(vocabulary.names), np.float32)
        for label, value in dict(scores).items():
            summed[vocabulary.number(label)] = value
        return Told(judge.whole(odds, summed), vocabulary)

    return told


class Told:
    """The probabilities of all labels, by name."""

    def __init__(self, probabilities, vocabulary):
        self.probabilities = probabilities
        self._vocabulary = vocabulary

    def __getitem__(self, label):
        return float(self.probabilities[self._vocabulary.number(label)])


@pytest.fixture
def place(vocabulary):
    """A thing somewhere, with what the second look saw there (None: there was none)."""

    def made(label, score, seen=None):
        scores = None
        if seen is not None:
            scores = np.zeros(len(vocabulary.names), np.float32)
            for name, value in seen.items():
                scores[vocabulary.number(name)] = value
        number = vocabulary.detector.index(vocabulary.number(label))
        return Place(Detection(number, score, (0.1, 0.1, 0.4, 0.4)), scores)

    return made


def test_where_nobody_sees_anything_nothing_is_told(whole):
    assert whole().probabilities.max() < 0.1


def test_the_head_alone_tells_what_the_classifier_has_not_learnt(whole):
    told = whole(head={"Sky": 5})
    assert told["Sky"] > 0.95
    assert told["Cloud"] < 0.1


def test_agreement_raises_and_contradiction_lowers(whole):
    both = whole(head={"Animal": 0.0}, scores={"Animal": 0.8})
    only_head = whole(head={"Animal": 0.0})
    only_classifier = whole(scores={"Animal": 0.8})
    assert both["Animal"] > only_head["Animal"]
    assert both["Animal"] > only_classifier["Animal"]


def test_a_kind_is_surer_where_its_concept_is_there(whole):
    agreed = whole(head={"Bird": 4}, scores={"Bird": 0.6, "Owl": 0.6})
    refused = whole(head={"Bird": -6}, scores={"Bird": 0.6, "Owl": 0.6})
    assert agreed["Owl"] > TOLD_FROM > refused["Owl"]


def test_a_thing_that_the_classifier_does_not_know_gets_no_second_look(judge, vocabulary):
    assert not judge.wants_second_look(vocabulary.number("Giraffe"))
    assert not judge.wants_second_look(vocabulary.number("Person"))
    assert judge.wants_second_look(vocabulary.number("Dog"))


def test_then_its_concept_backs_the_detector(judge, vocabulary, whole, place):
    giraffe = vocabulary.number("Giraffe")
    agreed, refused = (whole(head={"Animal": odds}).probabilities for odds in (5, -5))
    assert judge.at_place(giraffe, place("Giraffe", 0.85), agreed) > TOLD_FROM
    assert judge.at_place(giraffe, place("Giraffe", 0.45), agreed) < TOLD_FROM
    assert judge.at_place(giraffe, place("Giraffe", 0.85), refused) < TOLD_FROM


def test_a_second_look_confirms_or_contradicts(judge, vocabulary, whole, place):
    dog, told = vocabulary.number("Dog"), whole().probabilities
    assert judge.at_place(dog, place("Dog", 0.4, {"Dog": 0.9}), told) > TOLD_FROM
    assert judge.at_place(dog, place("Dog", 0.5, {"Cat": 0.9}), told) < 0.4


def test_a_place_raises_its_label_and_the_kinds_seen_there(judge, whole, place):
    told = whole()
    (sure,) = judge.add_places(
        told.probabilities, [place("Dog", 0.8, {"Dog": 0.95, "Beagle": 0.9})]
    )
    assert told["Dog"] == pytest.approx(sure)
    assert told["Beagle"] > TOLD_FROM
    assert told["Pug"] < 0.1


def test_one_person_is_no_group(judge, whole, place):
    told = whole(head={"People": 6, "Person": 8})
    assert told["People"] > 0.9
    judge.add_places(told.probabilities, [place("Person", 0.9)])
    assert told["People"] < TOLD_FROM
    assert told["Person"] > 0.9


def test_two_persons_may_be_a_group(judge, whole, place):
    told = whole(head={"People": 6, "Person": 8})
    judge.add_places(told.probabilities, [place("Person", 0.9), place("Person", 0.4)])
    assert told["People"] > 0.9


def test_what_is_shown_keeps_the_order_and_both_ends():
    probabilities = np.linspace(0, 1, 101)
    confidences = shown(probabilities)
    assert (np.diff(confidences) > 0).all()
    assert confidences[[0, -1]] == pytest.approx([0, 1])
    assert float(shown(np.array(TOLD_FROM))) == pytest.approx(0.55)
    assert (confidences <= probabilities + 1e-9).all()
