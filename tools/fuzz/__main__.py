"""Read many damaged photos as the program does, and look for one that does it harm.

    python -m tools.fuzz [--inputs 100000] [--run 1] [--folder build/fuzz]

They are read by a process that is started anew after an input that it did not survive. What came
of each is a line in the folder; stopped, it goes on there the next time. An input fails that ended
or stopped the process, took over 10 s or 600 MB (the process and its children), or raised anything
but a reason; it is kept in the folder. Ends with 1 where one failed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.core.isolation.decoding import unsafe
from tests.rig import ROOT

from .inputs import damaged
from .reading import MISTAKE, PICTURE

LOST = unsafe().title
LIMIT_S = 10.0
LIMIT_MB = 600
ENDED, HUNG = "it ended", "it hung"
BAD = (MISTAKE, ENDED, HUNG)
HUNG_AFTER_S = 60.0
NICE = 19
READER = (sys.executable, "-m", "tools.fuzz.reading")

Result = dict[str, Any]


def fuzz(inputs: int, run: int, folder: Path) -> list[Result]:
    """Read so many inputs, but those whose results are in the folder; the results of all."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"run {run}.jsonl"
    results = _read_log(log)
    with log.open("a", encoding="utf-8") as kept:
        while len(results) < inputs:
            for result in _read_some(run, len(results), inputs - len(results)):
                if is_bad(result):
                    _keep(result, run, folder)
                kept.write(json.dumps(result) + "\n")
                kept.flush()
                results.append(result)
    return results[:inputs]


def is_bad(result: Result) -> bool:
    """Whether this must not have come of an input."""
    return result["came"] in BAD or result["s"] > LIMIT_S or result["mb"] > LIMIT_MB


def table(results: list[Result]) -> str:
    """What came of the inputs, a line for each seed's format."""
    by_format: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_format[Path(result["seed"]).suffix.lower()].append(result)
    heads = ("inputs", "pictures", "reasons", "lost", "failed", "most s", "most MB")
    lines = [f"{'':6}" + "".join(f"{head:>9}" for head in heads)]
    for name, each in [*sorted(by_format.items()), ("all", results)]:
        came = Counter(result["came"] for result in each)
        lost, failed = came[LOST], sum(map(is_bad, each))
        reasons = len(each) - sum(came[what] for what in (PICTURE, LOST, *BAD))
        most_s, most_mb = (max(result[what] for result in each) for what in ("s", "mb"))
        numbers = (len(each), came[PICTURE], reasons, lost, failed, most_s, most_mb)
        lines.append(f"{name:6}" + "".join(f"{number:9}" for number in numbers))
    return "\n".join(lines)


def _read_log(log: Path) -> list[Result]:
    if not log.exists():
        return []
    lines = log.read_text("utf-8").splitlines(keepends=True)
    whole = [line for line in lines if line.endswith("\n")]
    log.write_text("".join(whole), "utf-8")  # the last one may be cut off
    return [json.loads(line) for line in whole]


def _read_some(run: int, first: int, count: int) -> Iterator[Result]:
    """The results of inputs up to one that the process does not survive, which is one, too."""
    command = [*READER, *map(str, (run, first, count))]
    number = first
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while True:
            watch = threading.Timer(HUNG_AFTER_S, process.kill)
            watch.start()
            line = process.stdout.readline()
            hung = not watch.is_alive()
            watch.cancel()
            if not line.endswith("\n"):
                break
            yield json.loads(line)
            number += 1
    if number < first + count:
        name, _ = damaged(number, run)
        how = {"s": HUNG_AFTER_S if hung else 0.0, "mb": 0, "why": str(process.returncode)}
        yield {"number": number, "seed": name, "came": HUNG if hung else ENDED, **how}


def _keep(result: Result, run: int, folder: Path) -> None:
    name, data = damaged(result["number"], run)
    stem = f"{run}-{result['number']}"
    (folder / f"{stem}{Path(name).suffix}").write_bytes(data)
    (folder / f"{stem}.json").write_text(json.dumps(result, indent=1), "utf-8")
    print(f"{stem} of {name}: {result['came']} {result['s']} s {result['mb']} MB {result['why']}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--run", type=int, default=1, help="another number makes other inputs")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "fuzz")
    arguments = parser.parse_args()
    if hasattr(os, "nice"):
        os.nice(NICE)
    results = fuzz(arguments.inputs, arguments.run, arguments.folder)
    print(table(results))
    failed = sum(map(is_bad, results))
    print(f"{'FAILED' if failed else 'ok'}: {failed} of {len(results)} inputs failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
