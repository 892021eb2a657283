"""Measure the packaged program: what it weighs, and how soon the first label is there.

    python -m tools.bench_package

Needs the archive that `make package` made, and looks at its window through tests/rig/eye.py. It
fails when a bar is missed. `tools/bench/start.py` measures the way to the window.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from desktop import __version__
from tests.rig.person import person_at
from tools.package.build import EYE, ROOT, build_folder

DIST = ROOT / "dist"
BARE = ROOT / "build" / "bare"
LIMIT_S = 60

Bar = tuple[str, float, str, float]


def main() -> None:
    (archive,) = DIST.glob(f"tagdrop-{__version__}-linux-*.tar.xz")
    seeing = build_folder()
    bars = [*weigh(archive), first_label(archive, seeing)]
    for name, value, unit, most in bars:
        verdict = "ok" if value <= most else "MISSED"
        print(f"{name:44}{value:10.2f} {unit:3} (at most {most:.1f})  {verdict}")
    sys.exit(any(value > most for _, value, _, most in bars))


def weigh(archive: Path) -> Iterator[Bar]:
    """The archive and the folder, and what fills that."""
    folder = DIST / "tagdrop"
    parts: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            inside = path.relative_to(folder).parts
            part = inside[1] if len(inside) > 2 else "Python's and the system's libraries"
            parts[part.removesuffix(".libs")] += path.stat().st_size
    print("What fills the folder, in MB:")
    for part, size in parts.most_common(14):
        print(f"  {size / 1e6:7.1f}  {part}")
    yield "archive", archive.stat().st_size / 1e6, "MB", 130
    yield "folder", parts.total() / 1e6, "MB", 330


def has_label(thing: Mapping[str, Any]) -> bool:
    """Whether it is a photo with its label and the confidence of it, as a screen reader says it."""
    name, _, label = str(thing.get("said", "")).partition(", ")
    return thing.get("view") == "Photos" and bool(name) and bool(re.search(r"\d\d", label))


def first_label(archive: Path, seeing: Path) -> Bar:
    """A new person's way, from the unpacked archive; one click, no question."""
    with tempfile.TemporaryDirectory(prefix="tagdrop-bench-") as folder:
        top = Path(folder)
        subprocess.run(["tar", "-xf", archive, "-C", top], check=True)
        (program,) = top.glob("tagdrop-*")
        shutil.copy(seeing / EYE, program)
        (top / "home").mkdir()

        def start_eye(display: str, data_dir: Path) -> subprocess.Popen[str]:
            return subprocess.Popen(
                [program / EYE, data_dir],
                env={"HOME": str(top / "home"), "DISPLAY": display, "PATH": ""},
                cwd=top,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )

        begin = time.monotonic()
        with person_at(top / "home" / "data", start_eye=start_eye) as person:
            person.click(person.see("Try it with sample photos"))
            person.until(lambda: any(map(has_label, person.look())), "the first label")
            seconds = time.monotonic() - begin
            assert person.clicks == 1
    return "unpacked archive to the first label", seconds, "s", 10


if __name__ == "__main__":
    main()
