"""How right the labels of this computer are: on labelled photos, or on training photos held out.

    make bench-labels [FOLDER=photos LABELS=labels.csv [OTHER=checkout]]

The table has the columns `file` (its path below FOLDER), `labels` and `unsure`, both with
semicolons between. Every label that the table names anywhere is counted on every photo, except
where it is unsure; what else is told (a dog's breed, say) counts only as "has a label". The photos
take the program's own way, `tagdrop label`; OTHER asks the program in another checkout as well,
an earlier version for instance, and shows both side by side.

Without FOLDER it judges the stored features of the training photos, each by a scene head that has
not seen it, without the detector. It fails when less than 92 % of what is told is right, less than
65 % of what is there is told, or a tenth of confidence is off by over 10 points.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from desktop.backends.judgement import Judge, shown
from desktop.backends.local import MODELS
from desktop.backends.vocabulary import Vocabulary
from tools.model.photos import SCENE

ROOT = Path(__file__).parents[1]
SHOWN_FROM = 55.0
"""The window's first setting, in per cent."""
TENTHS = (55, 65, 75, 85, 95)
LEAST_PRECISION, LEAST_RECALL, MOST_OFF = 0.92, 0.65, 0.10
ENOUGH = 30
"""Labels that a tenth of confidence needs before its share of right ones says anything."""

Told = Mapping[str, Mapping[str, float]]
"""Photo -> label -> confidence in per cent."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What a person said of a photo: the labels it has, and those nobody can be sure of."""

    labels: frozenset[str]
    unsure: frozenset[str]


@dataclass(slots=True)
class Count:
    """How often a label was told and right, told and wrong, and there but not told."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was told that is right; 1 when nothing was told."""
        told = self.right + self.wrong
        return self.right / told if told else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was told; 1 when it is nowhere."""
        there = self.right + self.missed
        return self.right / there if there else 1.0


@dataclass(slots=True)
class Score:
    """What the bench counted; `tenths` has told, right and the sum of confidences per tenth."""

    labels: dict[str, Count] = field(default_factory=dict)
    tenths: dict[int, list[float]] = field(default_factory=dict)
    photos: int = 0
    without: int = 0

    @property
    def whole(self) -> Count:
        """All labels together."""
        counts = self.labels.values()
        return Count(*(sum(getattr(c, f) for c in counts) for f in ("right", "wrong", "missed")))

    @property
    def most_off(self) -> float:
        """The largest distance (0-1) between a tenth's mean confidence and its share of right."""
        tenths = [t for t in self.tenths.values() if t[0] >= ENOUGH]
        return max((abs(right - sure / 100) / told for told, right, sure in tenths), default=0.0)


