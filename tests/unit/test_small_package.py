"""What makes the Windows package small: its .zip, and the library that stands for x265."""

from __future__ import annotations

import ctypes
import os
import random
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from tools.package.empty_library import write_empty_library
from tools.package.small_zip import write_zip

DATE = time.gmtime(1767225600)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "program"
    (folder / "größer").mkdir(parents=True)
    (folder / "tagdrop.exe").write_bytes(b"MZ" + b"the same again " * 10_000)
    (folder / "größer" / "random.bin").write_bytes(random.Random(1).randbytes(5000))
    (folder / "empty.txt").touch()
    return folder


def test_a_zip_holds_what_the_folder_holds(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "small.zip"
    write_zip(target, folder, called="Tagdrop", date=DATE)
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        for entry in archive.infolist():
            assert entry.date_time == (2026, 1, 1, 0, 0, 0)
            place = entry.filename.removeprefix("Tagdrop/")
            assert archive.read(entry) == (folder / place).read_bytes()
        names = archive.namelist()
        packed = {entry.filename: entry.compress_type for entry in archive.infolist()}
    assert names == ["Tagdrop/empty.txt", "Tagdrop/größer/random.bin", "Tagdrop/tagdrop.exe"]
    assert packed["Tagdrop/tagdrop.exe"] == zipfile.ZIP_DEFLATED
    assert packed["Tagdrop/größer/random.bin"] == zipfile.ZIP_STORED


def test_the_same_folder_makes_the_same_zip(folder: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "other.zip"):
        write_zip(tmp_path / name, folder, called="Tagdrop", date=DATE)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_a_zip_is_smaller_than_zlib_makes_it(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    texts = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))[:20]]
    (folder / "texts").write_bytes(b"".join(texts))
    write_zip(tmp_path / "small.zip", folder, called="x", date=DATE)
    assert (tmp_path / "small.zip").stat().st_size < 0.99 * len(zlib.compress(b"".join(texts), 9))


def test_an_empty_library_names_its_functions(tmp_path: Path) -> None:
    path = tmp_path / "libx265-217.dll"
    write_empty_library(path, ["x265_cleanup", "x265_api_get_217"])
    data = path.read_bytes()
    (header,) = struct.unpack_from("<I", data, 0x3C)
    assert data[:2] == b"MZ"
    assert data[header : header + 4] == b"PE\0\0"
    (names,) = struct.unpack_from("<I", data, header + 24 + 112)  # the first data directory
    offset = 0x400 - names  # of the second section, in the file
    name, _, count = struct.unpack_from("<3I", data, offset + names + 12)
    addresses, pointers, _ = struct.unpack_from("<3I", data, offset + names + 28)

    def text(at: int) -> bytes:
        return data[offset + at :].partition(b"\0")[0]

    assert text(name) == b"libx265-217.dll"
    found = struct.unpack_from(f"<{count}I", data, offset + pointers)
    assert [text(at) for at in found] == [b"x265_api_get_217", b"x265_cleanup"]
    for address in struct.unpack_from(f"<{count}I", data, offset + addresses):
        code = 0x200 - 0x1000 + address
        assert data[code : code + 3] == b"\x31\xc0\xc3"  # return 0


@pytest.mark.skipif(os.name != "nt", reason="loads a library of Windows")
def test_an_empty_library_answers_nothing(tmp_path: Path) -> None:
    path = tmp_path / "libx265-217.dll"
    write_empty_library(path, ["x265_cleanup", "x265_api_get_217"])
    library = ctypes.CDLL(str(path))
    assert library.x265_api_get_217(8) == 0
    assert library.x265_cleanup() == 0
