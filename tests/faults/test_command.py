"""`tagdrop label` on this computer: what comes out, and what a crash, Ctrl-C or a bad disk do."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.rig.command import EXPECTED, ROOT, Computer
from tests.rig.photos import make_bad, make_photos
from tests.rig.processes import run_python

SAMPLES = ROOT / "samples"


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "data")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """60 photos of mixed formats."""
    folder = tmp_path_factory.mktemp("many")
    make_photos(folder, 60, seed=3)
    return folder


def test_the_samples_get_labels_that_fit(computer: Computer) -> None:
    run = computer.label(SAMPLES)
    assert run.code == 0, run.errors
    labels = {
        Path(row["path"]).name: {e["name"]: e["confidence"] for e in row["labels"]}
        for row in run.rows
    }
    assert len(labels) == 13
    for start, label in EXPECTED.items():
        (found,) = [labels[name] for name in labels if name.startswith(start)]
        assert found.get(label, 0) >= 55, (start, found)


def test_what_is_no_photo_is_said_in_a_line(computer: Computer, tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    run = computer.label(folder)
    assert (run.code, run.rows, run.errors) == (0, [], "No photos were found there.\n")
    for name in ("a.psd", "b.psd", "c"):
        (folder / name).write_bytes(b"8BPS" + bytes(60))
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7 Dear Eva")
    run = computer.label(folder, tmp_path / "letter.pdf")
    assert (run.code, run.rows) == (0, [])
    assert run.errors.splitlines() == [
        "3 files of kinds that Tagdrop cannot read (PSD).",
        "1 file is not a photo.",
    ]


def test_the_originals_are_left_as_they_are(computer: Computer, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    make_photos(folder, 30, seed=4)
    make_bad(folder)

    def look() -> dict[str, tuple[str, int, int]]:
        return {
            path.name: (
                hashlib.sha256(path.read_bytes()).hexdigest(),
                path.stat().st_mtime_ns,
                path.stat().st_mode,
            )
            for path in folder.iterdir()
        }

    before = look()
    assert computer.label(folder).code == 1
    assert look() == before


def test_what_is_labelled_is_skipped_and_labelled_again_when_asked(
    computer: Computer, tmp_path: Path
) -> None:
    photo = shutil.copy(SAMPLES / "chelsea.png", tmp_path / "cat.png")
    first = computer.label(photo)
    shutil.copy(photo, tmp_path / "copy.png")
    second = computer.label(tmp_path / "copy.png")
    assert (first.states(), second.states()) == ({"done": 1}, {"skipped": 1})
    assert first.rows[0]["labels"] == second.rows[0]["labels"]
    assert computer.label(photo, "--again").states() == {"done": 1}


def test_bad_files_fail_for_different_reasons_and_hold_up_nobody(
    computer: Computer, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    bad = {path.name for path in make_bad(folder)}
    good = {path.name for path in make_photos(folder, 4)}
    run = computer.label(folder)
    assert run.code == 1
    failed = {Path(r["path"]).name: r["error"]["title"] for r in run.rows if r["error"]}
    assert set(failed) == bad
    assert len(set(failed.values())) == len(bad)
    assert {Path(r["path"]).name for r in run.rows if r["state"] == "done"} == good


def test_a_higher_confidence_shows_less_and_labels_nothing_anew(computer: Computer) -> None:
    photo = SAMPLES / "friends_by_Aitzol_Berasategi.jpg"
    everything = computer.label(photo, "--min-confidence", "0")
    little = computer.label(photo, "--min-confidence", "99")
    assert little.states() == {"skipped": 1}
    assert len(little.rows[0]["labels"]) < len(everything.rows[0]["labels"])


def test_a_photo_without_labels_is_done(computer: Computer, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (200, 200), (90, 90, 90)).save(tmp_path / "grey.png")
    run = computer.label(tmp_path / "grey.png", "--min-confidence", "0")
    assert [(r["state"], r["labels"], r["error"]) for r in run.rows] == [("done", [], None)]


def test_csv_goes_to_the_file(computer: Computer, tmp_path: Path) -> None:
    target = tmp_path / "labels.csv"
    with computer.start(SAMPLES / "chelsea.png", "--output", target, form="csv") as process:
        out, _ = process.communicate(timeout=60)
    assert out == ""
    with target.open(newline="", encoding="utf-8") as file:
        assert "Cat" in {row["Label"] for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--min-confidence", "101", "a.jpg"],
        ["--min-confidence", "nan", "a.jpg"],
        ["--min-confidence", "much", "a.jpg"],
        ["--with", "google", "a.jpg"],
        ["--format", "xml", "a.jpg"],
        ["--output", "no/such/folder/labels.csv", "a.jpg"],
    ],
)
def test_wrong_usage_is_exit_2(computer: Computer, arguments: list[str], tmp_path: Path) -> None:
    command = ["-m", "desktop", "label", "--data-dir", computer.data_dir]
    done = run_python(*command, *arguments, code=2)
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_amazon_without_a_set_up_is_exit_3_and_the_photos_wait(tmp_path: Path) -> None:
    photo = SAMPLES / "chelsea.png"
    run = Computer(tmp_path / "data", "aws").label(photo)
    assert (run.code, run.rows) == (3, [])
    assert "tagdrop aws setup" in run.errors


@pytest.mark.skipif(sys.platform != "linux", reason="needs a link that the system refuses")
def test_a_folder_that_cannot_be_read_is_exit_3_and_told_until_it_can(
    computer: Computer, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    shutil.copy(SAMPLES / "chelsea.png", folder)
    link = folder / "nas"
    link.symlink_to("long" * 100)
    run = computer.label(folder)
    assert (run.code, run.states()) == (3, {"done": 1})
    assert f"A folder cannot be read. {link}: File name too long." in run.errors
    again = computer.label(folder)
    assert (again.code, again.states()) == (3, {"done": 1})
    link.unlink()
    link.mkdir()
    shutil.copy(SAMPLES / "coffee.png", link)
    last = computer.label(folder)
    assert (last.code, last.states()) == (0, {"done": 2})


def test_a_damaged_library_is_told_and_kept(computer: Computer) -> None:
    computer.data_dir.mkdir()
    (computer.data_dir / "library.db").write_bytes(b"not a library" * 100)
    run = computer.label(SAMPLES / "chelsea.png")
    assert run.code == 3
    assert "damaged" in run.errors
    assert (computer.data_dir / "library.db").read_bytes() == b"not a library" * 100


def test_damaged_settings_are_kept_and_named_in_the_log(computer: Computer, tmp_path: Path) -> None:
    computer.data_dir.mkdir()
    (computer.data_dir / "settings.json").write_text("{")
    (tmp_path / "photos").mkdir()
    assert computer.label(tmp_path / "photos").code == 0
    (kept,) = computer.data_dir.glob("settings.json.damaged-*")
    assert kept.name in (computer.data_dir / "logs" / "tagdrop.log").read_text()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_within_a_second_and_the_next_start_goes_on(
    computer: Computer, many: Path, stop: signal.Signals
) -> None:
    with computer.start(many) as process:
        assert process.stdout
        for _ in range(5):
            assert process.stdout.readline()
        stopped_at = time.monotonic()
        process.send_signal(stop)
        _, errors = process.communicate(timeout=30)
        seconds = time.monotonic() - stopped_at
    print(f"ended after {seconds:.2f} s")
    assert process.returncode == 130
    assert "resumes where it stopped" in errors
    assert seconds < 1.5  # a second, and what a busy machine takes to end a process
    run = computer.label(many)
    assert (run.code, run.states()) == (0, {"done": 60})


def test_killed_in_the_middle_all_end_done_once(computer: Computer, many: Path) -> None:
    with computer.start(many) as process:
        assert process.stdout
        early = [json.loads(process.stdout.readline()) for _ in range(20)]
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=10)
    run = computer.label(many)
    assert (run.code, run.states()) == (0, {"done": 60})
    assert len({row["path"] for row in run.rows}) == 60
    labels = {row["path"]: row["labels"] for row in run.rows}
    assert all(labels[row["path"]] == row["labels"] for row in early)


def test_a_closed_pipe_ends_it_quietly(computer: Computer, many: Path) -> None:
    with computer.start(many) as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr
        errors = process.stderr.read()
        assert process.wait(30) != 0
    assert "Traceback" not in errors


def test_csv_of_any_name_goes_through_a_pipe_of_any_encoding(tmp_path: Path) -> None:
    photo = shutil.copy(SAMPLES / "chelsea.png", tmp_path / "日本 🐈.png")
    env = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    computer = Computer(tmp_path / "data", env=env)
    with computer.start(photo, form="csv") as process:
        out, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    assert {row["Path"] for row in csv.DictReader(out.splitlines())} == {str(photo)}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_an_output_that_cannot_be_written_is_told(computer: Computer) -> None:
    with computer.start(SAMPLES / "chelsea.png", "--output", "/dev/full") as process:
        _, errors = process.communicate(timeout=60)
    assert errors == "/dev/full cannot be written: No space left on device\n"
    assert process.returncode == 3


def test_a_strange_name_survives_the_whole_way(computer: Computer, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff caf\xe9 \xf0\x9f\x90\x88\n.png")
    photo = tmp_path / name
    shutil.copy(SAMPLES / "chelsea.png", photo)
    run = computer.label(tmp_path / name)
    assert [(row["state"], row["path"]) for row in run.rows] == [("done", str(photo))]
