"""What Linux's packages promise: the system they need, and that they can be made the same again."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tools.package import linux

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("dpkg-deb"), reason="needs Debian's tools"
)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built program of two files and a link, beside the icons it was built with."""
    for size_px in linux.SIZES_PX:
        (tmp_path / f"tagdrop-{size_px}.png").touch()
    monkeypatch.setattr(linux, "PARTS", tmp_path)
    monkeypatch.setattr(linux, "WORK", tmp_path / "work")
    folder = tmp_path / "tagdrop"
    (folder / "_internal").mkdir(parents=True)
    (folder / "tagdrop").write_text("#!/bin/sh\n")
    (folder / "tagdrop").chmod(0o755)
    (folder / "_internal" / "library.so.1").touch()
    (folder / "_internal" / "library.so").symlink_to("library.so.1")
    return folder


def make(folder: Path) -> dict[str, Path]:
    """The files that were made of the program, by the end of their name."""
    dist = folder.with_name("dist")
    shutil.rmtree(dist, ignore_errors=True)
    dist.mkdir()
    return {path.suffix: path for path in linux.make_all(folder, dist)}


def says(deb: Path, field: str) -> str:
    command = ["dpkg-deb", "--field", deb, field]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_the_deb_asks_for_the_c_library_it_was_built_with(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "confstr", {"CS_GNU_LIBC_VERSION": "glibc 2.39"}.get)
    assert says(make(program)[".deb"], "Depends").startswith("libc6 (>= 2.39), ")


def test_the_deb_is_made_on_every_machine_that_debian_knows(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linux, "MACHINE", "riscv64")
    dpkg = program.with_name("dpkg")
    dpkg.write_text("#!/bin/sh\necho riscv64\n")
    dpkg.chmod(0o755)
    monkeypatch.setenv("PATH", f"{dpkg.parent}:{os.environ['PATH']}")
    assert says(make(program)[".deb"], "Architecture") == "riscv64"


def test_what_is_made_again_of_a_program_is_the_same(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    first = {kind: path.read_bytes() for kind, path in make(program).items()}
    os.utime(program / "tagdrop", (1, 1))
    umask = os.umask(0o077)
    try:
        again = {kind: path.read_bytes() for kind, path in make(program).items()}
    finally:
        os.umask(umask)
    assert [kind for kind in first if first[kind] != again[kind]] == []
    assert first[".deb"][24:36] == b"1000000000  "  # of its first part
    with tarfile.open(fileobj=io.BytesIO(first[".xz"])) as archive:
        assert {member.mtime for member in archive} == {1_000_000_000}


@pytest.mark.skipif(not shutil.which("makeself"), reason="no installer is made without makeself")
def test_the_installer_says_the_date_it_was_told(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    command = ["sh", make(program)[".run"], "--info"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Date of packaging: 2001-09-09\n" in said
