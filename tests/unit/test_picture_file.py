"""Pictures that were no files: what they are called, and that nothing is written over."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pytest
from PIL import Image

from desktop.core.errors import ImageError, StorageError
from desktop.core.photo.picture_file import keep_picture


def picture(kind: str = "PNG", colour: str = "red") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (20, 10), colour).save(data, kind)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("dog.png", "PNG", "dog.png"),
        ("dog.php", "JPEG", "dog.jpg"),
        ("", "WEBP", "picture.webp"),
        ("...", "GIF", "picture.gif"),
        ('a/b\\c: "d"?.jpeg', "JPEG", "c_ _d_.jpg"),
        ("x" * 300 + ".png", "PNG", "x" * 80 + ".png"),
        ("\N{DOG FACE}" * 80 + ".png", "PNG", "\N{DOG FACE}" * 50 + ".png"),
        ("x" + "ü" * 150 + ".png", "PNG", "x" + "ü" * 79 + ".png"),
        ("\ud800dog.png", "PNG", "_dog.png"),
        ("../../secret.png", "PNG", "secret.png"),
        ("con.jpg", "JPEG", "con_.jpg"),
        ("nul", "PNG", "nul_.png"),
        ("LPT1.tar.png", "PNG", "LPT1_.tar.png"),
    ],
)
def test_the_name_is_that_of_the_web_and_the_ending_that_of_the_content(
    tmp_path: Path, name: str, kind: str, kept: str
) -> None:
    path = keep_picture(picture(kind), name, tmp_path / "new")
    assert path.parent == tmp_path / "new"
    assert path.name == kept
    assert path.read_bytes() == picture(kind)


def test_the_same_picture_again_is_the_same_file(tmp_path: Path) -> None:
    first = keep_picture(picture(), "dog.png", tmp_path)
    other = keep_picture(picture(colour="blue"), "dog.png", tmp_path)
    assert other.name == "dog (2).png"
    assert keep_picture(picture(), "dog.png", tmp_path) == first
    assert keep_picture(picture(colour="blue"), "dog.png", tmp_path) == other
    assert first.read_bytes() == picture()


def test_what_is_no_picture_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(ImageError):
        keep_picture(b"<html>", "dog.png", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError) as told:
        keep_picture(picture(), "dog.png", tmp_path / "file" / "folder")
    assert str(tmp_path / "file" / "folder") in told.value.message


def test_a_picture_is_on_the_disk_before_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bytes] = []
    file = tmp_path / "dog.png"
    monkeypatch.setattr(os, "fsync", lambda fd: synced.append(file.read_bytes()))
    assert keep_picture(picture(), "dog.png", tmp_path) == file
    assert synced == [picture()]


def test_a_full_disk_is_told_and_leaves_no_half_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(fd: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        keep_picture(picture(), "dog.png", tmp_path)
    assert list(tmp_path.iterdir()) == []