def read_truth(path: Path, key: str = "file") -> dict[str, Truth]:
    """Photo -> truth, out of a table with the columns `key`, labels and unsure."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row[key]: Truth(_names(row["labels"]), _names(row["unsure"]))
            for row in csv.DictReader(file)
        }


def count(told: Told, truth: Mapping[str, Truth], labels: Iterable[str]) -> Score:
    """Compare what was told with the truth, for these labels."""
    score = Score({label: Count() for label in sorted(labels)})
    for photo, known in truth.items():
        said = {k: v for k, v in told.get(photo, {}).items() if v >= SHOWN_FROM}
        score.photos += 1
        score.without += not said
        for label, counted in score.labels.items():
            is_there = label in known.labels
            if not is_there and label in known.unsure:
                continue
            if label in said:
                tenth = max(t for t in TENTHS if t <= said[label])
                bin_ = score.tenths.setdefault(tenth, [0, 0, 0.0])
                for n, value in enumerate((1, is_there, said[label])):
                    bin_[n] += value
            counted.right += is_there and label in said
            counted.wrong += not is_there and label in said
            counted.missed += is_there and label not in said
    return score


def tell(folder: Path, checkout: Path = ROOT) -> Told:
    """What the program in `checkout` tells of the photos in `folder`, by their path below it."""
    with tempfile.TemporaryDirectory(prefix="tagdrop-bench-") as data:
        command = [sys.executable, "-m", "desktop", "label", str(folder.resolve())]
        command += ["--format", "json", "--min-confidence", "40", "--data-dir", data]
        done = subprocess.run(command, cwd=checkout, stdout=subprocess.PIPE, text=True, check=True)
    told = {}
    for line in done.stdout.splitlines():
        photo = json.loads(line)
        name = Path(photo["path"]).relative_to(folder.resolve()).as_posix()
        told[name] = {label["name"]: label["confidence"] for label in photo["labels"]}
    return told


def tell_held_out() -> tuple[Told, frozenset[str]]:
    """What is told of the training photos by heads that did not see them; and the concepts."""
    vocabulary = Vocabulary(MODELS / "labels.json")
    judge = Judge.load(vocabulary, MODELS / "scene_head.npz")
    with np.load(SCENE / "held_out.npz") as stored:
        ids, head, scores = stored["ids"], stored["head"].astype(float), stored["scores"]
    told = {}
    for photo, odds, summed in zip(ids, head, scores, strict=True):
        probabilities = judge.whole(odds, summed.astype(np.float32))
        vocabulary.lift(probabilities)
        sure = 100 * shown(probabilities)
        told[str(photo)] = {vocabulary.names[n]: float(sure[n]) for n in np.flatnonzero(sure >= 40)}
    return told, frozenset(judge.concepts)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("labels", nargs="?", type=Path)
    parser.add_argument("--other", type=Path, metavar="CHECKOUT")
    options = parser.parse_args(arguments)
    if options.folder is None:
        told, concepts = tell_held_out()
        score = count(told, read_truth(SCENE / "photos.csv", "id"), concepts)
        show({"held out": score})
        return judged(score)
    if options.labels is None:
        parser.error("name the table of the photos' labels, too")
    truth = read_truth(options.labels)
    named = {label for known in truth.values() for label in known.labels | known.unsure}
    checkouts = {"now": ROOT} | ({str(options.other): options.other} if options.other else {})
    show({name: count(tell(options.folder, at), truth, named) for name, at in checkouts.items()})
    return 0


def judged(score: Score) -> int:
    """Say whether the bars are met; the exit code."""
    whole = score.whole
    bars = {
        f"precision {whole.precision:.1%}": whole.precision >= LEAST_PRECISION,
        f"recall {whole.recall:.1%}": whole.recall >= LEAST_RECALL,
        f"confidence off by {100 * score.most_off:.1f} points": score.most_off <= MOST_OFF,
    }
    for text, is_met in bars.items():
        print("ok    " if is_met else "MISSED", text)
    return 0 if all(bars.values()) else 1


def show(scores: Mapping[str, Score]) -> None:
    """Print the scores side by side."""
    for name, score in scores.items():
        whole = score.whole
        print(
            f"{name}: {score.photos} photos, {score.without} without a label; of the counted labels"
            f" {whole.right} right, {whole.wrong} wrong, {whole.missed} missed:"
            f" precision {whole.precision:.1%}, recall {whole.recall:.1%}"
        )
        for tenth, (told, right, sure) in sorted(score.tenths.items()):
            print(
                f"  {tenth}-{min(100, tenth + 10)} %: {int(told):5} told, mean {sure / told:.1f} %,"
                f" right {right / told:.1%}"
            )
    print(f"\n{'label':24}" + "".join(f"{name[-30:]:>32}" for name in scores))
    first, *_ = scores.values()
    for label in first.labels:
        counts = [score.labels[label] for score in scores.values()]
        cells = [
            f"{c.right:4} right {c.wrong:3} wrong {c.missed:4} missed" for c in counts
        ]  # 32 columns each
        print(f"{label:24}" + "".join(f"{cell:>32}" for cell in cells))


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split(";")) - {""}


if __name__ == "__main__":
    sys.exit(main())
