"""Suggestions: how what was begun in the search box may go on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from ..library.folding import folded
from .language import FIELDS, FILLERS, MOST_PHRASE_WORDS, NOT, OR
from .word_forms import spellings

MOST = 8
SHORTEST = 2
"""Letters from which fields are suggested."""

_LAST_PHRASE = re.compile(r'(?:^|\s)-?((?:\w+:)?"[^"]*)$')
_FIELD = re.compile(r"(\w+):\"?(.*)")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` is the whole search with what is suggested, `name` that alone; `count` of photos, or
    None where nobody has counted."""

    text: str
    name: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What can be suggested: labels by their shown names, folders, both with their photos; and what
    can be asked for by a field ("folder:", "is:mine") in the person's language."""

    labels: Sequence[tuple[str, int]] = ()
    folders: Sequence[tuple[Path, int]] = ()
    fields: Sequence[str] = ()


def suggest(
    text: str, known: Known, other_names: Callable[[str], Iterable[str]]
) -> list[Suggestion]:
    """The likeliest ways to go on with the last word of a text, at most `MOST`.

    `known.labels` are stored names; `other_names` gives the shown one first and then all others.
    """
    found: dict[str, Suggestion] = {}
    for suggestion in _all(text, known, other_names):
        found.setdefault(folded(suggestion.name), suggestion)
        if len(found) == MOST:
            break
    whole = folded(text.strip())
    return [each for each in found.values() if folded(each.text) != whole]


def _all(
    text: str, known: Known, other_names: Callable[[str], Iterable[str]]
) -> Iterator[Suggestion]:
    for begun in _begun(text):
        before = text[: len(text) - len(begun)]
        field = _FIELD.fullmatch(begun)
        kind = FIELDS.get(folded(field[1])) if field else None
        if field and kind == "folder":
            yield from _folders(before, field[2], field[1], known)
        elif field and kind == "label":
            yield from _labels(before, field[2], known, other_names)
        elif field is None:
            yield from islice(_labels(before, begun, known, other_names), MOST - 2)
            yield from islice(_folders(before, begun, _folder_field(known), known), 2)
        if len(begun) >= SHORTEST:
            for name in known.fields:
                if folded(name).startswith(folded(begun)):
                    yield Suggestion(before + name, name)


def _begun(text: str) -> Iterator[str]:
    """What was begun: an open phrase, or the last words, more of them first."""
    if phrase := _LAST_PHRASE.search(text):
        yield phrase[1]
        return
    words = re.split(r"\s+", text.strip()) if text and not text[-1].isspace() else []
    for count in range(min(len(words), MOST_PHRASE_WORDS), 0, -1):
        last = words[-count:]
        if count == 1 or not {folded(word) for word in last} & (OR | NOT | FILLERS):
            begun = text[len(text) - len(" ".join(last)) :].lstrip("-")
            if begun and text.endswith(" ".join(last)):
                yield begun


def _labels(
    before: str,
    begun: str,
    known: Known,
    other_names: Callable[[str], Iterable[str]],
) -> Iterator[Suggestion]:
    wanted = [each for each in spellings(begun.strip('"')) if each]
    later: list[Suggestion] = []
    for label, count in known.labels if wanted else ():
        names = tuple(other_names(label))
        plain = _lines(names)
        for each in wanted:
            if f"\n{each}" in plain:
                yield Suggestion(before + _quoted(names[0]), names[0], count)
                break
            if f" {each}" in plain:
                later.append(Suggestion(before + _quoted(names[0]), names[0], count))
    yield from later


@lru_cache(maxsize=20_000)
def _lines(names: tuple[str, ...]) -> str:
    """Each name folded behind a line end: thousands of labels are looked through with every key."""
    return "".join(f"\n{folded(name)}" for name in names)


def _folders(before: str, begun: str, field: str, known: Known) -> Iterator[Suggestion]:
    wanted = folded(begun.strip('"'))
    counts: dict[str, int] = {}
    for folder, count in known.folders:
        name = folder.name
        plain = _lines((name,))
        if name and (f"\n{wanted}" in plain or f" {wanted}" in plain):
            counts[name] = counts.get(name, 0) + count
    for name, count in counts.items():
        text = f'{field}:"{name}"' if " " in name else f"{field}:{name}"
        yield Suggestion(before + text, text, count)


def _folder_field(known: Known) -> str:
    names = (name.rstrip(":") for name in known.fields if name.endswith(":"))
    return next((name for name in names if FIELDS.get(folded(name)) == "folder"), "folder")


def _quoted(name: str) -> str:
    """A name of several words, as one thing."""
    return f'"{name}"' if " " in name else name
