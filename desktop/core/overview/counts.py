"""Counts: how many photos there are, by place, label, folder and job: what the sidebar shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..files.long_paths import from_stored
from ..library.store import Store
from .folder_tree import Folder, folder_tree
from .label_tree import label_tree, read_parents
from .places import FAVOURITE, REVIEW, SURE, VISIBLE
from .recent_jobs import RecentJob, recent_jobs

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
_FROM = " FROM files f JOIN items i ON i.id = f.item_id WHERE NOT f.removed"


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
class Numbers:
    """How many photos there are, before they are set in order: `labels` as they are stored, and
    `folders` (as_stored) with the photos directly in each."""

    everything: int
    to_review: int
    failed: int
    favourites: int
    labels: Mapping[str, int]
    folders: Sequence[tuple[bytes, int]]
    hidden_labels: int
    images_with_none_left: int


def count_all(store: Store, numbers: Numbers) -> Counts:
    """All of it, once the photos are counted. May raise StorageError."""
    labels = sorted(numbers.labels.items(), key=lambda each: (-each[1], each[0]))
    by_folder = sorted((from_stored(path), count) for path, count in numbers.folders if path)
    return Counts(
        everything=numbers.everything,
        to_review=numbers.to_review,
        failed=numbers.failed,
        favourites=numbers.favourites,
        labels=tuple(labels),
        folders=tuple(by_folder),
        hidden_labels=numbers.hidden_labels,
        images_with_none_left=numbers.images_with_none_left,
        labels_below=label_tree(dict(labels), read_parents(store, [name for name, _ in labels])),
        folder_tree=folder_tree(by_folder),
        jobs=recent_jobs(store),
    )


def ask_numbers(store: Store, least: float) -> Numbers:
    """The photos as SQLite counts them, where labels count from `least` percent on. May raise
    StorageError."""
    others = store.search(_FIND_OTHERS)[0][0]
    values = {"least": least, "sure": SURE, "others": others}
    everything, review, failed = store.search(
        f"SELECT count(*), total({REVIEW}), total(i.state = 'failed'){_FROM}",
        values,
    )[0]
    favourites = store.search(f"SELECT count(*){_FROM} AND {FAVOURITE}")[0][0]
    labels = store.search(
        f"SELECT label, sum(n) FROM (SELECT label, count(*) AS n FROM shown"  # noqa: S608
        f" WHERE {VISIBLE} GROUP BY label UNION ALL SELECT label, more FROM {_OTHERS}"
        f" WHERE {VISIBLE}) GROUP BY label HAVING sum(n) > 0",
        values,
    )
    hidden = store.search(
        f"SELECT (SELECT count(*) FROM shown WHERE NOT {VISIBLE})"  # noqa: S608
        f" + (SELECT total(more) FROM {_OTHERS} WHERE NOT {VISIBLE})",
        values,
    )[0][0]
    none_left = "GROUP BY image_id HAVING max(confidence) < :least AND NOT max(kept)"
    images_with_none_left = store.search(
        f"SELECT (SELECT count(*) FROM (SELECT 1 FROM shown {none_left}))"  # noqa: S608
        f" + (SELECT total(more) FROM (SELECT more FROM {_OTHERS} {none_left}))",
        values,
    )[0][0]
    folders = store.search("SELECT folder, count(*) FROM files WHERE NOT removed GROUP BY folder")
    return Numbers(
        everything=everything,
        to_review=int(review),
        failed=int(failed),
        favourites=favourites,
        labels={row[0]: int(row[1]) for row in labels},
        folders=[(row[0], row[1]) for row in folders],
        hidden_labels=int(hidden),
        images_with_none_left=int(images_with_none_left),
    )
