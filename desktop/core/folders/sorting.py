"""Which folder a photo goes to by its labels, and how many each folder gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ..library.effective import EffectiveLabel
from ..library.labelled import LabelledFile
from .names import safe_name

MOST_BYTES = 100
"""Of a folder's name in UTF-8: some may stand inside each other."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """A photo goes to the folder of its surest label among `labels`; None: among all.

    `with_parents` puts Dog into Animal/Mammal. What has none of them goes to `not_sure`, or stays
    where it is when that is None. `name_of` gives a label's name in the person's language.
    """

    labels: frozenset[str] | None = None
    with_parents: bool = False
    not_sure: str | None = "Not sure"
    name_of: Callable[[str], str] = str

    def folder(self, labels: Iterable[EffectiveLabel]) -> Path | None:
        """The folder for a photo with these labels, surest first; None: it stays."""
        for label in labels:
            record = label.record
            if self.labels is None or record.label in self.labels:
                above = record.parents[::-1] if self.with_parents else ()
                return _folder(map(self.name_of, (*above, record.label)))
        return None if self.not_sure is None else _folder([self.not_sure])


def _folder(names: Iterable[str]) -> Path:
    return Path(*(safe_name(name, most_bytes=MOST_BYTES) for name in names))


def count_folders(photos: Iterable[LabelledFile], sorting: Sorting) -> list[tuple[Path, int]]:
    """How many photos each folder gets, fullest first; at the end those nobody is sure of."""
    counts = Counter(
        folder for photo in photos if (folder := sorting.folder(photo.labels)) is not None
    )
    last = sorting.folder(())
    return sorted(counts.items(), key=lambda each: (each[0] == last, -each[1], each[0]))
