"""Conditions: what SQLite is asked for the terms of a search."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path

from ..library.findings import EXPLICIT
from ..library.folding import as_words, folded
from ..library.store import Store
from .label_finder import LabelFinder
from .terms import Period, Term, Wanted
from .word_forms import spellings

VISIBLE = "(confidence >= :least OR kept)"
"""A label counts for search, filters and counts as it does for the eye: from the chosen confidence
on, and at any when you kept or added it."""
# What was found besides labels counts until the answer that brought it is removed.
_FOUND_IN = (
    "f.image_id IN (SELECT image_id FROM {table} JOIN answers USING (image_id, origin)"
    " WHERE NOT removed AND {wanted})"
)
_STATES = {
    "mine": "f.image_id IN (SELECT image_id FROM edits WHERE kind <> 'remove')",
    "favourite": "f.image_id IN (SELECT id FROM images WHERE favourite)",
    "labelled": f"f.image_id IN (SELECT image_id FROM shown WHERE {VISIBLE})",  # noqa: S608
}

Value = str | float | bytes


class Conditions:
    """Makes SQL about `files f`, `items i` of terms, and keeps the values that it names.

    `places` are the conditions of the states that the catalog knows.
    """

    def __init__(
        self,
        store: Store,
        finder: LabelFinder,
        places: Mapping[str, str],
        other_names: Callable[[str], Iterable[str]],
    ) -> None:
        self._store = store
        self._finder = finder
        self._states = _STATES | dict(places)
        self._other_names = other_names
        self.values: dict[str, Value] = {}

    def bind(self, value: Value) -> str:
        """The name of a value in SQL."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def of_term(self, term: Term) -> str:
        """The condition of a term; never NULL."""
        parts = " OR ".join(self._of_wanted(wanted) for wanted in term.wanted)
        return f"{'NOT ' if term.is_excluded else ''}coalesce({parts}, 0)"

    def has_label(self, labels: Iterable[str]) -> str:
        """Whether a photo shows one of the labels; NULL before its picture is known."""
        places = ", ".join(self.bind(name) for name in labels)
        wanted = f"label IN ({places}) AND {VISIBLE}"
        return f"f.image_id IN (SELECT image_id FROM shown WHERE {wanted})"  # noqa: S608

    def _of_wanted(self, wanted: Wanted) -> str:
        match wanted.kind:
            case "label":
                return self.has_label(self._finder.named(wanted.text, is_exact=wanted.is_exact))
            case "name":
                return self._in_name(wanted.text)
            case "folder":
                return self._in_folder(wanted.text)
            case "is":
                return f"({self._states[wanted.text]})"
            case "taken":
                return self._taken(wanted.period or Period())
        return self._anywhere(wanted)

    def _anywhere(self, wanted: Wanted) -> str:
        """In labels, texts, flags or the name; several words as one name, or each for itself."""
        parts = [
            self.has_label(self._finder.meant(wanted.text, is_exact=wanted.is_exact)),
            self._in_findings(wanted),
            self._in_name(wanted.text),
        ]
        if wanted.period is not None:
            parts.append(self._taken(wanted.period))
        words = wanted.text.split()
        if len(words) > 1 and not wanted.is_exact:
            each = (self._anywhere(Wanted("word", word, word)) for word in words)
            parts.append(" AND ".join(f"coalesce({part}, 0)" for part in each))
        # NULL OR true is true, so that a photo whose picture is not yet known is found by its name.
        return f"({' OR '.join(f'({part})' for part in parts)})"

    def _in_name(self, text: str) -> str:
        found = (f"instr(f.folded_name, {self.bind(each)})" for each in spellings(text))
        return " OR ".join(found)

    def _in_folder(self, text: str) -> str:
        """In the name of its folder or of one above; so a folder's photos below it are found."""
        rows = self._store.search("SELECT min(id), folder FROM files GROUP BY folder")
        wanted = folded(text)
        ids = [
            row[0] for row in rows if row[1] and wanted in folded(str(Path(os.fsdecode(row[1]))))
        ]
        ids_value = self.bind(json.dumps(ids))
        return (
            "f.folder IN (SELECT folder FROM files"  # noqa: S608
            f" WHERE id IN (SELECT value FROM json_each({ids_value})))"
        )

    def _taken(self, period: Period) -> str:
        """By the camera's date, else by the file's."""
        known = "f.image_id IN (SELECT id FROM images WHERE taken_at NOT NULL)"
        if period.months:
            months = ", ".join(self.bind(f"{month:02}") for month in period.months)
            changed = "strftime('%m', f.mtime_ns / 1000000000, 'unixepoch', 'localtime')"
            return (
                "f.image_id IN (SELECT id FROM images"  # noqa: S608
                f" WHERE substr(taken_at, 6, 2) IN ({months}))"
                f" OR ({changed} IN ({months}) AND NOT coalesce({known}, 0))"
            )
        taken, written = ["taken_at NOT NULL"], ["f.mtime_ns NOT NULL"]
        for day, sign in ((period.begin, ">="), (period.end, "<")):
            if day is not None:
                taken.append(f"taken_at {sign} {self.bind(day.isoformat())}")
                written.append(f"f.mtime_ns {sign} {self.bind(_nanoseconds(day))}")
        return (
            f"f.image_id IN (SELECT id FROM images WHERE {' AND '.join(taken)})"  # noqa: S608
            f" OR ({' AND '.join(written)} AND NOT coalesce({known}, 0))"
        )

    def _in_findings(self, wanted: Wanted) -> str:
        words = as_words(wanted.text)
        start = self.bind(words if wanted.is_exact else words.rstrip())
        read = _FOUND_IN.format(table="texts", wanted=f"{start} <> '' AND instr(words, {start})")
        flags = [name for name in self._flags() if self._is_flag(wanted, name)]
        if not flags:
            return read
        places = ", ".join(self.bind(name) for name in flags)
        return f"{read} OR " + _FOUND_IN.format(table="flags", wanted=f"name IN ({places})")

    def _flags(self) -> list[str]:
        return [row[0] for row in self._store.search("SELECT DISTINCT name FROM flags")]

    def _is_flag(self, wanted: Wanted, flag: str) -> bool:
        """Whether a flag is called so, or one of its words begins so, or it is just any flag."""
        text = folded(wanted.text)
        names = [
            folded(name) for each in (flag, EXPLICIT) for name in (each, *self._other_names(each))
        ]
        starts = (word.startswith(text) for name in names for word in name.split())
        return text in names or (not wanted.is_exact and any(starts))


def _nanoseconds(day: date) -> int:
    """When a day begins here, as the file system counts."""
    return int(datetime.combine(day, time()).astimezone().timestamp()) * 1_000_000_000
