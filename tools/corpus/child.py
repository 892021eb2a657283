"""A process of its own for what is read in Python: a crash or a hang costs one file only.

    python -m tools.corpus.child READER

takes a path a line, and answers each with a line of JSON.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from .inside import READERS
from .reading import Fate, Reading

TIMEOUT_S = 60.0
_MOST_SAID = 5
_ROOT = Path(__file__).parents[2]


class Child:
    """One process with one reader, started when the first file comes, and anew after a crash."""

    def __init__(self, reader: str, timeout_s: float = TIMEOUT_S) -> None:
        self._reader = reader
        self._timeout_s = timeout_s
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read(self, path: Path) -> Reading:
        """What the reader makes of the file."""
        process = self._process = self._process or self._start()
        assert process.stdin is not None
        began = time.monotonic()
        with suppress(BrokenPipeError):  # it has died: its answers end, too
            process.stdin.write(json.dumps(str(path.absolute())) + "\n")
            process.stdin.flush()
        try:
            answer = self._answers.get(timeout=self._timeout_s)
        except queue.Empty:
            self.close()
            return Reading(Fate.HUNG, seconds=self._timeout_s)
        if not answer:
            code = process.wait()
            self.close()
            return Reading(Fate.CRASHED, [f"ended with {code}"], seconds=time.monotonic() - began)
        return Reading.from_json(json.loads(answer))

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", __name__, self._reader],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        answers = self._answers = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(process, answers), daemon=True).start()
        return process


def _listen(process: subprocess.Popen[str], answers: queue.SimpleQueue[str]) -> None:
    """Hand on each line, and an empty one at the end."""
    with process:
        assert process.stdout is not None
        for line in process.stdout:
            answers.put(line)
    answers.put("")


def main() -> None:
    """Read files until there are no more."""
    read = READERS[sys.argv[1]]
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers, tempfile.TemporaryFile() as heard:
        os.dup2(heard.fileno(), 1)  # C libraries write where they like
        os.dup2(heard.fileno(), 2)
        for line in sys.stdin:
            began = time.monotonic()
            reading = read(Path(json.loads(line)))
            seconds = round(time.monotonic() - began, 2)
            sys.stderr.flush()
            heard.seek(0)
            lines = heard.read().decode("utf-8", "replace").splitlines()[:_MOST_SAID]
            heard.seek(0)
            heard.truncate()
            said = [*reading.said, *(f"standard error: {each}" for each in lines)]
            answers.write(json.dumps(replace(reading, said=said, seconds=seconds).to_json()) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
