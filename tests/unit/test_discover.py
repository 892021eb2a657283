"""discover: finds every photo once, in order, and nothing else."""

import errno
import itertools
import os
import sys
import threading
import time
from pathlib import Path

import pytest

from desktop.core.errors import AwayError, FolderError, Remedy
from desktop.core.photo.discover import PHOTO_SUFFIXES, discover
from tests.rig.folders import refuse

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes")


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def found(*roots: Path, below: Path) -> list[str]:
    return [path.relative_to(below).as_posix() for path in discover(roots)]


def test_photos_come_by_name_and_before_the_folders_beside_them(tmp_path):
    fill(
        tmp_path,
        "IMG_10.jpg",
        "img_2.JPG",
        "IMG_1.heic",
        "b/2.png",
        "b/a/1.png",
        "a/x.dng",
        "Z.NEF",
    )
    assert found(tmp_path, below=tmp_path) == [
        *("IMG_1.heic", "img_2.JPG", "IMG_10.jpg", "Z.NEF"),
        *("a/x.dng", "b/2.png", "b/a/1.png"),
    ]


def test_only_photos_are_found_in_folders(tmp_path):
    fill(tmp_path, "a.txt", "jpg", "a.jpg.part", "a.mov", "noext", "photo.JPeG", "a.xmp", ".jpg")
    assert found(tmp_path, below=tmp_path) == ["photo.JPeG"]
    assert {".jpg", ".heic", ".avif", ".cr2", ".cr3", ".nef", ".arw", ".dng"} <= PHOTO_SUFFIXES


def test_hidden_files_and_folders_are_passed_over(tmp_path):
    fill(tmp_path, "seen.jpg", "._seen.jpg", ".hidden.jpg", ".git/a.jpg", "@eaDir/a.jpg")
    fill(tmp_path, "__MACOSX/a.jpg", "$RECYCLE.BIN/a.jpg", "Thumbs.db")
    assert found(tmp_path, below=tmp_path) == ["seen.jpg"]


def test_a_hidden_folder_that_was_dropped_is_walked(tmp_path):
    fill(tmp_path, ".mine/a.jpg")
    assert found(tmp_path / ".mine", below=tmp_path) == [".mine/a.jpg"]


def test_a_file_that_was_dropped_comes_whatever_its_name(tmp_path):
    fill(tmp_path, "letter.txt", ".hidden", "sub/a.jpg")
    roots = [tmp_path / name for name in ("letter.txt", "missing.jpg", ".hidden", "sub")]
    assert found(*roots, below=tmp_path) == ["letter.txt", "missing.jpg", ".hidden", "sub/a.jpg"]


def test_a_path_comes_once(tmp_path):
    fill(tmp_path, "a/1.jpg", "a/2.jpg", "a/b/3.jpg", "c/4.jpg")
    for roots in itertools.permutations(["a", "a/b", "a/1.jpg", "a/1.jpg", "c", "."], 6):
        names = found(*(tmp_path / root for root in roots), below=tmp_path)
        assert sorted(names) == ["a/1.jpg", "a/2.jpg", "a/b/3.jpg", "c/4.jpg"]


def test_paths_are_absolute(tmp_path, monkeypatch):
    fill(tmp_path, "a/1.jpg", "2.jpg")
    monkeypatch.chdir(tmp_path)
    assert list(discover([Path("a"), Path("2.jpg")])) == [tmp_path / "a/1.jpg", tmp_path / "2.jpg"]


@posix
def test_links_are_followed_but_never_in_circles(tmp_path):
    fill(tmp_path, "album/1.jpg", "elsewhere/2.jpg")
    (tmp_path / "album/again").symlink_to(tmp_path / "album")
    (tmp_path / "album/other").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere/back").symlink_to(tmp_path)
    (tmp_path / "album/broken.jpg").symlink_to(tmp_path / "nothing.jpg")
    (tmp_path / "album/circle.jpg").symlink_to(tmp_path / "album/circle.jpg")
    (tmp_path / "album/link.jpg").symlink_to(tmp_path / "elsewhere/2.jpg")
    names = found(tmp_path / "album", below=tmp_path)
    assert names == ["album/1.jpg", "album/link.jpg", "album/other/2.jpg"]


