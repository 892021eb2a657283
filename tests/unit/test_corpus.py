"""`make corpus`: everyone reads every picture, no file costs another one, differences are found."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.rig import photos
from tools.corpus import commands, report, results, run
from tools.corpus.child import Child
from tools.corpus.facts import Facts
from tools.corpus.judge import Kind, findings
from tools.corpus.look import look_of, turn_between, turned
from tools.corpus.reading import PARTLY, Fate, Reading
from tools.corpus.results import Result

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a tool for POSIX")


@pytest.fixture(autouse=True)
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the peers' commands; there is none but those that a test makes."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "sleep"):
        (folder / name).symlink_to(f"/bin/{name}")
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("album")
    exif = photos.camera_exif(6)
    exif[0x0132] = "2025:07:14 12:30:00"
    photos.save_jpeg(photos.picture(1), folder / "a turned [1].jpg", orientation=6, exif=exif)
    photos.save_png(photos.picture(2), folder / "b.png")
    photos.save_truncated_jpeg(folder / "c.jpg")
    photos.save_tiny(folder / "d.png")
    photos.save_text(folder / "letter.txt")
    return folder


def program(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def fates(result: Result) -> dict[str, Fate]:
    return {name: reading.fate for name, reading in result.readings.items()}


def test_a_folder_is_read_by_those_that_are_there(album: Path, tmp_path: Path) -> None:
    done = run.run(album, tmp_path / "results.jsonl", jobs=1)
    both = {"tagdrop": Fate.OPENED, "pillow": Fate.OPENED}
    assert {each.path: fates(each) for each in done} == {
        "a turned [1].jpg": both,
        "b.png": both,
        "c.jpg": dict.fromkeys(both, Fate.REFUSED),
        "d.png": {"tagdrop": Fate.REFUSED, "pillow": Fate.OPENED},
    }
    turned_one = done[0].readings
    assert turned_one["tagdrop"].date == "2025-07-14T12:30:00"
    sizes = {(each.width, each.height) for each in turned_one.values()}
    assert sizes == {photos.picture(1).size}
    lines = "\n".join(report.report(done, ["imagemagick"], show=9))
    assert "3 pictures of kinds that Tagdrop reads; 1 more are too small" in lines
    assert "not installed: imagemagick" in lines
    assert list(results.load(tmp_path / "results.jsonl").values()) == done


def test_a_peer_that_hangs_or_crashes_loses_its_file_only(
    album: Path, programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "TIMEOUT_S", 3)
    once = f'if [ ! -e "{tmp_path}/hung" ]; then : >"{tmp_path}/hung"; exec sleep 60; fi'
    program(programs, "convert", f"{once}; exit 1")
    program(programs, "vips", "exit 1")
    program(programs, "vipsheader", "kill -SEGV $$")
    done = run.run(album, tmp_path / "results.jsonl", jobs=1)
    magick = [each.readings["imagemagick"].fate for each in done]
    assert magick == [Fate.HUNG, Fate.REFUSED, Fate.REFUSED, Fate.REFUSED]
    assert {each.readings["libvips"].fate for each in done} == {Fate.CRASHED}
    assert all(each.readings["tagdrop"].fate in {Fate.OPENED, Fate.REFUSED} for each in done)


def test_a_child_that_hangs_is_ended_and_the_next_file_gets_another(
    album: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    child = Child("pillow", timeout_s=1.5)
    try:
        assert child.read(tmp_path / "pipe").fate == Fate.HUNG
    finally:
        child.close()
    again = Child("pillow")
    try:
        assert again.read(album / "b.png").fate == Fate.OPENED
    finally:
        again.close()


def test_a_second_run_reads_only_what_is_missing(
    album: Path, programs: Path, tmp_path: Path
) -> None:
    file = tmp_path / "results.jsonl"
    before = run.run(album, file, jobs=1)
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole[: len(whole) * 2 // 3], encoding="utf-8")  # killed amid a line
    seen = tmp_path / "seen"
    program(programs, "convert", f'echo "$1" >>"{seen}"; exit 1')
    after = run.run(album, file, jobs=1)
    assert [each.path for each in after] == [each.path for each in before]
    assert len(seen.read_text().splitlines()) == 4
    run.run(album, file, jobs=1)
    assert len(seen.read_text().splitlines()) == 4
    run.run(album, file, jobs=1, again=["imagemagick"])
    assert len(seen.read_text().splitlines()) == 8


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_picture_is_recognised(orientation: int) -> None:
    upright = photos.picture(3)
    stored = upright.transpose(photos.TO_STORED[orientation]) if orientation > 1 else upright
    assert turn_between(look_of(stored), look_of(upright)) == orientation
    assert turn_between(turned(look_of(stored), orientation), look_of(upright)) == 1


PHOTO, OTHER = (look_of(photos.picture(seed)) for seed in (1, 2))
GREY = look_of(Image.new("RGB", (90, 90), "grey"))


def opened(*said: str, look: bytes = PHOTO, date: str | None = None) -> Reading:
    return Reading(Fate.OPENED, list(said), 200, 100, date, look, orientation=1)


REFUSED = Reading(Fate.REFUSED, ["damaged"])
WHOLE = {"imagemagick": opened(), "libvips": opened()}
ILL = {"imagemagick": opened("Corrupt JPEG data"), "libvips": REFUSED}


@pytest.mark.parametrize(
    ("ours", "peers", "expected"),
    [
        (opened(), WHOLE, []),
        (REFUSED, WHOLE, [Kind.REFUSED]),
        (Reading(Fate.REFUSED, ["too many pixels"]), WHOLE, [Kind.REFUSED_BY_SIZE]),
        (REFUSED, ILL, [Kind.REFUSED_ILL]),
        (REFUSED, {"imagemagick": REFUSED}, []),
        (opened(), ILL, [Kind.SILENT]),
        (opened(), ILL | {"pillow": opened()}, [Kind.SILENT]),  # it never complains
        (opened(), ILL | {"libvips": opened()}, [Kind.WARNED]),
        (opened(PARTLY), ILL, []),
        (opened(), {"imagemagick": Reading(Fate.REFUSED, ["no decode delegate"])}, []),
        (opened(), {"imagemagick": opened("Unknown field with tag 42112")}, []),
        (opened(look=OTHER), WHOLE, [Kind.OTHER_PICTURE]),
        (opened(look=turned(PHOTO, 6)), WHOLE, [Kind.TURNED, Kind.ORIENTATION]),
        (opened(look=GREY), {"libvips": opened(look=GREY)}, []),
        (Reading(Fate.HUNG, seconds=60), WHOLE, [Kind.HUNG, Kind.REFUSED]),
        (opened("no thumbnail: damaged"), WHOLE, [Kind.NO_THUMBNAIL]),
        (opened(date="2020-01-02T03:04:05"), WHOLE, [Kind.DATE_INVENTED]),
    ],
)
def test_what_is_worth_a_look(
    ours: Reading, peers: dict[str, Reading], expected: list[Kind]
) -> None:
    result = Result("a.jpg", (1, 1), Facts("JPEG", True), {"tagdrop": ours, **peers})
    assert [each.kind for each in findings(result)] == expected


def test_two_runs_are_compared() -> None:
    facts = Facts("JPEG", True)
    before = [Result(name, (1, 1), facts, {"tagdrop": REFUSED, **WHOLE}) for name in "ab"]
    after = [Result(name, (1, 1), facts, {"tagdrop": opened(), **WHOLE}) for name in "bc"]
    lines = list(report.compare(before, after, show=9))
    assert lines[:2] == ["1 files in both runs", f"\n1 gone: {Kind.REFUSED}"]
    assert len(lines) == 3
