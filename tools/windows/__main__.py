"""Build and prove the Windows program on Debian, under Wine; as root.

    python -m tools.windows package         the program, its installer, and the proof of both
    python -m tools.windows test [PATH…]    the unit and ui tests, by Windows' Python

On Windows itself the same is `python -m tools.package` and `python -m tools.windows.proof`, and
pytest. What is made lies in dist/, and what it is made with stays in build/windows.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tools.package.__main__ import write_checksums
from tools.timed import timed

from .downloads import ROOT
from .wine import Windows, say, windows

DIST = ROOT / "dist"
PICTURES = ROOT / "build" / "windows" / "pictures"
TESTED = ("tests/unit", "tests/ui")
PATIENCE = "--timeout=600"
"""Seconds for a test: Wine takes several times as long as Windows."""
NOTHING_WRONG = (0, 5)
"""pytest's exit codes where nothing failed, and where a file has no test for Windows."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("act", choices=("package", "test"))
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="PATH")
    args = parser.parse_args()
    began = time.monotonic()
    with windows() as wine:
        wine.take_sources()
        code = package(wine) if args.act == "package" else test(wine, args.rest or [*TESTED])
    print(f"{(time.monotonic() - began) / 60:.1f} minutes")
    sys.exit(code)


def package(wine: Windows) -> int:
    """Make the program and its installer, and use them; the files go to dist/."""
    compiler = {"ISCC": r"C:\innosetup\package\bin\ISCC.exe"}
    shutil.rmtree(wine.c / "tagdrop" / "dist", ignore_errors=True)
    if wine.python("-m", "tools.package", env=compiler):
        say("Once more: under Wine, a process was seen to vanish in the middle.")
        if code := wine.python("-m", "tools.package", env=compiler):
            return code
    with timed("the proof"):
        code = wine.python("-m", "tools.windows.proof")
    DIST.mkdir(exist_ok=True)
    for made in (wine.c / "tagdrop" / "dist").glob("tagdrop-*"):
        shutil.copy(made, DIST / made.name)
    shutil.copytree(wine.c / "tagdrop" / "build" / "proof", PICTURES, dirs_exist_ok=True)
    write_checksums()
    return code


def test(wine: Windows, paths: list[str]) -> int:
    """Run these tests; 0 if each passes, or fails as it is explained.

    Each file by a Python of its own: one that crashes takes no other's tests along.
    """
    if code := wine.python("-c", "from tools.translations import build; build()"):
        return code
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        codes = {file: pool.submit(test_file, wine, file) for file in files(paths)}
    broken = [file for file, code in codes.items() if code.result() not in NOTHING_WRONG]
    print("\n".join(["Not as expected:", *broken] if broken else ["As expected."]))
    return len(broken) > 0


def test_file(wine: Windows, file: str) -> int:
    """Run the tests of a file, and tell what pytest says; its exit code."""
    said: list[str] = []
    options = ("-q", "-p", "tools.windows.explained", "-p", "no:cacheprovider", PATIENCE)
    code = wine.python("-m", "pytest", *options, file, tell=said.append)
    say(f"{file}: {code}", *said, sep="\n")
    return code


def files(paths: list[str]) -> Iterator[str]:
    """The files of tests below these paths; a single test as it is."""
    for path in paths:
        below = sorted((ROOT / path).rglob("test_*.py"))
        yield from (file.relative_to(ROOT).as_posix() for file in below)
        if not below:
            yield path


if __name__ == "__main__":
    main()
