"""Catalog: finds, sorts and counts the library's images by labels, names, folders and texts."""

from __future__ import annotations

import json
import threading
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..files.long_paths import as_stored, from_stored
from ..overview.counts import Counts, ask_numbers, count_all
from ..overview.places import PLACES, SURE, VISIBLE
from ..records import NOTHING_ELSE, Findings
from ..search.language import parse_search
from ..search.terms import Term
from ..search.thesaurus import ENGLISH_FIRST, Thesaurus
from .effective import RECORDS
from .findings import findings_of
from .rows import below, numbers
from .store import Store

if TYPE_CHECKING:
    from ..search.search_index import SearchIndex

Place = Literal["all", "review", "failed", "favourites", "duplicates"]
Sort = Literal["added", "taken", "name", "surest", "state"]

_SUREST = "(SELECT max(confidence) FROM shown s WHERE s.image_id = f.image_id)"
_STATE = "CASE i.state WHEN 'failed' THEN 0 WHEN 'done' THEN 2 WHEN 'skipped' THEN 2 ELSE 1 END"
_SORTS: dict[Sort, tuple[str, str]] = {
    "added": ("f.added_by DESC, f.id", "f.added_by, f.id"),
    "taken": (
        "m.taken_at IS NULL, m.taken_at DESC, f.mtime_ns DESC, f.id",
        "m.taken_at IS NULL, m.taken_at, f.mtime_ns, f.id",
    ),
    "name": ("f.name COLLATE NOCASE, f.id", "f.name COLLATE NOCASE DESC, f.id DESC"),
    "surest": (f"{_SUREST} DESC NULLS LAST, f.id", f"{_SUREST} NULLS LAST, f.id"),
    "state": (f"{_STATE}, f.id", f"{_STATE} DESC, f.id"),
}
"""Each order, and the one turned round; where a photo has no date or label, it comes last in both.
"""
# Each label once, by as many looks into the index as there are labels; DISTINCT would read it all.
_LABELS = (
    "WITH RECURSIVE l(label) AS (SELECT min(label) FROM shown UNION ALL"
    " SELECT (SELECT min(label) FROM shown WHERE label > l.label) FROM l WHERE label NOT NULL)"
    " SELECT label FROM l WHERE label NOT NULL"
)
_EACH = (
    " FROM json_each(:ids) LEFT JOIN files f ON f.id = value"
    " LEFT JOIN images m ON m.id = f.image_id ORDER BY key"
)
LARGE = 200_000
"""From so many photos on SQLite takes over a second to count them; below, the memory is worth more.
"""
PART = 5000
"""Photos asked for at once where their days are wanted: other threads get their turn between."""
_BY_GROUP = "coalesce(m.group_id, m.id), m.id, f.id"
"""Duplicates stand beside each other, whatever the order of the others is."""
# In a folder or further down: one range of the index, where "Holiday-2" lies between "Holiday" and
# what is in it.
_IN_FOLDER = (
    "f.folder >= :folder AND f.folder < :end AND (f.folder = :folder OR f.folder >= :first)"
)


@dataclass(frozen=True, slots=True)
class Resembling:
    """Photos ranked by meaning: those that look like a sentence, or like a photo (its file's id);
    with neither, groups of photos that are nearly the same.

    `groups` are the ids of the files that were found, in the order in which they are shown: one
    group but for the last kind. None: nobody has looked yet, and no photo matches.
    """

    sentence: str = ""
    photo: int = 0
    groups: tuple[tuple[int, ...], ...] | None = None

    @property
    def file_ids(self) -> list[int]:
        """All that were found."""
        return [file_id for group in self.groups or () for file_id in group]


