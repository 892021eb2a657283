"""Keywords get into files and out of them again: ours, whole, and with a reason where not."""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from desktop.core.backend import Answer
from desktop.core.errors import AppError, Cancelled, SidecarOnlyError, StorageError
from desktop.core.library.backup import backup_path
from desktop.core.library.edits import Edits
from desktop.core.library.labelled import labelled_files
from desktop.core.library.library import Library
from desktop.core.library.schema import MIGRATIONS
from desktop.core.records import Findings, Flag, LabelRecord, TextLine
from desktop.core.save import write_keywords as engine
from desktop.core.save.journal import Journal
from desktop.core.save.write_keywords import outdated, write_keywords
from desktop.recognisers import RECOGNISERS
from tests.rig.labelled_photos import LabelledPhotos
from tests.rig.plain_keywords import PlainKeywords, keywords, with_keywords

INSIDE, BESIDE = PlainKeywords(), PlainKeywords(beside=True)


def look(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Content, modification time and permissions of every file in a folder."""
    return {
        path.name: (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in folder.iterdir()
    }


def words(path: Path) -> list[str]:
    return keywords(path.read_bytes())


def title(error: AppError | None) -> str:
    assert error is not None
    return error.title


def test_keywords_are_written_and_taken_back_byte_for_byte(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    before = look(labelled.folder)
    events = labelled.save(INSIDE)
    assert [(event.path, event.outcome) for event in events] == [
        (path, "written") for path in photos
    ]
    assert [words(path) for path in photos] == [["Dog", "Cat"]] * 5
    times = {name: seen[1:] for name, seen in before.items()}
    assert {name: seen[1:] for name, seen in look(labelled.folder).items()} == times
    save = Journal(labelled.library.store).last()
    assert save
    assert (save.kind, save.photos, save.is_automatic) == ("keywords", 5, False)
    assert [event.outcome for event in labelled.undo()] == ["restored"] * 5
    assert look(labelled.folder) == before
    assert Journal(labelled.library.store).last() is None
    assert labelled.undo() == []


def test_a_sidecar_that_was_made_goes_and_one_that_was_there_comes_back(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    there = photos[0].with_name("0.jpg.xmp")
    there.write_bytes(b"Holiday\nCat")
    before = look(labelled.folder)
    assert [event.target.name for event in labelled.save(BESIDE)] == [
        f"{path.name}.xmp" for path in photos
    ]
    assert words(there) == ["Holiday", "Cat", "Dog"]
    assert all(look(labelled.folder)[path.name] == before[path.name] for path in photos)
    labelled.undo()
    assert look(labelled.folder) == before


def test_text_in_a_photo_and_what_is_explicit_are_never_written(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    library = labelled.library
    dog = LabelRecord("", "Dog", 90.0)
    text, flag = TextLine("Secret", 99.0, 0, 0, 1, 1), Flag("Weapons", 99.0)
    for file in library.files():
        assert file.image_id
        answer = Answer((dog,), texts=(text,), flags=(flag,))
        library.record_answer(labelled.job_id, [], file.image_id, "local", answer)
    assert {photo.findings for photo in labelled.photos()} == {Findings((text,), (flag,))}
    labelled.save(INSIDE)
    assert [words(path) for path in photos] == [["Dog"]] * 5
    assert not any(b"Secret" in path.read_bytes() for path in photos)


def test_the_last_save_can_be_undone_after_a_restart_too(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    before = look(labelled.folder)
    labelled.save(INSIDE)
    labelled.library.close()
    labelled.library = Library(labelled.library.path, RECOGNISERS)
    assert {event.outcome for event in labelled.undo()} == {"restored"}
    assert look(labelled.folder) == before


def test_only_what_this_program_wrote_is_ever_removed(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    own = [f"Own {number}" for number in range(20)]
    photo = photos[0]
    photo.write_bytes(with_keywords(photo.read_bytes(), [*own, "Cat"]))
    before = look(labelled.folder)
    labelled.save(INSIDE)
    assert words(photo) == [*own, "Cat", "Dog"]
    labelled.save(INSIDE, least=99)  # neither fits any more
    assert words(photo) == [*own, "Cat"]
    assert words(photos[1]) == []
    labelled.save(INSIDE, least=70)
    assert (words(photo), words(photos[1])) == ([*own, "Cat", "Dog"], ["Dog"])
    for _ in range(3):
        assert {event.outcome for event in labelled.undo()} == {"restored"}
    assert look(labelled.folder) == before


def test_a_keyword_is_known_as_ours_after_another_program_wrote_and_the_file_moved(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    labelled.save(INSIDE)
    rated = photos[0]
    rated.write_bytes(with_keywords(rated.read_bytes(), ["Dog", "Rated", "Cat"]))
    moved = rated.with_name("moved.jpg")
    photos[1].rename(moved)
    labelled.label(moved, Dog=90, Cat=60)
    assert [e.outcome for e in labelled.save(INSIDE, least=70)].count("failed") == 1  # 1.jpg
    assert words(rated) == ["Dog", "Rated"]
    assert words(moved) == ["Dog"]


@pytest.mark.parametrize("files", [INSIDE, BESIDE])
def test_where_a_folder_is_found_again_keywords_are_known_and_taken_back(
    labelled: LabelledPhotos, photos: list[Path], files: PlainKeywords
) -> None:
    before = look(labelled.folder)
    labelled.save(files)
    elsewhere = labelled.locate(labelled.folder.with_name("elsewhere"))
    assert {event.outcome for event in labelled.save(files)} == {"unchanged"}
    assert {event.outcome for event in labelled.undo()} == {"restored"}
    assert look(elsewhere) == before
    labelled.save(files, least=80)
    Edits(labelled.library.store).undo()
    elsewhere.rename(labelled.folder)
    assert {event.outcome for event in labelled.undo()} == {"restored"}
    assert look(labelled.folder) == before


def test_keywords_leave_the_file_where_they_are_not_wanted_any_more(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    photos[0].write_bytes(with_keywords(photos[0].read_bytes(), ["Mine"]))
    before = look(labelled.folder)
    labelled.save(INSIDE)
    labelled.save(BESIDE)
    assert (words(photos[0]), words(photos[1])) == (["Mine"], [])
    assert words(labelled.folder / "0.jpg.xmp") == ["Dog", "Cat"]
    save = Journal(labelled.library.store).last()
    assert save
    assert save.photos == 5
    assert list(outdated(labelled.library.store, labelled.photos(), BESIDE)) == []
    assert {event.outcome for event in labelled.save(BESIDE)} == {"unchanged"}
    labelled.undo()
    labelled.undo()
    assert look(labelled.folder) == before


def test_what_a_file_cannot_hold_goes_into_its_sidecar(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    class Limited(PlainKeywords):
        def change(self, photo, target, old, **kept):  # type: ignore[no-untyped-def]
            if target.name == "1.jpg":
                raise SidecarOnlyError("Odd")
            return super().change(photo, target, old, **kept)

    before = photos[1].read_bytes()
    events = labelled.save(Limited())
    assert [event.target.name for event in events] == [
        "0.jpg",
        "1.jpg.xmp",
        "2.jpg",
        "3.jpg",
        "4.jpg",
    ]
    assert photos[1].read_bytes() == before
    assert words(events[1].target) == ["Dog", "Cat"]


def test_what_is_written_already_is_not_touched(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    photos[0].write_bytes(with_keywords(photos[0].read_bytes(), ["Dog", "Cat"]))  # by hand
    first = labelled.save(INSIDE)
    assert [event.outcome for event in first].count("unchanged") == 1
    inodes = [path.stat().st_ino for path in photos]
    save = Journal(labelled.library.store).last()
    assert save
    assert save.photos == 4
    assert {event.outcome for event in labelled.save(INSIDE)} == {"unchanged"}
    assert [path.stat().st_ino for path in photos] == inodes
    assert Journal(labelled.library.store).last() == save


def test_a_dry_run_says_what_would_be_written(labelled: LabelledPhotos, photos: list[Path]) -> None:
    photos[4].chmod(0o444)
    before = look(labelled.folder)
    events = labelled.save(INSIDE, dry_run=True)
    assert [event.outcome for event in events] == ["planned"] * 4 + ["failed"]
    assert json.loads(events[0].wanted) == ["Dog", "Cat"]
    assert look(labelled.folder) == before
    assert Journal(labelled.library.store).last() is None


def test_every_file_of_one_picture_is_written(labelled: LabelledPhotos, photos: list[Path]) -> None:
    twin = labelled.folder / "twin.jpg"
    twin.write_bytes(photos[0].read_bytes())
    labelled.label(twin, Dog=90)
    assert len(labelled.save(INSIDE)) == 6
    assert words(photos[0]) == words(twin) == ["Dog"]


def test_two_photos_of_one_sidecar_add_to_it(labelled: LabelledPhotos, photos: list[Path]) -> None:
    class Shared(PlainKeywords):
        def target(self, photo: object) -> Path:
            return labelled.folder / "shared.xmp"

    labelled.label(photos[1], Boat=80)
    before = look(labelled.folder)
    labelled.save(Shared())
    assert words(labelled.folder / "shared.xmp") == ["Dog", "Cat", "Boat"]
    labelled.undo()
    assert look(labelled.folder) == before


def test_the_image_stays_the_same_image_and_is_not_read_anew(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    def known() -> list[object]:
        stats = [(path.stat().st_size, path.stat().st_mtime_ns) for path in photos]
        files = labelled.library.files()
        return [
            labelled.library.images.known_image(file.file_id, *stat)
            for file, stat in zip(files, stats, strict=True)
        ]

    before = known()
    assert None not in before
    labelled.save(INSIDE)
    assert known() == before
    labelled.undo()
    assert known() == before


def test_undo_leaves_alone_what_somebody_changed_and_names_it(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    before = look(labelled.folder)
    labelled.save(INSIDE)
    photos[1].write_bytes(with_keywords(photos[1].read_bytes(), ["Mine"]))
    photos[2].unlink()
    changed = photos[1].read_bytes()
    failed = {e.path: title(e.error) for e in labelled.undo() if e.outcome == "failed"}
    assert failed == dict.fromkeys(photos[1:3], "This file has been changed since it was saved")
    assert photos[1].read_bytes() == changed
    now = look(labelled.folder)
    assert all(now[path.name] == before[path.name] for path in (photos[0], *photos[3:]))
    assert Journal(labelled.library.store).last() is None  # nothing more to be had from it


def test_undo_of_what_failed_can_be_tried_again(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    before = look(labelled.folder)
    labelled.save(INSIDE)
    photos[3].chmod(0o444)
    (failed,) = [event for event in labelled.undo() if event.outcome == "failed"]
    assert (failed.path, title(failed.error)) == (photos[3], "This file is read-only")
    photos[3].chmod(before[photos[3].name][2] & 0o777)
    assert [(e.path, e.outcome) for e in labelled.undo()] == [(photos[3], "restored")]
    assert look(labelled.folder) == before


def test_undo_goes_back_to_where_somebody_came_in(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    labelled.save(INSIDE, automatic=True)
    edited = with_keywords(photos[0].read_bytes(), ["Dog", "Mine", "Cat"])
    photos[0].write_bytes(edited)
    labelled.save(INSIDE, least=70, automatic=True)
    assert words(photos[0]) == ["Dog", "Mine"]
    (failed,) = [event for event in labelled.undo() if event.outcome == "failed"]
    assert (failed.path, photos[0].read_bytes()) == (photos[0], edited)
    assert words(photos[1]) == []


def test_what_a_person_writes_after_an_undo_is_theirs(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    photo = photos[0]
    photo.write_bytes(with_keywords(photo.read_bytes(), ["Cat"]))
    labelled.save(INSIDE, least=70)
    labelled.save(INSIDE)  # Cat is wanted too, and is there
    assert words(photo) == ["Cat", "Dog"]
    while labelled.undo():
        pass
    photo.write_bytes(with_keywords(photo.read_bytes(), ["Cat", "Dog"]))
    labelled.save(INSIDE, least=99)
    assert words(photo) == ["Cat", "Dog"]


def test_keeping_up_to_date_is_one_save_that_is_undone_as_a_whole(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    store = labelled.library.store
    before = look(labelled.folder)
    ids = [file.file_id for file in labelled.library.files()]
    assert list(outdated(store, labelled.photos(), INSIDE)) == ids
    labelled.save(INSIDE, automatic=True)
    assert list(outdated(store, labelled.photos(), INSIDE)) == []
    labelled.label(photos[1], Boat=80)
    labelled.label(photos[2])
    assert list(outdated(store, labelled.photos(), INSIDE)) == ids[1:3]
    some = labelled_files(store, ids[1:3], 55)
    written = write_keywords(store, some, INSIDE, cancel=labelled.cancel, automatic=True)
    assert [event.outcome for event in written] == ["written"] * 2
    assert [words(path) for path in photos[:3]] == [["Dog", "Cat"], ["Boat"], []]
    save = Journal(store).last()
    assert save
    assert (save.is_automatic, save.photos) == (True, 5)
    labelled.undo()
    assert look(labelled.folder) == before
    assert Journal(store).last() is None
    assert list(outdated(store, labelled.photos(), INSIDE)) == [*ids[:2], *ids[3:]]


def test_a_save_by_hand_parts_the_automatic_ones(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    for least, automatic in ((99, True), (70, True), (55, False), (70, True)):
        labelled.save(INSIDE, least=least, automatic=automatic)
    labelled.undo()
    assert words(photos[0]) == ["Dog", "Cat"]
    labelled.undo()
    assert words(photos[0]) == ["Dog"]
    labelled.undo()
    assert words(photos[0]) == []


def test_a_photo_that_was_edited_since_is_left_alone(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    Image.new("RGB", (90, 90), "red").save(photos[0])
    before = photos[0].read_bytes()
    for files in (INSIDE, BESIDE):
        (failed,) = [event for event in labelled.save(files) if event.outcome == "failed"]
        assert failed.path == photos[0]
        assert title(failed.error) == "This photo has been edited since it was labelled"
    assert photos[0].read_bytes() == before


def test_links_stay_links_and_those_that_lead_out_are_refused(
    labelled: LabelledPhotos, photos: list[Path], tmp_path: Path
) -> None:
    inner, outer = labelled.folder / "in.jpg", labelled.folder / "out.jpg"
    (labelled.folder / "sub").mkdir()
    kept = labelled.folder / "sub" / "kept.jpg"
    photos[3].rename(kept)
    photos[4].rename(tmp_path / "elsewhere.jpg")
    inner.symlink_to(kept)
    outer.symlink_to(tmp_path / "elsewhere.jpg")
    away = labelled.folder / "away"
    (tmp_path / "other").mkdir()
    photos[2].rename(tmp_path / "other" / "2.jpg")
    away.symlink_to(tmp_path / "other")
    for path in (inner, outer, away / "2.jpg"):
        labelled.label(path, Dog=90)
    events = {event.path: event for event in labelled.save(INSIDE)}
    assert (events[inner].outcome, words(kept), inner.is_symlink()) == ("written", ["Dog"], True)
    for path in (outer, away / "2.jpg"):
        assert title(events[path].error) == "This link leads to another folder"
        assert words(path) == []
    labelled.undo()
    assert (words(kept), inner.is_symlink()) == ([], True)


def test_each_failing_photo_has_its_reason_and_the_others_go_on(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    class Picky(PlainKeywords):
        def change(self, photo, target, old, **kept):  # type: ignore[no-untyped-def]
            if target.name == "1.jpg":
                raise AppError("Too odd")
            if target.name == "2.jpg":
                raise OSError(errno.EIO, "Input/output error")
            return super().change(photo, target, old, **kept)

    photos[0].unlink()
    photos[3].chmod(0o444)
    events = labelled.save(Picky())
    assert [event.error and event.error.title for event in events] == [
        "This file is gone",
        "Too odd",
        "The drive or network share cannot be reached",
        "This file is read-only",
        None,
    ]
    assert words(photos[4]) == ["Dog", "Cat"]


@pytest.mark.expects_log("keywords for")
def test_a_mistake_with_one_photo_does_not_stop_the_others(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    class Mistaken(PlainKeywords):
        def change(self, photo, target, old, **kept):  # type: ignore[no-untyped-def]
            if target.name == "1.jpg":
                raise KeyError("surprise")
            return super().change(photo, target, old, **kept)

    assert [e.outcome for e in labelled.save(Mistaken())].count("written") == 4


def test_a_file_changed_between_the_journal_and_the_writing_is_left_alone(
    labelled: LabelledPhotos, photos: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = Journal.plan

    def change_then(self, *arguments):  # type: ignore[no-untyped-def]
        rows = plan(self, *arguments)
        photos[2].write_bytes(with_keywords(photos[2].read_bytes(), ["Theirs"]))
        return rows

    monkeypatch.setattr(Journal, "plan", change_then)
    (failed,) = [event for event in labelled.save(INSIDE) if event.outcome == "failed"]
    assert (failed.path, title(failed.error)) == (photos[2], "This file has just changed")
    assert words(photos[2]) == ["Theirs"]
    undone = labelled.undo()
    assert {event.path for event in undone} == {*photos} - {photos[2]}
    assert {event.outcome for event in undone} == {"restored"}


def test_a_share_that_goes_away_in_the_moment_of_writing_is_looked_at_later(
    labelled: LabelledPhotos, photos: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file was replaced, and the answer to that was lost."""
    before = look(labelled.folder)
    with monkeypatch.context() as share:
        replace = engine.replace_files

        def lose_one(*arguments):  # type: ignore[no-untyped-def]
            errors = replace(*arguments)
            errors[1] = AppError("The drive or network share cannot be reached")
            share.setattr(engine, "current_digest", unreachable)
            return errors

        def unreachable(path: Path) -> str:
            raise AppError("The drive or network share cannot be reached")

        share.setattr(engine, "replace_files", lose_one)
        assert [event.outcome for event in labelled.save(INSIDE)].count("failed") == 1
    assert [event.outcome for event in labelled.save(INSIDE)] == ["unchanged"] * 5
    labelled.undo()
    assert look(labelled.folder) == before


def test_a_library_that_cannot_be_written_to_lets_no_file_be_touched(
    labelled: LabelledPhotos, photos: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageError("The library cannot be used")

    before = look(labelled.folder)
    monkeypatch.setattr(Journal, "plan", full)
    events = labelled.save(INSIDE)
    assert [title(event.error) for event in events] == ["The library cannot be used"] * 5
    assert look(labelled.folder) == before


def test_it_ends_between_two_photos_and_the_rest_comes_later(
    labelled: LabelledPhotos, photos: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BATCH_FILES", 1)
    store = labelled.library.store
    saving = write_keywords(store, labelled.photos(), INSIDE, cancel=labelled.cancel)
    next(saving)
    labelled.cancel.set()
    assert len(list(saving)) == 0
    labelled.cancel.clear()
    assert [words(path) for path in photos].count([]) == 4
    assert [event.outcome for event in labelled.save(INSIDE)] == ["unchanged"] + ["written"] * 4


def test_two_saves_take_turns_and_a_wait_can_be_cancelled(
    labelled: LabelledPhotos, photos: list[Path]
) -> None:
    store = labelled.library.store
    with Journal(store).alone(threading.Event()):
        Journal(store).tidy()  # does not wait
        cancel = threading.Event()
        waiting = threading.Timer(0.2, cancel.set)
        waiting.start()
        with pytest.raises(Cancelled):
            list(write_keywords(store, labelled.photos(), INSIDE, cancel=cancel))
        waiting.join()
    assert len(labelled.save(INSIDE)) == 5


def test_what_a_killed_program_left_is_put_in_order(
    labelled: LabelledPhotos, photos: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the second file and the third, with partial files beside them."""

    class KilledError(BaseException):
        pass

    def only_two(replacements):  # type: ignore[no-untyped-def]
        for each in replacements:
            each.partial.write_bytes(b"half")
        engine_replace(replacements[:2])
        raise KilledError

    before, engine_replace = look(labelled.folder), engine.replace_files
    with monkeypatch.context() as kill:
        kill.setattr(engine, "replace_files", only_two)
        with pytest.raises(KilledError):
            labelled.save(INSIDE)
    assert len(list(labelled.folder.iterdir())) == 8
    Journal(labelled.library.store).tidy()
    assert look(labelled.folder).keys() == before.keys()
    save = Journal(labelled.library.store).last()
    assert save
    assert save.photos == 2
    assert [event.outcome for event in labelled.undo()] == ["restored"] * 2
    assert look(labelled.folder) == before


def test_a_library_of_the_version_before_gets_a_journal_and_keeps_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "data" / "library.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        before = next(n for n, script in enumerate(MIGRATIONS) if "TABLE saves" in script)
        connection.executescript(
            "".join(MIGRATIONS[:before])
            + f"PRAGMA user_version = {before};"
            + "INSERT INTO files (path, name) VALUES (CAST('/a.jpg' AS BLOB), 'a.jpg');"
        )
    (tmp_path / "photos").mkdir()
    labelled = LabelledPhotos(tmp_path / "data", tmp_path / "photos")
    assert backup_path(path).exists()
    photo = tmp_path / "photos" / "0.jpg"
    Image.new("RGB", (100, 90)).save(photo)
    labelled.label(photo, Dog=90)
    labelled.save(INSIDE)
    assert words(photo) == ["Dog"]
    labelled.library.close()
