"""Keep the translations with the texts of the window.

    python -m tools.translations update    take new texts into the .ts files, drop old ones
    python -m tools.translations build     make the .qm files that are missing or out of date
    python -m tools.translations check     name what is missing, old or not translated yet

A person translates in the .ts files, with Qt Linguist (`pyside6-linguist`) or an editor.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
UI = ROOT / "desktop" / "ui"
TRANSLATIONS = UI / "translations"
PLURALS_ONLY = "en"
"""The language the texts are written in: only what has a number in it needs a second form."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("act", choices=("update", "build", "check"))
    act = parser.parse_args().act
    if act == "update":
        for ts in ts_files():
            update(ts)
    elif act == "build":
        build()
    elif found := [line for ts in ts_files() for line in faults(ts)]:
        sys.exit("\n".join(found))


def ts_files() -> list[Path]:
    return sorted(TRANSLATIONS.glob("tagdrop_*.ts"))


def update(ts: Path) -> None:
    """Let lupdate read every text of the window into the file."""
    language = ts.stem.rpartition("_")[2]
    plurals = ["-pluralonly"] if language == PLURALS_ONLY else []
    sources = sorted(str(path.relative_to(UI)) for path in UI.rglob("*.py"))
    options = ["-silent", "-no-obsolete", "-locations", "none", *plurals]
    languages = ["-source-language", "en", "-target-language", language]
    _run("lupdate", *options, *sources, "-ts", str(ts), *languages)


def build() -> None:
    """Make each .qm that is older than its .ts."""
    for ts in ts_files():
        qm = ts.with_suffix(".qm")
        if not qm.is_file() or qm.stat().st_mtime_ns < ts.stat().st_mtime_ns:
            _run("lrelease", "-silent", str(ts), "-qm", str(qm))


def faults(ts: Path) -> list[str]:
    """What keeps this file from being complete, a line for each text."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / ts.name
        shutil.copy(ts, fresh)
        update(fresh)
        kept, wanted = set(texts(ts)), set(texts(fresh))
        undone = list(unfinished(fresh))
    name = ts.name
    return [
        *(f"{name}: not in the window any more: {text}" for text in sorted(kept - wanted)),
        *(f"{name}: not in the file yet: {text}" for text in sorted(wanted - kept)),
        *(f"{name}: not translated: {text}" for text in undone if text in kept),
    ]


def texts(ts: Path) -> Iterator[str]:
    """Every text of the file, behind its context."""
    for context, message in _messages(ts):
        yield f"{context}: {message.findtext('source')}"


def unfinished(ts: Path) -> Iterator[str]:
    """The texts of the file without a finished translation."""
    for context, message in _messages(ts):
        translation = message.find("translation")
        forms = [] if translation is None else translation.findall("numerusform") or [translation]
        is_done = forms and all((form.text or "").strip() for form in forms)
        if not is_done or (translation is not None and translation.get("type")):
            yield f"{context}: {message.findtext('source')}"


def _messages(ts: Path) -> Iterator[tuple[str, ET.Element]]:
    for context in ET.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name", ""), message


def _run(tool: str, *arguments: str) -> None:
    program = Path(sys.executable).parent / f"pyside6-{tool}"
    done = subprocess.run(
        [program, *arguments], cwd=UI, capture_output=True, text=True, check=False
    )
    if done.returncode or "error" in done.stderr.lower():
        sys.exit(f"{tool} failed: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
