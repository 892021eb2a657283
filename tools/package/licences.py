"""Gathers the licence of everything that really is inside the built program.

PyInstaller's own lists say which files went in and where each came from: a Python package, Python
itself or a library of this system.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

LICENCE = re.compile(r"(?i)licen[cs]e|copying|notice|copyright|authors")
ROOT = Path(__file__).parents[2]
LGPL = ROOT / "packaging" / "licences" / "LGPL-3.0.txt"
LOCK = ROOT / "requirements.lock"
MODELS = ROOT / "desktop" / "backends" / "models"
ICONS = ROOT / "desktop" / "ui" / "look" / "svg" / "LICENSE-lucide.txt"
SEARCH = ROOT / "desktop" / "core" / "search"


def gather_licences(work: Path, target: Path) -> None:
    """Fill `target` with a folder per part and INDEX.tsv: name, version, licence, folder.

    `work` holds PyInstaller's .toc files.

    Raises LookupError when a part has no licence to be found, or is none of the packages that the
    program is pinned to: then it must not be passed on.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    files = [Path(source) for _, source, *_ in _entries(work / "COLLECT-00.toc") if source]
    modules = [Path(source) for _, source, *_ in _entries(work / "PYZ-00.toc") if source]
    packages = sorted(_packages([*files, *modules]), key=lambda package: package.name.lower())
    pinned = pinned_names()
    strange = [each.name for each in packages if plain(each.name) not in pinned]
    if strange:
        raise LookupError(f"only the tests need {', '.join(strange)}: exclude it in the spec")
    lines = [_keep_package(package, target) for package in packages]
    lines.append(_keep_python(target))
    starter = _texts(metadata.distribution("pyinstaller"))
    lines.append(_keep("PyInstaller's starter", "GPL-2.0 with an exception", starter, target))
    for name, path in _system_packages(files):
        lines.append(_keep(name, "of this system's Debian packages", [path], target))
    model = [path for path in MODELS.iterdir() if LICENCE.search(path.name)]
    lines.append(_keep("Lucide", "ISC, MIT", [ICONS], target))
    lines.append(_keep("on-device model", "see its NOTICE", model, target))
    words = [path for path in SEARCH.iterdir() if LICENCE.search(path.name)]
    lines.append(_keep("search words", "see their NOTICE", words, target))
    (target / "INDEX.tsv").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def pinned_names() -> set[str]:
    """The packages that the program is pinned to."""
    return set(re.findall(r"^([a-z0-9-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE))


def _entries(toc: Path) -> Iterator[tuple[Any, ...]]:
    """The (name, source, kind) of a .toc file, however deep it keeps them."""
    found = ast.literal_eval(toc.read_text(encoding="utf-8"))
    waiting = [found]
    while waiting:
        for each in waiting.pop():
            if isinstance(each, tuple) and len(each) == 3 and isinstance(each[0], str):
                if isinstance(each[1], str):
                    yield each
            elif isinstance(each, (list, tuple)):
                waiting.append(each)


def _packages(sources: Iterable[Path]) -> list[metadata.Distribution]:
    """The installed packages that these files belong to."""
    owner = {
        Path(str(dist.locate_file(file))).resolve(): dist
        for dist in metadata.distributions()
        for file in dist.files or ()
    }
    found = {dist.name: dist for path in sources if (dist := owner.get(path.resolve()))}
    found.pop("tagdrop", None)
    found.pop("pyinstaller", None)  # of it only the bootloader is inside
    found.pop("pyinstaller-hooks-contrib", None)
    return [*found.values()]


def _keep_package(package: metadata.Distribution, target: Path) -> str:
    texts = _texts(package)
    named = _named(package)
    if "\n" in named or not named:
        classifiers = package.metadata.get_all("Classifier") or ()
        kinds = [each.split(" :: ")[-1] for each in classifiers if "License" in each]
        named = ", ".join(kinds) or named.partition("\n")[0]
    if not texts and not named:
        raise LookupError(f"{package.name} has no licence")
    return _keep(package.name, named, texts, target, package.version)


def _named(package: metadata.Distribution) -> str:
    """What a package calls its licence."""
    about = package.metadata
    return next(iter(about.get_all("License-Expression") or about.get_all("License") or ()), "")


def _texts(package: metadata.Distribution) -> list[Path]:
    files = [
        file
        for file in package.files or ()
        if len(file.parts) <= 3 and file.suffix not in (".py", ".pyc", ".pyi", ".so")
        if LICENCE.search(file.name) or "licenses" in file.parts
    ]
    texts = [Path(str(package.locate_file(file))) for file in files]
    if "LGPL" in _named(package):
        texts.append(LGPL)  # Qt's packages name their licence and bring no text of it
    return texts


def _keep_python(target: Path) -> str:
    places = (
        Path(sysconfig.get_path("stdlib"), "LICENSE.txt"),
        Path(sys.base_prefix, "LICENSE.txt"),  # on Windows
        Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright"),  # Debian's
    )
    texts = [place for place in places if place.is_file()][:1]
    if not texts:
        raise LookupError("Python has no licence")
    return _keep("Python", "PSF-2.0", texts, target, sys.version.split()[0])


def _system_packages(files: Iterable[Path]) -> list[tuple[str, Path]]:
    """Debian's packages that gave libraries, and their copyright files."""
    inside = (Path(sys.prefix), Path(sys.base_prefix), ROOT)
    outside = [f for f in files if f.is_absolute() and not any(map(f.is_relative_to, inside))]
    if not outside or not shutil.which("dpkg-query"):
        return []
    names = sorted({str(form) for file in outside for form in (file, file.resolve())})
    told = subprocess.run(
        ["dpkg-query", "--search", *names], capture_output=True, text=True, check=False
    ).stdout
    packages = sorted({line.partition(":")[0] for line in told.splitlines()})
    return [(name, Path(f"/usr/share/doc/{name}/copyright")) for name in packages]


def plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _keep(name: str, licence: str, texts: Iterable[Path], target: Path, version: str = "") -> str:
    """Copy the texts into a folder of that name; its line of the index, as AboutPage reads it."""
    folder = target / name
    for text in texts:
        if text.is_file():
            folder.mkdir(exist_ok=True)
            shutil.copyfile(text, folder / text.name)
    return "\t".join((name, version, licence, folder.name if folder.is_dir() else ""))
