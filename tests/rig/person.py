"""A person at the real program on a screen of its own: real mouse and keys, and eyes."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.core.events import State
from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.library import Library
from desktop.core.search.language import parse_search
from desktop.core.settings import load_settings
from desktop.recognisers import RECOGNISERS
from tests.rig.processes import until
from tools.screen import own_screen

from . import ROOT

LIMIT_S = 90
LOOK_AGAIN_S = 0.05

Thing = dict[str, Any]
StartEye = Callable[[str, Path], "subprocess.Popen[str]"]

LOG_ENTRY = re.compile(r"\S+ \S+ (?P<level>[A-Z]+) .*? [\w.]+: (?P<message>.*)", re.DOTALL)
"""Time, level, thread, logger and what it says, with a traceback perhaps."""


class Person:
    """Hands and eyes at one screen. `clicks` and `typed` count what the hands had to do.

    `start_eye` starts another eye than that of the sources, on the display and folder it is given.
    """

    def __init__(
        self,
        display: str,
        data_dir: Path,
        surroundings: Mapping[str, str],
        start_eye: StartEye | None = None,
    ) -> None:
        self.data_dir = data_dir
        self._start_eye = start_eye
        self._errors = data_dir.with_name("errors")
        """What programs complain of where a terminal would show it, as Qt does."""
        self.environment = {
            **os.environ,
            "HOME": str(data_dir.parent / "home"),
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            **surroundings,
        }
        self.clicks = 0
        self.typed = ""
        self.started: list[subprocess.Popen[str]] = []
        self.start_again()

    def start_again(self) -> None:
        """Start the program, once more after it has ended."""
        if self._start_eye is None:
            self.program = self.start("tests.rig.eye", self.data_dir)
        else:
            self.program = self._start_eye(self.environment["DISPLAY"], self.data_dir)
            self.started.append(self.program)

    def kill(self) -> None:
        """Pull the plug on the program."""
        self.program.kill()
        self.program.wait(LIMIT_S)

    def start(self, module: str, *arguments: object) -> subprocess.Popen[str]:
        with self._errors.open("a") as errors:
            started = subprocess.Popen(
                [sys.executable, "-m", module, *map(str, arguments)],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self.started.append(started)
        return started

    def leave(self) -> None:
        for program in self.started:
            program.kill()
            program.communicate()

    # Eyes

    def take_picture(self, path: Path) -> None:
        """Of the window that was opened last."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.look(f"picture {path}")
        assert path.stat().st_size > 0

    def look(self, how: str = "look") -> list[Thing]:
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        self.program.stdin.write(f"{how}\n")
        self.program.stdin.flush()
        answer = self.program.stdout.readline()
        assert answer, "the program has ended"
        return list(json.loads(answer)["things"])

    def until(self, reached: Callable[[], Any], what: str) -> Any:
        def seen() -> str:
            things = (each for each in self.look() if each["text"])
            return "\n".join(f"{each['kind']}: {each['text']}" for each in things)

        return until(reached, what, pause_s=LOOK_AGAIN_S, instead=seen)

    def see(self, text: str, *, view: str = "", kind: str = "", item: bool = False) -> Thing:
        """Wait until something with that text is to be seen: a part, or an item of a view."""
        found = self.until(lambda: self.find(text, view=view, kind=kind, item=item), f"“{text}”")
        return dict(found)

    def find(
        self, text: str, *, view: str = "", kind: str = "", item: bool = False
    ) -> Thing | None:
        for thing in self.look():
            is_named = thing["text"].startswith(text) and kind in thing["kind"]
            is_there = thing.get("view", "").startswith(view) and (not item or "view" in thing)
            if is_named and is_there and thing["enabled"]:
                return thing
        return None

    def items(self, view: str) -> list[str]:
        return [each["text"] for each in self.look() if each.get("view", "") == view]

    # Hands

    def do(self, *words: object) -> None:
        subprocess.run(
            ["xdotool", *map(str, words)], env=self.environment, check=True, timeout=LIMIT_S
        )

    def click(self, thing: Thing) -> None:
        def in_sight() -> Thing | None:
            now = self.find(thing["text"], kind=thing["kind"]) or thing
            if "scroll" not in now:
                return now
            self.do("mousemove", *now["scroll"], "click", 4 if now["is_above"] else 5)
            return None

        if "scroll" in thing:
            thing = self.until(in_sight, f"“{thing['text']}” in sight")
        self.clicks += 1
        self.do("mousemove", *thing["at"], "click", 1)

    def turn_to(self, title: str) -> None:
        """Give a window the keyboard, which a window manager would do on a click."""
        window = self.until(lambda: self._window(title), f"the window “{title}”")
        self.do("windowfocus", "--sync", window)

    def _window(self, title: str) -> int:
        named = (each for each in self.look() if "window" in each and each["text"] == title)
        return next((each["window"] for each in named), 0)

    def press(self, *keys: str) -> None:
        self.do("key", *keys)

    def type(self, text: str) -> None:
        self.typed += text
        self.do("type", "--delay", 20, text)

    def drag(self, what: str, *files: Path) -> None:
        """Drag files, or a picture of a page, out of another program's window, which stays."""
        top = 100 + 200 * len(self.started)
        source = self.start("tests.rig.drag_source", what, 1350, top, *files)
        assert source.stdout is not None
        assert source.stdout.readline() == "ready\n"
        self.do("mousemove", 1400, top + 50, "mousedown", 1, "mousemove", 1390, top + 70)
        for step in range(10):
            self.do("mousemove", 1300 - 60 * step, 200 + 20 * step)
        self.see("Drop to label")
        self.do("mouseup", 1)
        assert source.stdout.readline() == "CopyAction\n"

    def drag_out(self, thing: Thing) -> list[Path]:
        """Drag what the program shows into another program's window; the files that came there."""
        place = self.start("tests.rig.drop_place", 1350, 700)
        assert place.stdout is not None
        assert place.stdout.readline() == "ready\n"
        self.pull(thing, 1400, 750)
        self.do("mouseup", 1)
        return [Path(path) for path in json.loads(place.stdout.readline())]

    def pull(self, thing: Thing, x: int, y: int) -> None:
        """Press the mouse on a thing and lead it to a place on the screen."""
        left, top = thing["at"]
        self.do("mousemove", left, top, "mousedown", 1)
        for step in range(1, 21):
            self.do("mousemove", left + (x - left) * step // 20, top + (y - top) * step // 20)

    def copy(self, text: str) -> None:
        """Copy a text in another program."""
        source = self.start("tests.rig.copied", text)
        assert source.stdout is not None
        assert source.stdout.readline() == "ready\n"

    # What stays

    def tell_of_the_log(self) -> None:
        """Log what the program has logged or complained of, so that the test's guard sees it."""
        if self._errors.exists() and (errors := self._errors.read_text("utf-8", "replace")):
            logging.getLogger("the program").warning("%s", errors)
        for path in (self.data_dir / "logs").glob("tagdrop.log*"):
            text = path.read_text("utf-8", "replace")
            for entry in re.split(r"^(?=\d{4}-\d\d-\d\d )", text, flags=re.MULTILINE):
                if found := LOG_ENTRY.match(entry):
                    level = logging.getLevelNamesMapping()[found["level"]]
                    logging.getLogger("the program").log(level, "%s", found["message"].rstrip())

    def library(self) -> Library:
        return Library(self.data_dir / "library.db", RECOGNISERS)

    def states(self) -> list[State]:
        library = self.library()
        try:
            return [row.state for row in library.files()]
        finally:
            library.close()

    def labels(self, name: str) -> set[str]:
        """The labels the library has of a photo, by its name."""
        library = self.library()
        try:
            row = next(row for row in library.files() if row.path.name == name)
            return {shown.record.label for shown in library.effective_labels(row.image_id or 0)}
        finally:
            library.close()

    def origins(self) -> set[str]:
        """Where the labels in the library come from."""
        library = self.library()
        try:
            return {row[0] for row in library.store.read("SELECT DISTINCT origin FROM answers")}
        finally:
            library.close()

    def matching(self, text: str) -> list[str]:
        """The names of the photos that the catalog finds."""
        library = self.library()
        try:
            least = load_settings(self.data_dir).min_confidence
            found = Catalog(library.store).find(Query(terms=parse_search(text)), least)
            names = {row.file_id: row.path.name for row in library.files()}
            return [names[file_id] for file_id in found]
        finally:
            library.close()


@contextmanager
def person_at(
    data_dir: Path,
    surroundings: Mapping[str, str] | None = None,
    size: str = "1600x1000",
    start_eye: StartEye | None = None,
) -> Iterator[Person]:
    """A person at a new screen, with the program started; all of it ends with the block."""
    for tool in ("Xvfb", "xdotool"):
        assert shutil.which(tool), f"{tool} is missing: tools/bootstrap test installs it"
    with own_screen(size) as display:
        person = Person(display, data_dir, surroundings or {}, start_eye)
        try:
            yield person
        finally:
            person.leave()
        person.tell_of_the_log()
