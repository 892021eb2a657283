"""One file -> its picture, as `decode` gives it: by a child process where its decoder is risky.

What Pillow decodes by its own hardened parts stays in the program (PNG, GIF, BMP, WebP), and so
does a usual JPEG, which libjpeg-turbo decodes: `make fuzz` could not crash these. What else there
is goes to a child process, which a file may crash, hang or fill: that costs this photo, and nothing
else.
"""

from __future__ import annotations

import contextlib
import io
import os
import threading
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image

from ..decoding.jpeg import is_rare
from ..decoding.request import one_large
from ..errors import ImageError, Remedy, UnreachableError
from ..photo.decode import Decoded, decode
from ..photo.formats import sniff
from ..texts import values_from_json, values_to_json
from .children import Children, LostError
from .wire import Words

INSIDE = {"JPEG", "PNG", "GIF", "BMP", "WEBP"}
LIMIT_S, LIMIT_S_A_MB, MOST_S = 10.0, 3.0, 120.0
"""How much processor time a child may take: 10 s, and 3 for each MB of the file, at most 120."""

_KINDS = {kind.__name__: kind for kind in (ImageError, UnreachableError)}
_children = Children()


class ChildError(Exception):
    """What a decoder raised in a child process, in its words."""


def decode_safely(
    file: BinaryIO,
    path: Path,
    max_edge_px: int,
    min_edge_px: int = 1,
    *,
    by_whole_factor: bool = False,
    finds_damage: bool = True,
    cancel: threading.Event | None = None,
) -> Decoded:
    """What `decode` gives for the opened `file`, which is that of `path` or in memory.

    Raises what `decode` does, in a child's words; and an ImageError where a child was lost over it.
    """
    options: dict[str, Any] = {
        "max_edge_px": max_edge_px,
        "min_edge_px": min_edge_px,
        "by_whole_factor": by_whole_factor,
        "finds_damage": finds_damage,
    }
    kind = sniff(file)
    if kind is None or (kind in INSIDE and not (kind == "JPEG" and is_rare(file))):
        return decode(file, **options)
    words, data = _ask("decode", file, path, options, cancel=cancel)
    width, height = words["size"]
    image = Image.frombytes("RGB", (width, height), data)
    return Decoded(image, words["is_partly_damaged"])


def raw_size_safely(file: BinaryIO, path: Path) -> tuple[int, int]:
    """What `raw_size` gives, in the same way."""
    words, _ = _ask("raw_size", file, path, {})
    width, height = words["size"]
    return width, height


def unpack_brotli_safely(packed: bytes, most_bytes: int) -> bytes:
    """What Brotli has packed, which is at most so long; an ImageError where it cannot be told."""
    _, data = _ask("unpack_brotli", io.BytesIO(packed), Path(), {"most_bytes": most_bytes})
    return bytes(data)


def _ask(
    task: str,
    file: BinaryIO,
    path: Path,
    options: Words,
    *,
    cancel: threading.Event | None = None,
) -> tuple[Words, bytearray]:
    """What a child answers that does one of its tasks with a file."""
    words: Words = {"task": task, "options": options}
    with contextlib.ExitStack() as held:
        if isinstance(file, io.BytesIO):
            data = held.enter_context(file.getbuffer())
            size_bytes = len(data)
        else:
            data = memoryview(b"")
            status = os.fstat(file.fileno())
            size_bytes = status.st_size
            words |= {"path": str(path.absolute()), "stamp": (size_bytes, status.st_mtime_ns)}
        limit_s = min(LIMIT_S + LIMIT_S_A_MB * size_bytes / 1_000_000, MOST_S)
        try:
            answer = _children.ask(words, data, limit_s=limit_s, alone=one_large, cancel=cancel)
        except LostError as lost:
            raise unsafe() from lost
    if "error" in answer[0]:
        raise from_words(answer[0]["error"])
    return answer


def unsafe() -> ImageError:
    """What is said of a photo that a child was lost over."""
    return ImageError(
        "This photo could not be read safely",
        "Reading it was stopped: it crashed, or took too much time or memory. The file may be"
        " damaged. Look for another copy, or try again.",
    )


def to_words(error: ImageError) -> Words:
    """An error for the wire."""
    return {
        "kind": type(error).__name__,
        "title": error.title_text.template,
        "message": error.message_text.template,
        "values": values_to_json(error.message_text.values),
        "remedy": error.remedy,
        "cause": repr(error.__cause__) if error.__cause__ else None,
    }


def from_words(words: Words) -> ImageError:
    """The error that was sent, with what caused it."""
    error = _KINDS[words["kind"]](
        words["title"],
        words["message"],
        remedy=Remedy(words["remedy"]) if words["remedy"] else None,
        detail="",
        **values_from_json(words["values"]),
    )
    if words["cause"]:
        error.__cause__ = ChildError(words["cause"])
    return error
