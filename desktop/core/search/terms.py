"""Terms: what a search asks for, once its text has been understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["word", "label", "name", "folder", "is", "taken"]
"""What is looked at: everything, or labels, the file's name, its folder, a state, a date."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `begin` to before `end`; None is open. Or these months (1-12) of any year."""

    begin: date | None = None
    end: date | None = None
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to look for. `typed` is how it stands in the search, `text` what is looked for.

    A word with a `period` ("2024") is either. `is_exact` when it stood in quotes.
    """

    kind: Kind
    text: str
    typed: str
    is_exact: bool = False
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """What a photo must show, or must not (`is_excluded`): one of the things `wanted`.

    `text` is how it stands in the search, without a minus or a "not".
    """

    wanted: tuple[Wanted, ...]
    text: str
    is_excluded: bool = False

    @property
    def typed(self) -> str:
        """How it can be typed."""
        return f"-{self.text}" if self.is_excluded else self.text


def typed(terms: tuple[Term, ...]) -> str:
    """A text that means these terms."""
    return " ".join(term.typed for term in terms)


def is_sentence(terms: tuple[Term, ...]) -> bool:
    """Whether these are plain words: nothing is left out, quoted, or asked of one field only."""
    return bool(terms) and all(
        each.kind == "word" and not each.is_exact and not term.is_excluded
        for term in terms
        for each in term.wanted
    )
