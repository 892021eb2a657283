"""The window on a million photos (short: 100,000), beside an empty one and bare questions.

Each turn opens the program on an empty library and on a large one, filters, types, searches and
scrolls, as `tools.bench_ui large` does, whose bars these are. A bare question reads the ids of the
same labels' photos from the same file. While nothing happens, too, a timer of 5 ms beats late.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.core.library.library import Library
from tools.bench_ui import opened, screen
from tools.large_library import fill

from .figures import Figure

MOST_USABLE_S, MOST_SEARCH_MS, MOST_GAP_MS = 2.0, 200.0, 16.0
MOST_FILTER_MS = {100_000: 100.0, 1_000_000: 150.0}
MOST_MB = {100_000: 250.0, 1_000_000: 500.0}


def measure(*, is_short: bool) -> Iterator[Figure]:
    """Opening, memory, filtering, searching, scrolling."""
    images, turns = (100_000, 3) if is_short else (1_000_000, 5)
    with screen(), tempfile.TemporaryDirectory(prefix="tagdrop-bench-") as name:
        empty, large = Path(name) / "empty", Path(name) / "large"
        for folder in (empty, large):
            folder.mkdir()
            Library(folder / "library.db").close()
        fill(large / "library.db", images)
        took = [(opened(large), opened(empty)) for _ in range(turns + 1)][1:]  # the first warms up
    ours = [own for own, _ in took]
    nothing = [least for _, least in took]

    def beside_empty(what: str, unit: str, key: str, limit: float | None) -> Figure:
        own, others = _each(ours, key), _each(nothing, key)
        return Figure(f"{what}, {images:,} photos", unit, own, "no photos", others, limit=limit)

    yield beside_empty("window usable", "s", "usable_s", MOST_USABLE_S)
    yield beside_empty("all listed", "s", "loaded_s", None)
    yield beside_empty("memory after use", "MB", "rss_mb", MOST_MB[images])
    for what, key, beside, than, limit in (
        ("filter, worst of ten", "filter_ms", "bare SQL", "bare_ms", MOST_FILTER_MS[images]),
        ("search, worst of four", "search_ms", "bare SQL", "bare_ms", MOST_SEARCH_MS),
        ("late beats, scrolling", "scrolling_gap_ms", "idle", "idle_gap_ms", MOST_GAP_MS),
    ):
        own, others = _each(ours, key), _each(ours, than)
        yield Figure(f"{what}, window", "ms", own, beside, others, limit=limit)


def _each(runs: list[dict[str, Any]], key: str) -> tuple[float, ...]:
    """A value of each run, the worst where there are several."""
    return tuple(max(run[key]) if isinstance(run[key], list) else run[key] for run in runs)
