"""Thesaurus: which labels a word means, in English and German: names, synonyms and kinds.

Its tables are made by tools/thesaurus; each line holds a word's key, the labels that it means,
the wider ones that stand for them where a library has none of these, and some still more general.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .word_forms import FORMS, key


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word means. `wider` labels can stand for the others; `general` ones (a building for a
    school) are too many for that, and can be offered. The nearest come first."""

    labels: tuple[str, ...]
    wider: tuple[str, ...]
    general: tuple[str, ...]


class Thesaurus:
    """Knows words in several languages; the `first` is asked first. Quick, for any thread."""

    def __init__(self, first: str = "en") -> None:
        self._languages = sorted(FORMS, key=lambda language: language != first)

    def meaning(self, word: str) -> Meaning | None:
        """What a word or a phrase means, in whatever form; None when it is not known."""
        wanted = key(word)
        for language in self._languages:
            table = _table(language)
            for form in FORMS[language](wanted):
                if found := table.meaning(form):
                    return found
        return None

    @property
    def labels(self) -> frozenset[str]:
        """Every label that it knows."""
        return _labels("en")

    def is_phrase(self, words: str) -> bool:
        """Whether these are the name of one thing."""
        return " " in words and self.meaning(words) is not None

    def words(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every word with the labels that it may find."""
        for language in self._languages:
            yield from _table(language).words()


@dataclass(frozen=True, slots=True)
class _Table:
    """A file as it is, sorted, and where each line begins: a dict would take ten times the room."""

    data: bytes
    lines: array[int]

    def meaning(self, word: str) -> Meaning | None:
        """The meaning of a key as it stands."""
        wanted = word.encode()
        place = bisect_left(self.lines, wanted, key=self._word)
        if place == len(self.lines) or self._word(self.lines[place]) != wanted:
            return None
        _, *columns = self._line(place).split("\t")
        return Meaning(*(tuple(filter(None, column.split(";"))) for column in columns))

    def words(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every word with its labels and those that stand for them."""
        for line in self.data.decode().splitlines():
            word, labels, wider, _ = line.split("\t")
            yield word, tuple(f"{labels};{wider}".strip(";").split(";"))

    def _word(self, begin: int) -> bytes:
        return self.data[begin : self.data.index(b"\t", begin)]

    def _line(self, place: int) -> str:
        begin = self.lines[place]
        return self.data[begin : self.data.index(b"\n", begin)].decode()


@cache
def _table(language: str) -> _Table:
    data = Path(__file__).with_name(f"words_{language}.tsv").read_bytes()
    ends = (found.end() for found in re.finditer(b"\n", data))
    return _Table(data, array("L", [0, *ends][:-1]))


@cache
def _labels(language: str) -> frozenset[str]:
    return frozenset(label for _, labels in _table(language).words() for label in labels)


ENGLISH_FIRST = Thesaurus()
"""Where an English and a German word are written alike, the English one counts."""
