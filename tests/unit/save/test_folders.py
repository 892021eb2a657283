"""Photos go into folders by their labels, and come back."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.files import place_file
from desktop.core.folders.placing import sort_into_folders
from desktop.core.folders.sorting import Sorting
from desktop.core.library.labelled import labelled_files
from desktop.core.save.write_keywords import FileEvent, outdated
from tests.rig import ROOT
from tests.rig.labelled_photos import LabelledPhotos
from tests.rig.plain_keywords import PlainKeywords

Tree = dict[str, bytes]


def tree(*folders: Path) -> Tree:
    """Every file by its path from the parent of its folder."""
    return {
        path.relative_to(folder.parent).as_posix(): path.read_bytes()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "sorted"


def sort(
    labelled: LabelledPhotos,
    into: Path,
    sorting: Sorting = Sorting(),  # noqa: B008 - frozen
    *,
    moves: bool = False,
    dry_run: bool = False,
    after: Callable[[FileEvent], None] = lambda event: None,
) -> list[FileEvent]:
    events = []
    for event in sort_into_folders(
        labelled.library.store,
        labelled.photos(),
        into,
        sorting,
        moves=moves,
        cancel=labelled.cancel,
        dry_run=dry_run,
    ):
        events.append(event)
        after(event)
    return events


def outcomes(events: list[FileEvent]) -> list[str]:
    return [event.outcome for event in events]


def with_partners(photo: Path) -> None:
    for name in (f"{photo.stem}.xmp", f"{photo.name}.xmp", f"{photo.stem}.MOV"):
        photo.with_name(name).write_text(name)


def test_copies_lie_in_the_folder_of_the_surest_label(
    labelled: LabelledPhotos, photos: list[Path], into: Path
) -> None:
    before = tree(labelled.folder)
    labelled.label_all(photos[:1], Cat=95, Dog=60)
    labelled.label_all(photos[1:2], Sea=20)
    with_partners(photos[0])
    os.utime(photos[0], ns=(1_000_000_000, 2_000_000_000))
    events = sort(labelled, into)
    assert outcomes(events) == ["written"] * 5
    found = tree(into)
    assert set(found) == {
        *("sorted/Cat/0.jpg", "sorted/Cat/0.xmp", "sorted/Cat/0.jpg.xmp", "sorted/Cat/0.MOV"),
        *("sorted/Not sure/1.jpg", "sorted/Dog/2.jpg", "sorted/Dog/3.jpg", "sorted/Dog/4.jpg"),
    }
    assert found["sorted/Cat/0.jpg"] == before["photos/0.jpg"]
    assert (into / "Cat" / "0.jpg").stat().st_mtime_ns == 2_000_000_000
    assert before.items() <= tree(labelled.folder).items()
    assert [row.path for row in labelled.library.files()] == photos


def test_a_preview_touches_nothing(
    labelled: LabelledPhotos, photos: list[Path], into: Path
) -> None:
    (labelled.folder / "more").mkdir()
    twin = labelled.folder / "more" / "0.jpg"
    twin.write_bytes(photos[0].read_bytes())
    labelled.label(twin, Dog=90)
    events = sort(labelled, into, dry_run=True)
    assert outcomes(events) == ["planned"] * 6
    assert {event.target.name for event in events} >= {"0.jpg", "0 (2).jpg"}
    assert not into.exists()
    assert labelled.undo() == []


@pytest.mark.parametrize("moves", [False, True])
def test_undo_brings_everything_back(
    labelled: LabelledPhotos, photos: list[Path], into: Path, *, moves: bool
) -> None:
    with_partners(photos[0])
    before, rows = tree(labelled.folder), labelled.library.files()
    (into / "Dog").mkdir(parents=True)
    (into / "Dog" / "mine.txt").write_text("mine")
    sort(labelled, into, Sorting(labels=frozenset({"Cat"}), with_parents=True), moves=moves)
    assert (into / "Cat" / "0.MOV").exists()
    assert {event.outcome for event in labelled.undo()} == {"restored"}
    assert tree(labelled.folder) == before
    assert labelled.library.files() == rows
    assert tree(into) == {"sorted/Dog/mine.txt": b"mine"}
    assert not (into / "Cat").exists()


def test_the_library_follows_what_is_moved(
    labelled: LabelledPhotos, photos: list[Path], into: Path
) -> None:
    with_partners(photos[0])
    before = {path: path.read_bytes() for path in labelled.folder.iterdir()}
    inode = photos[0].stat().st_ino
    known = [(row.file_id, row.image_id) for row in labelled.library.files()]
    assert outcomes(sort(labelled, into, moves=True)) == ["written"] * 5
    assert list(labelled.folder.iterdir()) == []
    assert {path.name: data for path, data in before.items()} == {
        Path(name).name: data for name, data in tree(into).items()
    }
    assert (into / "Dog" / "0.jpg").stat().st_ino == inode  # renamed, not copied
    files = labelled.library.files()
    assert [(row.file_id, row.image_id) for row in files] == known
    assert [row.path for row in files] == [into / "Dog" / path.name for path in photos]
    found = labelled_files(labelled.library.store, None, 55)
    assert [[label.record.label for label in photo.labels] for photo in found] == [
        ["Dog", "Cat"]
    ] * 5


def test_a_file_that_was_there_keeps_its_name_and_another_gets_a_number(
    labelled: LabelledPhotos, photos: list[Path], into: Path
) -> None:
    with_partners(photos[0])
    (into / "Dog").mkdir(parents=True)
    (into / "Dog" / "0.jpg").write_text("mine")
    (into / "Dog" / "0 (2).xmp").write_text("mine, too")
    sort(labelled, into)
    found = tree(into)
    assert found["sorted/Dog/0.jpg"] == b"mine"
    assert found["sorted/Dog/0 (2).xmp"] == b"mine, too"
    assert found["sorted/Dog/0 (3).jpg"] == photos[0].read_bytes()
    assert {"sorted/Dog/0 (3).xmp", "sorted/Dog/0 (3).jpg.xmp"} <= set(found)
    assert "sorted/Dog/0 (2).jpg" not in found


def test_the_same_copies_are_not_made_twice(
    labelled: LabelledPhotos, photos: list[Path], into: Path
) -> None:
    sort(labelled, into)
    before = tree(into)
    assert outcomes(sort(labelled, into)) == ["unchanged"] * 5
    assert tree(into) == before


@pytest.mark.parametrize("moves", [False, True])
def test_a_photo_that_is_in_its_folder_stays(
    labelled: LabelledPhotos, photos: list[Path], *, moves: bool
) -> None:
    into = labelled.folder.parent
    sorting = Sorting(name_of=lambda label: labelled.folder.name)
    before = tree(labelled.folder)
    assert outcomes(sort(labelled, into, sorting, moves=moves)) == ["unchanged"] * 5
    assert tree(labelled.folder) == before


def test_the_target_may_lie_among_the_photos(labelled: LabelledPhotos, photos: list[Path]) -> None:
    assert outcomes(sort(labelled, labelled.folder, moves=True)) == ["written"] * 5
    assert outcomes(sort(labelled, labelled.folder, moves=True)) == ["unchanged"] * 5


def test_what_a_raw_file_shares_goes_with_the_last_of_them(
    labelled: LabelledPhotos, photos: list[Path], into: Path
) -> None:
    raw = photos[0].with_suffix(".CR2")
    raw.write_bytes(b"raw")
    (labelled.folder / "0.xmp").write_text("shared")
    labelled.label_all([photos[0]], Cat=95)
    assert outcomes(sort(labelled, into, moves=True)) == ["written"] * 5
    assert (labelled.folder / "0.xmp").read_text() == "shared"
    assert (into / "Cat" / "0.xmp").read_text() == "shared"
    labelled.undo()
    assert not into.exists()


@pytest.mark.parametrize("moves", [False, True])
def test_keywords_go_along_and_are_not_written_twice(
    labelled: LabelledPhotos, photos: list[Path], into: Path, *, moves: bool
) -> None:
    files = PlainKeywords()
    labelled.save(files)
    sort(labelled, into, moves=moves)
    copies = tree(into)
    assert set(outcomes(labelled.save(files))) == {"unchanged"}
    assert list(outdated(labelled.library.store, labelled.photos(), files)) == []
    labelled.label_all([row.path for row in labelled.library.files()], Cat=99)
    assert set(outcomes(labelled.save(files))) == {"written"}
    assert (tree(into) == copies) is not moves


@pytest.mark.parametrize("moves", [False, True])
def test_undo_finds_folders_where_they_are_found_again(
    labelled: LabelledPhotos, photos: list[Path], into: Path, *, moves: bool
) -> None:
    with_partners(photos[0])
    before = tree(labelled.folder)
    sort(labelled, into, moves=moves)
    if not moves:
        labelled.label_all([into / "Dog" / path.name for path in photos])
    home, labelled.folder = labelled.folder, into
    elsewhere = labelled.locate(into.with_name("elsewhere"))
    assert {event.outcome for event in labelled.undo()} == {"restored"}
    assert tree(home) == before
    assert list(elsewhere.iterdir()) == []  # that it was made for this is not known any more


def test_undo_of_a_move_that_a_person_took_back_by_hand_leaves_all_there(
    labelled: LabelledPhotos, photos: list[Path], into: Path
) -> None:
    before = tree(labelled.folder)
    sort(labelled, into, moves=True)
    home, labelled.folder = labelled.folder, into / "Dog"
    home.rmdir()
    labelled.locate(home)
    assert {event.outcome for event in labelled.undo()} == {"restored"}
    assert tree(home) == before


# Trouble


def test_a_photo_that_is_gone_or_taken_away_fails_alone(
    labelled: LabelledPhotos, photos: list[Path], into: Path
) -> None:
    photos[1].unlink()
    events = sort(labelled, into, moves=True)
    assert outcomes(events) == ["written", "failed", "written", "written", "written"]
    assert "gone" in str(events[1].error)


def test_a_folder_whose_name_a_file_has_is_said(
    labelled: LabelledPhotos, photos: list[Path], into: Path
) -> None:
    into.mkdir()
    (into / "Dog").write_text("a file")
    labelled.label_all(photos[:1], Sea=90)
    events = sort(labelled, into)
    assert outcomes(events) == ["written", *["failed"] * 4]
    assert str(into / "Dog") in str(events[1].error)
    assert tree(into)["sorted/Dog"] == b"a file"


def refuse(code: int, only: str) -> Callable[..., None]:
    """A system that does not do it to files of this name."""
    link = os.link

    def act(source: Path, target: Path, **options: bool) -> None:
        if target.name == only:
            raise OSError(code, os.strerror(code))
        link(source, target, **options)

    return act


@pytest.mark.parametrize("moves", [False, True])
def test_a_full_disk_stops_one_photo_with_all_that_belongs_to_it(
    labelled: LabelledPhotos,
    photos: list[Path],
    into: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    moves: bool,
) -> None:
    with_partners(photos[0])
    before = tree(labelled.folder)

    def put(source: Path, target: Path, *, replace: bool = False) -> None:
        if target.name == "0.jpg" and into in target.parents:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real_put(source, target, replace=replace)

    real_put = place_file.put
    with monkeypatch.context() as full:
        full.setattr(place_file, "put", put)
        events = sort(labelled, into, moves=moves)
    assert outcomes(events) == ["failed", *["written"] * 4]
    assert "full" in str(events[0].error)
    names = {name for name in tree(labelled.folder) if "/0" in name}
    assert names == {name for name in before if "/0" in name}
    assert set(tree(into)) == {f"sorted/Dog/{number}.jpg" for number in range(1, 5)}
    labelled.undo()
    assert tree(labelled.folder) == before
    assert not into.exists()


def test_to_another_disk_a_move_copies_and_then_deletes(
    labelled: LabelledPhotos, photos: list[Path], into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_partners(photos[0])
    before = tree(labelled.folder)

    def put(source: Path, target: Path, *, replace: bool = False) -> None:
        if source.parent != target.parent:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        real_put(source, target, replace=replace)

    real_put = place_file.put
    monkeypatch.setattr(place_file, "put", put)
    assert outcomes(sort(labelled, into, moves=True)) == ["written"] * 5
    assert sorted(tree(into).values()) == sorted(before.values())
    assert tree(labelled.folder) == {}
    assert [row.path.parent for row in labelled.library.files()] == [into / "Dog"] * 5
    assert {event.outcome for event in labelled.undo()} == {"restored"}
    assert tree(labelled.folder) == before
    assert not into.exists()


def test_cancelled_the_rest_stays_and_what_was_done_can_be_undone(
    labelled: LabelledPhotos, photos: list[Path], into: Path
) -> None:
    before = tree(labelled.folder)
    events = sort(labelled, into, moves=True, after=lambda event: labelled.cancel.set())
    assert outcomes(events) == ["written"]
    assert len(tree(labelled.folder)) == 4
    labelled.cancel.clear()
    labelled.undo()
    assert tree(labelled.folder) == before


def test_what_somebody_changed_since_stays_and_is_told(
    labelled: LabelledPhotos, photos: list[Path], into: Path
) -> None:
    sort(labelled, into)
    (into / "Dog" / "3.jpg").write_text("edited")
    events = labelled.undo()
    assert [event.path.name for event in events if event.outcome == "failed"] == ["3.jpg"]
    assert tree(into) == {"sorted/Dog/3.jpg": b"edited"}


@pytest.mark.parametrize("name", ["0.jpg", "0.xmp"])
def test_links_are_copied_and_not_moved(
    labelled: LabelledPhotos, photos: list[Path], into: Path, name: str
) -> None:
    link, elsewhere = labelled.folder / name, labelled.folder / "real"
    content = link.read_bytes() if link.exists() else b"develop settings"
    elsewhere.write_bytes(content)
    link.unlink(missing_ok=True)
    link.symlink_to("real")
    events = sort(labelled, into, moves=True)
    assert outcomes(events).count("failed") == 1
    assert "link" in str(events[0].error)
    assert link.is_symlink()
    assert outcomes(sort(labelled, into))[0] == "written"
    assert (into / "Dog" / name).read_bytes() == content
    assert not (into / "Dog" / name).is_symlink()


def test_undo_overwrites_nothing(labelled: LabelledPhotos, photos: list[Path], into: Path) -> None:
    sort(labelled, into, moves=True)
    photos[2].write_text("another")
    events = labelled.undo()
    failed = [event for event in events if event.outcome == "failed"]
    assert [event.path.name for event in failed] == ["2.jpg"]
    assert photos[2].read_text() == "another"
    assert (into / "Dog" / "2.jpg").exists()
    photos[2].unlink()
    assert outcomes(labelled.undo()) == ["restored"]
    assert photos[2].exists()


KILLED = """
import os, re, sys, threading
from pathlib import Path
from desktop.core.library.labelled import labelled_files
from desktop.core.library.library import Library
from desktop.core.folders.placing import sort_into_folders
from desktop.core.folders.sorting import Sorting
from desktop.recognisers import RECOGNISERS

