"""One judgement over the three sources: scene head, classifier and detector.

Each source's evidence for a label is a weight times its log-odds; the parts are added, so that
agreement raises a label and contradiction lowers it. `tools/model/evidence.py` learns the weights
from photos whose labels people know; its README says what was tried and how right the result is.

- A *concept* (Sky, Animal) is known to the head, and many to the classifier: both count.
- Any other label has the classifier's score; that its concept above is there, or not, counts too.
- A thing at a place has the detector's score, and that of the classifier's second look at it; what
  the classifier has not learnt is backed by its concept instead.
- A label makes its parents as sure as itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .vocabulary import NOISE, Scores, Vocabulary

if TYPE_CHECKING:
    from .detection import Detection  # brings Pillow, which building the model does without

TOLD_FROM = 0.62
"""The probability that is shown as 55 %: the lowest with 92 % right among the held-out concepts."""
_SHOWN_AS = 0.55
LEAST_DETECTION = 0.30
"""The detector's scores below are noise: 8 of 100 are right."""
PERSON = "Person"
_GROUP = "People"
_GROUP_AT_MOST = 0.5  # where the detector finds fewer than two persons

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Place:
    """A thing that the detector saw, and the classifier's scores per label at its second look."""

    detection: Detection
    seen: Scores | None


def log_odds(probability: Floats | float) -> Floats:
    """The log-odds of what is between noise and as good as sure."""
    kept = np.clip(probability, NOISE, 1 - NOISE)
    odds: Floats = np.log(kept / (1 - kept))
    return odds


def shown(probability: Floats) -> Floats:
    """How sure (0-1) a label of this probability is shown to be: a little less.

    A wrong label annoys more than a missing one helps, so `TOLD_FROM` and not 0.55 is told at the
    window's first setting; both ends stay, and everything between keeps its order.
    """
    low = probability * (_SHOWN_AS / TOLD_FROM)
    high = _SHOWN_AS + (probability - TOLD_FROM) * ((1 - _SHOWN_AS) / (1 - TOLD_FROM))
    return np.where(probability < TOLD_FROM, low, high)


class Judge:
    """The scene head and the weights of all evidence. Thread-safe."""

    def __init__(self, vocabulary: Vocabulary, head: Mapping[str, NDArray[Any]]) -> None:
        """`head` holds the arrays of scene_head.npz; KeyError when one is missing."""
        self._vocabulary = vocabulary
        self._weights = head["weights"].astype(np.float32)
        self._bias = head["bias"]
        self._constants = head["constants"]
        self._own, self._below, self._other = head["own"], head["below"], head["other"]
        self._person, self._unlearnt = head["person"], head["unlearnt"]
        self._confirmed = head["confirmed"]
        self._concepts = np.array([vocabulary.number(str(name)) for name in head["concepts"]])
        self._classified = np.array([vocabulary.is_classified(int(n)) for n in self._concepts])
        column = {int(label): c for c, label in enumerate(self._concepts)}
        above = [
            next((column[n] for n in vocabulary.ancestors(label) if n in column), -1)
            for label in range(len(vocabulary.names))
        ]
        self._above = np.array(above)
        self._columns = column
        self._group, self._one = vocabulary.number(_GROUP), vocabulary.number(PERSON)

    @classmethod
    def load(cls, vocabulary: Vocabulary, path: Path) -> Judge:
        """Raises OSError, KeyError or ValueError when `path` is not a scene head."""
        # Opened here, for numpy leaves the file open when it is damaged.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as head:
            return cls(vocabulary, dict(head))

    @property
    def concepts(self) -> tuple[str, ...]:
        """The labels that the head knows."""
        return tuple(self._vocabulary.names[n] for n in self._concepts)

    def head(self, roots: Floats) -> Floats:
        """The head's log-odds per concept; `roots` [1280] are the features' square roots."""
        odds: Floats = roots @ self._weights + self._bias
        return odds

    def whole(self, head: Floats, scores: Scores) -> Scores:
        """The probability of every label, by what both views of the whole photo show.

        `head` are log-odds per concept, `scores` the classifier's per label.
        """
        odds = log_odds(scores)
        own = self._own[0] * head + self._own[1] * odds[self._concepts] * self._classified
        concepts = _probability(own + self._constants)
        below, other = self._below, self._other
        above = below[0] * odds + below[1] * log_odds(concepts)[self._above] + below[2]
        told = _probability(np.where(self._above >= 0, above, other[0] * odds + other[1]))
        told[self._concepts] = concepts
        return told.astype(np.float32)

    def wants_second_look(self, label: int) -> bool:
        """Whether the classifier knows such a thing; else only the detector's score counts."""
        return self._vocabulary.is_classified(label)

    def at_place(self, label: int, place: Place, told: Scores) -> float:
        """The probability that a label of the detector's is at a place.

        `told` are the probabilities by the whole photo.
        """
        score = log_odds(place.detection.score)
        if place.seen is not None:
            weights, other = self._confirmed, log_odds(place.seen[label])
        else:
            weights = self._person if label == self._one else self._unlearnt
            lineage = self._vocabulary.lineage(label)
            concept = next((n for n in lineage if n in self._columns), None)
            other = log_odds(0.5 if concept is None else told[concept])
        return float(_probability(weights[0] * score + weights[1] * other + weights[2]))

    def add_places(self, told: Scores, places: Sequence[Place]) -> list[float]:
        """Raise `told`, in place, by what is at places; each place's own probability."""
        labels = [self._vocabulary.detector[place.detection.class_number] for place in places]
        found = zip(labels, places, strict=True)
        sure = [self.at_place(label, place, told) for label, place in found]
        for label, place, probability in zip(labels, places, sure, strict=True):
            told[label] = max(told[label], probability)
            if place.seen is not None:
                self._add_kinds(told, label, probability, place.seen)
        if labels.count(self._one) < 2:
            told[self._group] = min(told[self._group], _GROUP_AT_MOST)
        return sure

    def _add_kinds(self, told: Scores, label: int, probability: float, seen: Scores) -> None:
        """Raise the kinds of a thing (Dog: Cocker Spaniel) that the second look tells."""
        first, second, constant = self._below
        for n in self._vocabulary.kinds(label):
            if seen[n] > NOISE:
                odds = first * log_odds(seen[n]) + second * log_odds(probability) + constant
                told[n] = max(told[n], float(_probability(odds)))


def _probability(odds: Floats) -> Floats:
    probability: Floats = 1 / (1 + np.exp(-odds))
    return probability
