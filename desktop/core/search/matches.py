"""Matches: which photos the terms of a search find.

Each thing that is wanted is asked of SQLite by an index, and answered by a list of ids; what has to
be joined, left out or looked for in every name is done here, as SQLite would do it photo by photo.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from functools import reduce
from operator import and_, or_
from pathlib import Path
from time import localtime

from ..library.findings import EXPLICIT
from ..library.folding import as_words, folded
from ..library.store import Store
from .label_finder import LabelFinder
from .photos import Mask, Photos
from .terms import Period, Term, Wanted
from .word_forms import spellings

VISIBLE = "(confidence >= :least OR kept)"
"""A label counts for search, filters and counts as it does for the eye: from the chosen confidence
on, and at any when you kept or added it."""
_WITH_LABEL = (
    "SELECT json_group_array(image_id) FROM shown"  # noqa: S608
    f" WHERE label IN (SELECT value FROM json_each(:labels)) AND {VISIBLE}"
)
# What was found besides labels counts until the answer that brought it is removed.
_WITH_TEXT = (
    "SELECT json_group_array(image_id) FROM texts JOIN answers USING (image_id, origin)"
    " WHERE NOT removed AND instr(words, :words)"
)
_WITH_FLAG = (
    "SELECT json_group_array(image_id) FROM flags JOIN answers USING (image_id, origin)"
    " WHERE NOT removed AND name IN (SELECT value FROM json_each(:names))"
)
_IN_FOLDERS = (
    "SELECT json_group_array(id) FROM files WHERE folder IN"
    " (SELECT folder FROM files WHERE id IN (SELECT value FROM json_each(:ids)))"
)
_STATES = {  # by image
    "mine": "SELECT json_group_array(image_id) FROM edits WHERE kind <> 'remove'",
    "favourite": "SELECT json_group_array(id) FROM images WHERE favourite",
    "labelled": "SELECT json_group_array(id) FROM images WHERE EXISTS"  # noqa: S608
    f" (SELECT 1 FROM shown WHERE image_id = id AND {VISIBLE})",
}

Value = str | float


class Matches:
    """What is found at a confidence from `least` percent on.

    `places` are conditions of `files f JOIN items i` for what "is:" can ask for besides; `known`
    is what the last search of the same photos has found.
    """

    def __init__(
        self,
        store: Store,
        photos: Photos,
        finder: LabelFinder,
        *,
        other_names: Callable[[str], Iterable[str]],
        places: Mapping[str, str],
        values: Mapping[str, Value],
        known: Mapping[Wanted, Mask],
    ) -> None:
        self.found: dict[Wanted, Mask] = {}
        self._known = known
        self._store = store
        self._photos = photos
        self._finder = finder
        self._places = places
        self._other_names = other_names
        self._values = values

    def of_terms(self, terms: Iterable[Term]) -> Mask:
        """The photos that match all of them."""
        return reduce(and_, map(self._of_term, terms))

    def _of_term(self, term: Term) -> Mask:
        for wanted in term.wanted:
            is_known = wanted in self._known
            found = self._known[wanted] if is_known else self._of_wanted(wanted)
            self.found[wanted] = found
        found = reduce(or_, (self.found[wanted] for wanted in term.wanted))
        return self._photos.all ^ found if term.is_excluded else found

    def _of_wanted(self, wanted: Wanted) -> Mask:
        match wanted.kind:
            case "label":
                return self._labelled(self._finder.named(wanted.text, is_exact=wanted.is_exact))
            case "name":
                return self._named(wanted.text)
            case "folder":
                return self._in_folder(wanted.text)
            case "is":
                return self._in_state(wanted.text)
            case "taken":
                return self._taken(wanted.period or Period())
        return self._anywhere(wanted)

    def _anywhere(self, wanted: Wanted) -> Mask:
        """In labels, texts, flags or the name; several words as one name, or each for itself."""
        found = self._labelled(self._finder.meant(wanted.text, is_exact=wanted.is_exact))
        found |= self._read(wanted) | self._flagged(wanted) | self._named(wanted.text)
        if wanted.period is not None:
            found |= self._taken(wanted.period)
        words = wanted.text.split()
        if len(words) > 1 and not wanted.is_exact:
            found |= reduce(and_, (self._anywhere(Wanted("word", each, each)) for each in words))
        return found

    def _labelled(self, labels: list[str]) -> Mask:
        return self._images(_WITH_LABEL, labels=json.dumps(labels)) if labels else 0

    def _named(self, text: str) -> Mask:
        return reduce(or_, map(self._photos.named, spellings(text)))

    def _in_folder(self, text: str) -> Mask:
        """In the name of its folder or of one above; so a folder's photos below it are found."""
        rows = self._store.search("SELECT min(id), folder FROM files GROUP BY folder")
        paths = ((row[0], folded(str(Path(os.fsdecode(row[1]))))) for row in rows if row[1])
        ids = [number for number, path in paths if any(each in path for each in spellings(text))]
        return self._photos.of_files(self._ask(_IN_FOLDERS, ids=json.dumps(ids)))

    def _in_state(self, name: str) -> Mask:
        if name in _STATES:
            return self._images(_STATES[name])
        sql = (
            "SELECT json_group_array(f.id) FROM files f JOIN items i ON i.id = f.item_id"  # noqa: S608
            f" WHERE {self._places[name]}"
        )
        return self._photos.of_files(self._ask(sql))

    def _taken(self, period: Period) -> Mask:
        """By the camera's date, else by when the file was changed."""
        asked = ["taken_at NOT NULL"]
        values: dict[str, Value] = {"months": json.dumps([f"{each:02}" for each in period.months])}
        if period.months:
            asked.append("substr(taken_at, 6, 2) IN (SELECT value FROM json_each(:months))")
        for name, sign in (("begin", ">="), ("end", "<")):
            if day := getattr(period, name):
                asked.append(f"taken_at {sign} :{name}")
                values[name] = day.isoformat()
        sql = "SELECT json_group_array(id) FROM images WHERE "
        undated = self._photos.of_images([0, *self._ask(f"{sql}taken_at IS NULL")])
        begin, end = _seconds(period.begin, 0), _seconds(period.end, 1 << 62)
        changed = (
            file
            for file, at in self._photos.changed(undated)
            if at and begin <= at < end
            if not period.months or localtime(at).tm_mon in period.months
        )
        found = self._images(f"{sql}{' AND '.join(asked)}", **values)
        return found | self._photos.of_files([*changed])

    def _read(self, wanted: Wanted) -> Mask:
        """In a text that was read: where a word begins so."""
        words = as_words(wanted.text)
        start = words if wanted.is_exact else words.rstrip()
        return self._images(_WITH_TEXT, words=start) if start else 0

    def _flagged(self, wanted: Wanted) -> Mask:
        flags = [row[0] for row in self._store.search("SELECT DISTINCT name FROM flags")]
        names = [name for name in flags if self._is_flag(wanted, name)]
        return self._images(_WITH_FLAG, names=json.dumps(names)) if names else 0

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

    def _ask(self, sql: str, **values: Value) -> list[int]:
        """All ids in one value: 100,000 rows of Python's would keep other threads from working."""
        found: list[int] = json.loads(self._store.search(sql, {**self._values, **values})[0][0])
        return found


def _seconds(day: date | None, otherwise: int) -> int:
    """When a day begins here."""
    return int(datetime.combine(day, time()).astimezone().timestamp()) if day else otherwise
