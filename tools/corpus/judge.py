"""What is worth a look in a result: where Tagdrop and its peers, or exiftool's facts, differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from .look import is_off_colour, turn_between, turned
from .peers import PLAIN, RAW, READ, SELF
from .reading import PARTLY, Fate, Reading
from .results import Result

MIN_EDGE_PX = 80
"""Smaller pictures are rightly refused."""
SLOW_S = 10.0
OWN = frozenset({"pillow", "rawpy"})
"""What Tagdrop is built on: they show what it shows, and keep their decoders' complaints."""

_CANNOT = re.compile(
    "no decode delegate|not a known file format|not in a known format|cannot identify image file"
    "|[Uu]nsupported|not supported|not implemented|[Uu]nimplemented|security policy"
    "|no preview inside"
)
"""A peer that says so does not know the format, or not this kind of it: that says nothing."""
_HARMLESS = re.compile(
    "Unknown field with tag|UnknownField|[Uu]nknown tag|[Tt]ags are not sorted|Wrong data type"
    "|[Ii]ncorrect count|Invalid TIFF directory|ASCII value for|TIFFTAG|unassociated"
    "|iCCP|cHRM|sRGB|profile|EXIF|[Ee]xif|XMP|IPTC|ParseError|[Mm]etadata|resolution|[Dd]ensity"
    "|read gave|old-style JPEG|Old-style LZW|Sum of Photometric|custom (tag|directory)|tEXt"
)
"""Complaints of what stands beside the pixels."""

_SIZE = re.compile("too (many|small|long|large)")
"""Tagdrop's own limits, which docs/formats.md states."""


class Kind(StrEnum):
    """Of what sort a finding is; `make corpus` counts and lists them in this order."""

    CRASHED = "Tagdrop crashed"
    HUNG = "Tagdrop hung"
    SLOW = f"Tagdrop took over {SLOW_S:.0f} s"
    REFUSED = "refused, and a peer opens it without complaint"
    REFUSED_BY_SIZE = "refused for its size, and a peer opens it"
    REFUSED_ILL = "refused, and a peer opens it with complaints only"
    SILENT = "accepted in silence, and every peer refuses or complains"
    WARNED = "accepted in silence, and some peer refuses or complains"
    OTHER_PICTURE = "another picture than the peers'"
    OFF_COLOUR = "other colours than the peers'"
    TURNED = "turned otherwise than the peers"
    ORIENTATION = "turned otherwise than exiftool's orientation"
    SIZE = "another size than the peers'"
    NO_THUMBNAIL = "labelled without a thumbnail"
    STANDARD_ERROR = "a line on standard error"
    DATE_LOST = "no date, and exiftool finds one"
    DATE_DIFFERS = "another date than exiftool's"
    DATE_INVENTED = "a date, and exiftool finds none"


class Finding(NamedTuple):
    """What is worth a look, and in which file."""

    kind: Kind
    path: str
    detail: str


def is_judged(result: Result) -> bool:
    """Whether Tagdrop means to read such a file, and someone finds it large enough."""
    ours = result.readings.get(SELF)
    if ours is None or (result.facts.kind not in READ and not ours.is_opened):
        return False
    edges = [min(r.width, r.height) for r in result.readings.values() if r.is_opened and r.width]
    return not edges or max(edges) >= MIN_EDGE_PX


def findings(result: Result) -> Iterator[Finding]:
    """All that is worth a look in one result."""
    if not is_judged(result):
        return
    ours = result.readings[SELF]
    peers = {name: each for name, each in result.readings.items() if name != SELF}
    for kind, detail in (
        *_mishaps(ours),
        *_opening(ours, peers),
        *(_pictures(result.facts.kind, ours, peers) if ours.is_opened else ()),
        *(_date(result, ours) if ours.is_opened else ()),
    ):
        yield Finding(kind, result.path, detail)
    if ours.is_opened and (told := orientation_told(result)) not in (None, 1):
        detail = f"exiftool: {result.facts.orientation}; ours would have to be turned by {told}"
        yield Finding(Kind.ORIENTATION, result.path, detail)


