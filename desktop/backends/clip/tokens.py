"""Tokens: a sentence as CLIP's networks take it, by the vocabulary in its tokenizer.json.

`tokenizers`, the library that this file is made for, weighs 11.7 MB and brings 25 MB of packages
with it that can download by themselves. What CLIP needs of it is short, and a test compares both.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

_WORD = re.compile("L+|N|x+")
"""In a text's kinds (see `_kind`): letters together, each digit alone, other signs together."""
_CONTRACTION = re.compile("'(?:s|t|re|ve|m|ll|d)")
_WORD_END = "</w>"
_MOST_CHARACTERS = 10_000
"""More than any network takes; a pasted book need not be read to its end."""


class UnknownTokenizerError(ValueError):
    """A tokenizer.json of another kind than CLIP's."""


class Tokenizer:
    """CLIP's byte pair encoding. Safe to use from any thread."""

    def __init__(self, path: Path, most: int) -> None:
        """Read a tokenizer.json; sentences are cut to `most` tokens.

        OSError, ValueError or KeyError for what is none of CLIP's.
        """
        data = json.loads(path.read_text("utf-8"))
        model = data["model"]
        if model["type"] != "BPE" or model["end_of_word_suffix"] != _WORD_END:
            raise UnknownTokenizerError(model["type"])
        self._ids: dict[str, int] = model["vocab"]
        self._ranks = {_pair(merge): rank for rank, merge in enumerate(model["merges"])}
        self._most = most
        self._begin = self._ids["<|startoftext|>"]
        self._end = self._ids["<|endoftext|>"]
        self._word_ids = lru_cache(10_000)(self._of_word)

    def tokens(self, sentence: str) -> list[int]:
        """The sentence's tokens between those for its beginning and its end."""
        found: list[int] = []
        for word in _words(_normal(sentence[:_MOST_CHARACTERS])):
            found += self._word_ids(word)
            if len(found) >= self._most - 2:
                break
        return [self._begin, *found[: self._most - 2], self._end]

    def _of_word(self, word: str) -> tuple[int, ...]:
        *parts, last = (_AS_LETTER[byte] for byte in word.encode("utf-8", "replace"))
        return tuple(self._ids[part] for part in self._merged([*parts, last + _WORD_END]))

    def _merged(self, parts: list[str]) -> list[str]:
        """Join the pair that comes first in the list of merges, wherever it is, until none is."""
        never = len(self._ranks)
        while len(parts) > 1:
            pairs = [*pairwise(parts)]
            best = min(pairs, key=lambda pair: self._ranks.get(pair, never))
            if best not in self._ranks:
                break
            joined, at = list[str](), 0
            while at < len(parts):
                step = 2 if tuple(parts[at : at + 2]) == best else 1
                joined.append("".join(parts[at : at + step]))
                at += step
            parts = joined
        return parts


def _pair(merge: str | list[str]) -> tuple[str, str]:
    """Older files have them as one text, newer ones as two."""
    first, second = merge.split(" ") if isinstance(merge, str) else merge
    return first, second


def _normal(sentence: str) -> str:
    """Composed, in lower case: each letter for itself, as the reference does it."""
    return "".join(letter.lower() for letter in unicodedata.normalize("NFC", sentence))


def _words(text: str) -> Iterator[str]:
    kinds = "".join(map(_kind, text))
    at = 0
    while at < len(text):
        found = _CONTRACTION.match(text, at) or _WORD.match(kinds, at)
        if found is None:
            at += 1  # a blank
            continue
        at = found.end()
        yield text[slice(*found.span())]


def _kind(letter: str) -> str:
    if letter.isspace() and letter not in "\x1c\x1d\x1e\x1f":
        return " "
    kind = unicodedata.category(letter)[0]
    return kind if kind in "LN" else "x"


def _letters_of_bytes() -> list[str]:
    """GPT-2's: each byte as a letter that can be seen."""
    seen = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = iter(range(0x100, 0x200))
    return [chr(byte if byte in seen else next(others)) for byte in range(0x100)]


_AS_LETTER = _letters_of_bytes()
