"""Numbers that a query answers as one text, a `group_concat`, as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from ...library.store import Store

Numbers = npt.NDArray[np.int32]
_Number = TypeVar("_Number", np.int32, np.int64)

_PIECE = 16_384
"""Letters that are read at once: a third of a millisecond, in which no other thread gets its turn.
The window would stand still for 40 ms where 100,000 times are read in one go."""


def numbers(text: str | None) -> Numbers:
    """Whole numbers with commas between."""
    return _parsed(text, np.int32)


def large_numbers(text: str | None) -> npt.NDArray[np.int64]:
    """The same of 64 bits."""
    return _parsed(text, np.int64)


def ask_ids(store: Store, sql: str, values: Mapping[str, object] | None = None) -> Numbers:
    """What a query answers whose one value is a `group_concat` of numbers."""
    return numbers(store.search(sql, dict(values or {}))[0][0])


def _parsed(text: str | None, kind: type[_Number]) -> npt.NDArray[_Number]:
    return np.concatenate(
        [np.empty(0, kind), *(np.fromstring(piece, kind, sep=",") for piece in _pieces(text or ""))]
    )


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find(",", start + _PIECE)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1
