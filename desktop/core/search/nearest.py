"""Nearest: what to offer when a search finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ..library.catalog import Catalog, Query
from .spelling import corrections
from .terms import Term, Wanted, typed
from .word_forms import key

MOST_OFFERS = 3

Why = Literal["spelling", "wider", "fewer", "everywhere"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A search that finds `count` photos: this text in the box, and nothing else chosen.

    `why` it may be what was meant: the words as they are written, something more general, fewer
    words, or the same words without what else was chosen.
    """

    why: Why
    text: str
    count: int


def nearest(
    catalog: Catalog, query: Query, least: float, shown_name: Callable[[str], str] = str
) -> tuple[Offer, ...]:
    """What comes nearest to a query that finds nothing; nothing for one without words.

    Labels are offered by their `shown_name`.
    """
    offers: dict[str, Offer] = {}
    for why, terms in _variants(catalog, query, least, shown_name):
        text = typed(terms)
        if text not in offers and (count := len(catalog.find(Query(terms=terms), least))):
            offers[text] = Offer(why, text, count)
        if len(offers) == MOST_OFFERS:
            break
    return tuple(offers.values())


def _variants(
    catalog: Catalog, query: Query, least: float, shown_name: Callable[[str], str]
) -> Iterator[tuple[Why, tuple[Term, ...]]]:
    terms = query.terms
    if query != Query(terms=terms):
        yield "everywhere", terms
    lost = [term for term in terms if not _finds(catalog, term, least)]
    changes: tuple[tuple[Why, Callable[[str], str | None]], ...] = (
        ("spelling", lambda text: _spelled(text, catalog)),
        ("wider", lambda text: next(map(shown_name, catalog.wider(text)), None)),
    )
    for why, better in changes:
        changed = {term: new for term in lost if (new := _changed(term, better))}
        if changed:
            yield why, tuple(changed.get(term, term) for term in terms)
            yield from ((why, (new,)) for new in changed.values())
    if len(terms) > 1:
        if lost and len(lost) < len(terms):
            yield "fewer", tuple(term for term in terms if term not in lost)
        for left_out in reversed(terms):
            rest = tuple(term for term in terms if term is not left_out)
            if any(not term.is_excluded for term in rest):
                yield "fewer", rest


def _finds(catalog: Catalog, term: Term, least: float) -> bool:
    return bool(catalog.find(Query(terms=(term,)), least))


def _changed(term: Term, better: Callable[[str], str | None]) -> Term | None:
    """The term with better words; None when there are none."""
    wanted = [_improved(each, better) for each in term.wanted]
    if not any(wanted) or term.is_excluded:
        return None
    kept = tuple(new or old for new, old in zip(wanted, term.wanted, strict=True))
    return replace(term, wanted=kept, text=" or ".join(each.typed for each in kept))


def _improved(wanted: Wanted, better: Callable[[str], str | None]) -> Wanted | None:
    text = better(wanted.text) if wanted.kind in ("word", "label") else None
    return Wanted("word", text, text) if text else None


def _spelled(text: str, catalog: Catalog) -> str | None:
    if any(letter.isdigit() for letter in text):
        return None
    known, begun = catalog.known_words(text), key(text)
    whole = sorted(word for word in known if word.startswith(begun)) if len(begun) > 2 else []
    # Who is not done with a word means its end rather than another one.
    found = min(whole, key=len, default=None) or next(iter(corrections(text, known)), None)
    return found.capitalize() if found and text[:1].isupper() else found
