"""Catalog: finds, sorts and counts the library's images by labels, names, folders and texts."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from ..overview.folder_tree import Folder, folder_tree
from ..overview.label_tree import label_tree, read_parents
from ..overview.recent_jobs import RecentJob, recent_jobs
from ..records import NOTHING_ELSE, Findings
from ..search.label_finder import LabelFinder
from ..search.language import parse_search
from ..search.matches import VISIBLE as _VISIBLE
from ..search.matches import Matches, Value
from ..search.photos import COLUMNS, Mask, Photos
from ..search.terms import Term, Wanted
from ..search.thesaurus import ENGLISH_FIRST, Thesaurus
from .effective import RECORDS
from .findings import findings_of
from .rows import below
from .store import Store

Place = Literal["all", "review", "failed", "favourites", "duplicates"]
Sort = Literal["added", "taken", "name", "surest", "state"]
SURE = 70.0
"""Percent from which a label is likely right; an image without one such is to be reviewed."""

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
# Photos are counted, and nearly each image has one. To add what the others have more, and to take
# off those that no photo of the library holds any more (their last file was taken out, or another
# program has changed it), is quicker than to look for the files of each label.
_FIND_OTHERS = (
    "SELECT json_group_array(json_array(id, more)) FROM (SELECT image_id AS id,"
    " total(NOT removed) - 1 AS more FROM files WHERE image_id NOT NULL GROUP BY 1 HAVING more <> 0"
    " UNION ALL SELECT m.id, -1 FROM images m"
    " WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.image_id = m.id))"
)
_OTHERS = (
    "(SELECT json_extract(value, '$[0]') AS image_id, json_extract(value, '$[1]') AS more"
    " FROM json_each(:others)) JOIN shown USING (image_id)"
)
_REVIEW = (
    "i.state IN ('done', 'skipped') AND (NOT EXISTS (SELECT 1 FROM shown s"
    " WHERE s.image_id = f.image_id AND (s.confidence >= :sure OR s.kept))"
    " AND NOT EXISTS (SELECT 1 FROM edits e WHERE e.image_id = f.image_id)"
    " OR f.image_id IN (SELECT id FROM images WHERE edited))"
)
# Each label once, by as many looks into the index as there are labels; DISTINCT would read it all.
_LABELS = (
    "WITH RECURSIVE l(label) AS (SELECT min(label) FROM shown UNION ALL"
    " SELECT (SELECT min(label) FROM shown WHERE label > l.label) FROM l WHERE label NOT NULL)"
    " SELECT label FROM l WHERE label NOT NULL"
)
_FAVOURITE = "f.image_id IN (SELECT id FROM images WHERE favourite)"
# Files with the same picture, and pictures that look alike; of those that are in the library still.
_DUPLICATE = (
    "f.image_id IN (SELECT image_id FROM files WHERE NOT removed AND image_id NOT NULL"
    " GROUP BY image_id HAVING count(*) > 1 UNION ALL SELECT id FROM images WHERE group_id IN"
    " (SELECT group_id FROM images JOIN files o ON o.image_id = images.id WHERE NOT o.removed"
    " AND group_id NOT NULL GROUP BY group_id HAVING count(*) > 1))"
)
_PLACES = {
    "review": f"({_REVIEW})",
    "failed": "i.state = 'failed'",
    "favourites": _FAVOURITE,
    "duplicates": _DUPLICATE,
}
_BY_GROUP = "coalesce(m.group_id, m.id), m.id, f.id"
"""Duplicates stand beside each other, whatever the order of the others is."""
# In a folder or further down: one range of the index, where "Holiday-2" lies between "Holiday" and
# what is in it.
_IN_FOLDER = (
    "f.folder >= :folder AND f.folder < :end AND (f.folder = :folder OR f.folder >= :first)"
)
_FROM = " FROM files f JOIN items i ON i.id = f.item_id WHERE NOT f.removed"


@dataclass(frozen=True, slots=True)
class Query:
    """What the window shows: a place, labels that must or must not be there, words, a folder with
    those in it, the photos of a job (its id).
    """

    place: Place = "all"
    labels: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    folder: Path | None = None
    same_as: int | None = None
    """A file's id: only the photos with the same picture as this one, and itself."""
    job: int | None = None

    @property
    def is_everything(self) -> bool:
        """Whether no image is left out."""
        return self == Query()