library, into, moves, after = sys.argv[1:]
left = int(after)

def watch(frame, event, argument):
    global left
    name = frame.f_code.co_filename.replace(os.sep, "/")
    if re.search("/core/(save|files|folders)/", name):
        left -= 1
        if left < 0:
            os._exit(9)
    return watch

library = Library(Path(library), RECOGNISERS)
photos = list(labelled_files(library.store, None, 55))
sys.settrace(watch)
for _ in sort_into_folders(
    library.store, photos, Path(into), Sorting(), moves=moves == "True", cancel=threading.Event()
):
    pass
sys.settrace(None)
library.close()
"""


@pytest.mark.parametrize("moves", [False, True])
@pytest.mark.parametrize("lines", [150, 300, 400, 500, 600, 700, 800, 1000, 1300, 1600])
def test_killed_at_any_line_everything_is_whole_and_comes_back(
    labelled: LabelledPhotos, photos: list[Path], into: Path, lines: int, *, moves: bool
) -> None:
    with_partners(photos[0])
    with_partners(photos[1])
    before, rows = tree(labelled.folder), labelled.library.files()
    command = [sys.executable, "-c", KILLED, str(labelled.library.path), str(into)]
    done = subprocess.run(
        [*command, str(moves), str(lines)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 9, done.stderr
    found = {Path(name).name: data for name, data in tree(labelled.folder, into).items()}
    whole = {Path(name).name: data for name, data in before.items()}
    assert whole.items() <= found.items()
    assert all(".tagdrop" in name for name in found.keys() - whole.keys())
    assert {event.outcome for event in labelled.undo()} <= {"restored"}
    assert tree(labelled.folder) == before
    assert labelled.library.files() == rows
    assert tree(into) == {}
