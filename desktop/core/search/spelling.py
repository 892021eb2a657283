"""Spelling: words that a mistyped one may have been meant for."""

from __future__ import annotations

from collections.abc import Iterable

from .word_forms import key


def corrections(word: str, candidates: Iterable[str]) -> list[str]:
    """The candidates that differ least from what was typed, the likeliest first; often none.

    At most one letter of a short word and two of a longer one are missing, too many, wrong or
    changed over with the next.
    """
    wanted = key(word)
    most = 1 if len(wanted) < 6 else 2
    letters = set(wanted)
    found: list[tuple[int, bool, str]] = []
    for each in candidates:
        if abs(len(each) - len(wanted)) <= most and len(letters ^ set(each)) <= 2 * most:
            distance = _distance(wanted, each, most)
            if 0 < distance <= most:
                found.append((distance, each[:1] != wanted[:1], each))
    least = min((distance for distance, *_ in found), default=0)
    return [each for distance, _, each in sorted(found) if distance == least]


def _distance(one: str, other: str, most: int) -> int:
    """The edits from one word to another (optimal string alignment), or any number above `most`."""
    before: list[int] = []
    line: list[int] = [*range(len(other) + 1)]
    for row, letter in enumerate(one, 1):
        twice = before
        before, line = line, [row]
        for column, against in enumerate(other, 1):
            cost = min(
                before[column] + 1, line[column - 1] + 1, before[column - 1] + (letter != against)
            )
            if row > 1 and column > 1 and (letter, one[row - 2]) == (other[column - 2], against):
                cost = min(cost, twice[column - 2] + 1)
            line.append(cost)
        if min(line) > most and (row == 1 or min(before) > most):
            return most + 1
    return line[-1]
