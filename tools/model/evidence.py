"""Learns how much each of the three sources counts, from photos with a known answer.

The parts of an answer are added as log-odds (`desktop/backends/judgement.py` says how). Their
weights are few and shared by all labels, because hand-labelled photos are: only how often a concept
is there at all is learnt for each concept by itself. What the head says of a training photo comes
from heads that did not see it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from desktop.backends.judgement import PERSON, TOLD_FROM, log_odds
from desktop.backends.vocabulary import Vocabulary

from .photos import SCENE, Array, Photos
from .scene_head import cross_entropy

LEAST_TOLD = 5
LEAST_PRECISION = 0.65
"""A concept ships if, held out, it is told that often and is right in that share."""
_CANDIDATE = 0.2  # labels below this score of the classifier are not looked at
_PENALTY = 1.0  # of the squared weights of the small fits, in nats


@dataclass(frozen=True, slots=True)
class Evidence:
    """The weights of the sources, each with its constant last; `kept` [c] are the concepts to tell.

    `own` has the head's and the classifier's, with a constant for each concept in `constants` [c].
    """

    kept: NDArray[np.bool_]
    own: Array
    constants: Array
    below: Array
    other: Array
    person: Array
    unlearnt: Array
    confirmed: Array


def _own_scores(photos: Photos, scores: Array, vocabulary: Vocabulary) -> Array:
    """The classifier's log-odds [n, c] of each concept; 0 where it has learnt no such thing."""
    told = np.zeros_like(photos.truth)
    for label, c in _columns(photos, vocabulary).items():
        if vocabulary.is_classified(label):
            told[:, c] = log_odds(scores[:, label])
    return told


def learn(photos: Photos, head: Array, scores: Array, vocabulary: Vocabulary) -> Evidence:
    """`head` [n, c] are held-out logits, `scores` [n, labels] the classifier's summed scores."""
    own_of = _own_scores(photos, scores, vocabulary)
    own, constants = _learn_own(photos, head, own_of)
    concepts = 1 / (1 + np.exp(-(own[0] * head + own[1] * own_of + constants)))
    kept = _worth_telling(photos, concepts)
    shipped = np.where(kept, concepts, np.nan)
    below, other = _learn_labels(photos, shipped, scores, vocabulary)
    detections = _learn_detections(photos, shipped, vocabulary)
    return Evidence(kept, own, constants, below, other, *detections)


def _worth_telling(photos: Photos, concepts: Array) -> NDArray[np.bool_]:
    """Which concepts ship, by their held-out probabilities [n, c]."""
    told = (concepts >= TOLD_FROM) & (photos.known > 0)
    count = told.sum(0)
    right = (told & (photos.truth > 0)).sum(0)
    kept: NDArray[np.bool_] = (right >= LEAST_PRECISION * count) & (count >= LEAST_TOLD)
    return kept


def _columns(photos: Photos, vocabulary: Vocabulary) -> dict[int, int]:
    """The column of each concept that is a label; one that does not ship need not be."""
    known = [(c, name) for c, name in enumerate(photos.concepts) if name in vocabulary.names]
    return {vocabulary.number(name): c for c, name in known}


def _learn_own(photos: Photos, head: Array, scores: Array) -> tuple[Array, Array]:
    def loss(w: Array) -> tuple[float, Array]:
        z = w[0] * head + w[1] * scores + w[2:]
        value, slope = cross_entropy(z, photos.truth, photos.known)
        return value, np.concatenate([[(slope * head).sum(), (slope * scores).sum()], slope.sum(0)])

    start = np.concatenate([[1.0, 0.3], np.zeros(len(photos.concepts))])
    found = _minimum(loss, start)
    return found[:2], found[2:]


def _learn_labels(
    photos: Photos, concepts: Array, scores: Array, vocabulary: Vocabulary
) -> tuple[Array, Array]:
    """From the labels that a person judged: those below a concept, and those below none.

    `concepts` [n, c] are probabilities; NaN in the columns of those that do not ship.
    """
    at = {name: n for n, name in enumerate(photos.ids)}
    column = _shipped_columns(photos, concepts, vocabulary)
    below, other = [], []
    for row in _rows("judged.csv"):
        photo, label = at[row["id"]], vocabulary.number(row["label"])
        score = scores[photo, label]
        if score < _CANDIDATE or label in column:
            continue
        above = next((column[n] for n in vocabulary.ancestors(label) if n in column), None)
        odds, right = float(log_odds(score)), float(row["right"])
        if above is None:
            other.append((odds, right))
        else:
            below.append((odds, float(log_odds(concepts[photo, above])), right))
    return _regression(below), _regression(other)


def _learn_detections(
    photos: Photos, concepts: Array, vocabulary: Vocabulary
) -> tuple[Array, Array, Array]:
    """Of persons, of things that the classifier does not know, and of those it looks at again.

    `concepts` as in `_learn_labels`.
    """
    at = {name: n for n, name in enumerate(photos.ids)}
    column = _shipped_columns(photos, concepts, vocabulary)
    person: list[tuple[float, float, float]] = []
    unlearnt: list[tuple[float, float, float]] = []
    confirmed: list[tuple[float, float, float]] = []
    for row in _rows("detections.csv"):
        label = vocabulary.number(row["label"])
        odds, right = float(log_odds(float(row["score"]))), float(row["right"])
        if vocabulary.is_classified(label):
            confirmed.append((odds, float(log_odds(float(row["seen"]))), right))
            continue
        above = next((column[n] for n in vocabulary.lineage(label) if n in column), None)
        concept = 0.0 if above is None else float(log_odds(concepts[at[row["id"]], above]))
        (person if row["label"] == PERSON else unlearnt).append((odds, concept, right))
    return _regression(person), _regression(unlearnt), _regression(confirmed)


def _shipped_columns(photos: Photos, concepts: Array, vocabulary: Vocabulary) -> dict[int, int]:
    ships = ~np.isnan(concepts[0])
    return {label: c for label, c in _columns(photos, vocabulary).items() if ships[c]}


def _rows(name: str, folder: Path = SCENE) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _regression(rows: Sequence[tuple[float, ...]]) -> Array:
    """Logistic regression of the last column on the others: their weights, and the constant."""
    table = np.array(rows)
    inputs = np.column_stack([table[:, :-1], np.ones(len(table))])
    truth = table[:, -1]

    def loss(w: Array) -> tuple[float, Array]:
        value, slope = cross_entropy(inputs @ w, truth, np.ones_like(truth))
        shrunk = np.append(w[:-1], 0.0)
        return value + _PENALTY / 2 * float((shrunk**2).sum()), inputs.T @ slope + _PENALTY * shrunk

    return _minimum(loss, np.zeros(inputs.shape[1]))


def _minimum(loss: object, start: Array) -> Array:
    found: Array = minimize(loss, start, jac=True, method="BFGS", options={"gtol": 1e-6}).x
    return found.round(3)
