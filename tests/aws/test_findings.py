"""Text and explicit content, end to end: from the stack's parameters to a search for them."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.library import Library
from desktop.core.money.spending import Spending, Spent
from desktop.core.search.language import parse_search
from desktop.core.settings import load_settings
from tests.rig.aws.controls import Emulator, Rekognition
from tests.rig.aws.fixtures import RunDeploy, Stack, read_stack
from tests.rig.command import Computer
from tests.rig.processes import run_python

pytestmark = pytest.mark.aws

LINES = ("EXIT", "Rue de Rivoli")
FLAGS = [("Violence", "", 91.0), ("Weapons", "Violence", 88.5)]
NAME = "tagdrop-findings"


@pytest.fixture(scope="module")
def thorough(
    emulator: Emulator, run_deploy: RunDeploy, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """A service that also reads text and flags explicit content, by one update of the usual one."""
    data_dir = tmp_path_factory.mktemp("thorough")
    where = ("--stack", NAME, "--region", emulator.region, "--data-dir", data_dir)
    done = run_deploy("setup", *where, "--also-text", "yes")
    assert done.returncode == 0, done.stderr
    assert load_settings(data_dir).analyses == 2
    done = run_deploy("update", *where, "--also-explicit", "yes")
    assert done.returncode == 0, done.stderr
    yield read_stack(emulator, NAME, data_dir)
    run_deploy("remove", *where, "--yes")


@pytest.fixture
def computer(emulator: Emulator, thorough: Stack, tmp_path: Path) -> Computer:
    """A computer that knows this service and has labelled nothing yet."""
    (tmp_path / "data").mkdir()
    settings = (thorough.data_dir / "settings.json").read_bytes()
    (tmp_path / "data" / "settings.json").write_bytes(settings)
    return Computer(tmp_path / "data", "aws", emulator.env)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("sign.png", "meadow.png"):
        take_picture(folder / name)
    return folder


def take_picture(path: Path) -> None:
    """One that no other test has labelled."""
    Image.frombytes("RGB", (8, 6), os.urandom(144)).resize((320, 240)).save(path)


def found(data_dir: Path, text: str) -> list[str]:
    library = Library(data_dir / "library.db")
    ids = Catalog(library.store).find(Query(terms=parse_search(text)), 55)
    names = [row.path.name for row in library.files_by_id(ids)]
    library.close()
    return names


def price(computer: Computer) -> float:
    """Of one of Rekognition's answers, in dollars."""
    return load_settings(computer.data_dir).dollars_per_1000 / 1000


def spent(computer: Computer) -> Spent:
    library = Library(computer.data_dir / "library.db")
    month = Spending(library.store).this_month()
    library.close()
    return month


def test_a_photo_is_found_by_the_text_in_it(
    computer: Computer, photos: Path, rekognition: Rekognition, emulator: Emulator
) -> None:
    rekognition.hold("sign", *LINES, flags=FLAGS)
    run = computer.label(photos)
    assert run.code == 0, run.errors
    rows = {Path(row["path"]).name: row for row in run.rows}
    assert [line["text"] for line in rows["sign.png"]["texts"]] == [*LINES]
    assert [flag["name"] for flag in rows["sign.png"]["explicit"]] == ["Violence", "Weapons"]
    assert (rows["meadow.png"]["texts"], rows["meadow.png"]["explicit"]) == ([], [])
    labels = {label["name"] for row in run.rows for label in row["labels"]}
    assert not labels & {*LINES, "Violence", "Weapons"}
    for text in ("rivoli", "exit rue", '"rue de rivoli"', "weapons", "explicit"):
        assert found(computer.data_dir, text) == ["sign.png"]
    assert found(computer.data_dir, "-explicit") == ["meadow.png"]

    counts = rekognition.counts()
    each = dict.fromkeys(("DetectLabels", "DetectText", "DetectModerationLabels"), 2)
    assert counts["billed"] == each
    assert spent(computer) == Spent(2, pytest.approx(6 * price(computer)))

    saved = run_python(
        *("-m", "desktop", "save", "csv", "--rows", "photos", "--data-dir", computer.data_dir),
        env=emulator.env,
        code=0,
    )
    table = {row["Photo"]: row for row in csv.DictReader(io.StringIO(saved.stdout))}
    assert table["sign.png"]["Text"] == "EXIT / Rue de Rivoli"
    assert table["sign.png"]["Explicit"] == "Violence; Weapons"


def test_another_computer_takes_them_over_unpaid(
    computer: Computer, photos: Path, rekognition: Rekognition
) -> None:
    rekognition.hold("sign", *LINES, flags=FLAGS)
    first = computer.label(photos)
    other = Computer(computer.data_dir.with_name("other"), "aws", computer.env)
    other.data_dir.mkdir()
    (other.data_dir / "settings.json").write_bytes(
        (computer.data_dir / "settings.json").read_bytes()
    )
    rekognition.reset()
    second = other.label(photos)
    assert {row["path"]: row["texts"] for row in second.rows} == {
        row["path"]: row["texts"] for row in first.rows
    }
    assert found(other.data_dir, "rivoli") == ["sign.png"]
    assert rekognition.counts()["calls"] == 0


def test_where_text_cannot_be_read_the_labels_are_there_all_the_same(
    computer: Computer, tmp_path: Path, rekognition: Rekognition
) -> None:
    take_picture(tmp_path / "sign.png")
    rekognition.hold("sign", *LINES, flags=FLAGS)
    rekognition.fail_at("DetectText", "InvalidParameterException")
    run = computer.label(tmp_path / "sign.png")
    (row,) = run.rows
    assert (row["state"], row["texts"]) == ("done", [])
    assert [flag["name"] for flag in row["explicit"]] == ["Violence", "Weapons"]


def test_the_limit_counts_each_of_the_three(
    computer: Computer, tmp_path: Path, rekognition: Rekognition
) -> None:
    folder = tmp_path / "three"
    folder.mkdir()
    for number in range(3):
        take_picture(folder / f"{number}.png")
    run = computer.label("--monthly-limit", f"{7 * price(computer):.4f}", folder)
    assert "Your limit of" in run.errors
    assert rekognition.counts()["billed"]["DetectText"] == 2
    assert spent(computer) == Spent(2, pytest.approx(6 * price(computer)))
