"""Photos that arrive in a folder in all the ways in which photos do, while others vanish."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

from desktop.core.events import State

PIECES = 3


class Arriving:
    """`count` photos that come into `folder`, of which every tenth leaves again.

    A fourth comes in pieces with `rest_s` seconds between them, another fourth gets its name when
    it is whole. `begun_in_parts` are those that were begun to be labelled too early, as `see` saw.
    """

    def __init__(self, folder: Path, count: int, *, rest_s: float, senders: int = 6) -> None:
        self.whole = {f"{number}.jpg": jpeg(number) for number in range(count)}
        self.begun_in_parts: list[str] = []
        self._folder, self._rest_s, self._senders = folder, rest_s, senders
        self._rest = threading.Event()

    def see(self, event: object) -> None:
        """Look at the file of a photo that a job begins to prepare."""
        if getattr(event, "state", None) is State.PREPARING:
            path = Path(getattr(event, "path", ""))
            if path.read_bytes() != self.whole[path.name]:
                self.begun_in_parts.append(path.name)

    def come(self) -> list[str]:
        """Let all of them arrive, from several senders at once; the names that stay."""
        numbers = range(len(self.whole))
        senders = [
            threading.Thread(target=self._send, args=(numbers[start :: self._senders],))
            for start in range(self._senders)
        ]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        return [name for name in self.whole if (self._folder / name).exists()]

    def _send(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            path = self._folder / f"{number}.jpg"
            data = self.whole[path.name]
            if number % 4 == 1:
                self._write_slowly(path, data)
            elif number % 4 == 2:
                partial = path.with_name(f".{number}.part")
                partial.write_bytes(data)
                partial.rename(path)
            else:
                path.write_bytes(data)
            if number % 10 == 3:
                path.unlink()

    def _write_slowly(self, path: Path, data: bytes) -> None:
        size_bytes = len(data) // PIECES
        with path.open("wb", buffering=0) as file:
            for start in range(0, len(data), size_bytes):  # the last piece is a byte or two
                file.write(data[start : start + size_bytes])
                self._rest.wait(self._rest_s)


def jpeg(number: int) -> bytes:
    """A small JPEG unlike all others."""
    noise = random.Random(number).randbytes(120 * 90 * 3)
    file = BytesIO()
    Image.frombytes("RGB", (120, 90), noise).save(file, "JPEG")
    return file.getvalue()
