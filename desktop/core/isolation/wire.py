"""What the program and its child processes send each other: words in JSON, and bytes behind them.

Nothing is unpickled: a child that a file has damaged may write anything, and can do no more harm
than to be found out.
"""

from __future__ import annotations

import io
import json
import struct
from typing import Any, TypeAlias

Words: TypeAlias = dict[str, Any]
Data: TypeAlias = bytes | bytearray | memoryview

MOST_WORDS_BYTES = 1 << 20
MOST_DATA_BYTES = 1 << 30
"""The largest picture that is handed over has 200 MB, the largest content of a file 700."""

_HEAD = struct.Struct(">4sIQ")
_MAGIC = b"Tagd"


class WireError(Exception):
    """The other side has ended, or writes what is no message."""


def send(stream: io.RawIOBase, words: Words, data: Data = b"") -> None:
    """Write one message. Raises OSError where the other side has ended."""
    said = json.dumps(words).encode()
    body = memoryview(data).cast("B")
    for part in (_HEAD.pack(_MAGIC, len(said), len(body)) + said, body):
        rest = memoryview(part)
        while rest:
            rest = rest[stream.write(rest) :]


def receive(stream: io.RawIOBase) -> tuple[Words, bytearray]:
    """Wait for one message. Raises WireError, or OSError."""
    magic, words_bytes, data_bytes = _HEAD.unpack(_read(stream, _HEAD.size))
    if magic != _MAGIC or words_bytes > MOST_WORDS_BYTES or data_bytes > MOST_DATA_BYTES:
        raise WireError("that is no message")
    try:
        words = json.loads(_read(stream, words_bytes))
    except ValueError as error:
        raise WireError("that is no message") from error
    if not isinstance(words, dict):
        raise WireError("that is no message")
    return words, _read(stream, data_bytes)


def _read(stream: io.RawIOBase, length: int) -> bytearray:
    data = bytearray(length)
    rest = memoryview(data)
    while rest:
        count = stream.readinto(rest)
        if not count:
            raise WireError("the other side has ended")
        rest = rest[count:]
    return data
