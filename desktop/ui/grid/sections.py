"""Sections: what photos stand under one heading, by their days or as duplicates of each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt

MANY = 80
"""A month with more photos than these has headings by days."""
FEW = 12
"""Days with fewer share a heading with the days that follow."""


Days = Sequence[tuple[str | None, int]]
"""Photos in the order of their days: each day (2025-07-12; None: not known), and how many."""
Likenesses = Sequence[tuple[int, int]]
"""Photos in order: the group of each, and its image."""


@dataclass(frozen=True, slots=True)
class Section:
    """So many photos one after another. Without a `title` they only begin a line of their own."""

    count: int
    title: str = ""
    year: str = ""


def sections_by_day(days: Days) -> list[Section]:
    """The headings for photos in the order of their days."""
    sections: list[Section] = []
    for month, found in groupby(days, key=lambda one: one[0] and one[0][:7]):
        counts = list(found)
        total = sum(count for _, count in counts)
        if month is None:
            title = QCoreApplication.translate("Days", "No date")
            sections.append(Section(total, title))
        elif total <= MANY:
            sections.append(Section(total, _month(month), month[:4]))
        else:
            sections += _by_days([(day or "", count) for day, count in counts])
    return sections


def sections_by_likeness(alike: Likenesses) -> list[Section]:
    """The headings for duplicates in their order."""
    translate = QCoreApplication.translate
    sections = []
    for _, photos in groupby(alike, key=lambda one: one[0]):
        images = [image for _, image in photos]
        if len(images) == 1:
            title = ""
        elif len(set(images)) == 1:
            title = translate("Duplicates", "Identical")
        else:
            title = translate("Duplicates", "Similar")
        sections.append(Section(len(images), title))
    return sections


def _by_days(counts: list[tuple[str, int]]) -> list[Section]:
    parts: list[list[tuple[str, int]]] = [[]]
    for one in counts:
        if sum(count for _, count in parts[-1]) >= FEW:
            parts.append([])
        parts[-1].append(one)
    return [
        Section(sum(count for _, count in part), _days(part[0][0], part[-1][0]), part[0][0][:4])
        for part in parts
    ]


def _month(month: str) -> str:
    name = QLocale().standaloneMonthName(int(month[5:]))
    return QCoreApplication.translate("Days", "{month} {year}").format(month=name, year=month[:4])


def _days(first: str, last: str) -> str:
    one, other = sorted((first, last))
    locale = QLocale()
    how = _how(locale.dateFormat(QLocale.FormatType.LongFormat))
    said = locale.toString(QDate.fromString(one, Qt.DateFormat.ISODate), how)
    if one == other:
        return said
    last_said = locale.toString(QDate.fromString(other, Qt.DateFormat.ISODate), how)
    text = QCoreApplication.translate("Days", "{first} – {last}")
    return text.format(first=said, last=last_said)


@lru_cache
def _how(long_format: str) -> str:
    """The long format of a language, without the name of the day."""
    return re.sub(r"\W*d{3,4}\W*", "", long_format)
