"""Figures of the benches: the ratio that counts, its bars, and what is worse than before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tools.bench.figures import Figure, compare, read_figures, write_figures
from tools.bench.turns import in_turns

FIGURE = Figure("a photo", "ms", (20, 33, 40, 50), "the floor", (10, 11, 20, 10), most=2.0)


def test_turns_are_compared_one_by_one() -> None:
    assert FIGURE.ratios == [2, 2, 3, 5]
    assert FIGURE.ratio == 2.5
    assert FIGURE.spread == (2, 3.5)
    assert replace(FIGURE, ours=(30.0,), theirs=(10.0,)).spread == (3, 3)


def test_each_bar_counts() -> None:
    assert not FIGURE.is_met
    assert replace(FIGURE, most=2.5).is_met
    assert replace(FIGURE, most=None).is_met
    assert replace(FIGURE, most=2.5, limit=36.5).is_met
    assert not replace(FIGURE, most=2.5, limit=36).is_met
    assert "MISSED" in str(FIGURE)


def test_worse_is_what_neither_spread_nor_some_percent_explain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Figure("prepared", "ms", (10, 11, 12), "the floor", (10, 10, 10))
    slower = replace(before, ours=(14, 15, 16))
    spread = replace(before, ours=(9, 14, 16))
    a_little = replace(before, ours=(11.9, 11.9, 11.9))
    assert slower.is_worse_than(before)
    assert not spread.is_worse_than(before)
    assert not a_little.is_worse_than(before)
    write_figures(tmp_path / "before.json", [before, replace(before, name="gone")])
    kept = read_figures(tmp_path / "before.json")
    assert kept["prepared"] == before
    new = replace(before, name="new")
    assert compare(kept, [slower, new]) == [slower]
    said = capsys.readouterr().out
    assert [line.split()[-1] for line in said.splitlines()] == ["WORSE", "new", "measured"]


def test_the_first_turn_only_warms_up() -> None:
    clock = iter(range(100))
    called: list[str] = []
    took = in_turns(
        2,
        {"a": lambda: called.append("a"), "b": lambda: called.append("b")},
        lambda: float(next(clock)),
    )
    assert took == {"a": (1000, 1000), "b": (1000, 1000)}
    assert called == ["a", "b"] * 3
