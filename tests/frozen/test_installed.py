"""The packaged program under a new person's hands: from the first start to labels of Amazon's."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyInstaller.depend.bindepend import get_python_library_path
from PyInstaller.exceptions import PythonLibraryNotFoundError

from desktop.core.events import State
from tests.rig.aws.signin_fixtures import SignInStandin
from tests.rig.person import LIMIT_S, Person, person_at
from tests.rig.person_fixtures import Surroundings, choose_amazon
from tests.rig.photos import make_photos
from tools.package.build import EYE, build_folder

from .installed import Installed, installed, new_person, open_folder

pytestmark = [
    pytest.mark.aws,
    pytest.mark.timeout(900),  # the first of them builds the program
    pytest.mark.skipif(sys.platform != "linux", reason="real X events need Linux"),
]
BROWSER = """#!/bin/sh
export > '{seen}'
echo "$1" > '{link}.part'
/bin/mv '{link}.part' '{link}'
"""


@pytest.fixture(scope="module")
def program_folder() -> Iterator[Path]:
    try:
        get_python_library_path()
    except PythonLibraryNotFoundError as nothing_to_bring_along:
        pytest.skip(str(nothing_to_bring_along))
    with open_folder() as top:
        folder = top / "Program Files" / "Tagdrop"
        with installed(build_folder(), folder):
            yield folder


@pytest.fixture
def program(program_folder: Path) -> Iterator[Installed]:
    """For a new person in every test."""
    with open_folder() as top:
        yield new_person(program_folder, top)


def run(program: Installed, *arguments: object) -> tuple[int, str]:
    process = program.start("tagdrop", *arguments, surroundings={})
    out, _ = process.communicate(timeout=LIMIT_S)
    return process.returncode, out


def test_every_part_works(program: Installed) -> None:
    code, out = run(program, "--self-check")
    assert [line for line in out.splitlines() if not line.startswith("ok ")] == []
    assert "packaged" in out
    assert code == 0
    assert list(program.home.iterdir()) == []


def test_it_labels_in_the_terminal(program: Installed) -> None:
    photo = program.folder / "_internal" / "samples" / "chelsea.png"
    code, out = run(program, "label", photo, "--data-dir", program.home / "elsewhere")
    assert code == 0
    assert "Cat" in out


def test_every_part_inside_has_its_licence(program: Installed) -> None:
    licences = program.folder / "_internal" / "licences"
    lines = (licences / "INDEX.tsv").read_text("utf-8").splitlines()
    parts = {name: folder for name, _, _, folder in (line.split("\t") for line in lines)}
    assert {"boto3", "numpy", "onnxruntime", "pillow", "PySide6_Essentials", "Python"} <= set(parts)
    without_text = {name for name, folder in parts.items() if not folder}
    assert without_text <= {"rawpy"}
    assert all(any((licences / folder).iterdir()) for folder in parts.values() if folder)
    bom = json.loads((licences / "bom.cdx.json").read_text("utf-8"))
    assert {component["name"] for component in bom["components"]} == set(parts)


def test_every_link_inside_leads_somewhere(program: Installed) -> None:
    assert [path for path in program.folder.rglob("*") if not path.exists()] == []


def test_a_new_person_labels_here_and_through_amazon(
    program: Installed, tmp_path: Path, surroundings: Surroundings, signin: SignInStandin
) -> None:
    browser, link, seen = (program.home / name for name in ("browser", "link", "seen"))
    browser.write_text(BROWSER.format(link=link, seen=seen))
    browser.chmod(0o755)
    leads = {k: v for k, v in surroundings.env.items() if k.startswith("AWS_ENDPOINT_URL")}

    def start_eye(display: str, data_dir: Path) -> subprocess.Popen[str]:
        around = {"DISPLAY": display, "TZ": "Europe/Berlin", "BROWSER": str(browser), **leads}
        return program.start(EYE, data_dir, surroundings=around)

    photos = program.home.parent / "Fotos für Oma"
    here, there = make_photos(photos, 3)[:2], make_photos(photos / "mehr", 2, seed=5)
    with person_at(program.data_dir, start_eye=start_eye) as person:
        label_here(person, here)
        set_up(person, signin, link)
        assert "LD_LIBRARY_PATH" not in seen.read_text()  # a browser has its own libraries
        label_with_amazon(person, there)
        leave(person)
        person.start_again()
        see_the_labels(person)
        leave(person)


def label_here(person: Person, photos: list[Path]) -> None:
    person.click(person.see("Try it with sample photos"))
    person.until(lambda: person.states() == [State.DONE] * 13, "13 labelled photos")
    person.turn_to("Tagdrop")
    person.drag("files", *photos)
    person.until(lambda: person.states() == [State.DONE] * 15, "the dragged photos labelled")
    assert person.origins() == {"local"}


def set_up(person: Person, signin: SignInStandin, link: Path) -> None:
    """The test is the browser: what the program opened has only written down its address."""
    choose_amazon(person)
    person.click(person.see("Sign in with the browser"))
    person.until(link.exists, "the browser opened")
    signin.visit(link.read_text().strip())
    person.see("Signed in to account 0000-0000-0000")
    person.click(person.see("Set up", kind="QPushButton"))
    person.see("Ready. This cost less than 1 cent.")


def label_with_amazon(person: Person, photos: list[Path]) -> None:
    person.turn_to("Settings")
    person.press("Escape")
    person.until(lambda: person.find("Settings", kind="Dialog") is None, "the settings closed")
    person.turn_to("Tagdrop")
    person.drag("files", *photos)
    person.click(person.see("Start", kind="QPushButton"))  # it says the price before
    person.until(lambda: person.states() == [State.DONE] * 17, "all labelled")
    assert person.origins() == {"local", "aws"}


def see_the_labels(person: Person) -> None:
    person.click(person.see("chelsea.png", view="Photos"))
    person.see("Tabby Cat", view="Labels of this photo")


def leave(person: Person) -> None:
    person.turn_to("Tagdrop")
    person.press("ctrl+q")
    assert person.program.wait(LIMIT_S) == 0
