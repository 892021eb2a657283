"""Dates as people type them, in English and German: "2024", "last summer", "15. Juli 2024"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from .terms import Period

_MONTHS = (
    ("january", "jan", "januar", "jänner"),
    ("february", "feb", "februar"),
    ("march", "mar", "märz"),
    ("april", "apr"),
    ("may", "mai"),
    ("june", "jun", "juni"),
    ("july", "jul", "juli"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("october", "oct", "oktober", "okt"),
    ("november", "nov"),
    ("december", "dec", "dezember", "dez"),
)
_SEASONS = (  # the month each begins with, in the northern half of the world
    (3, ("spring", "frühling", "frühjahr")),
    (6, ("summer", "sommer")),
    (9, ("autumn", "fall", "herbst")),
    (12, ("winter",)),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_SEASON = {name: month for month, names in _SEASONS for name in names}
_WHOLE = ("month", "week", "weekend", "year")
_UNIT = dict(zip(("monat", "woche", "wochenende", "jahr"), _WHOLE, strict=True)) | {
    unit: unit for unit in _WHOLE
}
_LAST = re.compile(r"last|past|(letzt|vergangen|vorig)(e|en|er|es)")
_THIS = re.compile(r"this|diese[rsnm]?")
_DAYS_AGO = {"today": 0, "heute": 0, "yesterday": 1, "gestern": 1, "vorgestern": 2}
_YEAR = re.compile(r"(19|20)\d\d")
MOST_WORDS = 3
"""No date has more words."""


def period_of(words: tuple[str, ...], today: date) -> Period | None:
    """The days that these words mean, folded and of one date; None if they mean none."""
    if len(words) == 1:
        return _single(words[0], today)
    first, *rest = words
    if len(words) == 2:
        if _LAST.fullmatch(first) or _THIS.fullmatch(first):
            return _relative(rest[0], today, is_last=bool(_LAST.fullmatch(first)))
        if _YEAR.fullmatch(rest[0]):
            return _of_year(first, int(rest[0]))
        return None
    return _day_in_words(words)


def _single(word: str, today: date) -> Period | None:
    if word in _DAYS_AGO:
        return _day(today - timedelta(days=_DAYS_AGO[word]))
    if word in _MONTH:
        return Period(months=(_MONTH[word],))
    if word in _SEASON:
        return Period(months=_months_from(_SEASON[word]))
    return _in_figures(word)


def _in_figures(word: str) -> Period | None:
    if found := re.fullmatch(r"((?:19|20)\d\d)(?:(?:-|–|\.\.)((?:19|20)\d\d))?", word):
        return _years(int(found[1]), int(found[2] or found[1]))
    if found := re.fullmatch(r"((?:19|20)\d\d)-(\d\d?)(?:-(\d\d?))?", word):
        return _numbers(found[1], found[2], found[3])
    if found := re.fullmatch(r"(?:(\d\d?)\.)?(\d\d?)[./]((?:19|20)\d\d)", word):
        return _numbers(found[3], found[2], found[1])
    return None


def _relative(unit: str, today: date, *, is_last: bool) -> Period | None:
    back = int(is_last)
    if unit in _MONTH or unit in _SEASON:
        years = (_of_year(unit, today.year - ago) for ago in range(3))
        begun = [each for each in years if each and each.begin and each.begin <= today]
        return next((p for p in begun if not is_last or (p.end and p.end <= today)), None)
    monday = today - timedelta(days=today.weekday(), weeks=back)
    months = today.year * 12 + today.month - 1 - back
    match _UNIT.get(unit):
        case "year":
            return _years(today.year - back, today.year - back)
        case "month":
            return _months(months // 12, months % 12 + 1, 1)
        case "week":
            return _days(monday, 7)
        case "weekend":
            return _days(monday + timedelta(days=5), 2)
    return None


def _of_year(name: str, year: int) -> Period | None:
    if name in _MONTH:
        return _months(year, _MONTH[name], 1)
    if name in _SEASON:
        return _months(year, _SEASON[name], 3)
    return None


def _day_in_words(words: tuple[str, ...]) -> Period | None:
    """ "15 july 2024", "15. juli 2024", "july 15, 2024"."""
    first, second, year = words
    if second in _MONTH:
        first, second = second, first
    number = re.fullmatch(r"(\d\d?)(?:\.|,|st|nd|rd|th)?,?", second)
    if first not in _MONTH or number is None or not _YEAR.fullmatch(year):
        return None
    return _numbers(year, str(_MONTH[first]), number[1])


def _numbers(year: str, month: str, day: str | None) -> Period | None:
    try:
        begin = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return _day(begin) if day else _months(begin.year, begin.month, 1)


def _day(day: date) -> Period:
    return _days(day, 1)


def _days(begin: date, count: int) -> Period:
    return Period(begin, begin + timedelta(days=count))


def _years(first: int, last: int) -> Period | None:
    return Period(date(first, 1, 1), date(last + 1, 1, 1)) if first <= last else None


def _months(year: int, month: int, count: int) -> Period:
    end = year * 12 + month - 1 + count
    return Period(date(year, month, 1), date(end // 12, end % 12 + 1, 1))


def _months_from(first: int) -> tuple[int, ...]:
    return tuple((first - 1 + more) % 12 + 1 for more in range(3))
