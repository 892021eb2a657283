"""Order: which photo stands at which place, and at which place a photo stands."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import count


class Order:
    """The photos that have come since it was made stand first, then those it was made of.

    Sixteen bytes for each photo, be there a million. Places of photos are looked up in a table
    that is made when one is first asked for; what comes before the others does not change theirs
    in it.
    """

    def __init__(self, file_ids: Iterable[int] = ()) -> None:
        self._fresh = array("q")
        self._settled = array("q", file_ids)
        self._table: array[int] | None = None
        """By the files' ids: n for the n-th of the settled ones, -n of the fresh ones, else 0."""

    def __len__(self) -> int:
        return len(self._fresh) + len(self._settled)

    def __getitem__(self, place: int) -> int:
        after = place - len(self._fresh)
        return self._settled[after] if after >= 0 else self._fresh[place]

    def part(self, first: int, end: int) -> array[int]:
        """The ids of the files from one place up to another, which is not among them."""
        fresh = len(self._fresh)
        if first >= fresh:
            return self._settled[first - fresh : end - fresh]
        return self._fresh[first:end] + self._settled[: max(0, end - fresh)]

    def is_of(self, file_ids: array[int]) -> bool:
        """Whether it is just these, in this order."""
        return len(self) == len(file_ids) and self.part(0, len(self)) == file_ids

    def place_of(self, file_id: int) -> int | None:
        """Where a photo stands; None where it does not."""
        table = self._table
        if table is None:
            table = self._table = self._made()
        number = table[file_id] if file_id < len(table) else 0
        if number < 0:
            return -number - 1
        return number - 1 + len(self._fresh) if number else None

    def insert(self, place: int, file_ids: Iterable[int]) -> None:
        """Photos that are not there yet, at a place among the fresh ones or after them."""
        self._fresh[place:place] = array("q", file_ids)
        if self._table is not None:
            self._number(self._table, self._fresh[place:], count(-place - 1, -1))

    def append(self, file_ids: Iterable[int]) -> None:
        """Photos that are not there yet, after all others."""
        before = len(self._settled)
        self._settled.extend(array("q", file_ids))
        if self._table is not None:
            self._number(self._table, self._settled[before:], count(before + 1))

    def settle(self) -> None:
        """What stands first came with the others."""
        if self._fresh:
            self._settled = self._fresh + self._settled
            self._fresh, self._table = array("q"), None

    def _made(self) -> array[int]:
        table = array("i")
        self._number(table, self._settled, count(1))
        self._number(table, self._fresh, count(-1, -1))
        return table

    @staticmethod
    def _number(table: array[int], file_ids: array[int], numbers: Iterable[int]) -> None:
        more = max(file_ids, default=0) + 1 - len(table)
        if more > 0:
            table.frombytes(bytes((more + len(table) // 8) * table.itemsize))
        for file_id, number in zip(file_ids, numbers, strict=False):
            table[file_id] = number
