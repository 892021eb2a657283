"""The checkout keeps its word: packages are pinned, nothing leads elsewhere."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.rig import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted(ROOT.glob("requirements*.lock"))
# Split, so that this file passes its own test.
REGISTRIES = re.compile(
    "|".join(
        re.escape(host + "." + ending)
        for host, ending in [
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("proxy.golang", "org"),
            ("crates", "io"),
            ("deb.debian", "org"),
            ("conda.anaconda", "org"),
        ]
    )
    + "|--(extra-)?"
    + "index-url|--find"
    + "-links"
)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60
    )


def committed_files() -> list[Path]:
    """What git keeps; without git (a bare machine) everything that is not made here."""
    try:
        listed = run("git", "-c", "safe.directory=*", "ls-files", "-z")
    except FileNotFoundError:
        listed = None
    if listed and listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\0") if (ROOT / name).is_file()]
    made_here = re.compile(r"^\.(venv|git|[a-z_]+_cache)|__pycache__$|^(build|dist)$|\.egg-info$")
    return [
        file
        for file in ROOT.rglob("*")
        if file.is_file()
        and not any(made_here.search(part) for part in file.relative_to(ROOT).parts)
    ]


def test_no_committed_file_names_a_registry() -> None:
    files = committed_files()
    assert ROOT / "pyproject.toml" in files
    guilty = [
        f"{file.relative_to(ROOT)}: {found.group()}"
        for file in files
        if (found := REGISTRIES.search(file.read_bytes().decode("utf-8", "ignore")))
    ]
    assert guilty == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_pins_every_package_with_hashes(lock: Path) -> None:
    entries = [each for each in re.split(r"\n(?=\S)", lock.read_text()) if each.strip()]
    loose = [
        entry.splitlines()[0]
        for entry in entries
        if not re.match(r"[a-z0-9-]+==\S+", entry) or "--hash=sha256:" not in entry
    ]
    assert entries
    assert loose == []


def pinned(lock: str) -> set[str]:
    return set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / lock).read_text(), re.MULTILINE))


def test_the_program_runs_with_the_very_packages_it_is_tested_with() -> None:
    assert pinned("requirements.lock") < pinned("requirements-dev.lock")


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["dependency-groups"]["dev"]),
        ("requirements-checkov.lock", PROJECT["dependency-groups"]["checkov"]),
    ],
)
def test_a_lock_holds_all_that_pyproject_asks_for(lock: str, requirements: list[object]) -> None:
    names = [
        re.split(r"[<>=~!\[; ]", text, maxsplit=1)[0].lower().replace("_", "-")
        for text in requirements
        if isinstance(text, str)
    ]
    locked = {each.partition("==")[0] for each in pinned(lock)}
    assert [name for name in names if name not in locked] == []


def test_qt_stays_below_the_version_that_aborts_on_python_3_11() -> None:
    versions = [each for each in pinned("requirements.lock") if each.startswith("pyside6")]
    assert versions
    assert all(re.match(r"pyside6-essentials==6\.11\.\d+$", each) for each in versions)


def test_the_licence_is_the_gpl_from_version_3_on() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "GNU GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007" in text
    assert PROJECT["project"]["license"] == "GPL-3.0-or-later"


def test_a_pull_request_is_checked_with_every_python_that_bootstrap_takes() -> None:
    checks = (ROOT / ".github" / "workflows" / "checks.yml").read_text(encoding="utf-8")
    tried = [
        re.findall(r"3\.\d+", versions) for versions in re.findall(r"python: \[(.*)\]", checks)
    ]
    said = (ROOT / "tools" / "bootstrap").read_text(encoding="utf-8")
    needed = re.findall(r"3\.\d+", re.findall(r"Tagdrop needs Python (.*?),? and none", said)[0])
    assert needed == ["3.11", "3.12", "3.13"]
    assert tried == [needed, needed]


def test_a_program_that_a_test_starts_can_be_interrupted() -> None:
    how = "import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
    assert run(sys.executable, "-c", how).stdout == "True\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
def test_so_it_can_where_the_tests_run_in_the_background() -> None:
    """There, after `make test &`, a shell has them ignore SIGINT, and with them what they start."""
    one = f"{Path(__file__)}::{test_a_program_that_a_test_starts_can_be_interrupted.__name__}"
    tests = (sys.executable, "-m", "pytest", "-q", one)
    done = run("sh", "-c", 'trap "" INT; exec "$@"', "sh", *tests)
    assert done.returncode == 0, done.stdout
