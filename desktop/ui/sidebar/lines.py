"""What the sidebar lists: places, labels, folders, searches, jobs, as lines with lines below."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from desktop.core.library.folding import folded
from desktop.core.overview.counts import Counts
from desktop.core.overview.folder_tree import Folder
from desktop.core.overview.recent_jobs import RecentJob
from desktop.core.overview.saved_searches import SavedSearch

from ..words.label_names import shown_name

Kind = Literal["place", "heading", "filter", "label", "rest", "folder", "search", "job"]
translate = QCoreApplication.translate
FIRST = 10
"""So many labels are shown on each level, the most frequent ones; the others after a click."""
MOST_FOUND = 100
"""So many labels are shown of those that the filter finds."""


@dataclass(frozen=True, slots=True)
class SidebarEntry:
    """What one line says. `key` is the place, the stored label, the path, or the id in the library;
    that of a `rest` is the label whose other children it stands for.
    """

    kind: Kind
    key: str
    text: str
    count: int | None = None
    tip: str = ""
    is_missing: bool = False
    """Whether it is a folder that cannot be found on the disk."""
    is_watched: bool = False
    """Whether it is a folder whose new photos are labelled by themselves."""


@dataclass(slots=True)
class Line:
    """An entry and the lines below it; that of a folder knows of what it was made."""

    entry: SidebarEntry
    lines: list[Line] = field(default_factory=list)
    folder: Folder | None = None


def make_lines(
    counts: Counts, labels: list[Line], folders: list[Line], searches: list[Line]
) -> list[Line]:
    """All lines; those of `labels`, `folders` and `searches` are made below."""
    places = [
        SidebarEntry("place", "all", translate("Sidebar", "All photos"), counts.everything),
        SidebarEntry(
            "place",
            "review",
            translate("Sidebar", "To review"),
            counts.to_review,
            tip=translate(
                "Sidebar", "Photos without a label that is at least likely (70 %), and edited ones"
            ),
        ),
        SidebarEntry("place", "failed", translate("Sidebar", "Failed"), counts.failed),
        SidebarEntry("place", "favourites", translate("Sidebar", "Favourites"), counts.favourites),
        SidebarEntry("place", "duplicates", translate("Sidebar", "Duplicates")),
    ]
    sections: list[tuple[SidebarEntry, list[Line]]] = [
        (SidebarEntry("heading", "labels", translate("Sidebar", "Labels")), labels),
        (
            SidebarEntry("heading", "folders", translate("Sidebar", "Folders")),
            folders,
        ),
        (
            SidebarEntry("heading", "searches", translate("Sidebar", "Saved searches")),
            searches,
        ),
        (
            SidebarEntry("heading", "jobs", translate("Sidebar", "Recent jobs")),
            [_job_line(job) for job in counts.jobs],
        ),
    ]
    return [
        *map(Line, places),
        *(Line(heading, lines) for heading, lines in sections if lines),
    ]


# Labels


def label_lines(
    counts: Counts,
    ranks: Mapping[str, int],
    *,
    chosen: Collection[str] = (),
    typed: str = "",
    whole: Collection[str] = (),
) -> list[Line]:
    """The lines of labels, in the order of their `ranks`. What is `chosen` is there in any case;
    `typed` filters the others, and `whole` are those of which all children are shown.
    """
    numbers = dict(counts.labels)
    if not numbers and not chosen:
        return []
    filter_line = Line(SidebarEntry("filter", "labels", ""))
    head = [filter_line] if len(numbers) > FIRST or typed else []
    if typed:
        return head + _found_labels(typed, numbers, ranks)
    below = counts.labels_below or {"": list(numbers)}
    placed: set[str] = set()

    def grow(parent: str, chosen: Collection[str]) -> list[Line]:
        if parent not in below:
            return []
        labels = sorted(below[parent], key=lambda each: ranks.get(each, 0))
        placed.update(labels)
        is_whole = parent in whole or len(labels) <= FIRST + 1
        first = labels if is_whole else labels[:FIRST]
        if chosen:
            first = first + [label for label in labels[len(first) :] if label in chosen]
        lines = [
            Line(_label_entry(each, numbers.get(each, 0)), grow(each, chosen)) for each in first
        ]
        if len(first) < len(labels):
            text = translate("Sidebar", "%n more…", "", len(labels) - len(first))
            lines.append(Line(SidebarEntry("rest", parent, text)))
        elif len(labels) > FIRST + 1 and parent in whole:
            lines.append(Line(SidebarEntry("rest", parent, translate("Sidebar", "Fewer"))))
        return lines

    lines = grow("", _with_parents(chosen, below))
    # What is chosen is there whatever its count, and even if another label stands for it.
    missing = [label for label in dict.fromkeys(chosen) if label not in placed]
    return head + lines + [Line(_label_entry(each, numbers.get(each, 0))) for each in missing]


def _label_entry(label: str, count: int) -> SidebarEntry:
    return SidebarEntry("label", label, shown_name(label), count)


def _with_parents(labels: Iterable[str], below: Mapping[str, Sequence[str]]) -> set[str]:
    wanted = set(labels)
    if wanted:
        above = {child: parent for parent, children in below.items() for child in children}
        for label in list(wanted):
            while label := above.get(label, ""):
                wanted.add(label)
    return wanted


def _found_labels(typed: str, numbers: Mapping[str, int], ranks: Mapping[str, int]) -> list[Line]:
    """The labels that the filter finds, those first whose name begins so."""
    wanted = folded(typed.strip())
    names = {label: _folded(shown_name(label)) for label in numbers}
    found = [label for label, name in names.items() if wanted in name or wanted in _folded(label)]
    found.sort(key=lambda label: (not names[label].startswith(wanted), ranks.get(label, 0)))
    return [Line(_label_entry(label, numbers[label])) for label in found[:MOST_FOUND]]


@lru_cache(maxsize=20_000)
def _folded(name: str) -> str:
    """Thousands of labels are filtered anew with every key."""
    return folded(name)


# Folders, searches and jobs


def folder_lines(
    folders: Sequence[Folder],
    before: Iterable[Line],
    *,
    missing: Collection[Path],
    watched: Collection[Path],
) -> list[Line]:
    """The lines of folders; what is below `missing` ones cannot be found, and new photos in
    `watched` ones are labelled by themselves. Of the same Folder the line of `before` is taken.
    """
    known = {id(line.folder): line for line in _all(before)}

    def line(folder: Folder) -> Line:
        if (old := known.get(id(folder))) is not None:
            return old
        path = folder.path
        is_missing = any(path == each or each in path.parents for each in missing)
        tip = translate("Sidebar", "{0} cannot be found").format(path) if is_missing else str(path)
        entry = SidebarEntry(
            "folder",
            str(path),
            folder.name,
            folder.count,
            tip,
            is_missing=is_missing,
            is_watched=path in watched,
        )
        return Line(entry, [line(each) for each in folder.folders], folder)

    return [line(folder) for folder in folders]


def _all(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _all(line.lines)


def search_lines(searches: Iterable[SavedSearch], found: Mapping[int, int]) -> list[Line]:
    """The lines of saved searches, with how many photos they have `found`, by their ids."""
    return [
        Line(SidebarEntry("search", str(each.id), each.name, found.get(each.id), each.text))
        for each in searches
    ]


def _job_line(job: RecentJob) -> Line:
    name = job.roots[0].name or str(job.roots[0]) if job.roots else ""
    if not job.roots:
        name = translate("Sidebar", "Labelled again")
    elif len(job.roots) > 1:
        name = translate("Sidebar", "%n files and folders", "", len(job.roots))
    locale, began = QLocale(), job.began
    short, long = QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat
    day, time = QDate(began.year, began.month, began.day), QTime(began.hour, began.minute)
    is_today = began.date() == datetime.now(began.tzinfo).date()
    when = locale.toString(time, short) if is_today else locale.toString(day, short)
    tip = f"{locale.toString(day, long)}, {locale.toString(time, short)}"
    text = translate("Sidebar", "{0}, {1}").format(when, name)
    return Line(SidebarEntry("job", str(job.id), text, job.photos, tip=tip))
