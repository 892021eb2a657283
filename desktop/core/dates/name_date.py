"""The date in a file's name: phones, chats and screenshots write it there."""

from __future__ import annotations

import re
from datetime import date

from .date_text import is_past

# 20240131_123059, 2024-01-31 at 12.30.59, 2024-01-31-12-30-59-123, 20240131-WA0001
_NAMED = re.compile(
    r"""(?<!\d) (?P<year>1[89]\d\d|20\d\d) (?P<sign>[-_.]?)
    (?P<month>[01]\d) (?P=sign) (?P<day>[0-3]\d)
    (?: (?: [-_.T\s] | [-_\s]+(?:at|um|kl|à|a\s las|alle)\s )? \s*
        (?P<hour>[0-2]?\d) (?P<mark>[-_.:h]?) (?P<minute>[0-5]\d) (?P=mark) (?P<second>[0-5]\d)
        (?: [-_.]?(?P<part>\d{3}) )? (?!\d)
        (?: \s? (?P<half>[AP])M\b )?
    | (?!\d) | (?=[-_]\d) )""",
    re.VERBOSE | re.IGNORECASE,
)


def date_in_name(name: str) -> str | None:
    """When a photo was taken, by its file's name, as ISO 8601; None where it does not say.

    Often only the day is known. A number that could be a date but lies in the future is none.
    """
    for found in _NAMED.finditer(name):
        try:
            day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            continue
        if is_past(day):
            return day.isoformat() + _time(found)
    return None


def _time(found: re.Match[str]) -> str:
    if found["hour"] is None:
        return ""
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].upper() == "P" else 0)
    if hour > 23:
        return ""
    part = found["part"]
    return f"T{hour:02}:{found['minute']}:{found['second']}" + (f".{part}" if part else "")
