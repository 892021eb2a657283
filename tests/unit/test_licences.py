"""The packaged program passes on the licence of its Python, wherever that keeps it."""

from __future__ import annotations

import json
import sysconfig
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop import __version__
from tools.package import licences
from tools.package.bom import NAME, write_bom
from tools.package.licences import gather_licences


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """PyInstaller's lists of a program with nothing in it, made by a Python in `python`."""
    for name in ("COLLECT-00.toc", "PYZ-00.toc"):
        (tmp_path / name).write_text("([],)")
    python = tmp_path / "python"
    (python / "Lib").mkdir(parents=True)
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(python / "Lib"))
    version = SimpleNamespace(major=3, minor=99)
    its_sys = SimpleNamespace(
        prefix=str(tmp_path), base_prefix=str(python), version="3.99.0 (main)", version_info=version
    )
    monkeypatch.setattr(licences, "sys", its_sys)
    return tmp_path


@pytest.mark.parametrize("place", ["Lib", "."])
def test_pythons_licence_is_found_among_its_modules_or_beside_them(work: Path, place: str) -> None:
    (work / "python" / place / "LICENSE.txt").write_text("Python's")
    gather_licences(work, work / "licences")
    assert (work / "licences" / "Python" / "LICENSE.txt").read_text() == "Python's"
    index = (work / "licences" / "INDEX.tsv").read_text().splitlines()
    assert "Python\t3.99.0\tPSF-2.0\tPython" in index


def test_no_program_is_made_without_pythons_licence(work: Path) -> None:
    with pytest.raises(LookupError, match="Python has no licence"):
        gather_licences(work, work / "licences")


def test_a_scanner_is_told_of_the_packages_and_of_all_else(tmp_path: Path) -> None:
    index = "Pillow\t13.0.0\tMIT-CMU\tPillow\nlibffi8\t\tof this system\tlibffi8\nrawpy\t0.25\t\t\n"
    (tmp_path / "INDEX.tsv").write_text(index)
    write_bom(tmp_path)
    bom = json.loads((tmp_path / NAME).read_text())
    assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.6")
    assert bom["metadata"]["component"]["version"] == __version__
    pillow, libffi, rawpy = bom["components"]
    assert pillow == {
        "type": "library",
        "name": "Pillow",
        "version": "13.0.0",
        "licenses": [{"license": {"name": "MIT-CMU"}}],
        "purl": "pkg:pypi/pillow@13.0.0",
    }
    assert libffi == {
        "type": "library",
        "name": "libffi8",
        "licenses": [{"license": {"name": "of this system"}}],
    }
    assert "licenses" not in rawpy
