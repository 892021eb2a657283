"""No upload is given up, by the rules of Lambda and the numbers of the template."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from desktop.core.money.prices import BURST_S
from tools.emulated_queue import MEASURED, MOST_OFF, Measured
from tools.simulate_queue import Rules, Simulation

RULES = Rules.of_template()


@pytest.mark.parametrize("concurrency", [10, 100, 1000])
def test_every_object_is_answered_however_many_run_at_once(concurrency: int) -> None:
    done = Simulation(RULES, objects=10_000, concurrency=concurrency, rate=5).run()
    assert (done.answered, done.dead, done.expired) == (10_000, 0, 0)
    assert (done.by_queue > 0) == (concurrency > 10)
    assert round(done.run_seconds) == BURST_S[concurrency]  # which the page of costs goes by


def test_lambda_alone_would_give_most_of_them_up() -> None:
    """The reason for the queue."""
    alone = dataclasses.replace(RULES, runs=0)
    simulation = Simulation(alone, objects=2000, concurrency=1000, rate=5)
    with pytest.raises(IndexError):  # nothing happens any more
        simulation.run()
    assert simulation.outcome.answered < 1000


def test_a_day_without_rekognition_costs_no_object() -> None:
    done = Simulation(RULES, objects=50, concurrency=10, rate=5, outage_s=24 * 3600).run()
    assert (done.answered, done.dead, done.expired) == (50, 0, 0)
    assert 100 < done.most_receives <= RULES.most_receives


def test_what_fails_for_ever_is_with_the_dead_letters_long_before_it_expires() -> None:
    done = Simulation(RULES, objects=20, concurrency=10, rate=5, outage_s=1e9).run()
    assert (done.answered, done.dead, done.expired) == (0, 20, 0)
    assert done.minutes * 60 < RULES.retention_s / 2


def test_the_visibility_timeout_is_six_times_the_functions() -> None:
    assert RULES.visibility_s == 6 * RULES.timeout_s


@pytest.mark.parametrize("case", MEASURED)
def test_it_comes_to_what_was_measured_in_the_emulator(case: Measured) -> None:
    foreseen = case.foreseen()
    assert MOST_OFF == 0.15
    assert case.refused == pytest.approx(foreseen, rel=MOST_OFF)
    assert case.is_foreseen()
    assert not dataclasses.replace(case, refused=round(1.2 * foreseen)).is_foreseen()
    page = (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")
    assert f"{case.refused} calls refused, {foreseen} by the simulation" in " ".join(page.split())
