"""Matches: which photos the terms of a search find.

Each thing that is wanted is asked of SQLite by an index, and answered by a list of ids; what has to
be joined, left out or looked for in every name is done here, for all photos at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import reduce
from operator import and_, or_

import numpy as np

from ..library.findings import EXPLICIT
from ..library.folding import as_words, folded
from ..library.store import Store
from ..overview.places import SURE
from .columns.numbers import Numbers, ask_ids
from .columns.photos import ANSWERED, FAILED, Mask, Photos
from .columns.shown_labels import ShownLabels
from .label_finder import LabelFinder
from .terms import Period, Term, Wanted
from .word_forms import spellings

# What was found besides labels counts until the answer that brought it is removed.
_WITH_TEXT = (
    "SELECT group_concat(image_id) FROM texts JOIN answers USING (image_id, origin)"
    " WHERE NOT removed AND instr(words, :words)"
)
_WITH_FLAG = (
    "SELECT group_concat(image_id) FROM flags JOIN answers USING (image_id, origin)"
    " WHERE NOT removed AND name IN (SELECT value FROM json_each(:names))"
)
_STATES = {  # by image
    "mine": "SELECT group_concat(image_id) FROM edits WHERE kind <> 'remove'",
    "favourite": "SELECT group_concat(id) FROM images WHERE favourite",
}
_CHANGED_BY_YOU = "SELECT group_concat(image_id) FROM edits"
_EDITED = "SELECT group_concat(id) FROM images WHERE edited"

Value = str | float | bytes


class Matches:
    """What is found at a confidence from `least` percent on.

    `found` is what searches of the same photos have found, and is added to.
    """

    def __init__(
        self,
        store: Store,
        photos: Photos,
        labels: ShownLabels,
        finder: LabelFinder,
        *,
        other_names: Callable[[str], Iterable[str]],
        least: float,
        found: dict[tuple[float, Wanted], Mask],
    ) -> None:
        self._found = found
        self._store = store
        self._photos = photos
        self._labels = labels
        self._finder = finder
        self._other_names = other_names
        self._least = least

    def of_terms(self, terms: Iterable[Term]) -> Mask:
        """The photos that match all of them; all photos where there is none."""
        # The photos first: what is found is kept for the next search, and no caller may change it.
        return reduce(and_, map(self._of_term, terms), self._photos.all)

    def with_label(self, label: str) -> Mask:
        """The photos that show this very label."""
        return self._labelled([label])

    def _of_term(self, term: Term) -> Mask:
        for wanted in term.wanted:
            if (self._least, wanted) not in self._found:
                self._found[self._least, wanted] = self._of_wanted(wanted)
        found = reduce(or_, (self._found[self._least, wanted] for wanted in term.wanted))
        return ~found if term.is_excluded else found

    def _of_wanted(self, wanted: Wanted) -> Mask:
        match wanted.kind:
            case "label":
                return self._labelled(self._finder.named(wanted.text, is_exact=wanted.is_exact))
            case "name":
                return self._each_spelling(self._photos.named, wanted.text)
            case "folder":
                return self._each_spelling(self._photos.in_path, wanted.text)
            case "is":
                return self.in_state(wanted.text)
            case "taken":
                return self._photos.taken_in(wanted.period or Period())
        return self._anywhere(wanted)

    def _anywhere(self, wanted: Wanted) -> Mask:
        """In labels, texts, flags, the name or those of folders; several words as one name, or each
        for itself."""
        found = self._labelled(self._finder.meant(wanted.text, is_exact=wanted.is_exact))
        found |= self._read(wanted) | self._flagged(wanted)
        found |= self._each_spelling(self._photos.named, wanted.text)
        found |= self._photos.in_folders_called(wanted.text, is_exact=wanted.is_exact)
        if wanted.period is not None:
            found |= self._photos.taken_in(wanted.period)
        words = wanted.text.split()
        if len(words) > 1 and not wanted.is_exact:
            found |= reduce(and_, (self._anywhere(Wanted("word", each, each)) for each in words))
        return found

    def _labelled(self, labels: list[str]) -> Mask:
        return self._photos.of_images(self._labels.images_with(labels, self._least))

    def _each_spelling(self, find: Callable[[str], Mask], text: str) -> Mask:
        return reduce(or_, map(find, spellings(text)))

    def in_state(self, name: str) -> Mask:
        """The photos that `is:name` finds."""
        photos = self._photos
        if name in _STATES:
            return self._images(_STATES[name])
        if name == "failed":
            return photos.in_state(FAILED)
        if name == "labelled":
            return self._labels.is_any(photos.images, self._least)
        is_seen = self._labels.is_any(photos.images, SURE)  # as in places.py
        is_seen |= self._images(_CHANGED_BY_YOU)
        return photos.in_state(ANSWERED) & (~is_seen | self._images(_EDITED))

    def _read(self, wanted: Wanted) -> Mask:
        """In a text that was read: where a word begins so."""
        words = as_words(wanted.text)
        start = words if wanted.is_exact else words.rstrip()
        return self._images(_WITH_TEXT, words=start) if start else self._none

    def _flagged(self, wanted: Wanted) -> Mask:
        flags = [row[0] for row in self._store.search("SELECT DISTINCT name FROM flags")]
        names = [name for name in flags if self._is_flag(wanted, name)]
        return self._images(_WITH_FLAG, names=json.dumps(names)) if names else self._none

    def _is_flag(self, wanted: Wanted, flag: str) -> bool:
        """Whether a flag is called so, or one of its words begins so, or it is just any flag."""
        text = folded(wanted.text)
        names = [
            folded(name) for each in (flag, EXPLICIT) for name in (each, *self._other_names(each))
        ]
        starts = (word.startswith(text) for name in names for word in name.split())
        return text in names or (not wanted.is_exact and any(starts))

    def _images(self, sql: str, **values: Value) -> Mask:
        return self._photos.of_images(self._ask(sql, **values))

    def _ask(self, sql: str, **values: Value) -> Numbers:
        return ask_ids(self._store, sql, values)

    @property
    def _none(self) -> Mask:
        return np.zeros_like(self._photos.all)
