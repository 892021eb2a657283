"""A file is replaced whole, with all its attributes, or left alone with a reason."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.errors import AppError
from desktop.core.files import replace_file
from desktop.core.files.replace_file import Replacement, digest_of, replace_files

OLD, NEW = b"old content", b"the new content"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(OLD)
    os.utime(path, ns=(1_000_000_001, 1_234_567_891_234_567_890))
    return path


def replacement(path: Path, data: bytes | None = NEW, before: bytes | None = OLD) -> Replacement:
    digest = None if before is None else digest_of(before)
    return Replacement(path, digest, data, path.with_name(f".{path.name}.partial"))


def replace(path: Path, data: bytes | None = NEW, before: bytes | None = OLD) -> AppError | None:
    (error,) = replace_files([replacement(path, data, before)])
    return error


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_has_new_content_and_all_else_as_before(photo: Path) -> None:
    photo.chmod(0o640)
    before = photo.stat()
    assert replace(photo) is None
    after = photo.stat()
    assert photo.read_bytes() == NEW
    assert after.st_mtime_ns == before.st_mtime_ns
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        (before.st_mode, before.st_uid, before.st_gid)
    )
    assert names(photo.parent) == ["photo.jpg"]


@pytest.mark.skipif(sys.platform != "linux", reason="extended attributes by Linux's calls")
def test_extended_attributes_stay(photo: Path) -> None:
    os.setxattr(photo, "user.rating", b"5")
    assert replace(photo) is None
    assert os.getxattr(photo, "user.rating") == b"5"


def test_a_file_is_made_where_none_was_and_goes_again(tmp_path: Path) -> None:
    path = tmp_path / "photo.xmp"
    assert replace(path, before=None) is None
    assert path.read_bytes() == NEW
    assert path.stat().st_nlink == 1
    assert replace(path, None, NEW) is None
    assert names(tmp_path) == []


def test_what_a_killed_program_left_under_the_partial_name_is_written_over(photo: Path) -> None:
    replacement(photo).partial.write_bytes(b"half")
    assert replace(photo) is None
    assert (photo.read_bytes(), names(photo.parent)) == (NEW, ["photo.jpg"])


@pytest.mark.parametrize(
    ("data", "before"), [(NEW, b"other"), (NEW, None), (None, b"other"), (None, None)]
)
def test_a_file_that_is_not_as_expected_is_left_alone(
    photo: Path, data: bytes | None, before: bytes | None
) -> None:
    error = replace(photo, data, before)
    assert error
    assert error.title == "This file has just changed"
    assert (photo.read_bytes(), names(photo.parent)) == (OLD, ["photo.jpg"])


def test_a_file_that_is_gone_does_not_come_back(tmp_path: Path) -> None:
    error = replace(tmp_path / "photo.jpg")
    assert error
    assert error.title == "This file has just changed"
    assert names(tmp_path) == []


@pytest.mark.parametrize("content", [b"rated 5", OLD])
def test_a_file_changed_between_writing_and_replacing_is_left_alone(
    photo: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change_first(*_: object) -> None:
        other = photo.with_name("of another program")
        other.write_bytes(content)
        other.replace(photo)
        os.utime(photo, ns=(1_000_000_001, 1_234_567_891_234_567_890))

    monkeypatch.setattr(replace_file, "keep_attributes", change_first)
    error = replace(photo)
    assert error
    assert error.title == "This file has just changed"
    assert (photo.read_bytes(), names(photo.parent)) == (content, ["photo.jpg"])


def test_a_file_that_somebody_makes_in_this_moment_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, link = tmp_path / "photo.xmp", os.link

    def make_first(source: Path, target: Path, **options: bool) -> None:
        path.write_bytes(b"of darktable")
        link(source, target, **options)

    monkeypatch.setattr(os, "link", make_first)
    monkeypatch.setattr(Path, "rename", make_first)  # Windows
    error = replace(path, before=None)
    assert error
    assert (path.read_bytes(), names(tmp_path)) == (b"of darktable", ["photo.xmp"])


def test_where_there_are_no_links_a_file_is_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **options: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert replace(tmp_path / "photo.xmp", before=None) is None
    assert (tmp_path / "photo.xmp").read_bytes() == NEW
    assert names(tmp_path) == ["photo.xmp"]


def make_read_only(path: Path) -> None:
    path.chmod(0o444)


def link_it(path: Path) -> None:
    os.link(path, path.with_name("twin.jpg"))


@pytest.mark.parametrize(
    ("spoil", "title"),
    [(make_read_only, "This file is read-only"), (link_it, "This file has several names")],
)
def test_some_files_are_not_written_to(
    photo: Path, spoil: Callable[[Path], None], title: str
) -> None:
    spoil(photo)
    before = names(photo.parent)
    error = replace(photo)
    assert error
    assert error.title == title
    assert (photo.read_bytes(), names(photo.parent)) == (OLD, before)


def refuse(number: int) -> Callable[..., None]:
    def call(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return call


def refuse_as_windows(number: int, code: int) -> Callable[..., None]:
    """As Python turns an error of Windows into one of its own."""

    def call(*_: object, **__: object) -> None:
        error = OSError(code, "Windows' words")
        error.winerror = number  # type: ignore[attr-defined, unused-ignore]
        raise error

    return call


@pytest.mark.parametrize(
    ("fault", "title"),
    [
        (refuse(errno.ENOSPC), "The disk is full"),
        (refuse(errno.EROFS), "The disk is write-protected"),
        (refuse(errno.EACCES), "This file cannot be written"),
        (refuse(errno.EIO), "The drive or network share cannot be reached"),
        (refuse(errno.ESTALE), "The drive or network share cannot be reached"),
        (refuse(errno.ENOTCONN), "The drive or network share cannot be reached"),
        (refuse(errno.ENAMETOOLONG), "This path is too long or not allowed"),
        (refuse(errno.ENOTSUP), "This file could not be written"),
        (refuse_as_windows(32, errno.EACCES), "This file is open in another program"),
        (refuse_as_windows(1224, errno.EINVAL), "This file is open in another program"),
        (refuse_as_windows(39, errno.EINVAL), "The disk is full"),
        (refuse_as_windows(1295, errno.EINVAL), "The disk is full"),
        (refuse_as_windows(19, errno.EACCES), "The disk is write-protected"),
        (refuse_as_windows(206, errno.ENOENT), "This path is too long or not allowed"),
        (refuse_as_windows(388, errno.EINVAL), "This file is only online"),
        (refuse_as_windows(64, errno.EINVAL), "The drive or network share cannot be reached"),
    ],
)
@pytest.mark.parametrize("step", ["keep_attributes", "os.fsync", "replace_patiently"])
def test_a_failing_disk_ends_with_a_reason_and_the_others_go_on(
    photo: Path, monkeypatch: pytest.MonkeyPatch, step: str, fault: Callable[..., None], title: str
) -> None:
    others = [photo.with_name(f"{number}.jpg") for number in range(3)]
    for path in others:
        path.write_bytes(OLD)
    target, _, attribute = f"desktop.core.files.replace_file.{step}".rpartition(".")
    works = getattr(os if target.endswith(".os") else replace_file, attribute)

    def only_for_one(*arguments: object) -> None:
        first = arguments[0]
        if isinstance(first, int):
            concerned = os.fstat(first).st_mtime_ns == photo.stat().st_mtime_ns
        else:
            concerned = photo in arguments
        (fault if concerned else works)(*arguments)

    monkeypatch.setattr(f"desktop.core.files.replace_file.{step}", only_for_one)
    errors = replace_files([replacement(path) for path in (others[0], photo, *others[1:])])
    assert [error and error.title for error in errors] == [None, title, None, None]
    assert photo.read_bytes() == OLD
    assert {path.read_bytes() for path in others} == {NEW}
    assert names(photo.parent) == ["0.jpg", "1.jpg", "2.jpg", "photo.jpg"]


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of POSIX's")
def test_a_file_that_does_not_fit_leaves_the_old_one(photo: Path) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        error = replace(photo, NEW * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert error
    assert error.title == "The disk is full"
    assert (photo.read_bytes(), names(photo.parent)) == (OLD, ["photo.jpg"])
