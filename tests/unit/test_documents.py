"""The documents keep their word: commands run, links lead, quoted words exist, pictures are new."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from itertools import takewhile
from pathlib import Path

import grimp
import pytest

import desktop
from desktop.core.events import State
from desktop.core.library.library import Library
from desktop.core.settings import default_data_dir, library_path
from desktop.recognisers import RECOGNISERS
from tests.rig.documents import DOCUMENTS, ROOT, all_commands, commands, needs_aws, type_in_shell
from tests.rig.processes import until
from tools import core_texts, doc_pictures, translations

GERMAN = translations.TRANSLATIONS / "tagdrop_de.ts"


def kind_of(command: str) -> str:
    """How it is typed here: make's goals are looked at, tests collected, the rest is run."""
    match shlex.split(command):
        case ["make", *_]:
            return "make"
        case [".venv/bin/python", "-m", "pytest", *_]:
            return "pytest"
        case ["tagdrop", "label", *_] | ["tagdrop", "--version"]:
            return "run"
        case ["tagdrop", "save", *_]:
            return "save"
        case ["tagdrop", *_]:
            return "window"
    pytest.fail(f"nobody runs this command of the documents: {command}")


LOCAL = [command for command in all_commands() if not needs_aws(command)]


@pytest.fixture
def pictures(home: Path) -> Path:
    """The reader's own photos."""
    folder = home / "Pictures"
    folder.mkdir()
    shutil.copy(ROOT / "samples" / "chelsea.png", folder)
    return folder


def test_readme_shows_the_two_commands_first() -> None:
    assert commands(ROOT / "README.md")[:2] == ["make run", "make test"]


@pytest.mark.parametrize("command", [each for each in LOCAL if kind_of(each) == "run"])
def test_a_command_runs(command: str, pictures: Path, tmp_path: Path) -> None:
    done = type_in_shell(command, tmp_path)
    assert done.returncode == 0, done.stderr
    if "label" in command:
        written = done.stdout + "".join(file.read_text() for file in tmp_path.glob("*.csv"))
        assert str(pictures / "chelsea.png") in written
        assert "Tabby Cat" in written


def test_the_commands_that_save_run_one_after_the_other(pictures: Path, tmp_path: Path) -> None:
    before = (pictures / "chelsea.png").read_bytes()
    for command in ["tagdrop label ~/Pictures", *(c for c in LOCAL if kind_of(c) == "save")]:
        done = type_in_shell(command, tmp_path)
        assert done.returncode == 0, done.stderr
    assert "Undid: keywords written to 1 photo." in done.stderr
    assert (pictures / "chelsea.png").read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="asks the program to end by a signal")
@pytest.mark.parametrize("command", [each for each in LOCAL if kind_of(each) == "window"])
def test_a_command_opens_the_window(command: str, pictures: Path) -> None:
    words = [os.path.expandvars(word.replace("~", "$HOME", 1)) for word in shlex.split(command)]
    program = subprocess.Popen([sys.executable, "-m", "desktop", *words[1:]], cwd=ROOT)
    expected = [State.DONE] if words[1:] else []
    path = library_path(default_data_dir())

    def is_there() -> bool:
        assert program.poll() is None
        return path.is_file() and states(path) == expected

    try:
        until(is_there, "the window with its photos", pause_s=0.1)
    finally:
        program.send_signal(signal.SIGTERM)
        # An empty window is ready before it listens to signals; the kernel's way to end is one.
        assert program.wait(30) in (0, -signal.SIGTERM)


def states(path: Path) -> list[State]:
    library = Library(path, RECOGNISERS)
    try:
        return [row.state for row in library.files()]
    finally:
        library.close()