@posix
def test_what_is_no_regular_file_is_passed_over(tmp_path):
    fill(tmp_path, "a.jpg", "folder.jpg/b.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    assert found(tmp_path, below=tmp_path) == ["a.jpg", "folder.jpg/b.jpg"]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
def test_names_that_are_not_text(tmp_path):
    name = os.fsdecode(b"caf\xe9.jpg")
    fill(tmp_path, name, "a.jpg")
    assert [path.name for path in discover([tmp_path])] == ["a.jpg", name]
    assert next(discover([tmp_path / name])).exists()


@pytest.mark.parametrize(
    "number", [errno.EACCES, errno.EPERM, errno.ENOENT, errno.ENOTDIR, errno.ELOOP]
)
def test_what_has_vanished_and_what_is_not_for_this_person_is_passed_over(
    tmp_path, monkeypatch, number
):
    fill(tmp_path, "a/1.jpg", "b/2.jpg", "c/3.jpg")
    refuse(monkeypatch, tmp_path / "b", number)
    assert found(tmp_path, below=tmp_path) == ["a/1.jpg", "c/3.jpg"]


def test_a_folder_that_cannot_be_read_is_said_after_the_others(tmp_path, monkeypatch):
    fill(tmp_path, "a/1.jpg", "b/2.jpg", "c/3.jpg", "elsewhere/4.jpg")
    refuse(monkeypatch, tmp_path / "b", errno.EIO)
    photos = discover([tmp_path, tmp_path / "elsewhere"])
    assert [next(photos).name for _ in range(3)] == ["1.jpg", "3.jpg", "4.jpg"]
    with pytest.raises(FolderError) as raised:
        next(photos)
    assert raised.value.message.startswith(f"{tmp_path / 'b'}: {os.strerror(errno.EIO)}.")
    assert (raised.value.remedy, raised.value.fatal) == (Remedy.TRY_AGAIN, False)


@posix
def test_a_link_to_what_cannot_be_read_is_said(tmp_path, monkeypatch):
    fill(tmp_path, "album/1.jpg")
    (tmp_path / "album/2.jpg").symlink_to(tmp_path / ("long" * 100))
    photos = discover([tmp_path / "album"])
    assert next(photos).name == "1.jpg"
    with pytest.raises(FolderError, match=r"2\.jpg"):
        next(photos)


def test_a_drive_that_is_unplugged_is_said_after_the_others(tmp_path):
    fill(tmp_path, "drive/a/1.jpg", "drive/b/2.jpg", "other/3.jpg")
    photos = discover([tmp_path / "drive", tmp_path / "other"])
    assert next(photos).name == "1.jpg"
    (tmp_path / "drive").rename(tmp_path / "away")
    assert next(photos).name == "3.jpg"
    with pytest.raises(AwayError) as raised:
        next(photos)
    assert raised.value.message.startswith(f"{tmp_path / 'drive'}: ")
    assert (raised.value.remedy, raised.value.fatal) == (Remedy.TRY_AGAIN, False)


def test_when_nothing_else_was_dropped_it_ends_the_job(tmp_path):
    fill(tmp_path, "drive/a/1.jpg", "drive/b/2.jpg")
    photos = discover([tmp_path / "drive"])
    assert next(photos).name == "1.jpg"
    (tmp_path / "drive").rename(tmp_path / "away")
    with pytest.raises(AwayError) as raised:
        next(photos)
    assert raised.value.fatal


@pytest.mark.parametrize("leaves_a_folder", [False, True], ids=["nothing", "an empty folder"])
def test_where_photos_were_and_none_are_left_something_is_away(tmp_path, leaves_a_folder):
    drive = tmp_path / "drive"
    if leaves_a_folder:
        drive.mkdir()
    with pytest.raises(AwayError):
        list(discover([drive], was_there=lambda root: root == drive))
    assert list(discover([drive])) == ([] if leaves_a_folder else [drive])


def test_one_photo_that_cannot_be_reached_fails_alone(tmp_path, monkeypatch):
    fill(tmp_path, "1.jpg", "2.jpg", "3.jpg")
    roots = [tmp_path / f"{n}.jpg" for n in (1, 2, 3)]
    refuse(monkeypatch, roots[1], errno.EIO)
    assert list(discover(roots)) == roots


def test_a_network_that_is_down_is_no_missing_file(tmp_path, monkeypatch):
    fill(tmp_path, "nas/1.jpg")
    refuse(monkeypatch, tmp_path / "nas", errno.EHOSTDOWN)
    with pytest.raises(AwayError):
        list(discover([tmp_path / "nas"]))


def test_it_is_lazy(tmp_path):
    """The second folder is not looked into before the first one's photos are out."""
    fill(tmp_path, "a/1.jpg", "b/2.jpg")
    photos = discover([tmp_path])
    assert next(photos).name == "1.jpg"
    fill(tmp_path, "b/3.jpg")
    assert [path.name for path in photos] == ["2.jpg", "3.jpg"]


def test_the_first_comes_long_before_all_are_listed(tmp_path):
    for folder in range(50):
        (tmp_path / f"{folder:02}").mkdir()
        for name in range(200):
            (tmp_path / f"{folder:02}" / f"{name}.jpg").touch()
    started = time.process_time()
    photos = discover([tmp_path])
    next(photos)
    first_s = time.process_time() - started
    assert sum(1 for _ in photos) == 9_999
    all_s = time.process_time() - started
    assert first_s < all_s / 5


def test_cancel_ends_it(tmp_path):
    fill(tmp_path, *(f"{n}.jpg" for n in range(5)), "sub/6.jpg")
    cancel = threading.Event()
    photos = discover([tmp_path, tmp_path / "0.jpg"], cancel=cancel)
    next(photos)
    cancel.set()
    assert list(photos) == []


class Impatient(threading.Event):
    """Is set when it has been looked at so many times."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self._looks = looks

    def is_set(self) -> bool:
        self._looks -= 1
        return self._looks < 0


def test_cancel_ends_it_within_one_large_folder(tmp_path):
    fill(tmp_path, *(f"{n}.jpg" for n in range(20)))
    assert list(discover([tmp_path], cancel=Impatient(10))) == []
