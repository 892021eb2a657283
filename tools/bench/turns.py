"""Turns: several ways one after another, so that what else the machine does slows all alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TypeVar

Name = TypeVar("Name", bound=str)


def in_turns(
    turns: int,
    ways: Mapping[Name, Callable[[], object]],
    clock: Callable[[], float] = time.perf_counter,
) -> dict[Name, tuple[float, ...]]:
    """What each took in each turn, in ms of `clock`; a first turn warms up and does not count."""
    took: dict[Name, list[float]] = {name: [] for name in ways}
    for _ in range(turns + 1):
        for name, way in ways.items():
            began = clock()
            way()
            took[name].append((clock() - began) * 1000)
    return {name: tuple(times[1:]) for name, times in took.items()}