@pytest.mark.parametrize("command", [each for each in LOCAL if kind_of(each) == "pytest"])
def test_a_command_finds_its_tests(command: str) -> None:
    words = shlex.split(command)
    words[0] = sys.executable
    done = type_in_shell(shlex.join([*words, "--collect-only", "-q"]), ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


MAKE = [each for each in LOCAL if kind_of(each) == "make"]


def in_sentences(program: str) -> list[str]:
    """What is typed in the middle of a sentence, as `make test`."""
    texts = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    prose = re.sub(r"```.*?```", "", texts, flags=re.DOTALL)
    return sorted(set(re.findall(rf"`({program} [^`]+)`", prose)))


@pytest.mark.parametrize("command", sorted({*MAKE, *in_sentences("make")}))
def test_make_knows_the_goals_and_variables(command: str) -> None:
    """Nothing is run: `make test` would start itself, and the others take minutes."""
    makefile = (ROOT / "Makefile").read_text()
    assert "$(MAKE)" not in makefile  # such lines run even in a dry run
    done = type_in_shell(f"make --dry-run {command.removeprefix('make')}", ROOT)
    assert done.returncode == 0, done.stderr
    for variable in re.findall(r"\b([A-Z]+)=", command):
        assert re.search(rf"\$[({{]+{variable}\b|^export {variable}$", makefile, re.MULTILINE)


@pytest.mark.parametrize("command", in_sentences("(?:tagdrop|python -m)"))
def test_a_command_in_a_sentence_is_known_to_its_program(command: str) -> None:
    """Nothing is done: its help names each option."""
    words = list(takewhile(lambda word: not word.startswith("--"), shlex.split(command)))
    done = type_in_shell(shlex.join([*words, "--help"]), ROOT)
    assert done.returncode == 0, done.stderr
    assert f"usage: {' '.join(words)}" in done.stdout
    for option in re.findall(r"--[a-z-]+", command):
        assert re.search(rf"{option}\b", done.stdout)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r"(?m)^\[[^\]]+\]: (\S+)", text)
    dead = [link for link in links if not link.startswith("https://") and is_dead(document, link)]
    assert dead == []


