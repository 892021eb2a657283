"""Finds a secret in files and in the arguments of processes, in whatever form it was written.

As it is, in UTF-16, in Base64 at each of its three places, in hex, and as an address has it.
"""

from __future__ import annotations

import base64
import json
import threading
import urllib.parse
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def forms(secret: str) -> set[bytes]:
    """All that a secret may look like in a file."""
    plain = secret.encode()
    found = {plain, secret.encode("utf-16-le"), secret.encode("utf-16-be"), plain.hex().encode()}
    for text in (urllib.parse.quote(secret, safe=""), urllib.parse.quote_plus(secret)):
        found.add(text.encode())
    found.add(json.dumps(secret)[1:-1].replace("/", "\\/").encode())
    for before in range(3):  # what stands before it shifts its letters
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            code = encode(bytes(before) + plain)
            found.add(code[(0, 2, 3)[before] : -4])  # but for those that it shares
    return found


def leaks(folders: Iterable[Path], secrets: Iterable[str]) -> list[str]:
    """Each file in the folders that holds one of the secrets: its path, and the secret's start."""
    wanted = [(secret[:6], forms(secret)) for secret in secrets]
    return [
        f"{path}: {start}…"
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for data in (path.read_bytes() + str(path).encode(),)
        for start, looks in wanted
        if any(look in data for look in looks)
    ]


@contextmanager
def watched_arguments(pid: int) -> Iterator[set[bytes]]:
    """The arguments of a process and of all it starts, as they were seen while the block ran."""
    seen: set[bytes] = set()
    end = threading.Event()

    def watch() -> None:
        while not end.wait(0.02):
            seen.update(_arguments(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        end.set()
        watcher.join()


def _arguments(pid: int) -> Iterator[bytes]:
    process = Path(f"/proc/{pid}")
    try:
        yield (process / "cmdline").read_bytes()
        children = " ".join(path.read_text() for path in process.glob("task/*/children"))
    except OSError:  # it has just ended
        return
    for child in children.split():
        yield from _arguments(int(child))
