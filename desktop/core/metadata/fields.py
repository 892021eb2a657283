"""The fields of a photo's metadata that hold keywords, and what stands in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sized
from dataclasses import dataclass

MOST_PARTS = 100_000
"""More segments, chunks, data sets or elements than any photo has: each of a hostile file's, which
may have one in every four bytes, takes some hundred bytes of memory."""


class UnsafeError(Exception):
    """Keywords cannot be read from here, or put in without a risk for what else stands here."""


def refuse_too_many(parts: Sized) -> None:
    """Raises UnsafeError for more than `MOST_PARTS`."""
    if len(parts) > MOST_PARTS:
        raise UnsafeError


@dataclass(frozen=True, slots=True)
class Fields:
    """Keywords by the field they stand in; plain strings, for the journal too.

    `subject` is XMP's dc:subject (`Dog`), `hierarchical` lr:hierarchicalSubject
    (`Animal|Mammal|Dog`), `tags_list` digiKam:TagsList (`Animal/Mammal/Dog`), `iptc` the Keywords
    of IPTC (`Dog`).
    """

    subject: tuple[str, ...] = ()
    hierarchical: tuple[str, ...] = ()
    tags_list: tuple[str, ...] = ()
    iptc: tuple[str, ...] = ()

    @property
    def lists(self) -> tuple[tuple[str, ...], ...]:
        """The four, in order."""
        return self.subject, self.hierarchical, self.tags_list, self.iptc

    @property
    def names(self) -> tuple[str, ...]:
        """The keywords themselves, wherever they stand; none twice."""
        leaves = [path.rpartition("|")[2] for path in self.hierarchical]
        leaves += [path.rpartition("/")[2] for path in self.tags_list]
        found: dict[str, str] = {}
        for name in (*self.subject, *self.iptc, *leaves):
            if name.strip():
                found.setdefault(alike(name), name.strip())
        return tuple(found.values())

    def without(self, others: Fields) -> Fields:
        """What is left when each of the others, the last of equal ones, is taken out."""
        return Fields(*(_without(a, b) for a, b in zip(self.lists, others.lists, strict=True)))

    def __bool__(self) -> bool:
        return any(self.lists)


NONE = Fields()


def alike(name: str) -> str:
    """What two spellings of one keyword share: case and the kind of accents do not count."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def _without(names: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    left = list(names)[::-1]
    for other in others:
        if other in left:
            left.remove(other)
    return tuple(left[::-1])


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of one list of keywords: positions that go, and what comes behind the rest.

    `added` is what is ours in it afterwards: what comes, and what was ours and stays.
    """

    going: tuple[int, ...]
    coming: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


def plan(present: Iterable[str], remove: Iterable[str], add: Iterable[str]) -> Plan:
    """Take out of a list what was written into it earlier, and add what is not in it.

    The last of several equal keywords is ours, since it was added behind the others. What is to go
    and to come stays where it is.
    """
    left = list(enumerate(present))
    wanted = tuple(add)
    going: list[int] = []
    removed: list[str] = []
    ours: list[str] = []
    for name in remove:
        found = next((entry for entry in reversed(left) if entry[1] == name), None)
        if found is None:
            continue
        if name in wanted:
            ours.append(name)
        else:
            left.remove(found)
            going.append(found[0])
            removed.append(name)
    there = {alike(name) for _, name in left}
    coming = tuple(name for name in wanted if alike(name) not in there)
    added = tuple(name for name in wanted if name in ours or name in coming)
    return Plan(tuple(sorted(going)), coming, added, tuple(removed))
