"""Choice: which query a click on a line of the sidebar asks for."""

from __future__ import annotations

from dataclasses import replace

from desktop.core.files.long_paths import file_path
from desktop.core.library.catalog import Query

from .lines import SidebarEntry


def with_line(query: Query, entry: SidebarEntry) -> Query | None:
    """The query with what a line stands for; None for a line that stands for no photos."""
    match entry.kind:
        case "place":
            return replace(query, place=entry.key)  # type: ignore[arg-type]
        case "label":
            without = tuple(label for label in query.without if label != entry.key)
            return replace(query, labels=(*query.labels, entry.key), without=without)
        case "folder":
            return replace(query, folder=file_path(entry.key))
        case "job":
            return replace(query, job=int(entry.key))
    return None


def turned(query: Query, entry: SidebarEntry) -> Query | None:
    """The query with a line added to what is chosen, or taken out again."""
    if entry.kind == "label" and entry.key in query.labels:
        return replace(query, labels=tuple(each for each in query.labels if each != entry.key))
    more = with_line(query, entry)
    return _without_line(query, entry) if more == query else more


def left_out(query: Query, entry: SidebarEntry) -> Query | None:
    """The query for photos without this label, or that allows it again; None for another line."""
    if entry.kind != "label":
        return None
    label = entry.key
    others = tuple(each for each in query.without if each != label)
    return replace(
        query,
        labels=tuple(each for each in query.labels if each != label),
        without=others if label in query.without else (*others, label),
    )


def _without_line(query: Query, entry: SidebarEntry) -> Query:
    """The query without the place, folder or job of a line."""
    values = {"place": "all", "folder": None, "job": None}
    return replace(query, **{entry.kind: values[entry.kind]})  # type: ignore[arg-type]
