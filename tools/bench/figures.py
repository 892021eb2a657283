"""Figures: what was measured, beside what, and whether that is worse than another time."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from statistics import median, quantiles

WORSE = 1.1
"""A median that grew by less is no news: two quiet runs differ by up to a twentieth."""


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

    @property
    def ratio(self) -> float:
        """The median."""
        return median(self.ratios)

    @property
    def spread(self) -> tuple[float, float]:
        """Half of the turns lie between these two."""
        if len(self.ratios) < 2:
            return self.ratio, self.ratio
        first, _, third = quantiles(self.ratios, n=4, method="inclusive")
        return first, third

    @property
    def is_met(self) -> bool:
        is_quick = self.limit is None or median(self.ours) <= self.limit
        return is_quick and (self.most is None or self.ratio <= self.most)

    def is_worse_than(self, before: Figure) -> bool:
        """Whether it is so clearly: the spreads do not meet, and it is more than some percent."""
        return self.ratio > WORSE * before.ratio and self.spread[0] > before.spread[1]

    def __str__(self) -> str:
        bars = [f"{self.limit:g} {self.unit}"] if self.limit is not None else []
        bars += [f"{self.most:.2f} ×"] if self.most is not None else []
        bar = f"at most {', '.join(bars)}" if bars else ""
        verdict = "" if self.is_met else "  MISSED"
        low, high = self.spread
        return (
            f"{self.name:44}{median(self.ours):10.2f} {self.unit:3}"
            f"{self.ratio:8.2f} × {self.beside} ({low:.2f}–{high:.2f}) {bar}{verdict}"
        )


def write_figures(path: Path, figures: Iterable[Figure]) -> None:
    """Keep figures as JSON, with the machine that they are of."""
    machine = {
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }
    kept = {"machine": machine, "figures": [asdict(figure) for figure in figures]}
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_figures(path: Path) -> dict[str, Figure]:
    """What `write_figures` has kept, by the figures' names."""
    figures = [
        Figure(**{**kept, "ours": tuple(kept["ours"]), "theirs": tuple(kept["theirs"])})
        for kept in json.loads(path.read_text(encoding="utf-8"))["figures"]
    ]
    return {figure.name: figure for figure in figures}


def compare(before: dict[str, Figure], now: Sequence[Figure]) -> list[Figure]:
    """Print how each ratio has changed; which of the figures are clearly worse than before."""
    worse = []
    for figure in now:
        if (old := before.get(figure.name)) is None:
            print(f"{figure.name:44}{'':14}{figure.ratio:8.2f}  new")
            continue
        change = figure.ratio / old.ratio
        verdict = ""
        if figure.is_worse_than(old):
            worse.append(figure)
            verdict = "  WORSE"
        print(f"{figure.name:44}{old.ratio:8.2f} -> {figure.ratio:6.2f}{change:8.2f} ×{verdict}")
    gone = set(before) - {figure.name for figure in now}
    for name in sorted(gone):
        print(f"{name:44}  not measured")
    return worse
