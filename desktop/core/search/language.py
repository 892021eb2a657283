"""The search language: reads what was typed as terms.

Words, "quoted phrases", -without, one or other, and fields such as folder:; in English and German
at once, so that nobody has to know which of them the window speaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from ..library.folding import folded
from . import dates
from .terms import Kind, Period, Term, Wanted

MOST_TERMS = 50
"""SQLite takes some hundreds."""
MOST_PHRASE_WORDS = 4
"""No name of a label has more words that a search need take for one."""

OR = frozenset({"or", "oder", "|"})
NOT = frozenset({"not", "nicht", "without", "ohne", "kein", "keine", "keinen"})
_FILLERS = (
    "a an the and & of with in on at by from my but photo photos picture pictures image images"
    " der die das den dem des ein eine einen einem einer und mit von vom am an im auf bei beim zu"
    " mein meine meinem meiner meinen aber foto fotos bild bilder"
)
FILLERS = frozenset(_FILLERS.split())
"""Words between the words that count: left out, unless nothing else was typed."""

FIELDS: dict[str, Kind] = {
    "label": "label",
    "keyword": "label",
    "schlagwort": "label",
    "name": "name",
    "file": "name",
    "datei": "name",
    "folder": "folder",
    "ordner": "folder",
    "is": "is",
    "ist": "is",
    "before": "taken",
    "vor": "taken",
    "after": "taken",
    "nach": "taken",
}
_BEFORE = frozenset({"before", "vor"})
STATES = {
    "mine": "mine",
    "favourite": "favourite",
    "favorite": "favourite",
    "review": "review",
    "failed": "failed",
    "labelled": "labelled",
    "labeled": "labelled",
    "meine": "mine",
    "favorit": "favourite",
    "prüfen": "review",
    "pruefen": "review",
    "fehlgeschlagen": "failed",
    "verschlagwortet": "labelled",
}
"""What can stand after "is:", by every name it has."""

_TOKEN = re.compile(r'(-?)(?:(\w+):)?(?:"([^"]*)"?|([^\s"]\S*)|(?=\s|$))')


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    field: str = ""
    is_exact: bool = False
    is_excluded: bool = False

    @property
    def is_plain(self) -> bool:
        return not self.field and not self.is_exact

    @property
    def typed(self) -> str:
        text = f'"{self.text}"' if self.is_exact else self.text
        return f"{self.field}:{text}" if self.field else text


def parse_search(
    text: str,
    is_phrase: Callable[[str], bool] = lambda words: False,
    today: date | None = None,
) -> tuple[Term, ...]:
    """The terms of what was typed; each must match, or must not when it is excluded.

    `is_phrase` says whether several words, folded, are the name of one thing ("ice cream").
    Of a text that was pasted by mistake the first `MOST_TERMS` different terms count.
    """
    tokens = _without_fillers(list(_tokens(text)))
    wanted = list(_join_words(tokens, is_phrase, today or datetime.now().astimezone().date()))
    terms: dict[Term, None] = {}
    for term in _join_alternatives(wanted):
        terms[term] = None
        if len(terms) == MOST_TERMS:
            break
    return tuple(terms)


def _tokens(text: str) -> Iterator[_Token]:
    """Words, phrases and fields; "not" has become a minus of what follows."""
    is_excluded = False
    found = [each for each in _TOKEN.finditer(text) if each[0]]
    for place, (minus, field, phrase, word) in enumerate(each.groups() for each in found):
        content = (phrase if phrase is not None else word or "").strip()
        name = folded(field or "")
        if name and name not in FIELDS:  # a time of day, say
            name, content = "", f"{field}:{content}"
        token = _Token(content, name, phrase is not None, bool(minus) or is_excluded)
        if token.is_plain:
            token = replace(token, text=content.strip(",;"))
        if not token.text or (token.is_plain and token.text == "-"):
            continue
        if token.is_plain and folded(token.text) in NOT and place < len(found) - 1:
            is_excluded = True
            continue
        yield token
        is_excluded = False


def _without_fillers(tokens: Sequence[_Token]) -> Sequence[_Token]:
    """What counts of it. A minus before a filler belongs to what follows: "without a dog"."""
    kept: list[_Token] = []
    is_excluded = False
    for token in tokens:
        if token.is_plain and folded(token.text) in FILLERS:
            is_excluded = is_excluded or token.is_excluded
        else:
            kept.append(replace(token, is_excluded=token.is_excluded or is_excluded))
            is_excluded = False
    return kept if any(not _is_or(token) for token in kept) else tokens


def _is_or(token: _Token) -> bool:
    return token.is_plain and not token.is_excluded and folded(token.text) in OR


def _join_words(
    tokens: Sequence[_Token], is_phrase: Callable[[str], bool], today: date
) -> Iterator[tuple[Wanted | None, bool]]:
    """What each part asks for, and whether it is excluded; None stands for an "or"."""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if _is_or(token) and len(tokens) > 1:
            yield None, False
            place += 1
            continue
        count, wanted = 1, _wanted(token, today)
        if token.is_plain:
            for size in range(_run(tokens, place), 1, -1):
                words = tuple(folded(each.text) for each in tokens[place : place + size])
                typed = " ".join(each.text for each in tokens[place : place + size])
                if size <= dates.MOST_WORDS and (period := dates.period_of(words, today)):
                    count, wanted = size, Wanted("taken", typed, typed, period=period)
                    break
                if is_phrase(" ".join(words)):
                    count, wanted = size, Wanted("word", typed, typed)
                    break
        yield wanted, token.is_excluded
        place += count


def _run(tokens: Sequence[_Token], place: int) -> int:
    """How many plain words stand in a row from here on, as far as a phrase may go."""
    size = 1
    for token in tokens[place + 1 : place + MOST_PHRASE_WORDS]:
        if not token.is_plain or token.is_excluded or _is_or(token):
            break
        size += 1
    return size


def _wanted(token: _Token, today: date) -> Wanted:
    kind = FIELDS.get(token.field)
    if kind == "taken":
        period = dates.period_of(tuple(folded(token.text).split()), today)
        if period is not None and (period.begin or period.end):
            is_before = token.field in _BEFORE
            bound = Period(end=period.begin) if is_before else Period(begin=period.end)
            return Wanted("taken", token.text, token.typed, period=bound)
    elif kind == "is":
        if state := STATES.get(folded(token.text)):
            return Wanted("is", state, token.typed)
    elif kind is not None:
        return Wanted(kind, token.text, token.typed, token.is_exact)
    else:
        period = None if token.is_exact else dates.period_of((folded(token.text),), today)
        return Wanted("word", token.text, token.typed, token.is_exact, period)
    return Wanted("word", token.typed, token.typed)  # nothing that can be understood


def _join_alternatives(parts: Sequence[tuple[Wanted | None, bool]]) -> Iterator[Term]:
    """Terms; what has an "or" on both sides of it is one. Only what is not excluded can be."""
    group: list[Wanted] = []
    is_open = group_is_excluded = False
    for wanted, is_excluded in parts:
        if wanted is None:
            is_open = bool(group) and not group_is_excluded
            continue
        if group and not (is_open and not is_excluded):
            yield _term(group, is_excluded=group_is_excluded)
            group = []
        if not group:
            group_is_excluded = is_excluded
        group.append(wanted)
        is_open = False
    if group:
        yield _term(group, is_excluded=group_is_excluded)


def _term(wanted: Sequence[Wanted], *, is_excluded: bool) -> Term:
    return Term(tuple(wanted), " or ".join(each.typed for each in wanted), is_excluded)