@dataclass(frozen=True, slots=True)
class Query:
    """What the window shows: a place, labels that must or must not be there, words, a folder with
    those in it, the photos of a job (its id), photos that resemble something.
    """

    place: Place = "all"
    labels: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    folder: Path | None = None
    same_as: int | None = None
    """A file's id: only the photos with the same picture as this one, and itself."""
    job: int | None = None
    resembling: Resembling | None = None

    @property
    def is_everything(self) -> bool:
        """Whether no image is left out."""
        return self == Query()


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many of some images show a label, and on how many of them you kept or added it.

    `parents` are what a recogniser says it belongs to, nearest first.
    """

    label: str
    count: int
    kept: int
    parents: tuple[str, ...] = ()


class Catalog:
    """Reads only; never on the GUI thread. Every method may raise StorageError.

    `other_names` gives the names under which a stored label is known besides its own, its
    translations; the `thesaurus` what else a person may call it. From `large` photos on it keeps in
    memory what a search by words needs, and counts and filters by that.
    """

    def __init__(
        self,
        store: Store,
        other_names: Callable[[str], Iterable[str]] = lambda label: (),
        thesaurus: Thesaurus = ENGLISH_FIRST,
        *,
        large: int = LARGE,
    ) -> None:
        self._store = store
        self._other_names = other_names
        self._thesaurus = thesaurus
        self._large = large
        self._made_index: SearchIndex | None = None
        self._lock = threading.Lock()

    def understand(self, text: str) -> tuple[Term, ...]:
        """The terms of what a person has typed; quick, for any thread."""
        return parse_search(text, self._thesaurus.is_phrase)

    def find(
        self, query: Query, least: float, sort: Sort = "added", *, is_reversed: bool = False
    ) -> list[int]:
        """The ids of the files that match, in order; `least` is the confidence in percent."""
        order = _BY_GROUP if query.place == "duplicates" else _SORTS[sort][is_reversed]
        if query.resembling is not None:
            order = "ranked.key"  # the best first, whatever the order of the others is
        everywhere = replace(query, terms=(), labels=(), without=())
        if everywhere.is_everything and sort == "added" and (query.terms or self._is_index_near):
            select, values = self._select(everywhere, least, order)
            wanted = {"labels": query.labels, "without": query.without}
            return self._index.find(query.terms, least, select, values, **wanted, is_steady=True)
        select, values = self._select(replace(query, terms=()), least, order)
        if query.terms:
            return self._index.find(query.terms, least, select, values)
        # All ids in one value: 100,000 rows of Python's would keep other threads from working.
        found = self._store.search(f"SELECT json_group_array(id) FROM ({select})", values)  # noqa: S608
        return numbers("q", found[0][0]).tolist()

    def count_found(self, query: Query, least: float) -> int:
        """How many photos match."""
        if query.terms:
            return len(self.find(query, least))
        select, values = self._select(query, least, "f.id")
        return int(self._store.search(f"SELECT count(*) FROM ({select})", values)[0][0])  # noqa: S608

    def count_hidden(self, file_ids: array[int], least: float) -> tuple[int, int]:
        """How many labels of these photos are less certain than `least` percent, and how many of
        the photos have labels but show none therefore.
        """
        if self._is_index_near:
            return self._index.count_hidden(file_ids, least)
        rows = self._store.search(
            "SELECT coalesce(sum(hidden), 0), count(*) FILTER (WHERE NOT shows) FROM ("  # noqa: S608
            f"SELECT total(NOT {VISIBLE}) AS hidden, max({VISIBLE}) AS shows"
            " FROM json_each(:ids) JOIN files ON files.id = value JOIN shown USING (image_id)"
            " GROUP BY files.id)",
            {"ids": json.dumps(file_ids.tolist()), "least": least},
        )
        return int(rows[0][0]), int(rows[0][1])

    def prepare(self) -> None:
        """Read what is needed to search by words, so that the first such search need not."""
        self._index.prepare(self._select(Query(), 0, _SORTS["added"][False])[0])

    def keep_prepared(self) -> None:
        """Read of it what has changed, where there was such a search; else nothing."""
        if self._made_index is not None:
            self._index.renew()

    def known_words(self, text: str) -> frozenset[str]:
        """Every word by which a label in use is found; none for a text that is such a word."""
        if self._thesaurus.meaning(text) is not None:
            return frozenset()
        return self._index.finder.words

    def wider(self, text: str) -> list[str]:
        """More general labels in use than a word means, the nearest first."""
        return self._index.finder.wider(text)

    @property
    def _is_index_near(self) -> bool:
        return self._made_index is not None and self._made_index.is_near

    @property
    def _index(self) -> SearchIndex:
        with self._lock:
            if self._made_index is None:
                # numpy, which takes 0.1 s to load: not on the way to the first window.
                from ..search.search_index import SearchIndex  # noqa: PLC0415

                self._made_index = SearchIndex(self._store, self._other_names, self._thesaurus)
            return self._made_index

    def _select(
        self, query: Query, least: float, order: str
    ) -> tuple[str, dict[str, str | float | bytes]]:
        """What finds the ids of a query without terms."""
        where, values = self._where(query)
        tables = "files f"
        if query.resembling is not None:
            tables = "json_each(:ranked) ranked CROSS JOIN files f ON f.id = ranked.value"
            values["ranked"] = json.dumps(query.resembling.file_ids)
        for number, label in enumerate(query.labels):  # with IN up to three times slower
            shown, values[f"l{number}"] = f"l{number}", label
            tables += (
                f" JOIN shown {shown} ON {shown}.image_id = f.image_id AND {shown}.label = :{shown}"
                f" AND ({shown}.confidence >= :least OR {shown}.kept)"
            )
        if "i.state" in where + order:
            tables += " JOIN items i ON i.id = f.item_id"
        if "m." in order:
            tables += " LEFT JOIN images m ON m.id = f.image_id"
        values |= {"least": least, "sure": SURE}
        sql = f"SELECT f.id FROM {tables} WHERE NOT f.removed{where} ORDER BY {order}"  # noqa: S608
        return sql, values

    def count(self, least: float) -> Counts:
        """Everything that the sidebar counts, at this confidence."""
        newest = self._store.search("SELECT max(id) FROM files")[0][0]
        if (newest or 0) < self._large:
            return count_all(self._store, ask_numbers(self._store, least))
        self.prepare()
        return count_all(self._store, self._index.count(least))

    def count_edited(self, file_ids: Sequence[int]) -> int:
        """How many of these images were edited in place and not reviewed since."""
        rows = self._store.search(
            "SELECT count(*) FROM json_each(:ids) JOIN files ON files.id = value"
            " JOIN images ON images.id = image_id WHERE edited",
            {"ids": json.dumps(file_ids)},
        )
        return int(rows[0][0])

    def count_favourites(self, file_ids: Sequence[int]) -> int:
        """How many of these photos are favourites."""
        rows = self._store.search(
            "SELECT count(*) FROM json_each(:ids) JOIN files ON files.id = value"
            " JOIN images ON images.id = image_id WHERE favourite",
            {"ids": json.dumps(file_ids)},
        )
        return int(rows[0][0])

    def likenesses(self, file_ids: Sequence[int]) -> list[tuple[int, int]]:
        """Of each of these files the group of photos that look alike, and its image; 0 for none."""
        rows = self._store.search(
            "SELECT coalesce(m.group_id, m.id, 0), coalesce(m.id, 0)" + _EACH,
            {"ids": json.dumps(list(file_ids))},
        )
        return [tuple(row) for row in rows]

    def days(self, file_ids: Sequence[int]) -> list[tuple[str | None, int]]:
        """When these photos were taken (2025-07-12; None: not known): each day, in their order, and
        how many one after another are of it.
        """
        days: list[tuple[str | None, int]] = []
        for start in range(0, len(file_ids), PART):
            ids = list(file_ids[start : start + PART])
            rows = self._store.search(
                "SELECT json_group_array(day) FROM (SELECT substr(m.taken_at, 1, 10) AS day"  # noqa: S608
                f" {_EACH})",
                {"ids": json.dumps(ids)},
            )
            for day, same in groupby(json.loads(rows[0][0])):
                before = days.pop()[1] if days and days[-1][0] == day else 0
                days.append((day, before + sum(1 for _ in same)))
        return days

    def duplicates(self, file_id: int) -> list[Path]:
        """The other photos of the library with the same picture as this one, by path."""
        rows = self._store.search(
            "SELECT o.path FROM files f JOIN files o ON o.image_id = f.image_id AND o.id <> f.id"
            " WHERE f.id = :id AND NOT o.removed ORDER BY o.path",
            {"id": file_id},
        )
        return [from_stored(row[0]) for row in rows]

    def findings(self, file_id: int) -> Findings:
        """What was found in a photo besides its labels."""
        rows = self._store.search("SELECT image_id FROM files WHERE id = :id", {"id": file_id})
        return next(iter(findings_of(self._store, [row[0] for row in rows]).values()), NOTHING_ELSE)

    def labels(self) -> list[str]:
        """Every label in use, for completion."""
        return [row[0] for row in self._store.search(_LABELS)]

    def labels_of(self, file_ids: Sequence[int], least: float) -> list[LabelCount]:
        """The labels that these images show, the most frequent first."""
        rows = self._store.search(
            "SELECT label, count(*), sum(kept), (SELECT parents FROM labels l"  # noqa: S608
            " WHERE l.label = s.source LIMIT 1) FROM json_each(:ids)"
            " JOIN files ON files.id = value JOIN shown s USING (image_id)"
            f" WHERE {VISIBLE} GROUP BY label ORDER BY 2 DESC, 1",
            {"ids": json.dumps(file_ids), "least": least},
        )
        with self._store.parsing():
            return [
                LabelCount(label, count, kept, tuple(json.loads(parents or "[]")))
                for label, count, kept, parents in rows
            ]

    def labels_by_file(self, file_ids: Sequence[int], least: float) -> list[tuple[str, list[str]]]:
        """The name of each of these files and the labels that it shows, the surest first."""
        labels = (  # in the order of `surest_first`
            f"SELECT s.label FROM shown s{RECORDS}"  # noqa: S608
            " WHERE s.image_id = f.image_id AND (s.confidence >= :least OR s.kept)"
            " AND i.state IN ('done', 'skipped', 'cancelled')"
            " ORDER BY s.confidence DESC, json_array_length(coalesce(parents, '[]')) DESC, s.label"
        )
        rows = self._store.search(
            f"SELECT f.name, (SELECT json_group_array(label) FROM ({labels}))"  # noqa: S608
            " FROM json_each(:ids) JOIN files f ON f.id = value JOIN items i ON i.id = f.item_id"
            " ORDER BY key",
            {"ids": json.dumps(file_ids), "least": least},
        )
        return [(name, json.loads(found)) for name, found in rows]

    def _where(self, query: Query) -> tuple[str, dict[str, str | float | bytes]]:
        parts: list[str] = []
        values: dict[str, str | float | bytes] = {}
        if query.place != "all":
            parts.append(PLACES[query.place])
        for number, label in enumerate(query.without):
            values[f"w{number}"] = label
            shown = f"SELECT image_id FROM shown WHERE label = :w{number} AND {VISIBLE}"  # noqa: S608
            parts.append(f"NOT coalesce(f.image_id IN ({shown}), 0)")
        if query.same_as is not None:
            parts.append("f.image_id = (SELECT image_id FROM files WHERE id = :same_as)")
            values["same_as"] = query.same_as
        if query.folder is not None:
            first, end = below(query.folder)
            values |= {"folder": as_stored(query.folder), "first": first, "end": end}
            parts.append(_IN_FOLDER)
        if query.job is not None:
            values["job"] = query.job
            parts.append("f.id IN (SELECT file_id FROM items WHERE job_id = :job)")
        return "".join(f" AND {part}" for part in parts), values
