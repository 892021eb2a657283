"""Word forms: what a word is also written as, in English and German: plurals, cases, ae for ä."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from ..library.folding import folded

_ENGLISH = (("ies", "y"), ("ves", "f"), ("ves", "fe"), ("es", ""), ("s", ""))
_GERMAN = tuple((ending, "") for ending in ("nen", "ern", "n", "en", "er", "es", "e", "s"))
_SHORTEST = 3
"""Letters that must be left of a word when its ending is another one."""
_UMLAUTS = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"))
PLAIN = str.maketrans("äöü", "aou")


def key(text: str) -> str:
    """How a word, or several, are compared: folded, with ss for ß, and one space between."""
    return " ".join(folded(text).replace("-", " ").split())


def spellings(text: str) -> tuple[str, ...]:
    """The folded text as it stands and as it may be written instead: "uebung" and "übung"."""
    plain = folded(text)
    other = plain
    for two, one in _UMLAUTS:
        other = other.replace(two, one)
    back = plain
    for two, one in _UMLAUTS:
        back = back.replace(one, two)
    return tuple(dict.fromkeys((plain, other, back)))


def english(word: str) -> Iterator[str]:
    """A key as it stands, then without an ending and without its accents; the last word counts."""
    yield word
    yield from _stems(word, _ENGLISH)
    if not word.isascii():
        decomposed = unicodedata.normalize("NFD", word)
        yield "".join(each for each in decomposed if not unicodedata.combining(each))


def german(word: str) -> Iterator[str]:
    """A key as it stands, with its umlauts, then without an ending: haeuser, häuser, haus."""
    for each in spellings(word):
        yield each
    for each in spellings(word):
        for stem in _stems(each, _GERMAN):
            yield stem
            yield stem.translate(PLAIN)
    if (plain := word.translate(PLAIN)) != word:
        yield plain  # Mütter, Vögel


FORMS: dict[str, Callable[[str], Iterator[str]]] = {"en": english, "de": german}
"""By the language's code."""


@lru_cache(maxsize=20_000)
def all_forms(word: str) -> frozenset[str]:
    """Every form of a key in every language, to compare names that no table knows."""
    return frozenset(each for forms in FORMS.values() for each in forms(word))


def _stems(word: str, endings: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for ending, instead in endings:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST:
            yield word[: len(word) - len(ending)] + instead
