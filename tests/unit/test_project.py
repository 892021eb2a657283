"""The checkout keeps its word: README's commands exist, packages are pinned."""

import re
import shlex
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
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


def commands(document: str) -> list[str]:
    """Every command in the document's `sh` blocks, without comments."""
    text = (ROOT / document).read_text(encoding="utf-8")
    lines = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)).replace("\\\n", " ")
    typed = [shlex.join(shlex.split(line, comments=True)) for line in lines.splitlines()]
    return [line for line in typed if line]


def typed_in_documents() -> list[str]:
    return sorted({line for name in ("README.md", "CONTRIBUTING.md") for line in commands(name)})


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60
    )


@cache
def help_of(*arguments: str) -> str:
    result = run(sys.executable, "-m", *arguments, "--help")
    assert result.returncode == 0, result.stderr
    return result.stdout


def subcommand_of(words: list[str], module: str) -> tuple[str, ...]:
    """The longest chain of words that the program knows as sub-commands: `aws setup`, say."""
    chain: tuple[str, ...] = (module,)
    for word in words:
        if not re.fullmatch("[a-z]+", word) or (ROOT / word).exists():
            break
        assert re.search(rf"\b{word}\b", help_of(*chain)), f"{word} is no command of {chain}"
        chain += (word,)
    return chain


def test_readme_shows_the_two_commands_first() -> None:
    assert commands("README.md")[:2] == ["make run", "make test"]


@pytest.mark.parametrize("command", typed_in_documents())
def test_a_command_of_the_documents_can_be_typed(command: str) -> None:
    words = shlex.split(command)
    match words:
        case ["make", *goals]:
            # Lines with $(MAKE) run even in a dry run: the tests would start themselves.
            assert "$(MAKE)" not in (ROOT / "Makefile").read_text()
            result = run("make", "--dry-run", *goals)
            assert result.returncode == 0, result.stderr
        case ["tagdrop", *rest]:
            check_options("desktop", rest)
        case ["python" | ".venv/bin/python", "-m", "deploy", *rest]:
            check_options("deploy", rest)
        case [".venv/bin/python", "-m", "pytest", path, *_]:
            assert (ROOT / path).exists()
        case _:
            pytest.fail(f"nobody checks this command of the documents: {command}")


def check_options(module: str, words: list[str]) -> None:
    chain = subcommand_of(words, module)
    text = help_of(*chain)
    for word in words:
        if word.startswith("--"):
            assert re.search(rf"{re.escape(word.partition('=')[0])}\b", text), f"{word} in {chain}"


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
