"""`make bench-meaning FOLDER`, with the stand-in, which knows plain colours."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.rig.meaning import StandIn
from tools.bench_meaning import judged, main
from tools.model.clip.stand_in_colours import COLOURS


def test_it_says_how_well_labels_are_found(
    stand_in: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [(f"{name}-{n}.png", name, "") for name in COLOURS for n in range(3)]
    for file, name, _ in rows:
        Image.new("RGB", (300, 260), COLOURS[name]).save(tmp_path / file)
    with (tmp_path / "labels.csv").open("w", newline="") as table:
        csv.writer(table).writerows([("file", "labels", "unsure"), *rows])
    arguments = [str(tmp_path), str(tmp_path / "labels.csv"), "--network", str(stand_in.files)]
    assert main(arguments) == 0
    told = capsys.readouterr().out
    assert "LABEL: 24 photos, 8 labels\n" in told
    assert "  red                      1.00  100% of the first ten\n" in told.split("a photo of")[0]


@pytest.mark.parametrize(
    ("ranking", "precision", "first"),
    [([1, 1, 0, 0], 1.0, 1.0), ([0, 1, 0, 1], 0.5, 0.5), ([1, 0, 0, 1], 0.75, 0.5)],
)
def test_a_ranking_is_judged(ranking: list[int], precision: float, first: float) -> None:
    assert judged(np.array(ranking, bool)) == (precision, first)
