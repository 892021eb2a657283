"""Whatever is broken gives a photo or a reason: a few hundred of the inputs of `make fuzz`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from desktop.core.errors import UnreachableError
from desktop.core.isolation.decoding import unsafe
from tools.fuzz import __main__ as fuzzing
from tools.fuzz import inputs, reading
from tools.fuzz.__main__ import ENDED, fuzz, is_bad, table
from tools.fuzz.reading import MISTAKE, PICTURE


@pytest.mark.timeout(120)
def test_damaged_photos_of_every_format_do_no_harm(tmp_path: Path) -> None:
    results = fuzz(2 * len(inputs.seeds()), 1, tmp_path)
    assert [result for result in results if is_bad(result)] == []
    came = {result["came"] for result in results}
    assert {PICTURE, "This photo is damaged"} <= came
    lost = [result for result in results if result["came"] == unsafe().title]
    assert len(lost) <= len(results) // 100, lost  # OpenJPEG asks for all memory, by what it had
    assert {result["seed"] for result in results} == set(inputs.seeds())


def test_an_input_is_always_the_same() -> None:
    assert inputs.damaged(7, 1) == inputs.damaged(7, 1)
    assert inputs.damaged(7, 1) != inputs.damaged(7, 2)


def test_a_mistake_is_told_from_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = inputs.seeds()["jpeg.jpg"]
    assert reading.read(whole, tmp_path / "a.jpg")["came"] == PICTURE
    for mistake in (ZeroDivisionError(), UnreachableError("It is gone")):
        monkeypatch.setattr(reading, "read_details", Mock(side_effect=mistake))
        assert reading.read(whole, tmp_path / "a.jpg")["came"] == MISTAKE


def test_it_goes_on_behind_an_input_that_ends_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = json.dumps({"number": 0, "seed": "a.jpg", "came": PICTURE, "why": "", "s": 0, "mb": 9})
    reader = f"import os; print('''{one}''', flush=True); os.abort()"
    monkeypatch.setattr(fuzzing, "READER", (sys.executable, "-c", reader))
    assert [each["came"] for each in fuzz(3, 1, tmp_path)] == [PICTURE, ENDED, PICTURE]
    again = fuzz(4, 1, tmp_path)
    assert [each["came"] for each in again] == [PICTURE, ENDED, PICTURE, PICTURE]
    assert [path.suffix for path in sorted(tmp_path.glob("1-1.*"))] == [".HEIC", ".json"]
    assert table(again).splitlines()[-1].split() == ["all", "4", "3", "0", "0", "1", "0", "9"]
