"""The training photos of the scene head: labels, licences and features, without the photos.

`scene/photos.csv` names each photo, its labels and its licence; `scene/features.npz` holds what the
classifier computes of it. `add_photos` adds to both.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SCENE = Path(__file__).with_name("scene")
ROOT_SCALE = 100
"""Roots are stored as bytes in hundredths: at most 2.45, the root of ReLU6's 6, fits twice."""
LEAST_PHOTOS = 8
"""With fewer photos a concept is not even tried."""

_CREDITS = """The photos that taught the scene head
=====================================

scene_head.npz was trained on the features of {} photos out of these packages and repositories. No
photo, and nothing that one could be made of again, is in it. Each line names the source, how many
photos were used, and the licence that the source states; nobody has compared every credit with
its original page.

"""

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
    rows = _rows(folder)
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


def credit_lines(folder: Path = SCENE) -> str:
    """A line for each source of training photos, with its licence and how many it gave."""
    counts = Counter((row["source"], row["licence"]) for row in _rows(folder))
    lines = [
        f"{source} ({count}): {licence}" for (source, licence), count in sorted(counts.items())
    ]
    return _CREDITS.format(sum(counts.values())) + "\n".join(lines) + "\n"


def _rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "photos.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _split(labels: str) -> set[str]:
    return set(labels.split(";")) - {""}
