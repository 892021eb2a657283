"""What Linux's packages promise: the machine and the system they need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
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