@dataclass(frozen=True, slots=True)
class Counts:
    """What the sidebar shows. `labels` by falling count, and which stand below which ("": at the
    top); `folders` with the photos directly in each, and as a tree.
    """

    everything: int = 0
    to_review: int = 0
    failed: int = 0
    favourites: int = 0
    labels: tuple[tuple[str, int], ...] = ()
    folders: tuple[tuple[Path, int], ...] = ()
    hidden_labels: int = 0
    images_with_none_left: int = field(default=0)
    labels_below: Mapping[str, Sequence[str]] = field(default_factory=dict)
    folder_tree: Sequence[Folder] = ()
    jobs: tuple[RecentJob, ...] = ()


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
    translations; the `thesaurus` what else a person may call it.
    """

    def __init__(
        self,
        store: Store,
        other_names: Callable[[str], Iterable[str]] = lambda label: (),
        thesaurus: Thesaurus = ENGLISH_FIRST,
    ) -> None:
        self._store = store
        self._other_names = other_names
        self._thesaurus = thesaurus
        self._finder = LabelFinder([], thesaurus, other_names)
        self._photos: Photos
        self._found: dict[Wanted, Mask] = {}
        self._last_asked: object = None

    def understand(self, text: str) -> tuple[Term, ...]:
        """The terms of what a person has typed; quick, for any thread."""
        return parse_search(text, self._thesaurus.is_phrase)

    def find(
        self, query: Query, least: float, sort: Sort = "added", *, is_reversed: bool = False
    ) -> list[int]:
        """The ids of the files that match, in order; `least` is the confidence in percent."""
        order = _BY_GROUP if query.place == "duplicates" else _SORTS[sort][is_reversed]
        if query.terms:
            return self._find_terms(query, least, order)
        select, values = self._select("f.id", query, least, order)
        # All ids in one value: 100,000 rows of Python's would keep other threads from working.
        found = self._store.search(f"SELECT json_group_array(id) FROM ({select})", values)  # noqa: S608
        ids: list[int] = json.loads(found[0][0])
        return ids

    def known_words(self, text: str) -> set[str]:
        """Every word by which a label in use is found; none for a text that is such a word."""
        if self._thesaurus.meaning(text) is not None:
            return set()
        return self._finder.words()

    def wider(self, text: str) -> list[str]:
        """More general labels in use than a word means, the nearest first."""
        return self._finder.wider(text)

    def _find_terms(self, query: Query, least: float, order: str) -> list[int]:
        """What matches but for its terms is kept for the next search: people type on."""
        version, rest = self._store.version(), replace(query, terms=())
        if (version, rest, least, order) != self._last_asked:
            labels = self.labels()
            if labels != self._finder.labels:
                self._finder = LabelFinder(labels, self._thesaurus, self._other_names)
            select, values = self._select(COLUMNS, rest, least, order)
            self._photos = Photos(self._store, select, values)
            self._last_asked = (version, rest, least, order)
            self._found = {}
        matches = Matches(
            self._store,
            self._photos,
            self._finder,
            other_names=self._other_names,
            places=_PLACES,
            values={"least": least, "sure": SURE},
            known=self._found,
        )
        matching = matches.of_terms(query.terms)
        self._found = matches.found
        return self._photos.ids(matching)

    def _select(
        self, columns: str, query: Query, least: float, order: str
    ) -> tuple[str, dict[str, Value | bytes]]:
        """What finds these columns of `files f`, but for the query's terms."""
        where, values = self._where(query)
        tables = "files f"
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
        sql = f"SELECT {columns} FROM {tables} WHERE NOT f.removed{where} ORDER BY {order}"  # noqa: S608
        return sql, values

    def count(self, least: float) -> Counts:
        """Everything that the sidebar counts, at this confidence."""
        others = self._store.search(_FIND_OTHERS)[0][0]
        values = {"least": least, "sure": SURE, "others": others}
        everything, review, failed = self._store.search(
            f"SELECT count(*), total({_REVIEW}), total(i.state = 'failed'){_FROM}",
            values,
        )[0]
        favourites = self._store.search(f"SELECT count(*){_FROM} AND {_FAVOURITE}")[0][0]
        labels = self._store.search(
            f"SELECT label, sum(n) FROM (SELECT label, count(*) AS n FROM shown"  # noqa: S608
            f" WHERE {_VISIBLE} GROUP BY label UNION ALL SELECT label, more FROM {_OTHERS}"
            f" WHERE {_VISIBLE}) GROUP BY label HAVING sum(n) > 0 ORDER BY 2 DESC, 1",
            values,
        )
        hidden = self._store.search(
            f"SELECT (SELECT count(*) FROM shown WHERE NOT {_VISIBLE})"  # noqa: S608
            f" + (SELECT total(more) FROM {_OTHERS} WHERE NOT {_VISIBLE})",
            values,
        )[0][0]
        none_left = "GROUP BY image_id HAVING max(confidence) < :least AND NOT max(kept)"
        images_with_none_left = self._store.search(
            f"SELECT (SELECT count(*) FROM (SELECT 1 FROM shown {none_left}))"  # noqa: S608
            f" + (SELECT total(more) FROM (SELECT more FROM {_OTHERS} {none_left}))",
            values,
        )[0][0]
        folders = self._store.search(
            "SELECT folder, count(*) FROM files WHERE NOT removed GROUP BY folder"
        )
        by_folder = sorted((Path(os.fsdecode(row[0])), row[1]) for row in folders if row[0])
        return Counts(
            everything=everything,
            to_review=int(review),
            failed=int(failed),
            favourites=favourites,
            labels=tuple((row[0], int(row[1])) for row in labels),
            folders=tuple(by_folder),
            hidden_labels=int(hidden),
            images_with_none_left=int(images_with_none_left),
            labels_below=label_tree(
                {row[0]: int(row[1]) for row in labels},
                read_parents(self._store, [row[0] for row in labels]),
            ),
            folder_tree=folder_tree(by_folder),
            jobs=recent_jobs(self._store),
        )

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

    def duplicates(self, file_id: int) -> list[Path]:
        """The other photos of the library with the same picture as this one, by path."""
        rows = self._store.search(
            "SELECT o.path FROM files f JOIN files o ON o.image_id = f.image_id AND o.id <> f.id"
            " WHERE f.id = :id AND NOT o.removed ORDER BY o.path",
            {"id": file_id},
        )
        return [Path(os.fsdecode(row[0])) for row in rows]

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
            f" WHERE {_VISIBLE} GROUP BY label ORDER BY 2 DESC, 1",
            {"ids": json.dumps(file_ids), "least": least},
        )
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

    def _where(self, query: Query) -> tuple[str, dict[str, Value | bytes]]:
        parts: list[str] = []
        values: dict[str, Value | bytes] = {}
        if query.place != "all":
            parts.append(_PLACES[query.place])
        for number, label in enumerate(query.without):
            values[f"w{number}"] = label
            shown = f"SELECT image_id FROM shown WHERE label = :w{number} AND {_VISIBLE}"  # noqa: S608
            parts.append(f"NOT coalesce(f.image_id IN ({shown}), 0)")
        if query.same_as is not None:
            parts.append("f.image_id = (SELECT image_id FROM files WHERE id = :same_as)")
            values["same_as"] = query.same_as
        if query.folder is not None:
            first, end = below(query.folder)
            values |= {"folder": os.fsencode(query.folder), "first": first, "end": end}
            parts.append(_IN_FOLDER)
        if query.job is not None:
            values["job"] = query.job
            parts.append("f.id IN (SELECT file_id FROM items WHERE job_id = :job)")
        return "".join(f" AND {part}" for part in parts), values
