"""Whatever is parsed gives a result or a reason: some of the inputs of `make fuzz-parsers`."""

from __future__ import annotations

import pytest

from desktop.core.errors import AppError
from tools.fuzz_parsers.__main__ import fuzz, table
from tools.fuzz_parsers.parsers import PARSERS, Parser


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.expects_log("cannot be understood", always=False)
def test_damaged_inputs_give_a_result_or_a_reason(name: str) -> None:
    came = fuzz(name, 100, 1)
    assert came.mistakes == []
    assert came.results
    assert came.results + came.reasons == 100


def test_a_mistake_is_told_with_its_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(data: int, folder: object) -> None:
        if data == 1:
            raise AppError("It is damaged")
        if data == 2:
            raise ZeroDivisionError

    numbers = iter(range(3))
    monkeypatch.setitem(PARSERS, "mine", Parser(lambda _: next(numbers), read))
    came = fuzz("mine", 3, 1)
    assert (came.results, came.reasons) == (1, 1)
    (mistake,) = came.mistakes
    assert mistake.startswith("input 2: 2\n")
    assert "ZeroDivisionError" in mistake
    assert table({"mine": came}).splitlines()[1].split() == ["mine", "1", "1", "1", "0.0"]
