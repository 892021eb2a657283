"""A child process: does one task after another with files, until its input ends."""

from __future__ import annotations

import faulthandler
import io
import os
import signal
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, BinaryIO, NoReturn, TypeAlias

from ..decoding import request
from ..decoding.raw import raw_size
from ..errors import ImageError
from ..files.long_paths import file_path
from ..heap import use_one_heap
from ..job.priority import give_way
from ..photo.decode import decode
from ..photo.prepare import Stamp, check_stamp, open_original, plain_errors
from .decoding import to_words, unsafe
from .limits import limit_memory, limit_time
from .wire import Data, WireError, Words, receive, send

ORPHAN_S = 300.0
"""A task that holds Python's lock does not let the end of the input be noticed; it ends then."""

Answer: TypeAlias = tuple[Words, Data]
Asked: TypeAlias = SimpleQueue[tuple[Words, bytearray]]


def serve(most_bytes: int) -> NoReturn:
    """Answer what is asked on standard input, in at most so much memory; ends with the input."""
    give_way()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # as a session ends: a photo would have failed
    use_one_heap()  # each thread of a decoder would reserve 64 MB
    limit_memory(most_bytes)
    source, target, nothing = _streams()
    asked: Asked = SimpleQueue()
    threading.Thread(target=_read, args=(source, asked), daemon=True).start()

    request.one_large = _Turn(target, asked)  # type: ignore[assignment]  # of all children
    while True:
        words, data = asked.get()
        faulthandler.dump_traceback_later(ORPHAN_S, exit=True, file=nothing)
        limit_time(words["limit_s"])
        send(target, *_answer(words, data))
        faulthandler.cancel_dump_traceback_later()


class _Turn:
    """The parent's lock, which it takes for this process until that has answered."""

    def __init__(self, target: io.FileIO, asked: Asked) -> None:
        self._target, self._asked = target, asked

    def __enter__(self) -> None:
        send(self._target, {"turn": True})
        self._asked.get()

    def __exit__(self, *_: object) -> None:
        pass


def _streams() -> tuple[io.FileIO, io.FileIO, io.FileIO]:
    """What is asked, where answers go, and where goes what a decoder prints."""
    source, target = (io.FileIO(os.dup(number), mode) for number, mode in ((0, "r"), (1, "w")))
    nothing = io.FileIO(os.open(os.devnull, os.O_RDWR), "r+")
    for number in (0, 1):
        os.dup2(nothing.fileno(), number)
    return source, target, nothing


def _read(source: io.FileIO, asked: Asked) -> None:
    """Take what comes, also during a task: without a program there is no need of its answer."""
    try:
        while True:
            asked.put(receive(source))
    except (OSError, WireError):
        os._exit(0)


def _answer(words: Words, data: Data) -> Answer:
    try:
        with plain_errors():
            task, options = TASKS[words["task"]], words["options"]
            if "path" not in words:
                return task(io.BytesIO(data), **options)
            with open_original(file_path(words["path"])) as file:
                check_stamp(os.fstat(file.fileno()), Stamp(*words["stamp"]))
                return task(file, **options)
    except ImageError as error:
        is_memory = isinstance(error.__cause__, MemoryError)
        return {"error": to_words(unsafe() if is_memory else error)}, b""


def _decode(file: BinaryIO, **options: Any) -> Answer:
    image, is_partly_damaged = decode(file, **options)
    image = image if image.mode == "RGB" else image.convert("RGB")
    return {"size": image.size, "is_partly_damaged": is_partly_damaged}, image.tobytes()


def _raw_size(file: BinaryIO) -> Answer:
    return {"size": raw_size(file)}, b""


def _unpack_brotli(file: BinaryIO, most_bytes: int) -> Answer:
    import imagecodecs  # noqa: PLC0415 - rare

    return {}, bytes(imagecodecs.brotli_decode(file.read(), out=most_bytes))


TASKS: dict[str, Callable[..., Answer]] = {
    "decode": _decode,
    "raw_size": _raw_size,
    "unpack_brotli": _unpack_brotli,
}
