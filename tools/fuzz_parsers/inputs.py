"""What is made of a whole input: damaged bytes, and JSON that says something else."""

from __future__ import annotations

import json
import random
from typing import Any

Random = random.Random
Json = Any

VALUES: tuple[Json, ...] = (
    *(None, True, False, 0, -1, 1e308, float("inf"), float("nan"), 2**64, 10**400),
    *("", "x", "x" * 5000, "9" * 5000, "\x00", "\ud800", "ä\u202e日", "../..", "1e999", "-0"),
    *([], {}, [[]], {"": {}}, ["x"], {"S": "x"}),
)
"""What stands in the place of another value; numbers and texts that are often forgotten."""
PIECES: tuple[bytes, ...] = (
    *(b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b'"', b"<", b"<!--", b"]]>", b"&#0;"),
    *(b"&x;", b"[" * 5000, b"{" * 5000, b"<a>" * 5000, b"9" * 5000, b"AKIA" * 9, b"/" * 40),
)


def damaged(data: bytes, rng: Random) -> bytes:
    """Bytes flipped, put in, left out, doubled or cut off."""
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        place, length = rng.randrange(len(data) + 1), rng.choice((1, 1, 4, 16, 64))
        piece = data[place : place + length]
        by_chance = rng.randbytes(len(piece))
        new = rng.choice((by_chance, b"", piece * 2, piece[::-1], rng.choice(PIECES)))
        data = data[:place] + new + data[place + length :]
    return data[: rng.randrange(len(data) + 1)] if rng.random() < 0.1 else data


def changed(value: Json, rng: Random) -> Json:
    """JSON with another value, another name, or one less, somewhere in it."""
    if not isinstance(value, (dict, list)) or not value or rng.random() < 0.1:
        return rng.choice(VALUES)
    copy = dict(value) if isinstance(value, dict) else list(value)
    place = rng.choice(list(copy)) if isinstance(copy, dict) else rng.randrange(len(copy))
    how = rng.random()
    if how < 0.1:
        del copy[place]
    elif how < 0.2 and isinstance(copy, dict):
        copy[str(rng.choice(VALUES))] = copy.pop(place)
    else:
        copy[place] = changed(copy[place], rng)
    return copy


def changed_often(value: Json, rng: Random) -> Json:
    for _ in range(rng.choice((1, 1, 2, 3))):
        value = changed(value, rng)
    return value


def as_text(value: Json) -> bytes:
    return json.dumps(value).encode()


def damaged_json(value: Json, rng: Random) -> bytes:
    """Changed JSON, damaged JSON, or both."""
    how = rng.random()
    text = as_text(changed_often(value, rng) if how < 0.8 else value)
    return damaged(text, rng) if how > 0.6 else text
