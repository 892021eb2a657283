"""The library's copy: it is never worse than the library, and it helps when that is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from desktop.core.errors import DamagedError, StorageError
from desktop.core.events import State
from desktop.core.library.backup import backup_path, begin_anew, damaged, restore_backup
from desktop.core.library.library import Library
from desktop.recognisers import RECOGNISERS

A_DAY_LATER = (2**31, 2**31)
PHOTOS = {State.QUEUED: 2000}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library of 2,000 photos, with a copy from today."""
    path = tmp_path / "library.db"
    library = Library(path, RECOGNISERS)
    job = library.add_job([tmp_path], "local", again=False)
    library.add_items(job.id, [tmp_path / f"{number}.jpg" for number in range(2000)])
    library.store.look_after()
    library.close()
    return path


def photos(path: Path) -> dict[State, int]:
    library = Library(path, RECOGNISERS)
    try:
        return library.count_states(1)
    finally:
        library.close()


def look_after(path: Path) -> None:
    library = Library(path, RECOGNISERS)
    try:
        library.store.look_after()
    finally:
        library.close()


def damage(path: Path, *, size_bytes: int = 8192) -> bytes:
    """Overwrite the end: the file can still be opened."""
    with path.open("r+b") as file:
        file.seek(-size_bytes, os.SEEK_END)
        file.write(b"\xff" * size_bytes)
    return path.read_bytes()


def test_the_copy_holds_what_the_library_holds(path: Path) -> None:
    assert photos(backup_path(path)) == PHOTOS


@pytest.mark.parametrize("is_empty", [False, True])
def test_a_library_that_is_gone_is_not_begun_anew_unasked(path: Path, *, is_empty: bool) -> None:
    path.unlink()
    if is_empty:
        path.touch()
    for _ in range(2):  # the first start leaves nothing that deceives the second
        with pytest.raises(DamagedError, match="gone") as caught:
            Library(path, RECOGNISERS)
        assert str(backup_path(path)) in caught.value.message
    restore_backup(path)
    assert photos(path) == PHOTOS


def test_who_begins_anew_has_an_empty_library_and_keeps_the_old_ones(path: Path) -> None:
    broken = damage(path)
    begin_anew(path)
    assert photos(path) == {}
    (kept,) = path.parent.glob("library.db.damaged-*")
    assert kept.read_bytes() == broken
    (copy,) = path.parent.glob("library.db.backup.kept-*")
    assert photos(copy) == PHOTOS
    look_after(path)
    assert photos(path) == {}


def test_an_empty_library_does_not_take_the_place_of_a_full_copy(path: Path) -> None:
    backup_path(path).rename(path.parent / "elsewhere")
    path.unlink()
    Library(path, RECOGNISERS).close()
    shutil.move(path.parent / "elsewhere", backup_path(path))
    os.utime(path, A_DAY_LATER)
    look_after(path)
    assert photos(backup_path(path)) == PHOTOS


def test_damage_is_noticed_and_the_next_start_offers_the_copy(path: Path) -> None:
    damage(path)
    os.utime(path, A_DAY_LATER)  # the copy is old, and must not be overwritten
    with pytest.raises(DamagedError, match="open it again") as caught:
        look_after(path)
    assert str(backup_path(path)) in caught.value.message
    with pytest.raises(DamagedError, match="There is a backup"):
        Library(path, RECOGNISERS)
    restore_backup(path)
    assert photos(path) == PHOTOS
    look_after(path)


def test_damage_that_a_question_meets_is_noticed_too(path: Path) -> None:
    damage(path, size_bytes=path.stat().st_size // 2)
    library = Library(path, RECOGNISERS)
    with pytest.raises(DamagedError):
        library.files()
    library.close()
    with pytest.raises(DamagedError):
        Library(path, RECOGNISERS)


def test_an_index_that_disagrees_is_damage_that_the_next_start_sees(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, '(job_id, state)', '(state)')"
        )
        connection.commit()
    look_after(path)  # the daily look is a quick one
    damaged(path, is_open=True)
    with pytest.raises(DamagedError):
        Library(path, RECOGNISERS)


def test_a_file_that_was_mended_is_opened_again(path: Path) -> None:
    sound = path.read_bytes()
    damage(path)
    with pytest.raises(DamagedError):
        look_after(path)
    path.write_bytes(sound)
    assert photos(path) == PHOTOS
    assert not list(path.parent.glob("*doubtful"))


def test_damage_without_a_copy_does_not_close_what_can_be_read(path: Path) -> None:
    backup_path(path).unlink()
    damage(path)
    for _ in range(2):
        with pytest.raises(DamagedError, match="no backup"):
            look_after(path)


def test_a_copy_that_cannot_be_used_is_told_and_harms_nothing(path: Path) -> None:
    broken = damage(path)
    backup_path(path).unlink()
    with pytest.raises(StorageError, match="cannot be used"):
        restore_backup(path)
    assert path.read_bytes() == broken
    assert {each.name for each in path.parent.iterdir()} <= {"library.db", "locks"}


def test_two_processes_do_not_write_the_same_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(path, A_DAY_LATER)
    before = backup_path(path).stat()
    with FileLock(path.parent / "locks" / "library.db.backup.lock"):
        monkeypatch.setattr("desktop.core.library.backup.LOCK_TIMEOUT_S", 0.05)
        with pytest.raises(StorageError):
            look_after(path)
        monkeypatch.setattr("desktop.core.library.backup.LOCK_TIMEOUT_S", 60)
        other = threading.Thread(target=look_after, args=(path,))
        other.start()
        assert backup_path(path).stat() == before
    other.join()
    assert backup_path(path).stat() != before
