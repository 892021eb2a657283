"""Measure what the program takes, each figure beside a peer or a floor in the same run.

    python -m tools.bench [--short] [--json FILE] [prepare labelling amazon keywords …]
    python -m tools.bench compare BEFORE.json AFTER.json
    python -m tools.bench reference        # keeps the ratios of a short run, for any machine
    python -m tools.bench speed            # a short run beside these, as CI does it

Ends with 1 where a bar is missed, or where AFTER is clearly worse than BEFORE; `speed` asks for no
bar, as these are for a quiet machine, and only says what is clearly worse than the reference.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from .figures import (
    WORSE_ELSEWHERE,
    Figure,
    compare,
    ratios_of,
    read_ratios,
    write_figures,
    write_ratios,
)

PARTS = ("prepare", "labelling", "library", "window", "keywords", "start", "amazon")
REFERENCE = Path(__file__).with_name("reference.json")
"""The ratios of a short run on a quiet machine."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    match sys.argv[1:2]:
        case ["compare"]:
            parser.add_argument("compare", help=argparse.SUPPRESS)
            parser.add_argument("before", type=Path)
            parser.add_argument("after", type=Path)
            files = parser.parse_args()
            sys.exit(bool(compare(read_ratios(files.before), read_ratios(files.after))))
        case ["reference"]:
            write_ratios(REFERENCE, _measure(PARTS, is_short=True))
        case ["speed"]:
            now = ratios_of(_measure(PARTS, is_short=True))
            sys.exit(bool(compare(read_ratios(REFERENCE), now, WORSE_ELSEWHERE)))
        case _:
            _bench(parser)


def _bench(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART")
    parser.add_argument("--short", action="store_true", help="fewer turns, the main figures only")
    parser.add_argument("--json", type=Path, help="keep the figures here")
    arguments = parser.parse_args()
    figures = _measure(arguments.parts or PARTS, is_short=arguments.short)
    if arguments.json:
        write_figures(arguments.json, figures)
    sys.exit(not all(figure.is_met for figure in figures))


def _measure(parts: Sequence[str], *, is_short: bool) -> list[Figure]:
    figures: list[Figure] = []
    for part in parts:
        print(f"{part}:", flush=True)
        for figure in import_module(f"tools.bench.{part}").measure(is_short=is_short):
            print(f"  {figure}", flush=True)
            figures.append(figure)
    return figures


if __name__ == "__main__":
    main()
