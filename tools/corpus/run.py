"""Has every picture below a folder read by everyone; goes on where an earlier run has stopped."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from desktop.core.photo.discover import PHOTO_SUFFIXES
from desktop.core.photo.formats import sniff

from .facts import facts_of
from .peers import PLAIN, READ, SELF, Peer, read, readers
from .results import Result, load, save

_TELL_EVERY = 100


def run(folder: Path, file: Path, *, jobs: int, again: Collection[str] = ()) -> list[Result]:
    """All results, which `file` holds as well; what it held of unchanged files is not done anew.

    `again` names readers whose earlier results do not count.
    """
    before = load(file)
    results = []
    paths = [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.is_symlink()]
    for path, facts in facts_of(paths):
        if facts.is_picture or facts.kind in READ or _may_be_one(path):
            result = Result(path.relative_to(folder).as_posix(), _stamp(path), facts)
            earlier = before.get(result.path)
            if earlier and earlier.stamp == result.stamp:
                kept = {n: each for n, each in earlier.readings.items() if n not in again}
                result = replace(result, readings=kept)
            results.append(result)
    file.parent.mkdir(parents=True, exist_ok=True)
    save(file, results)
    return _read_all(folder, file, results, jobs)


def _read_all(folder: Path, file: Path, results: list[Result], jobs: int) -> list[Result]:
    todo = queue.SimpleQueue[Result]()
    for result in results:
        todo.put(result)
    done: list[Result] = []
    writing = threading.Lock()

    with file.open("a", encoding="utf-8") as lines, ThreadPoolExecutor(jobs) as pool:

        def work() -> None:
            with readers() as peers:
                while True:
                    try:
                        result = todo.get_nowait()
                    except queue.Empty:
                        return
                    complete = _complete(folder, result, peers)
                    with writing:
                        done.append(complete)
                        if complete is not result:
                            lines.write(complete.line())
                            lines.flush()
                        if len(done) % _TELL_EVERY == 0:
                            print(f"{len(done)} of {len(results)}", file=sys.stderr, flush=True)

        for worker in [pool.submit(work) for _ in range(jobs)]:
            worker.result()
    done.sort(key=lambda result: result.path)
    save(file, done)
    return done


def _complete(folder: Path, result: Result, peers: dict[str, Peer]) -> Result:
    """With the readings that are missing."""
    path = folder / result.path
    readings = dict(result.readings)
    readings[SELF] = readings.get(SELF) or read(peers[SELF], path)
    kind = result.facts.kind
    for peer in peers.values():
        # what Tagdrop opens and exiftool has no name for is shown to those that read most kinds
        is_unknown = kind not in READ and readings[SELF].is_opened
        is_asked = kind in peer.kinds or (is_unknown and peer.kinds >= PLAIN)
        if is_asked and peer.is_installed and peer.name not in readings:
            readings[peer.name] = read(peer, path)
    return (
        result if readings.keys() == result.readings.keys() else replace(result, readings=readings)
    )


def _may_be_one(path: Path) -> bool:
    if path.suffix.lower() in PHOTO_SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            return sniff(file) is not None
    except OSError:
        return False


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns
