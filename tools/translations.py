"""Keep the translations with the texts of the window.

    python -m tools.translations update    take new texts into the .ts files, drop old ones; begin
                                           the file of a language that has none
    python -m tools.translations check     name what is missing, old, not translated yet, or what no
                                           translator would ever see

A person translates in the .ts files, with Qt Linguist (`pyside6-linguist`) or an editor. Texts of
the parts without Qt are found by `core_texts.py` and stand in the context "Core".
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from desktop.ui.words.languages import OWN_NAMES, TRANSLATIONS

from . import check_strings, core_texts

ROOT = Path(__file__).parents[1]
UI = ROOT / "desktop" / "ui"
PLURALS_ONLY = "en"
"""The language the texts are written in: only what has a number in it needs a second form."""
_FIELD = re.compile(r"\{\w+\}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("act", choices=("update", "check"))
    act = parser.parse_args().act
    if act == "update":
        for language in OWN_NAMES:
            update(TRANSLATIONS / f"tagdrop_{language}.ts")
    elif found := [*check_strings.all_faults(), *chain.from_iterable(map(faults, ts_files()))]:
        sys.exit("\n".join(found))


def ts_files() -> list[Path]:
    return sorted(TRANSLATIONS.glob("tagdrop_*.ts"))


def update(ts: Path) -> None:
    """Let lupdate read every text that the window may show into the file."""
    language = ts.stem.rpartition("_")[2]
    plurals = ["-pluralonly"] if language == PLURALS_ONLY else []
    sources = sorted(str(path.relative_to(UI)) for path in UI.rglob("*.py"))
    options = ["-silent", "-no-obsolete", "-locations", "none", *plurals]
    languages = ["-source-language", "en", "-target-language", language]
    with tempfile.TemporaryDirectory() as folder:
        core = Path(folder) / "core.py"
        core.write_text(_for_lupdate(), encoding="utf-8")
        _run("lupdate", *options, *sources, str(core), "-ts", str(ts), *languages)


def _for_lupdate() -> str:
    """The texts of the parts without Qt in the one form that lupdate knows."""
    found = (core_texts.literal_texts(path.read_text("utf-8")) for path in core_texts.sources())
    texts = dict.fromkeys(chain.from_iterable(found))
    quoted = (json.dumps(text, ensure_ascii=False) for text in texts)
    return "".join(
        f'QCoreApplication.translate("{core_texts.CONTEXT}", {text})\n' for text in quoted
    )


def build() -> None:
    """Make each .qm that is older than its .ts."""
    for ts in ts_files():
        qm = ts.with_suffix(".qm")
        if not qm.is_file() or qm.stat().st_mtime_ns < ts.stat().st_mtime_ns:
            release(ts, qm)


def release(ts: Path, qm: Path) -> None:
    """Make the form of a .ts file that the program reads."""
    _run("lrelease", "-silent", str(ts), "-qm", str(qm))


def faults(ts: Path) -> list[str]:
    """What keeps this file from being complete, a line for each text."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / ts.name
        shutil.copy(ts, fresh)
        update(fresh)
        kept, wanted = set(texts(ts)), set(texts(fresh))
        undone = list(unfinished(fresh))
        other = list(with_other_fields(fresh))
    name = ts.name
    return [
        *(f"{name}: not in the window any more: {text}" for text in sorted(kept - wanted)),
        *(f"{name}: not in the file yet: {text}" for text in sorted(wanted - kept)),
        *(f"{name}: not translated: {text}" for text in undone if text in kept),
        *(f"{name}: its fields are not those of the text: {text}" for text in other),
    ]


def texts(ts: Path) -> Iterator[str]:
    """Every text of the file, behind its context."""
    for context, message in _messages(ts):
        yield f"{context}: {message.findtext('source')}"


def unfinished(ts: Path) -> Iterator[str]:
    """The texts of the file without a finished translation."""
    for context, message in _messages(ts):
        translation = message.find("translation")
        forms = _forms(message)
        is_done = forms and all(form.strip() for form in forms)
        if not is_done or (translation is not None and translation.get("type")):
            yield f"{context}: {message.findtext('source')}"


def with_other_fields(ts: Path) -> Iterator[str]:
    """The texts of the file whose translation has other {fields}, which nobody would fill in."""
    for context, message in _messages(ts):
        source = message.findtext("source", "")
        wanted = set(_FIELD.findall(source))
        if any(form and set(_FIELD.findall(form)) != wanted for form in _forms(message)):
            yield f"{context}: {source}"


def _forms(message: ET.Element) -> list[str]:
    translation = message.find("translation")
    if translation is None:
        return []
    return [form.text or "" for form in translation.findall("numerusform") or [translation]]


def _messages(ts: Path) -> Iterator[tuple[str, ET.Element]]:
    for context in ET.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name", ""), message


def _run(tool: str, *arguments: str) -> None:
    # What the command pyside6-{tool} does: that lies beside Python in a virtual environment alone.
    call = f"from PySide6.scripts.pyside_tool import {tool}; {tool}()"
    done = subprocess.run(
        [sys.executable, "-c", call, *arguments],
        cwd=UI,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or "error" in done.stderr.lower():
        sys.exit(f"{tool} failed: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
