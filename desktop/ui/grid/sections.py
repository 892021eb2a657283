"""Sections: what photos stand under one heading, by the days on which they were taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QDate, QLocale

MANY = 80
"""A month with more photos than these has headings by days."""
FEW = 12
"""Days with fewer share a heading with the days that follow."""


@dataclass(frozen=True, slots=True)
class Section:
    """So many photos one after another. Without a `title` they only begin a line of their own."""

    count: int
    title: str = ""
    year: str = ""


def sections_by_day(days: Iterable[str | None]) -> list[Section]:
    """The headings for photos in the order of their days (2025-07-12; None: not known)."""
    by_day = [(day, sum(1 for _ in photos)) for day, photos in groupby(days)]
    sections: list[Section] = []
    for month, found in groupby(by_day, key=lambda one: one[0] and one[0][:7]):
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
    # The long format of the language, without the name of the day.
    how = re.sub(r"\W*d{3,4}\W*", "", QLocale().dateFormat(QLocale.FormatType.LongFormat))
    one, other = (
        QLocale().toString(QDate.fromString(day, "yyyy-MM-dd"), how)
        for day in sorted((first, last))
    )
    if one == other:
        return one
    return QCoreApplication.translate("Days", "{first} – {last}").format(first=one, last=other)
