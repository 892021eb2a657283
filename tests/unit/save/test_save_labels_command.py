"""`tagdrop save csv`, `json` and `folders`, as they are typed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop import cli
from tests.rig.labelled_photos import LabelledPhotos

Run = Callable[..., tuple[str, str]]


@pytest.fixture
def run(labelled: LabelledPhotos, photos: list[Path], capfd: pytest.CaptureFixture[str]) -> Run:
    """Type the command; what it prints and what it says."""

    def run(*words: str | Path, code: int = 0) -> tuple[str, str]:
        arguments = ["save", *map(str, words), "--data-dir", str(labelled.data_dir)]
        assert cli.run(arguments) == code
        out, err = capfd.readouterr()
        return out, err

    return run


def test_csv_comes_to_the_screen_or_a_file(run: Run, photos: list[Path], tmp_path: Path) -> None:
    out, _ = run("csv", photos[0], "--min-confidence", "70")
    (row,) = csv.DictReader(io.StringIO(out, newline=""))
    assert (row["Path"], row["Label"], row["State"]) == (str(photos[0]), "Dog", "done")
    path = tmp_path / "labels.csv"
    _, err = run("csv", "--output", path, "--rows", "photos", "--bom", "--semicolons")
    assert "5 photos were saved" in err
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    assert [row["Labels"] for row in rows] == ["Dog; Cat"] * 5
    assert rows[0]["Confidence"] == "90,0"


def test_a_file_that_is_there_is_replaced_only_when_that_is_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "labels.json"
    path.write_text("mine")
    _, err = run("json", "--output", path, code=2)
    assert "--replace" in err
    assert path.read_text() == "mine"
    _, err = run("json", "--output", path, "--replace", "--dry-run")
    assert "would be saved" in err
    assert path.read_text() == "mine"
    run("json", "--output", path, "--replace")
    assert len(json.loads(path.read_text())) == 5


def test_folders_are_previewed_and_undone(run: Run, photos: list[Path], tmp_path: Path) -> None:
    into = tmp_path / "sorted"
    words = ("folders", into, "--label", "Dog", "--move", "--language", "de")
    out, err = run(*words, "--dry-run")
    assert f"{photos[0]} -> {into / 'Hund' / '0.jpg'}" in out
    assert "5 photos would be moved: Hund 5" in err
    assert not into.exists()
    _, err = run(*words)
    assert "5 photos moved." in err
    assert (into / "Hund" / "0.jpg").exists()
    _, err = run("undo")
    assert "Undid: 5 photos moved into folders." in err
    assert photos[0].exists()
    assert not into.exists()
    _, err = run("folders", into, "--min-confidence", "95", "--only-sure")
    assert "0 photos copied." in err
    _, err = run("folders", into, photos[1], "--label", "Sea", "--not-sure", "Rest")
    assert [path.name for path in (into / "Rest").iterdir()] == ["1.jpg"]
    _, err = run("folders", into, photos[1], "--label", "Sea", "--not-sure", "Rest")
    assert "1 were there already." in err


def test_a_place_is_found_by_any_path_and_a_mistyped_one_is_said(
    run: Run, photos: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(photos[0].parent)
    for place in (".", "../photos", "../photos/", photos[0].root):
        _, err = run("csv", place)
        assert "5 photos were saved" in err
    _, err = run("keywords", "nowhere", "0.jpg", "--dry-run")
    assert err.splitlines() == [
        "nowhere: no photo of the library is there.",
        "Keywords would be written to 1 photo.",
    ]


@pytest.mark.parametrize("words", [("--most", "-1"), ("--language", "fr")])
def test_what_cannot_be_meant_is_refused(run: Run, words: tuple[str, ...]) -> None:
    _, err = run("keywords", *words, code=2)
    assert words[0] in err


def test_undo_counts_what_it_has_undone(run: Run, photos: list[Path]) -> None:
    run("keywords", "--into", "photos")
    photos[0].write_bytes(b"edited")
    _, err = run("undo", code=1)
    assert err.splitlines()[1:] == [
        "Undid: keywords written to 4 photos.",
        "1 photo was left as it is.",
    ]
    run("keywords", *photos[1:3], "--into", "photos")
    for path in photos:
        path.unlink()
    _, err = run("undo", code=1)
    assert err.splitlines()[2:] == ["2 photos were left as they are."]