def is_dead(document: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = document.parent / name if name else document
    if not target.exists():
        return True
    return bool(anchor) and anchor not in anchors(target)


def anchors(document: Path) -> set[str]:
    """The headings as a web page names them."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings}


# What the window says


def pattern(text: str) -> str:
    """A text of ours with its fields and numbers, as a pattern for what is quoted of it."""
    return ".+".join(re.escape(part) for part in re.split(r"\{\w+\}|%L?n", text))


def titles(paths: list[Path]) -> set[str]:
    return {title for path in paths for title in core_texts.error_titles(path.read_text("utf-8"))}


def headings() -> list[str]:
    text = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    return re.findall(r"^### (.+)$", text, re.MULTILINE)


def test_a_message_that_is_explained_exists() -> None:
    known = [pattern(title) for title in titles(core_texts.sources())]
    strange = [each for each in headings() if not any(re.fullmatch(one, each) for one in known)]
    assert strange == []


def test_what_amazons_errors_become_is_explained() -> None:
    folder = ROOT / "desktop" / "aws"
    names = ("errors.py", "denials.py", "unreachable.py")
    wanted = titles([folder / name for name in names])
    assert len(wanted) > 15
    explained = headings()
    assert [t for t in wanted if not any(re.fullmatch(pattern(t), e) for e in explained)] == []


def test_a_button_that_is_named_exists() -> None:
    said = {text.partition(": ")[2] for text in translations.texts(GERMAN)}
    known = "|".join(pattern(text) for text in said)
    named = {
        name
        for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
        for name in re.findall(r"(?<![*\w])\*([^*\n]+)\*(?!\*)", document.read_text("utf-8"))
    }
    words = {"Prepare", "Submit", "poll"}  # of the architecture, not of the window
    folders = {"Tagdrop"}
    assert len(named) > 20
    assert sorted(n for n in named - words - folders if not re.fullmatch(known, n)) == []


# The architecture

CODE = {
    "core": ["desktop.core"],
    "aws": ["desktop.aws"],
    "backends": ["desktop.backends"],
    "ui": ["desktop.ui"],
    "deploy": ["deploy"],
    "lambda": ["backend_lambda"],
    "start": [
        "desktop.app",
        "desktop.cli",
        "desktop.label_command",
        "desktop.output",
        "desktop.recognisers",
        "desktop.save_command",
        "desktop.self_check",
    ],
}


def drawn() -> set[tuple[str, str]]:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    (picture,) = re.findall(r"```mermaid\n(.*?)```", text, re.DOTALL)
    assert set(re.findall(r"\b(\w+)\[", picture)) == set(CODE)
    return set(re.findall(r"(\w+)(?:\[[^\]]*\])? --> (\w+)", picture))


def forbidden() -> set[tuple[str, str]]:
    """The pairs of parts that the import rules name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    part_of = {module: part for part, modules in CODE.items() for module in modules}
    part_of["desktop"] = "everything in desktop"
    pairs = set()
    for rule in project["tool"]["importlinter"]["contracts"]:
        for source in rule["source_modules"]:
            for module in rule["forbidden_modules"]:
                pairs.add((part_of[source], part_of.get(module, module)))
    return pairs


def test_the_architectures_picture_is_what_the_rules_allow() -> None:
    named = forbidden()
    inside = {"core", "aws", "backends", "ui", "start"}
    for source in set(CODE) - {"start"}:  # what starts may use everything
        for target in set(CODE) - {source}:
            refused = (source, target) in named or (
                target in inside and (source, "everything in desktop") in named
            )
            assert refused != ((source, target) in drawn()), (source, target)


def test_the_architectures_picture_is_what_the_code_does() -> None:
    graph = grimp.build_graph("desktop", "deploy", "backend_lambda", cache_dir=None)
    part_of = {module: part for part, modules in CODE.items() for module in modules}

    def parts(module: str) -> Iterator[str]:
        return (p for m, p in part_of.items() if module == m or module.startswith(f"{m}."))

    used = {
        (source, target)
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
        for source in parts(module)
        for target in parts(imported)
        if source != target
    }
    assert used == drawn()


def test_the_windows_folders_are_those_that_the_architecture_lists() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    window = text.partition("## The window\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in window.splitlines() if line.startswith("| `")]
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert listed == {path.parent.name for path in (ROOT / "desktop" / "ui").glob("*/__init__.py")}


def test_the_architecture_names_every_file() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- `([\w/]+)`: (.*?)(?=\n- |\n\n)", text, re.DOTALL | re.MULTILINE)
    named = {
        f"{folder}/{name}.py"
        for folder, files in listed
        for name in re.findall(r"`(\w+)`", files)  # one with an ending is no module, or elsewhere
    }
    assert named == {
        path.relative_to(ROOT).as_posix()
        for part in ("desktop/core", "desktop/aws", "desktop/backends", "deploy")
        for path in (ROOT / part).rglob("*.py")
        if path.name != "__init__.py"
    }


def test_no_two_modules_import_each_other_not_even_by_a_detour() -> None:
    graph = grimp.build_graph("desktop", "deploy", cache_dir=None)
    TopologicalSorter(
        {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    ).prepare()  # raises with the circle, if there is one


def test_no_folder_holds_more_than_15_modules() -> None:
    count = Counter(
        path.parent.relative_to(ROOT).as_posix()
        for part in ("desktop", "deploy")
        for path in (ROOT / part).rglob("*.py")
        if path.name != "__init__.py"
    )
    assert [folder for folder in count if count[folder] > 15] == []


# The pictures


def test_the_pictures_are_as_new_as_the_window_they_show() -> None:
    noted = json.loads(doc_pictures.NOTES.read_text(encoding="utf-8"))
    shown = {name: picture["shows"] for name, picture in noted["pictures"].items()}
    assert set(shown) == {f"{name}.png" for name in doc_pictures.PICTURES}
    assert set(shown) == {path.name for path in doc_pictures.FOLDER.glob("*.png")}
    stale = set(doc_pictures.PICTURES) - set(doc_pictures.fresh(noted))
    assert stale == set(), "the window has changed: make pictures, look at them, commit them"
    assert noted == doc_pictures.notes(shown), "written by hand: make pictures"


def test_only_what_a_source_does_counts_for_the_pictures() -> None:
    source = 'def f(x):\n    """Say it."""\n    return x + 1  # one more\n'
    mark = doc_pictures.fingerprint(source)
    assert doc_pictures.fingerprint('def f(x):\n\n    """Say more."""\n    return x + 1\n') == mark
    assert doc_pictures.fingerprint(source.replace("+ 1", "+ 2")) != mark
    assert doc_pictures.fingerprint('x = "a # b"') != doc_pictures.fingerprint('x = "a # c"')


def test_every_picture_is_shown_and_they_are_small() -> None:
    texts = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    files = list(doc_pictures.FOLDER.iterdir())
    assert [file.name for file in files if file.name not in texts and file.suffix == ".png"] == []
    assert sum(file.stat().st_size for file in files) < 3_000_000


def test_the_citation_names_this_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {desktop.__version__}\n" in citation
