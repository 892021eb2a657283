"""A file is written whole or not at all, and nothing is left beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.core.whole_file import write_whole
from tests.rig import ROOT

SIZE = 2_000_000
WRITE_FOR_EVER = f"""
import itertools, sys
from pathlib import Path
from desktop.core.whole_file import write_whole
for letter in itertools.cycle(b"abc"):
    write_whole(Path(sys.argv[1]), bytes([letter]) * {SIZE})
    print(letter, flush=True)
"""


@pytest.mark.parametrize("written", range(12))
def test_a_kill_at_any_moment_leaves_a_whole_file(tmp_path: Path, written: int) -> None:
    path = tmp_path / "file"
    command = [sys.executable, "-c", WRITE_FOR_EVER, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        for _ in range(written + 1):
            writer.stdout.readline()
        time.sleep(written * 0.0007)  # the moment of the kill, somewhere in a write of some ms
        writer.kill()
    content = path.read_bytes()
    assert len(content) == SIZE
    assert len(set(content)) == 1


def test_what_a_killed_program_left_beside_it_goes(tmp_path: Path) -> None:
    (tmp_path / "file.part").write_bytes(b"half of it")
    (tmp_path / "file.part").chmod(0o666)
    write_whole(tmp_path / "file", b"whole", private=True)
    (file,) = tmp_path.iterdir()
    assert file.read_bytes() == b"whole"
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_somebody_reads_for_a_moment_is_written_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, refusals = Path.replace, iter([PermissionError(), PermissionError()])

    def refused(self: Path, target: Path) -> Path:
        for refusal in refusals:
            raise refusal
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    write_whole(tmp_path / "file", b"whole")
    assert (tmp_path / "file").read_bytes() == b"whole"


def test_a_file_that_stays_refused_is_told_after_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    def refused(self: Path, target: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refused)
    monkeypatch.setattr("desktop.core.whole_file.time.sleep", pauses.append)
    with pytest.raises(PermissionError):
        write_whole(tmp_path / "file", b"whole")
    assert pauses == [0.05] * 19
    assert not list(tmp_path.iterdir())


def test_all_is_on_the_disk_before_the_old_file_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As far as can be seen without pulling the plug."""
    file, synced = tmp_path / "file", list[tuple[bytes, bytes]]()
    file.write_bytes(b"old")

    def note(_: int) -> None:
        synced.append((file.with_name("file.part").read_bytes(), file.read_bytes()))

    monkeypatch.setattr("desktop.core.whole_file.os.fsync", note)
    write_whole(file, b"new")
    assert synced == [(b"new", b"old")]


@pytest.mark.skipif(os.name != "posix", reason="a mode of POSIX")
@pytest.mark.parametrize(("private", "mode"), [(True, 0o600), (False, 0o664)])
def test_who_may_read_a_file_is_said_by_the_umask_unless_it_is_private(
    tmp_path: Path, private: bool, mode: int
) -> None:
    before = os.umask(0o002)
    try:
        write_whole(tmp_path / "private", b"", private=private)
        write_whole(tmp_path / "usual", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "private").stat().st_mode & 0o777 == mode
    assert (tmp_path / "usual").stat().st_mode & 0o777 == 0o664


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("desktop.core.whole_file.os.fsync", full)
    with pytest.raises(OSError, match="disk full"):
        write_whole(tmp_path / "file", b"new")
    (file,) = tmp_path.iterdir()
    assert file.read_bytes() == b"old"
