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
LGPL = Path(__file__).parents[2] / "packaging" / "licences" / "LGPL-3.0.txt"
MODELS = Path(__file__).parents[2] / "desktop" / "backends" / "models"


def gather_licences(work: Path, target: Path) -> None:
    """Fill `target` with a folder per part and an INDEX.txt. `work` holds PyInstaller's .toc files.

    Raises LookupError when a part has no licence to be found: then it must not be passed on.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    files = [Path(source) for _, source, *_ in _entries(work / "COLLECT-00.toc") if source]
    modules = [Path(source) for _, source, *_ in _entries(work / "PYZ-00.toc") if source]
    lines = []
    for package in sorted(_packages([*files, *modules]), key=lambda p: p.name.lower()):
        lines.append(_keep_package(package, target))
    lines.append(_keep_python(target))
    lines.append(_keep("pyinstaller-bootloader", _texts(metadata.distribution("pyinstaller")), target))
    lines += [_keep(name, [path], target) for name, path in _system_packages(files)]
    lines.append(_keep("on-device-model", [p for p in MODELS.iterdir() if LICENCE.search(p.name)], target))
    head = "What is in this program besides Tagdrop itself, and under which licence:\n\n"
    (target / "INDEX.txt").write_text(head + "".join(f"{line}\n" for line in lines), "utf-8")


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
    about = package.metadata
    texts = _texts(package)
    named = about.get("License-Expression") or about.get("License") or ""
    if "\n" in named or not named:
        kinds = [c.split(" :: ")[-1] for c in about.get_all("Classifier") or () if "License" in c]
        named = ", ".join(kinds) or named.partition("\n")[0]
    name = f"{package.name} {package.version}"
    if not texts and not named:
        raise LookupError(f"{name} has no licence")
    return _keep(package.name, texts, target, f"{name}: {named or 'see its folder'}")


def _texts(package: metadata.Distribution) -> list[Path]:
    files = [
        file
        for file in package.files or ()
        if len(file.parts) <= 3 and file.suffix not in (".py", ".pyc", ".pyi", ".so")
        if LICENCE.search(file.name) or "licenses" in file.parts
    ]
    texts = [Path(str(package.locate_file(file))) for file in files]
    if "LGPL" in str(package.metadata.get("License-Expression") or package.metadata.get("License")):
        texts.append(LGPL)  # Qt's packages name their licence and bring no text of it
    return texts


def _keep_python(target: Path) -> str:
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if not text.is_file():  # Debian keeps it elsewhere
        text = Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright")
    name = f"Python {sys.version.split()[0]}: PSF-2.0"
    return _keep("python", [text], target, name)


def _system_packages(files: Iterable[Path]) -> list[tuple[str, Path]]:
    """Debian's packages that gave libraries, and their copyright files."""
    inside = (Path(sys.prefix), Path(sys.base_prefix), Path(__file__).parents[2])
    outside = [f for f in files if f.is_absolute() and not any(map(f.is_relative_to, inside))]
    if not outside or not shutil.which("dpkg-query"):
        return []
    names = sorted({str(form) for file in outside for form in (file, file.resolve())})
    told = subprocess.run(
        ["dpkg-query", "--search", *names], capture_output=True, text=True, check=False
    ).stdout
    packages = sorted({line.partition(":")[0] for line in told.splitlines()})
    return [(name, Path(f"/usr/share/doc/{name}/copyright")) for name in packages]


def _keep(name: str, texts: Iterable[Path], target: Path, line: str = "") -> str:
    folder = target / name
    for text in texts:
        if text.is_file():
            folder.mkdir(exist_ok=True)
            shutil.copyfile(text, folder / text.name)
    return line or f"{name}: see its folder"
