"""Labels as a tree: which label stands below which, among those that are in use."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from ..library.store import Store

Parents = Mapping[str, tuple[str, ...]]
"""Of a label, all that it belongs to; the nearest need not come first."""


def read_parents(store: Store, labels: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What each of these labels belongs to, by the names that your rules give. May raise
    StorageError.

    A label has the parents that any answer gives it; one of your own has none.
    """
    renamed = store.search("SELECT label, call_it FROM rules WHERE call_it NOT NULL")
    rules = {row["label"]: row["call_it"] for row in renamed}
    rows = store.search(
        "SELECT value AS label, (SELECT parents FROM labels WHERE labels.label = value"
        " OR labels.label IN (SELECT rules.label FROM rules WHERE call_it = value) LIMIT 1)"
        " AS parents FROM json_each(:labels)",
        {"labels": json.dumps(list(labels))},
    )
    known: dict[str, tuple[str, ...]] = {}
    for row in rows:
        names = json.loads(row["parents"] or "[]")
        known[row["label"]] = tuple(rules.get(name, name) for name in names)
    return known


def label_tree(counts: Mapping[str, int], parents: Parents) -> dict[str, list[str]]:
    """The labels below each label in the order of `counts`; "" has those that stand at the top.

    A label stands below the nearest of its parents that is in use. One between two others that is
    on as many photos as one below it finds the same photos, and is left out: Animal, Dog where all
    mammals are dogs.
    """
    above: dict[str, str] = {}
    below: dict[str, list[str]] = {"": []}
    for label in counts:
        above[label] = parent = _nearest(label, counts, parents)
        below.setdefault(parent, []).append(label)
    for label in [each for each in counts if above[each] and each in below]:
        if any(counts[child] == counts[label] for child in below[label]):
            parent, children = above.pop(label), below.pop(label)
            for child in children:
                above[child] = parent
            place = below[parent].index(label)
            below[parent][place : place + 1] = children
    order = {label: place for place, label in enumerate(counts)}
    for siblings in below.values():
        siblings.sort(key=order.__getitem__)
    return below


def _nearest(label: str, counts: Mapping[str, int], parents: Parents) -> str:
    """The parent with the most parents of its own: no label can come to stand below itself."""

    def depth(name: str) -> int:
        return len(parents.get(name, ()))

    above: Sequence[str] = [
        name for name in parents.get(label, ()) if name in counts and depth(name) < depth(label)
    ]
    return max(above, key=depth, default="")
