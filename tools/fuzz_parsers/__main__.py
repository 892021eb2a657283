"""Give every parser of what is no photo many damaged inputs: a result or a reason, nothing else.

    python -m tools.fuzz_parsers [--inputs 20000] [--run 1] [--only settings]

Input N of a run is always the same. An input fails that raises anything but a reason, or takes over
10 s. Ends with 1 where one failed.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from desktop.core.errors import AppError

from .parsers import PARSERS

LIMIT_S = 10.0


@dataclass(slots=True)
class Came:
    """What came of the inputs of a parser."""

    results: int = 0
    reasons: int = 0
    most_s: float = 0.0
    mistakes: list[str] = field(default_factory=list)


def fuzz(name: str, inputs: int, run: int) -> Came:
    """Give the parser so many inputs; each mistake with the input's number."""
    came, parser = Came(), PARSERS[name]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(inputs):
            made = parser.make(random.Random(f"{run} {name} {number}"))
            began = time.monotonic()
            try:
                parser.read(made, Path(folder))
                came.results += 1
            except AppError:
                came.reasons += 1
            except Exception:  # noqa: BLE001 - that is what is looked for
                came.mistakes.append(f"input {number}: {made!r:.200}\n{traceback.format_exc()}")
            took_s = time.monotonic() - began
            came.most_s = max(came.most_s, took_s)
            if took_s > LIMIT_S:
                came.mistakes.append(f"input {number} took {took_s:.0f} s")
    return came


def table(came: dict[str, Came]) -> str:
    """A line for each parser."""
    lines = [
        f"{'':16}" + "".join(f"{head:>9}" for head in ("results", "reasons", "failed", "most s"))
    ]
    for name, each in came.items():
        numbers = (each.results, each.reasons, len(each.mistakes), round(each.most_s, 1))
        lines.append(f"{name:16}" + "".join(f"{number:9}" for number in numbers))
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--run", type=int, default=1, help="another number makes other inputs")
    parser.add_argument("--only", choices=PARSERS, metavar="PARSER")
    arguments = parser.parse_args()
    logging.disable()  # each damaged file is told there
    names = [arguments.only] if arguments.only else list(PARSERS)
    came = {name: fuzz(name, arguments.inputs, arguments.run) for name in names}
    for name, each in came.items():
        for mistake in each.mistakes[:5]:
            print(f"{name}, {mistake}")
    print(table(came))
    return int(any(each.mistakes for each in came.values()))


if __name__ == "__main__":
    sys.exit(main())
