"""discover: finds every photo once, in order, and nothing else."""

import contextlib
import errno
import itertools
import os
import stat
import sys
import threading
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop.core.errors import AwayError, FolderError, Remedy
from desktop.core.files.spelling import Spelling
from desktop.core.files.system_errors import Trouble, trouble_of
from desktop.core.library.images import is_lost
from desktop.core.photo.discover import PHOTO_SUFFIXES, discover, may_be_photo
from desktop.core.walk.passed_over import PassedOver
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


JPEG, TEXT = b"\xff\xd8\xff\xe0" + bytes(80), b"Dear diary"


def write(folder: Path, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        (folder / name).write_bytes(content)


def test_content_says_what_a_file_is_that_its_name_does_not(tmp_path):
    photos = {
        "IMG_0001",
        "tweet.jpg_large",
        "IMG_20240131_1234567890123456.jp",
        "image.php",
        "a.dat",
    }
    bitmap = b"BM" + bytes(12) + (40).to_bytes(4, "little") + bytes(60)
    write(tmp_path, {**dict.fromkeys(photos, JPEG), "plan": bitmap})
    write(tmp_path, dict.fromkeys(("notes", "a.txt", "b.dat"), TEXT))
    write(tmp_path, {"empty": b"", "BMW": b"BMW, Audi and others: a list of cars"})
    # never opened: too many, too large, or not whole yet
    never = ("a.mov", "a.jpg.part", "a.jpg_original", "a.jpg~", "a.thm", "a.pdf")
    write(tmp_path, dict.fromkeys(never, JPEG))
    names = {path.name for path in discover([tmp_path])}
    assert names == {*photos, "plan"}
    assert all(may_be_photo(tmp_path / name, tmp_path) for name in names)
    assert not any(may_be_photo(tmp_path / name, tmp_path) for name in never)


def test_pictures_that_cannot_be_read_are_counted_by_their_kinds(tmp_path):
    photoshop = b"8BPS" + bytes(60)
    write(tmp_path, {"a.psd": photoshop, "b.PSD": photoshop, "no suffix": b"gimp xcf v011"})
    write(tmp_path, {"a.eps": b"%!PS-Adobe-3.0 EPSF-3.0", "a.tga": bytes(80), "empty.psd": b""})
    write(tmp_path, dict.fromkeys(("a.aae", "a.xmp", "._a.jpg", "Thumbs.db", "a.mov"), TEXT))
    passed_over = PassedOver()
    assert list(discover([tmp_path], passed_over=passed_over)) == []
    assert passed_over == PassedOver(Counter(PSD=2, GIMP=1, EPS=1, TGA=1))
    assert passed_over.kind_names(2).startswith("PSD, ")
    assert passed_over.kind_names(2).endswith(" …")
    assert PassedOver.from_json(passed_over.to_json()) == passed_over


CLOUD = "Lightroom Library.lrlibrary/b67ffe07bd574f4b89f1f6194ebb8d3b"


def test_of_other_programs_folders_only_the_originals_count(tmp_path):
    originals = [
        *("Fotos.photoslibrary/originals/0/x.jpg", "Old.photoslibrary/Masters/2019/x.jpg"),
        *("iPhoto Library/Originals/2009/x.jpg", "iPhoto.photolibrary/Masters/x.jpg"),
        *("Work.aplibrary/Masters/x.jpg", "C1.cocatalog/Originals/x.jpg"),
        *(f"{CLOUD}/originals/2025/2025-04-01/x.jpg", "Trip/previews/mine.jpg"),
        *("Trip/a.jpg", "Trip/CaptureOne/mine.jpg", "resources/derivatives/mine.jpg"),
    ]
    left_out = [
        *("Fotos.photoslibrary/resources/derivatives/x_1_105_c.jpeg", "Trip/@eaDir/a.jpg/x.jpg"),
        *("iPhoto Library/Data/x.jpg", "iPhoto.photolibrary/Previews/x.jpg"),
        *("iPhoto.photolibrary/Thumbnails/x.jpg", "Work.aplibrary/Previews/x.jpg"),
        *("LR Previews.lrdata/0/x.jpg", "Trip/CaptureOne/Cache/Proxies/x.jpg"),
        *("C1.cocatalog/Cache/Thumbnails/x.jpg", "__MACOSX/x.jpg", "$RECYCLE.BIN/x.jpg"),
        *(f"{CLOUD}/previews.noindex/1/2/x.jpg", "Lightroom Library.lrlibrary/previews/x.jpg"),
        *(".thumbnails/x.jpg", "#recycle/x.jpg", "LR.lrcat-data/0/x.jpg"),
    ]
    fill(tmp_path, *originals, *left_out)
    assert sorted(found(tmp_path, below=tmp_path)) == sorted(originals)
    assert [name for name in left_out if may_be_photo(tmp_path / name, tmp_path)] == []
    assert all(may_be_photo(tmp_path / name, tmp_path) for name in originals)
    inside = tmp_path / "Fotos.photoslibrary"
    assert found(inside, below=inside) == ["originals/0/x.jpg"]
    asked_for = inside / "resources" / "derivatives"
    assert found(asked_for, below=asked_for) == ["x_1_105_c.jpeg"]


class Marked:
    """An entry of a folder as the system marks it where photos may lie in a cloud."""

    def __init__(self, entry: os.DirEntry[str], marks: Mapping[str, int]) -> None:
        self._marks = marks
        self.name, self.path = entry.name, entry.path
        self.is_file, self.is_dir = entry.is_file, entry.is_dir

    def stat(self, *, follow_symlinks: bool = True) -> SimpleNamespace:
        return SimpleNamespace(**self._marks)


def mark(monkeypatch: pytest.MonkeyPatch, marks: Mapping[str, int]) -> None:
    """The system says this of what is called `away` from now on."""
    scandir = os.scandir

    @contextlib.contextmanager
    def marking(folder: str) -> Iterator[list[Marked]]:
        with scandir(folder) as entries:
            yield [Marked(e, marks if e.name.startswith("away") else {}) for e in entries]

    monkeypatch.setattr(os, "scandir", marking)
    monkeypatch.setattr("desktop.core.photo.discover._MARKS_FILES", True)


CLOUDS = {
    "offline": {"st_file_attributes": 0x1000},
    "recall on open": {"st_file_attributes": 0x40000},
    "recall on access": {"st_file_attributes": 0x400000},
    "dataless": {"st_flags": 0x40000000},
}


@pytest.mark.parametrize("marks", CLOUDS.values(), ids=CLOUDS)
def test_what_is_only_online_is_not_downloaded_but_counted(tmp_path, monkeypatch, marks):
    write(tmp_path, {"here.jpg": JPEG, "away.jpg": JPEG, "away": JPEG})
    fill(tmp_path, ".old.HEIC.icloud", ".text.txt.icloud")
    mark(monkeypatch, marks)
    passed_over = PassedOver()
    assert [path.name for path in discover([tmp_path], passed_over=passed_over)] == ["here.jpg"]
    assert passed_over.online_only == 3


@pytest.mark.parametrize("marks", [{"st_file_attributes": 2}, {"st_flags": stat.UF_HIDDEN}])
def test_what_the_system_hides_is_passed_over(tmp_path, monkeypatch, marks):
    fill(tmp_path, "here.jpg", "away.jpg", "away/inside.jpg")
    mark(monkeypatch, marks)
    assert found(tmp_path, below=tmp_path) == ["here.jpg"]


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


WINDOWS_S_WAY = {59: errno.EINVAL, 64: errno.EINVAL, 121: errno.EINVAL, 53: errno.ENOENT}
WINDOWS_S_WAY |= {67: errno.ENOENT, 1167: errno.EINVAL, 1231: errno.EINVAL, 21: errno.EACCES}
"""What Python makes of Windows' numbers for a network or a drive that is gone."""


@pytest.mark.parametrize("winerror", WINDOWS_S_WAY)
def test_a_lost_drive_of_windows_is_away_and_nothing_is_gone(tmp_path, monkeypatch, winerror):
    fill(tmp_path, "nas/1.jpg", "other/2.jpg")
    refuse(monkeypatch, tmp_path / "nas", WINDOWS_S_WAY[winerror], winerror=winerror)
    photos = discover([tmp_path / "nas", tmp_path / "other"])
    assert next(photos).name == "2.jpg"
    with pytest.raises(AwayError):
        next(photos)
    assert not is_lost(os.fsencode(tmp_path / "nas" / "1.jpg"))


@posix
def test_a_pulled_stick_of_windows_is_away_and_its_photos_are_not_gone(tmp_path, monkeypatch):
    """Then Windows knows no such path: as if a folder had been deleted."""
    monkeypatch.chdir(tmp_path)  # here E: is a name
    assert not fallen("E:\\photos\\a.jpg", winerror=3)
    Path("E:\\").mkdir()
    assert fallen("E:\\photos\\a.jpg", winerror=3)
    assert fallen("\\\\nas\\photos\\a.jpg", winerror=3)


def fallen(path, *, winerror):
    """Whether a file counts as gone when Windows answers so."""
    error = OSError(errno.ENOENT, "Windows' words", path)
    error.winerror = winerror
    return trouble_of(error) is Trouble.GONE


def test_what_windows_cannot_follow_is_passed_over(tmp_path, monkeypatch):
    fill(tmp_path, "a/1.jpg", "b/2.jpg")
    refuse(monkeypatch, tmp_path / "a", errno.EINVAL, winerror=1921)
    assert [path.name for path in discover([tmp_path])] == ["2.jpg"]


@pytest.mark.parametrize(("winerror", "number"), [(206, errno.ENOENT), (362, errno.EINVAL)])
def test_what_is_wrong_with_one_file_is_told_of_it(tmp_path, monkeypatch, winerror, number):
    fill(tmp_path, "1.jpg", "2.jpg")
    roots = [tmp_path / "1.jpg", tmp_path / "2.jpg"]
    refuse(monkeypatch, roots[0], number, winerror=winerror)
    assert list(discover(roots)) == roots
    assert not is_lost(os.fsencode(roots[0]))


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
def test_a_folder_that_was_named_and_may_not_be_read_is_told(tmp_path, monkeypatch, number):
    """EPERM: macOS, where a person has answered Don't Allow; it lets the folder be looked at."""
    fill(tmp_path, "a/1.jpg", "b/2.jpg", "b/c/3.jpg")
    forbidden, real = {str(tmp_path / "a"), str(tmp_path / "b" / "c")}, os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path) in forbidden:
            raise OSError(number, os.strerror(number), path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert [path.name for path in discover([tmp_path])] == ["2.jpg"]
    photos = discover([tmp_path / "a", tmp_path / "b"], was_there=lambda _: True)
    assert next(photos).name == "2.jpg"
    with pytest.raises(FolderError, match="You are not allowed to read this folder"):
        next(photos)


def test_a_folder_in_use_on_windows_is_said(tmp_path, monkeypatch):
    fill(tmp_path, "a/1.jpg", "b/2.jpg")
    refuse(monkeypatch, tmp_path / "a", errno.EACCES, winerror=32)
    photos = discover([tmp_path])
    assert next(photos).name == "2.jpg"
    with pytest.raises(FolderError, match="A folder cannot be read"):
        next(photos)


@posix
def test_a_path_in_any_case_is_the_one_that_its_drive_spells(tmp_path, monkeypatch):
    """As on Windows and macOS: links stand in for what these find in any case, unlisted."""
    fill(tmp_path, "Photos/IMG_1.JPG", "Photos/Übung.jpg")
    photos, as_typed = tmp_path / "Photos", unicodedata.normalize("NFD", "übung.JPG")
    (tmp_path / "photos").symlink_to(photos)
    (photos / "img_1.jpg").symlink_to(photos / "IMG_1.JPG")
    (photos / as_typed).symlink_to(photos / "Übung.jpg")
    listed = {"Photos", "IMG_1.JPG", "Übung.jpg"}
    real = os.listdir

    def in_one_case(folder: Path) -> list[str]:
        is_ours = Path(folder).is_relative_to(tmp_path)
        return [name for name in real(folder) if name in listed or not is_ours]

    monkeypatch.setattr(os, "listdir", in_one_case)
    spelling = Spelling(any_case=True)
    assert spelling.of(tmp_path / "photos" / "img_1.jpg") == photos / "IMG_1.JPG"
    assert spelling.of(tmp_path / "photos" / as_typed) == photos / "Übung.jpg"
    assert is_lost(os.fsencode(photos / "img_1.jpg"), spelling)  # renamed by case only
    assert not is_lost(os.fsencode(photos / "IMG_1.JPG"), spelling)
    for kept in (photos / "IMG_1.JPG", photos / "Img_1.jpg", tmp_path / "gone" / "img_1.jpg"):
        assert spelling.of(kept) == kept


def test_a_share_that_does_not_answer_is_asked_once_how_it_spells(monkeypatch):
    asked: list[str] = []

    def listdir(folder: Path) -> list[str]:
        asked.append(folder.name)
        if folder.name == "":
            return ["nas"]
        raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))

    monkeypatch.setattr(os, "listdir", listdir)
    photo = Path("/nas/a/b/c/1.jpg").absolute()
    assert Spelling(any_case=True).of(photo) == photo
    assert asked == ["", "nas"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere these are one file")
def test_where_case_counts_each_name_is_a_file_of_its_own(tmp_path):
    fill(tmp_path, "a.jpg", "A.jpg")
    spelling = Spelling(any_case=True)
    assert [spelling.of(tmp_path / name).name for name in ("a.jpg", "A.jpg")] == ["a.jpg", "A.jpg"]
    assert spelling.of(tmp_path / "a.JPG").name == "a.JPG"


@posix
def test_drives_that_number_no_files_are_walked_wholly(tmp_path, monkeypatch):
    fill(tmp_path, "a/1.jpg", "b/2.jpg", "b/c/3.jpg")
    (tmp_path / "b" / "again").symlink_to(tmp_path / "a")
    real = os.stat

    def unnumbered(path: str, **kept: object) -> os.stat_result:
        info = list(real(path, **kept))
        info[stat.ST_INO] = 0
        return os.stat_result(info)

    monkeypatch.setattr(os, "stat", unnumbered)
    assert found(tmp_path, below=tmp_path) == ["a/1.jpg", "b/2.jpg", "b/c/3.jpg"]


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