def orientation_told(result: Result) -> int | None:
    """1 where our picture is turned as exiftool's orientation says, another where it is not.

    None where that cannot be told: of containers with a turning of their own (HEIF), of raw files,
    of pictures that look alike when they are turned.
    """
    ours, peer = result.readings[SELF], result.readings.get("imagemagick")
    if result.facts.kind not in PLAIN or not ours.look or not peer or not peer.look:
        return None
    stored = turned(peer.look, {6: 8, 8: 6}.get(peer.orientation, peer.orientation))
    return turn_between(ours.look, turned(stored, result.facts.orientation)) or None


def complaints(reading: Reading) -> list[str]:
    """What a peer said that concerns the pixels."""
    return [line for line in reading.said if not _HARMLESS.search(line)]


def knows(reading: Reading) -> bool:
    """Whether a peer that refused a file knows its format at all."""
    return reading.is_opened or not any(_CANNOT.search(line) for line in reading.said)


def _mishaps(ours: Reading) -> Iterator[tuple[Kind, str]]:
    if ours.fate == Fate.CRASHED:
        yield Kind.CRASHED, _words(ours)
    if ours.fate == Fate.HUNG:
        yield Kind.HUNG, f"{ours.seconds:.0f} s"
    elif ours.seconds > SLOW_S:
        yield Kind.SLOW, f"{ours.seconds:.1f} s"
    for line in ours.said:
        if line.startswith("no thumbnail"):
            yield Kind.NO_THUMBNAIL, line
        if line.startswith("standard error"):
            yield Kind.STANDARD_ERROR, line


def _opening(ours: Reading, peers: dict[str, Reading]) -> Iterator[tuple[Kind, str]]:
    opened = {name: each for name, each in peers.items() if each.is_opened}
    whole = [name for name, each in opened.items() if not complaints(each)]
    if not ours.is_opened:
        if whole:
            kind = Kind.REFUSED_BY_SIZE if _SIZE.search(_words(ours)) else Kind.REFUSED
            yield kind, f"{_words(ours)} — opened by {', '.join(whole)}"
        elif opened:
            said = "; ".join(f"{name}: {complaints(each)[0]}" for name, each in opened.items())
            yield Kind.REFUSED_ILL, f"{_words(ours)} — {said}"
    elif PARTLY not in ours.said:
        others = {n: each for n, each in peers.items() if knows(each) and n not in OWN}
        heard = [f"{n}: {_words(each)}" for n, each in others.items() if n not in whole]
        if heard:
            yield (Kind.WARNED if set(whole) - OWN else Kind.SILENT), "; ".join(heard)


def _pictures(kind: str, ours: Reading, peers: dict[str, Reading]) -> Iterator[tuple[Kind, str]]:
    theirs = {name: each for name, each in peers.items() if each.is_opened and each.width}
    sizes = {name: (each.width, each.height) for name, each in theirs.items()}
    if (ours.width, ours.height) not in sizes.values() and sizes and kind not in RAW:
        detail = ", ".join(f"{name} {w}×{h}" for name, (w, h) in sizes.items())
        yield Kind.SIZE, f"{ours.width}×{ours.height}, {detail}"
    looks = {name: each.look for name, each in theirs.items() if each.look}
    looks = {name: look for name, look in looks.items() if name not in OWN} or looks
    if not ours.look or not looks:
        return
    turns = {name: turn_between(ours.look, look) for name, look in looks.items()}
    if all(turn is None for turn in turns.values()):
        yield Kind.OTHER_PICTURE, ", ".join(turns)
    elif all(turn not in (0, 1) for turn in turns.values()):
        yield Kind.TURNED, ", ".join(f"{name}: {turn}" for name, turn in turns.items())
    elif kind not in RAW and all(is_off_colour(ours.look, look) for look in looks.values()):
        yield Kind.OFF_COLOUR, ", ".join(looks)


def _date(result: Result, ours: Reading) -> Iterator[tuple[Kind, str]]:
    theirs = result.facts.date
    if ours.date == theirs:
        return
    if ours.date is None:
        yield Kind.DATE_LOST, str(theirs)
    elif theirs is None:
        yield Kind.DATE_INVENTED, ours.date
    else:
        yield Kind.DATE_DIFFERS, f"{ours.date}, exiftool {theirs}"


def _words(reading: Reading) -> str:
    return "; ".join((complaints(reading) or reading.said)[-2:]) or reading.fate
