"""A person at the real program: real mouse and keys, and eyes on what is to be seen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.core.catalog import Catalog, Query, parse_search
from desktop.core.events import State
from desktop.core.library import Library
from desktop.core.settings import load_settings
from tests.photos import make_photos
from tools.screen import own_screen

ROOT = Path(__file__).parents[2]
LIMIT_S = 90
LOOK_AGAIN_S = 0.05

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="real X events need Linux; tools/bootstrap installs the rest"
)

Thing = dict[str, Any]
ENDED = {State.DONE, State.SKIPPED}


class Person:
    """Hands and eyes at one screen."""

    def __init__(self, display: str, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.environment = {
            **os.environ,
            "HOME": str(data_dir.parent / "home"),
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
        }
        self.started: list[subprocess.Popen[str]] = []
        self.program = self.start("tests.ui.eye", data_dir)

    def start(self, module: str, *arguments: object) -> subprocess.Popen[str]:
        started = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.started.append(started)
        return started

    def leave(self) -> None:
        for program in self.started:
            program.kill()
            program.communicate()

    # Eyes

    def look(self) -> list[Thing]:
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        self.program.stdin.write("look\n")
        self.program.stdin.flush()
        answer = self.program.stdout.readline()
        assert answer, "the program has ended"
        return list(json.loads(answer)["things"])

    def until(self, reached: Callable[[], Any], what: str) -> Any:
        deadline = time.monotonic() + LIMIT_S
        while not (found := reached()):
            if time.monotonic() > deadline:
                seen = [f"{each['kind']}: {each['text']}" for each in self.look() if each["text"]]
                pytest.fail(f"waited for {what} and saw\n" + "\n".join(seen), pytrace=False)
            time.sleep(LOOK_AGAIN_S)
        return found

    def see(self, text: str, *, view: str = "", kind: str = "") -> Thing:
        """Wait until something with that text is to be seen: a part, or an item of a view."""
        return dict(self.until(lambda: self.find(text, view=view, kind=kind), f"“{text}”"))

    def find(self, text: str, *, view: str = "", kind: str = "") -> Thing | None:
        for thing in self.look():
            is_named = thing["text"].startswith(text) and kind in thing["kind"]
            if is_named and thing.get("view", "").startswith(view):
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
        self.do("type", "--delay", 20, text)

    def drag(self, what: str, *files: Path) -> None:
        """Drag files, or a picture of a page, out of another program's window, which stays."""
        top = 100 + 200 * len(self.started)
        source = self.start("tests.ui.drag_source", what, 1350, top, *files)
        assert source.stdout is not None
        assert source.stdout.readline() == "ready\n"
        self.do("mousemove", 1400, top + 50, "mousedown", 1, "mousemove", 1390, top + 70)
        for step in range(10):
            self.do("mousemove", 1300 - 60 * step, 200 + 20 * step)
        self.see("Drop to label")
        self.do("mouseup", 1)
        assert source.stdout.readline() == "CopyAction\n"

    # What stays

    def library(self) -> Library:
        return Library(self.data_dir / "library.db")

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
            return {record.label for record in library.shown_records(row.image_id or 0)}
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


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    for tool in ("Xvfb", "xdotool"):
        assert shutil.which(tool), f"{tool} is missing: tools/bootstrap test installs it"
    with own_screen() as display:
        person = Person(display, tmp_path / "data")
        try:
            yield person
        finally:
            person.leave()


def test_the_first_window_fits_a_small_screen(tmp_path: Path) -> None:
    with own_screen("1024x600") as display:
        person = Person(display, tmp_path / "data")
        try:
            left, top, right, bottom = person.see("Tagdrop", kind="Window")["box"]
            assert left >= 0
            assert top >= 0
            assert right < 1024
            assert bottom < 600
            person.see("Add photos", kind="QToolButton")
        finally:
            person.leave()


def test_a_person_labels_corrects_finds_and_leaves(person: Person, tmp_path: Path) -> None:
    # First start: the samples
    person.click(person.see("Try it with sample photos"))
    person.until(lambda: person.states() == [State.DONE] * 13, "13 labelled photos")
    person.turn_to("Tagdrop")

    # Select one, and take a wrong label away
    person.click(person.see("chelsea.png", view="Photos"))
    panel = "Labels of this photo"
    person.click(person.see("Cat", view=panel))
    person.press("Delete")
    person.until(lambda: "Cat" not in person.labels("chelsea.png"), "Cat gone from the library")
    person.until(lambda: not any(t.startswith("Cat") for t in person.items(panel)), "Cat gone")

    # No, it was right
    person.press("ctrl+z")
    person.until(lambda: "Cat" in person.labels("chelsea.png"), "Cat back in the library")
    person.see("Cat", view=panel)

    # Search
    for words in ("cat -dog", "dog -cat"):
        person.press("ctrl+f")
        person.type(words)
        wanted = person.matching(words)
        person.until(lambda wanted=wanted: person.items("Photos") == wanted, f"{wanted}")
    person.press("ctrl+f", "BackSpace")
    person.until(lambda: len(person.items("Photos")) > 5, "all photos again")

    # Slider
    slider = person.see("How sure a label must be", kind="QSlider")
    left, top, right, bottom = slider["box"]
    least = load_settings(person.data_dir).min_confidence
    person.do("mousemove", (left + right) // 2, (top + bottom) // 2, "mousedown", 1)
    person.do("mousemove", left + 4, (top + bottom) // 2, "mouseup", 1)
    person.until(
        lambda: load_settings(person.data_dir).min_confidence != least, "another confidence kept"
    )

    # Space: one photo large, and back
    person.click(person.see("chelsea.png", view="Photos"))
    person.press("space")
    person.see("chelsea.png", kind="Viewer")
    person.press("Escape")
    person.until(lambda: person.find("chelsea.png", kind="Viewer") is None, "the photo small again")

    # Settings
    person.press("ctrl+comma")
    person.turn_to("Settings")
    person.click(person.see("Privacy", view="Pages of the settings"))
    person.see("No photo has left this computer")
    person.press("Escape")
    person.until(lambda: person.find("Settings", kind="Dialog") is None, "the settings closed")

    # Photos of another program, dragged over
    make_photos(tmp_path / "elsewhere", 1)
    person.drag("files", *(tmp_path / "elsewhere").iterdir())
    person.until(lambda: person.states() == [State.DONE] * 14, "the dragged photo labelled")
    person.drag("browser", ROOT / "samples" / "chelsea.png")
    pictures = tmp_path / "home" / "Pictures" / "Tagdrop"
    person.until((pictures / "chelsea.png").exists, "the web's picture kept")
    person.until(lambda: len(person.states()) == 15, "the web's picture in the library")
    person.until(lambda: set(person.states()) <= ENDED, "the web's picture labelled")

    # Quit
    person.turn_to("Tagdrop")
    person.press("ctrl+q")
    assert person.program.wait(LIMIT_S) == 0
