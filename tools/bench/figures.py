"""Figures: what was measured, beside what, and whether that is worse than another time."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, dataclass
from functools import cached_property
from pathlib import Path
from statistics import median, quantiles
from typing import Any

WORSE = 1.1
"""A median that grew by less is no news: two quiet runs differ by up to a twentieth."""
WORSE_ELSEWHERE = 1.5
"""The same where another machine has measured before: a peer may be quicker there."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as much something takes as what stands beside it: the median of some turns,
    and between which two half of them lie."""

    median: float
    low: float
    high: float

    def is_worse_than(self, before: Ratio, by: float = WORSE) -> bool:
        """Whether it is so clearly: the spreads do not meet, and it is over `by` times as much."""
        return self.median > by * before.median and self.low > before.high


@dataclass(frozen=True)
class Figure:
    """What something takes (`ours`) and what is set `beside` it took in the same turns (`theirs`).

    Both in `unit`, one value a turn, at least one. Less is better: a rate is told as the time that
    one takes. Bars: `most` of the ratio, `limit` of the median of `ours`; None: there is none.
    """

    name: str
    unit: str
    ours: tuple[float, ...]
    beside: str
    theirs: tuple[float, ...]
    most: float | None = None
    limit: float | None = None

    @cached_property
    def ratios(self) -> list[float]:
        """How many times as much it takes, turn by turn, from the least on."""
        return sorted(own / other for own, other in zip(self.ours, self.theirs, strict=True))

    @cached_property
    def ratio(self) -> Ratio:
        """Over all turns."""
        low = high = middle = median(self.ratios)
        if len(self.ratios) > 1:
            low, _, high = quantiles(self.ratios, n=4, method="inclusive")
        return Ratio(middle, low, high)

    @property
    def is_met(self) -> bool:
        is_quick = self.limit is None or median(self.ours) <= self.limit
        return is_quick and (self.most is None or self.ratio.median <= self.most)

    def __str__(self) -> str:
        bars = [f"{self.limit:g} {self.unit}"] if self.limit is not None else []
        bars += [f"{self.most:.2f} ×"] if self.most is not None else []
        bar = f"at most {', '.join(bars)}" if bars else ""
        verdict = "" if self.is_met else "  MISSED"
        ratio = self.ratio
        return (
            f"{self.name:44}{median(self.ours):10.2f} {self.unit:3}"
            f"{ratio.median:8.2f} × {self.beside} ({ratio.low:.2f}–{ratio.high:.2f}) {bar}{verdict}"
        )


def write_figures(path: Path, figures: Iterable[Figure]) -> None:
    """Keep figures as JSON, with the machine that they are of."""
    _write(path, {"figures": [asdict(figure) for figure in figures]})


def write_ratios(path: Path, figures: Iterable[Figure]) -> None:
    """Keep their ratios alone: what another machine can be compared with."""
    kept = {figure.name: [round(each, 3) for each in astuple(figure.ratio)] for figure in figures}
    _write(path, {"ratios": kept})


def _write(path: Path, kept: dict[str, Any]) -> None:
    machine = {
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }
    text = json.dumps({"machine": machine, **kept}, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def read_ratios(path: Path) -> dict[str, Ratio]:
    """The ratios that `write_figures` or `write_ratios` has kept, by the figures' names."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    if "ratios" in kept:
        return {name: Ratio(*ratio) for name, ratio in kept["ratios"].items()}
    return ratios_of(Figure(**figure) for figure in kept["figures"])


def ratios_of(figures: Iterable[Figure]) -> dict[str, Ratio]:
    """Each one's ratio, by its name."""
    return {figure.name: figure.ratio for figure in figures}


def compare(before: Mapping[str, Ratio], now: Mapping[str, Ratio], by: float = WORSE) -> list[str]:
    """Print how each ratio has changed; which of them are clearly worse than before."""
    worse = []
    for name, ratio in now.items():
        if (old := before.get(name)) is None:
            print(f"{name:44}{'':14}{ratio.median:8.2f}  new")
            continue
        change = ratio.median / old.median if old.median else 1.0
        verdict = ""
        if ratio.is_worse_than(old, by):
            worse.append(name)
            verdict = "  WORSE"
        print(f"{name:44}{old.median:8.2f} -> {ratio.median:6.2f}{change:8.2f} ×{verdict}")
    for name in sorted(before.keys() - now.keys()):
        print(f"{name:44}  not measured")
    return worse
