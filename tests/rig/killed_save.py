"""Kills `tagdrop save` at random moments, and looks at each file afterwards."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from . import ROOT
from .labelled_photos import LabelledPhotos

_RUN = """
import sys, desktop.save_command
from desktop.cli import run
print("go", flush=True)
raise SystemExit(run(sys.argv[1:]))
"""


SAVE = "keywords --into photos"


class KilledSave:
    """Photos in `folder`, as many as are asked for, that keywords are written into."""

    def __init__(self, folder: Path, photos: int, seed: int) -> None:
        self._data_dir, self._photos = folder / "data", folder / "photos"
        self._chance = random.Random(seed)
        self._photos.mkdir()
        paths = [self._photos / f"{number:04}.jpg" for number in range(photos)]
        for number, path in enumerate(paths):
            colour = (number % 256, number // 256, 99)
            Image.new("RGB", (160 + number % 50, 120), colour).save(path)
        labelled = LabelledPhotos(self._data_dir, self._photos)
        labelled.label_all(paths, Dog=90, Cat=60)
        labelled.library.close()
        self.old = self._look()
        self._save_s = self._time(SAVE)
        self.new = self._look()
        self._undo_s = self._time("undo")
        assert self._look() == self.old
        assert not set(self.new.values()) & set(self.old.values())

    def kill(self, times: int) -> Iterator[tuple[int, int]]:
        """Kill a save, and each second time an undo; how many files were old and new then.

        Raises AssertionError where one is neither, and where an undo afterwards does not bring
        all of them back, byte for byte, with nothing beside them.
        """
        for number in range(times):
            verb, seconds = SAVE, self._save_s
            if number % 2:
                self._time(SAVE)
                verb, seconds = "undo", self._undo_s
            process = self._start(verb)
            time.sleep(self._chance.uniform(0, seconds))
            process.kill()
            process.communicate()
            now = {name: seen for name, seen in self._look().items() if name in self.old}
            old = sum(now[name] == seen for name, seen in self.old.items())
            new = sum(now[name] == seen for name, seen in self.new.items())
            assert old + new == len(self.old), f"{len(self.old) - old - new} are neither"
            self._time("undo")
            assert self._look() == self.old
            yield old, new

    def _look(self) -> dict[str, str]:
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self._photos.iterdir()
        }

    def _time(self, verb: str) -> float:
        process = self._start(verb)
        began = time.monotonic()
        _, errors = process.communicate()
        assert process.returncode == 0, errors
        return time.monotonic() - began

    def _start(self, verb: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", _RUN, "save", *verb.split(), "--data-dir", str(self._data_dir)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        assert process.stdout.readline() == "go\n"
        return process
