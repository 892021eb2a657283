"""Trains the scene head: weights for the classifier's features, one set for each concept.

A concept is a label that hand-labelled photos teach (Sky, Indoors, ...). What the head reads is the
square root of EfficientNet-Lite0's pooled features, the mean of the middle and the squeezed view;
the root is worth 0.02 of mean average precision.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from .photos import Array, Photos

FOLDS = 5
SEEDS = (1, 2, 3)
STRENGTH = 0.0105
"""Of the weights' L2 penalty: of 0.003, 0.01 and 0.03 the one with the best held-out ranking."""


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
        value, residual = cross_entropy(z, truth, weight)
        shrunk = w.copy()
        shrunk[-1] = 0
        slope = inputs.T @ residual + STRENGTH * shrunk
        return value + STRENGTH / 2 * float((shrunk**2).sum()), slope.ravel()

    options = {"maxiter": 5000, "maxfun": 10000, "ftol": 0.0, "gtol": 1e-9, "maxcor": 20}
    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options=options)
    weights: Array = found.x.reshape(shape)
    weights[-1] -= centre @ weights[:-1]
    return weights


def cross_entropy(z: Array, truth: Array, weight: Array) -> tuple[float, Array]:
    """The weighted cross-entropy of log-odds z, in nats, and its derivative by each of them."""
    small = np.exp(-np.abs(z))
    value = (weight * (np.maximum(z, 0) - z * truth + np.log1p(small))).sum()
    return float(value), weight * (np.where(z >= 0, 1, small) / (1 + small) - truth)


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
