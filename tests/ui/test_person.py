"""A person at the real program: from the first start over labels and search to leaving."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.events import State
from desktop.core.settings import load_settings
from tests.rig.exiftool import keywords
from tests.rig.person import LIMIT_S, ROOT, Person, person_at
from tests.rig.photos import make_photos

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="real X events need Linux; tools/bootstrap installs the rest"
)

ENDED = {State.DONE, State.SKIPPED}


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    with person_at(tmp_path / "data") as person:
        yield person


def test_the_first_window_fits_a_small_screen(tmp_path: Path) -> None:
    with person_at(tmp_path / "data", size="1024x600") as person:
        left, top, right, bottom = person.see("Tagdrop", kind="Window")["box"]
        assert left >= 0
        assert top >= 0
        assert right < 1024
        assert bottom < 600
        person.see("Add photos", kind="QToolButton")


@pytest.mark.expects_log(r"^unexpected\n(.*\n)+AssertionError")
def test_what_the_program_logs_is_looked_at(person: Person) -> None:
    person.see("Settings", kind="QToolButton")
    person.look("mistake")  # and one more: it knows of no account to speak of
    person.see("Something went wrong")


def test_a_person_labels_corrects_finds_and_leaves(person: Person, tmp_path: Path) -> None:
    # First start: the samples
    person.click(person.see("Try it with sample photos"))
    person.until(lambda: person.states() == [State.DONE] * 13, "13 labelled photos")
    person.turn_to("Tagdrop")

    # Select one, and take a wrong label away
    person.click(person.see("chelsea.png", view="Photos"))
    panel = "Labels of this photo"
    cat = "Tabby Cat"
    person.click(person.see(cat, view=panel))
    person.press("Delete")
    person.until(lambda: cat not in person.labels("chelsea.png"), "the cat gone from the library")
    person.until(lambda: not any(t.startswith(cat) for t in person.items(panel)), "the cat gone")

    # No, it was right
    person.press("ctrl+z")
    person.until(lambda: cat in person.labels("chelsea.png"), "the cat back in the library")
    person.see(cat, view=panel)

    # Search
    for words in ("cat -dog", "dog -cat"):
        person.press("ctrl+f")
        person.type(words)
        wanted = person.matching(words)
        person.until(lambda wanted=wanted: person.items("Photos") == wanted, f"{wanted}")
    person.press("ctrl+f", "BackSpace")
    person.until(lambda: len(person.items("Photos")) > 5, "all photos again")

    # Slider
    slider = person.see("How sure a label must be", kind="ConfidenceSlider")
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
    person.see("chelsea.png", kind="PhotoCanvas")
    person.press("Escape")
    person.until(
        lambda: person.find("chelsea.png", kind="PhotoCanvas") is None, "the photo small again"
    )

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


def test_a_person_saves_keywords_and_takes_them_back_by_keyboard(
    person: Person, tmp_path: Path
) -> None:
    folder = tmp_path / "our photos"
    folder.mkdir()
    for name in ("chelsea.png", "china.jpg"):
        shutil.copy(ROOT / "samples" / name, folder)
    before = digests(folder)

    # Label a folder
    person.see("Try it with sample photos")
    person.turn_to("Tagdrop")
    person.press("ctrl+shift+o")
    person.turn_to("Add a folder")
    person.type(str(folder))
    person.press("Return")
    person.until(lambda: person.states() == [State.DONE] * 2, "two labelled photos")
    assert digests(folder) == before

    # Write what was found into the photos
    person.turn_to("Tagdrop")
    person.press("ctrl+s")
    person.turn_to("Write keywords into photos")
    person.see("chelsea.png", view="Preview")
    person.press("Tab", "Down")
    person.press("Return")
    person.turn_to("Write keywords into photos")
    person.see("Keywords written to 2 photos")
    assert digests(folder).keys() == before.keys()
    cat = keywords(folder / "chelsea.png")
    assert cat["Subject"] == ["Tabby Cat"]
    assert cat["HierarchicalSubject"] == ["Animal|Mammal|Cat|Tabby Cat"]
    assert cat["TagsList"] == ["Animal/Mammal/Cat/Tabby Cat"]
    building = keywords(folder / "china.jpg")
    assert "Building" in building["Subject"]
    assert building["Keywords"] == building["Subject"]

    # No, take it back
    person.press("Escape")
    person.turn_to("Tagdrop")
    person.press("ctrl+alt+z")
    person.turn_to("Undo")
    person.see("Undid: keywords written to 2 photos")
    assert digests(folder) == before
    person.press("Escape")
    assert person.clicks == 0


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
