"""IPTC-IIM: the Keywords in a block of data sets, with UTF-8 declared; everything else stays.

By IPTC-NAA Information Interchange Model 4.2: a data set is 0x1C, record, number, two bytes of
length (extended when the first bit is set), and content.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .fields import Plan, UnsafeError, plan, refuse_too_many

_UTF8 = b"\x1b%G"
_CHARSET, _VERSION, _KEYWORDS = (1, 90), (2, 0), (2, 25)
_FRAME = ((1, 0), _CHARSET, _VERSION)
"""What a block says that says nothing."""
_BINARY = {0, 150, 151, 152, 153, 154, 200, 201, 202}
"""Data sets of record 2 that are no text in the declared characters."""
_LATIN = (b"\x1b.A", b"\x1b-A")


@dataclass(frozen=True, slots=True)
class _Set:
    kind: tuple[int, int]
    data: bytes

    def packed(self) -> bytes:
        head = bytes((0x1C, *self.kind))
        if len(self.data) < 0x8000:
            return head + len(self.data).to_bytes(2, "big") + self.data
        return head + b"\x80\x04" + len(self.data).to_bytes(4, "big") + self.data


def read_iptc(block: bytes) -> tuple[str, ...]:
    """The keywords in a block. Raises UnsafeError."""
    sets, _ = _parse(block)
    return tuple(_text(each.data, sets) for each in sets if each.kind == _KEYWORDS)


def read_sets(block: bytes) -> list[tuple[tuple[int, int], bytes]]:
    """All data sets, by record and number, as they stand in it. Raises UnsafeError."""
    return [(each.kind, each.data) for each in _parse(block)[0]]


def change_iptc(block: bytes, remove: Iterable[str], add: Sequence[str]) -> tuple[bytes, Plan]:
    """The block with keywords taken out and put in behind the others, and what that was.

    A block that says nothing afterwards is empty. Raises UnsafeError.
    """
    sets, padding = _parse(block)
    places = [place for place, each in enumerate(sets) if each.kind == _KEYWORDS]
    planned = plan([_text(sets[place].data, sets) for place in places], remove, add)
    if not planned.going and not planned.coming:
        return block, planned
    going = {places[position] for position in planned.going}
    sets = [each for place, each in enumerate(sets) if place not in going]
    if planned.coming:
        sets = _in_utf8(sets)
        _put(sets, *(_Set(_KEYWORDS, name.encode()) for name in planned.coming))
    if all(each.kind in _FRAME for each in sets):
        return b"", planned
    return b"".join(each.packed() for each in sets) + padding, planned


def _parse(block: bytes) -> tuple[list[_Set], bytes]:
    """The data sets, and the zeros behind them."""
    sets, place = [], 0
    while block[place : place + 1] == b"\x1c":
        head = block[place : place + 5]
        if len(head) < 5:
            raise UnsafeError
        place, length = place + 5, int.from_bytes(head[3:], "big")
        if length & 0x8000:
            width = length & 0x7FFF
            if width > 4:
                raise UnsafeError
            length = int.from_bytes(block[place : place + width], "big")
            place += width
        data = block[place : place + length]
        if len(data) < length:
            raise UnsafeError
        sets.append(_Set((head[1], head[2]), data))
        refuse_too_many(sets)
        place += length
    if block[place:].strip(b"\0"):
        raise UnsafeError
    return sets, block[place:]


def _put(sets: list[_Set], *new: _Set) -> None:
    """Put data sets of one kind behind all that come before them, in order of their numbers."""
    behind = [place for place, each in enumerate(sets) if each.kind <= new[0].kind]
    place = behind[-1] + 1 if behind else 0
    sets[place:place] = new


def _charset(sets: Sequence[_Set]) -> bytes:
    return next((each.data for each in sets if each.kind == _CHARSET), b"")


def _text(data: bytes, sets: Sequence[_Set]) -> str:
    """Text in the declared characters; undeclared it is UTF-8 if it can be, else Windows' Latin."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if _charset(sets) == _UTF8 or _charset(sets) not in (b"", *_LATIN):
            raise UnsafeError from error
        return data.decode("cp1252", "replace") if _is_cp1252(data) else data.decode("latin-1")


def _is_cp1252(data: bytes) -> bool:
    return not set(data) & {0x81, 0x8D, 0x8F, 0x90, 0x9D}  # these are nothing there


def _in_utf8(sets: Sequence[_Set]) -> list[_Set]:
    """The data sets with UTF-8 declared and their texts turned into it; a frame for a new block."""
    if _charset(sets) == _UTF8:
        return list(sets)
    kept = [
        _Set(each.kind, _text(each.data, sets).encode())
        if each.kind[0] == 2 and each.kind[1] not in _BINARY
        else each
        for each in sets
        if each.kind != _CHARSET
    ]
    if _charset(sets) not in (b"", *_LATIN) and any(not each.data.isascii() for each in kept):
        raise UnsafeError
    for frame in (_Set((1, 0), b"\0\4"), _Set(_CHARSET, _UTF8), _Set(_VERSION, b"\0\4")):
        if not any(each.kind == frame.kind for each in kept):
            _put(kept, frame)
    return kept
