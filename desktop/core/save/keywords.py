"""Which keywords a photo gets: the labels that count, as a person chose to write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..library.effective import FILE_ORIGIN, EffectiveLabel
from ..records import surest_first
from ..settings import DEFAULT_MIN_CONFIDENCE

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is written of a photo's labels.

    `min_confidence` is in percent; labels that a person confirmed or added are written at any.
    `confirmed_only`: no others than those. `with_parents`: Animal and Mammal besides Dog.
    `prefix` stands above all of them in the tree ("Auto"), or is empty. `most_labels` counts
    without the parents that come along.
    """

    min_confidence: float = DEFAULT_MIN_CONFIDENCE
    confirmed_only: bool = False
    with_parents: bool = False
    prefix: str = ""
    most_labels: int | None = None


@dataclass(frozen=True, slots=True)
class Keyword:
    """One keyword by its place in the tree: ("Auto", "Animal", "Mammal", "Dog").

    No part is empty, and none has white space around it or characters that XML cannot hold.
    """

    path: tuple[str, ...]

    @property
    def name(self) -> str:
        """The keyword where there is no tree."""
        return self.path[-1]


def choose_keywords(
    labels: Iterable[EffectiveLabel],
    choice: Choice,
    name_of: Callable[[str], str] = lambda label: label,
) -> tuple[Keyword, ...]:
    """The keywords of one photo: of confirmed labels first, then the surest's; none twice.

    `name_of` gives a label's name in the person's language. What is in the file already is not
    written once more. A recogniser says Animal wherever it says Dog: without parents, a label that
    stands above another chosen one is left out, unless a person confirmed it.
    """
    by_record = {label.record: label for label in labels}
    chosen = [
        record
        for record in surest_first(by_record)
        if by_record[record].origin != FILE_ORIGIN
        and (
            by_record[record].is_kept
            or (not choice.confirmed_only and record.confidence >= choice.min_confidence)
        )
    ]
    above = {parent for record in chosen for parent in record.parents}
    leaves = [r for r in chosen if r.label not in above or by_record[r].is_kept]
    leaves.sort(key=lambda record: not by_record[record].is_kept)
    keywords: dict[Keyword, None] = {}
    for record in leaves[: choice.most_labels]:
        labels_down = (*reversed(record.parents), record.label)
        names = [clean for label in labels_down if (clean := clean_name(name_of(label)))]
        top = [prefix] if (prefix := clean_name(choice.prefix)) else []
        first = 1 if choice.with_parents else len(names)
        for length in range(len(names), first - 1, -1):
            if length:
                keywords[Keyword((*top, *names[:length]))] = None
    return tuple(keywords)


def clean_name(name: str) -> str:
    """A name as a keyword may be: one line, composed characters, only what XML can hold."""
    return " ".join(_NOT_IN_XML.sub(" ", unicodedata.normalize("NFC", name)).split())
