"""A file is written whole or not at all, and nothing is left beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.core.whole_file import write_whole


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
