"""Measure what the program takes, each figure beside a peer or a floor in the same run.

    python -m tools.bench [--short] [--json FILE] [prepare labelling amazon keywords …]
    python -m tools.bench compare BEFORE.json AFTER.json

Ends with 1 where a bar is missed, or where AFTER is clearly worse than BEFORE.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

from .figures import Figure, compare, read_figures, write_figures

PARTS = ("prepare", "labelling", "library", "keywords", "start", "amazon")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    if sys.argv[1:2] == ["compare"]:
        parser.add_argument("compare", help=argparse.SUPPRESS)
        parser.add_argument("before", type=Path)
        parser.add_argument("after", type=Path)
        files = parser.parse_args()
        after = [*read_figures(files.after).values()]
        sys.exit(bool(compare(read_figures(files.before), after)))
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART")
    parser.add_argument("--short", action="store_true", help="fewer turns, the main figures only")
    parser.add_argument("--json", type=Path, help="keep the figures here")
    arguments = parser.parse_args()
    figures: list[Figure] = []
    for part in arguments.parts or PARTS:
        print(f"{part}:", flush=True)
        for figure in import_module(f"tools.bench.{part}").measure(is_short=arguments.short):
            print(f"  {figure}", flush=True)
            figures.append(figure)
    if arguments.json:
        write_figures(arguments.json, figures)
    sys.exit(not all(figure.is_met for figure in figures))


if __name__ == "__main__":
    main()
