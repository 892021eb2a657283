"""A date as cameras and programs write it -> ISO 8601, unless it is one that nobody has set."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

FIRST_YEAR = 1826
"""Of the oldest photograph that is left."""
_NOBODY_S_DAYS = {date(1904, 1, 1), date(1970, 1, 1)}
"""Where Apple's and Unix's clocks begin: what a clock says that was never set."""
_NOBODY_S_TIMES = {"1980-01-01T00:00:00", "2002-12-08T12:00:00"}
"""Where DOS's clock begins; what many phones wrote into each photo."""

_WRITTEN = re.compile(
    r"""\D* (?P<year>\d{4}) [^\d+]{0,2} (?P<month>\d{1,2}) [^\d+]{0,2} (?P<day>\d{1,2})
    (?: [^\d+]{0,3} (?P<hour>\d{1,2}) [:時时]?(?P<minute>\d{2}) (?: [:分]?(?P<second>\d{2})
        (?: [.,](?P<fraction>\d+) )? )?
        (?: \s* (?P<half>[ap])\.?m\.? )?
        (?: \s* (?P<zone>Z|[+-]\d{2}:?\d{2}) )?
    )? (?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_ZONE = re.compile(r"\s*(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>[0-5]\d)")


def read_date(text: str, *, fraction: str = "", zone: str = "") -> str | None:
    """The date in a text as ISO 8601; None where there is none, or one that nobody has set.

    2024-01-31T12:30:59, with `.123` and `+02:00` behind it where the text says so, or what is kept
    apart from it: `fraction`, the digits of a part of a second, and `zone`. It is the time of the
    place, so that texts sort by that. Only 2024-01-31 where the time is missing or none.
    """
    found = _WRITTEN.match(text)
    if not found:
        return None
    try:
        day = date(*(int(found[part]) for part in ("year", "month", "day")))
    except ValueError:
        return None
    if not FIRST_YEAR <= day.year <= datetime.now(UTC).year + 1 or day in _NOBODY_S_DAYS:
        return None
    time = _time(found)
    if time is None:
        return day.isoformat()
    when = f"{day.isoformat()}T{time}"
    if when in _NOBODY_S_TIMES:
        return None
    return when + _part_of_second(found["fraction"] or fraction) + _zone(found["zone"] or zone)


def is_past(day: date) -> bool:
    """Whether a day has come, somewhere on Earth, and photographs were taken then."""
    return day.year >= FIRST_YEAR and day <= (datetime.now(UTC) + timedelta(days=1)).date()


def _time(found: re.Match[str]) -> str | None:
    if not found["hour"]:
        return None
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    hour = 0 if hour == 24 else hour  # some phones count the hour after midnight so
    if hour > 23 or minute > 59 or second > 60:
        return None
    return f"{hour:02}:{minute:02}:{min(second, 59):02}"


def _part_of_second(digits: str) -> str:
    digits = digits.strip(" \0")
    thousandths = f"{digits:0<3}"[:3] if digits.isdecimal() and digits.isascii() else ""
    return f".{thousandths}" if thousandths.strip("0") else ""


def _zone(text: str) -> str:
    if text.strip(" \0").upper() == "Z":
        return "+00:00"
    found = _ZONE.match(text)
    return f"{found['sign']}{found['hours']}:{found['minutes']}" if found else ""
