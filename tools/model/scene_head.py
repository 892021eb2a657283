"""Trains the scene head: weights for the classifier's features, one set for each concept.

A concept is a label that hand-labelled photos teach (Sky, Indoors, ...). What the head reads is the
square root of EfficientNet-Lite0's pooled features, the mean of the middle and the squeezed view;
the root is worth 0.02 of mean average precision. `scene/photos.csv` names the photos, their labels
and licences; `scene/features.npz` holds their features, so that no photo is needed to train.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

SCENE = Path(__file__).with_name("scene")
ROOT_SCALE = 100
"""Roots are stored as bytes in hundredths: at most 2.45, the root of ReLU6's 6, fits twice."""
LEAST_PHOTOS = 8
"""With fewer photos a concept is not even tried."""
FOLDS = 5
SEEDS = (1, 2, 3)
STRENGTH = 0.0105
"""Of the weights' L2 penalty: of 0.003, 0.01 and 0.03 the one with the best held-out ranking."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Photos:
    """The training photos, n of them, and their c concepts.

    `roots` [n, 2, 1280] are the features' square roots of both views; `truth` and `known` [n, c]
    say which concepts a photo shows, and where its labeller was sure. Photos with the same number
    in `groups` [n] are alike and never lie on both sides of a split.
    """

    ids: list[str]
    roots: Array
    groups: NDArray[np.intp]
    concepts: list[str]
    truth: Array
    known: Array


def read_photos(folder: Path = SCENE) -> Photos:
    """The photos of photos.csv; KeyError when one has no features."""
    with np.load(folder / "features.npz") as stored:
        place = {str(name): n for n, name in enumerate(stored["ids"])}
        roots = stored["roots"]
    with (folder / "photos.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [(_split(row["labels"]), _split(row["unsure"])) for row in rows]
    concepts = sorted({label for labels, unsure in told for label in labels | unsure})
    truth = np.array([[c in labels for c in concepts] for labels, _ in told], float)
    known = np.array([[c not in unsure for c in concepts] for _, unsure in told], float)
    enough = np.flatnonzero((truth * known).sum(0) >= LEAST_PHOTOS)
    at = [place[row["id"]] for row in rows]
    return Photos(
        ids=[row["id"] for row in rows],
        roots=roots[at].astype(float) / ROOT_SCALE,
        groups=np.unique([row["group"] for row in rows], return_inverse=True)[1],
        concepts=[concepts[c] for c in enough],
        truth=truth[:, enough],
        known=known[:, enough],
    )


def fit(x: Array, truth: Array, known: Array) -> Array:
    """Logistic regressions for all concepts at once: weights [d + 1, c], the bias last.

    The photos that show a concept count as much in all as those that do not. It runs until nothing
    moves any more, so that another processor's rounding leads to the same stored weights.
    """
    centre = x.mean(0)
    inputs = np.concatenate([x - centre, np.ones((len(x), 1))], axis=1)
    shown, others = (truth * known).sum(0), ((1 - truth) * known).sum(0)
    weight = known * np.where(truth > 0, others / shown, 1)
    weight /= weight.sum(0)
    shape = inputs.shape[1], truth.shape[1]

    def loss(flat: Array) -> tuple[float, Array]:
        w = flat.reshape(shape)
        z = inputs @ w
        small = np.exp(-np.abs(z))
        value = (weight * (np.maximum(z, 0) - z * truth + np.log1p(small))).sum()
        p = np.where(z >= 0, 1, small) / (1 + small)
        shrunk = w.copy()
        shrunk[-1] = 0
        slope = inputs.T @ (weight * (p - truth)) + STRENGTH * shrunk
        return float(value + STRENGTH / 2 * (shrunk**2).sum()), slope.ravel()

    options = {"maxiter": 5000, "maxfun": 10000, "ftol": 0.0, "gtol": 1e-9, "maxcor": 20}
    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options=options)
    weights: Array = found.x.reshape(shape)
    weights[-1] -= centre @ weights[:-1]
    return weights


def logits(x: Array, weights: Array) -> Array:
    """What the head says of photos x [n, d]: [n, c]."""
    told: Array = x @ weights[:-1] + weights[-1]
    return told


def held_out(photos: Photos) -> Array:
    """Logits [n, c] of each photo from heads that saw none of its group; the mean of 3 splits."""
    x = photos.roots.mean(1)
    told = np.zeros_like(photos.truth)
    for seed in SEEDS:
        fold = split(photos, seed)
        for k in range(FOLDS):
            seen, left = fold != k, fold == k
            weights = fit(x[seen], photos.truth[seen], photos.known[seen])
            told[left] += logits(x[left], weights) / len(SEEDS)
    return told


def split(photos: Photos, seed: int) -> NDArray[np.intp]:
    """A fold for each photo: groups stay together, rare concepts are spread evenly."""
    random = np.random.default_rng(seed)
    count = np.zeros((photos.groups.max() + 1, len(photos.concepts)))
    np.add.at(count, photos.groups, photos.truth)
    total = np.maximum(count.sum(0), 1)
    rarest = np.where(count > 0, total, np.inf).min(1)
    have, size = np.zeros((FOLDS, len(total))), np.zeros(FOLDS)
    fold = np.zeros(len(count), np.intp)
    for group in sorted(random.permutation(len(count)), key=lambda g: rarest[g]):
        load = (have * (count[group] > 0) / total).sum(1) + size / len(count)
        fold[group] = load.argmin()
        have[fold[group]] += count[group]
        size[fold[group]] += 1
    return fold[photos.groups]


def _split(labels: str) -> set[str]:
    return set(labels.split(";")) - {""}
