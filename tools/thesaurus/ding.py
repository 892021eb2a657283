"""The word list of Ding, German and English: which words stand for the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_NOTES = re.compile(r"\[[^\]]*\]|\([^)]*\)|\{[^}]*\}|/[^/]*/|<[^>]*>")
_NOUN = re.compile(r"\{(?:m|f|n|m,f|n,m|m,n|f,n)\}")


def nouns(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """German nouns and the English words that stand for the same, in lower case, entry by entry."""
    for line in path.read_text("utf-8").splitlines():
        german, found, english = line.partition(" :: ")
        if line.startswith("#") or not found:
            continue
        pairs = zip(german.split("|"), english.split("|"), strict=False)
        for left, right in pairs:
            words = [_plain(word) for word in left.split(";") if _NOUN.search(word)]
            names = [_plain(word) for word in right.split(";")]
            yield [word for word in words if _is_name(word)], [name for name in names if name]


def _is_name(word: str) -> bool:
    """No phrase: "das Skilaufen", "jds. Geliebte"."""
    first = word.partition(" ")[0]
    return bool(word) and "." not in word and first not in ("der", "die", "das")


def _plain(word: str) -> str:
    return " ".join(_NOTES.sub(" ", word).lower().split())
