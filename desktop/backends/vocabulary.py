"""The labels this computer knows: their tree, and how a network's scores spread over it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

NOISE = 0.02
"""Probabilities below are no evidence: 400 animals of 0.2 % each must not add up to an animal."""

_GUISES = ("Person",)
"""Labels of which the classifier knows some guises only: a bridegroom, but no other people."""


class Vocabulary:
    """The label tree of labels.json. Labels are numbered, every parent before its children.

    `root` is the number above all labels that have no parent; a label's score is at `scores[n]`.
    """

    def __init__(self, path: Path) -> None:
        """Raises OSError, KeyError or ValueError when `path` is not a label table."""
        table = json.loads(path.read_text("utf-8"))
        self.version: str = table["version"]
        parents: dict[str, str | None] = table["labels"]
        self.names = list(parents)
        number = {name: n for n, name in enumerate(self.names)}
        self._numbers = number
        self._parents = [number[p] if p is not None else None for p in parents.values()]
        self._categories: dict[str, str] = table["categories"]
        self._classifier = np.array([number[name] for name in table["classifier"]])
        # Every label with itself and each of its ancestors: what counts for what.
        pairs = [(n, above) for n in range(len(self.names)) for above in self.lineage(n)]
        self._labels, self._above = np.array(pairs).T
        self.detector = [number[name] for name in table["detector"]]
        self._classified = {n for c in {*self._classifier.tolist()} for n in self.lineage(c)} - {
            number[name] for name in _GUISES
        }
        self._kinds: list[list[int]] = [[] for _ in self.names]
        for n in range(len(self.names)):
            for above in self.ancestors(n):
                self._kinds[above].append(n)

    def number(self, name: str) -> int:
        """The number of a label; KeyError when there is none of that name."""
        return self._numbers[name]

    def is_classified(self, label: int) -> bool:
        """Whether the classifier has learnt such a thing, or a kind of it."""
        return label in self._classified

    def ancestors(self, label: int) -> Iterator[int]:
        """The parent of a label, the parent's parent and so on."""
        above = self._parents[label]
        while above is not None:
            yield above
            above = self._parents[above]

    def lineage(self, label: int) -> Iterator[int]:
        """A label and its ancestors."""
        yield label
        yield from self.ancestors(label)

    def parents(self, label: int) -> tuple[str, ...]:
        """The names above a label, the nearest first."""
        return tuple(self.names[n] for n in self.ancestors(label))

    def categories(self, label: int) -> tuple[str, ...]:
        """The category of a label, which it may have from a parent."""
        for n in self.lineage(label):
            if category := self._categories.get(self.names[n]):
                return (category,)
        return ()

    def kinds(self, label: int) -> list[int]:
        """All labels below a label."""
        return self._kinds[label]

    def sum_up(self, probabilities: Scores) -> Scores:
        """The classifier's answer (1000 probabilities) as a score per label.

        A label's score is the sum over everything below it, so that a photo which may be one of
        five breeds is surely a dog. What is below `NOISE` is left out.
        """
        scores = np.zeros(len(self.names), np.float32)
        np.add.at(scores, self._classifier, np.where(probabilities < NOISE, 0, probabilities))
        sums = np.bincount(self._above, scores[self._labels], len(scores))
        return sums.astype(np.float32)

    def lift(self, scores: Scores) -> None:
        """Raise every parent's score to its surest child's, in place: a sure dog is an animal."""
        np.maximum.at(scores, self._above, scores[self._labels])
