"""Delta: what makes a file's old content of its new one, small where little was changed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_ANCHOR_BYTES = 24
"""What is looked for: shorter than this, a copy costs about as much as the bytes themselves."""
_FASTER = 1.1
"""Where nothing is found the steps grow by this, so that content that has all changed takes some
hundred searches, not some hundred thousand. What was passed over is caught up backwards."""


def make_delta(old: bytes, new: bytes) -> bytes:
    """What `apply_delta` needs to make `old` of `new`.

    Programs that write metadata move the picture's data and leave it as it is: what counts is to
    find few and long equal runs.
    """
    return zlib.compress(b"".join(_operations(old, new)), 6)


def apply_delta(new: bytes, delta: bytes) -> bytes:
    """The old content. Raises ValueError when `delta` is none, or is not one for `new`."""
    try:
        data, place, parts = zlib.decompress(delta), 0, []
        while place < len(data):
            length, place = _number(data, place)
            if length % 2:
                start, place = _number(data, place)
                part = new[start : start + length // 2]
            else:
                part = data[place : place + length // 2]
                place += length // 2
            if len(part) != length // 2:
                raise ValueError("a delta for other content")
            parts.append(part)
    except (zlib.error, IndexError) as error:
        raise ValueError("not a delta") from error
    return b"".join(parts)


def _operations(old: bytes, new: bytes) -> Iterator[bytes]:
    """Each piece of `old` as a copy (2 x length + 1, place in `new`) or as it is (2 x length)."""
    head = _equal_ahead(old, 0, new, 0)
    tail = _equal_behind(old, len(old), new, len(new), most=min(len(old), len(new)) - head)
    if head:
        yield _copy(0, head)
    end, done, at, step = len(old) - tail, head, head, 1.0
    while at + _ANCHOR_BYTES <= end:
        found = new.find(old[at : at + _ANCHOR_BYTES])
        if found < 0:
            at += int(step)
            step *= _FASTER
            continue
        back = _equal_behind(old, at, new, found, most=min(at - done, found))
        yield _literal(old[done : at - back])
        length = back + min(_equal_ahead(old, at, new, found), end - at)
        yield _copy(found - back, length)
        done = at = at - back + length
        step = 1.0
    yield _literal(old[done:end])
    if tail:
        yield _copy(len(new) - tail, tail)


def _copy(start: int, length: int) -> bytes:
    return _varint(2 * length + 1) + _varint(start)


def _literal(data: bytes) -> bytes:
    return _varint(2 * len(data)) + data if data else b""


def _equal_ahead(a: bytes, at: int, b: bytes, bt: int) -> int:
    """How many bytes are equal from these places on."""
    most, length, size = min(len(a) - at, len(b) - bt), 0, 64
    while length < most:
        size = min(size, most - length)
        if a[at + length : at + length + size] == b[bt + length : bt + length + size]:
            length += size
            size = min(2 * size, 1 << 20)
        elif size == 1:
            break
        else:
            size //= 2
            most = min(most, length + 2 * size + 1)
    return length


def _equal_behind(a: bytes, at: int, b: bytes, bt: int, *, most: int) -> int:
    """How many bytes are equal before these places, `most` at most."""
    length, size = 0, 64
    while length < most:
        size = min(size, most - length)
        if a[at - length - size : at - length] == b[bt - length - size : bt - length]:
            length += size
            size = min(2 * size, 1 << 20)
        elif size == 1:
            break
        else:
            size //= 2
            most = min(most, length + 2 * size + 1)
    return length


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; the highest bit says that more follow."""
    data = bytearray()
    while number > 127:
        data.append(number & 127 | 128)
        number >>= 7
    data.append(number)
    return bytes(data)


def _number(data: bytes, place: int) -> tuple[int, int]:
    """The number at this place, and the place behind it."""
    number = shift = 0
    while True:
        byte = data[place]
        place += 1
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return number, place
