"""Figures of the benches: the ratio that counts, its bars, and what is worse than before."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

import tools.bench.__main__ as bench
from tools.bench.figures import Figure, Ratio, compare, ratios_of, read_ratios, write_figures
from tools.bench.turns import in_turns

FIGURE = Figure("a photo", "ms", (20, 33, 40, 50), "the floor", (10, 11, 20, 10), most=2.0)


def test_turns_are_compared_one_by_one() -> None:
    assert FIGURE.ratios == [2, 2, 3, 5]
    assert FIGURE.ratio == Ratio(2.5, 2, 3.5)
    assert replace(FIGURE, ours=(30.0,), theirs=(10.0,)).ratio == Ratio(3, 3, 3)


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
    assert slower.ratio.is_worse_than(before.ratio)
    assert not spread.ratio.is_worse_than(before.ratio)
    assert not a_little.ratio.is_worse_than(before.ratio)
    write_figures(tmp_path / "before.json", [before, replace(before, name="gone")])
    kept = read_ratios(tmp_path / "before.json")
    assert kept == {"prepared": before.ratio, "gone": before.ratio}
    assert compare(kept, ratios_of([slower, replace(before, name="new")])) == ["prepared"]
    said = capsys.readouterr().out
    assert [line.split()[-1] for line in said.splitlines()] == ["WORSE", "new", "measured"]


@pytest.mark.parametrize(("took_ms", "code"), [(10, 0), (14, 0), (16, 1)])
def test_ci_fails_where_a_ratio_is_half_as_much_again_as_in_the_reference(
    took_ms: float, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = Figure("prepared", "ms", (10.0,), "the floor", (10.0,), most=0.5)  # whose bar is missed
    part = SimpleNamespace(measure=lambda is_short: [now])
    monkeypatch.setitem(sys.modules, "tools.bench.made_up", part)
    monkeypatch.setattr(bench, "PARTS", ("made_up",))
    monkeypatch.setattr(bench, "REFERENCE", tmp_path / "reference.json")
    monkeypatch.setattr(sys, "argv", ["bench", "reference"])
    bench.main()
    assert read_ratios(tmp_path / "reference.json") == {"prepared": Ratio(1, 1, 1)}
    now = replace(now, ours=(took_ms,))
    part.measure = lambda is_short: [now]
    monkeypatch.setattr(sys, "argv", ["bench", "speed"])
    with pytest.raises(SystemExit) as ended:
        bench.main()
    assert ended.value.code == code


def test_the_reference_holds_ratios_of_parts_that_are_measured() -> None:
    for ratio in read_ratios(bench.REFERENCE).values():
        assert 0 <= ratio.low <= ratio.median <= ratio.high


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
