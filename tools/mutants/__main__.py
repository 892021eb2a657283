"""Make each mistake in a copy of the checkout, and see whether the module's tests fail.

    python -m tools.mutants [MODULE ...]    all modules of modules.toml, or these

At least 90 % must be found in each module, and every other one must be explained there. The tests
run first without a mistake, to see which lines each of them runs; a mistake is then shown to those
that run its lines, or may do so in another process, the quickest first, until one fails.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .mistakes import Mistake, mistakes
from .trial import ROOT, Seen, passes, watch

MODULES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("modules.toml").read_text(encoding="utf-8")
)
WANTED = 0.9
_LEFT_BEHIND = (".git", ".venv*", "build", "dist", "*_cache", "__pycache__", "*.egg-info")


def main() -> None:
    chosen = sys.argv[1:] or list(MODULES)
    if unknown := [name for name in chosen if name not in MODULES]:
        sys.exit(f"modules.toml says no tests for: {', '.join(unknown)}")
    tried = [try_module(name) for name in chosen]
    if not all(tried):
        sys.exit(1)


def try_module(name: str) -> bool:
    """Try all mistakes of a module; whether enough are found and the others explained."""
    tests, explained = MODULES[name]["tests"], MODULES[name].get("survivors", {})
    made = list(mistakes((ROOT / name).read_text(encoding="utf-8")))
    with ThreadPoolExecutor(os.cpu_count()) as pool, _copies(pool) as copy:
        seen = watch(copy(), name, tests)
        if seen is None:
            sys.exit(f"{name}: its tests fail without any mistake")
        if not any(each.lines for each in seen):
            sys.exit(f"{name}: its tests run nothing of it")

        def survives(mistake: Mistake) -> bool:
            chosen = _who_may_find(mistake, seen)
            return not chosen or _passes_with(mistake, copy(), name, chosen)

        survivors = []
        for mistake, lives in zip(made, pool.map(survives, made), strict=True):
            if lives:
                survivors.append(mistake.name)
                if mistake.name not in explained:
                    print(f"{name}: no test fails for   {mistake.name}", flush=True)
    found = len(made) - len(survivors)
    idle = [one for one in explained if one not in survivors]
    for one in idle:
        print(f"{name}: explained for nothing   {one}")
    print(f"{name}: {found} of {len(made)} mistakes found, {found / len(made):.1%}", flush=True)
    return found >= WANTED * len(made) and not idle and explained.keys() >= set(survivors)


def _who_may_find(mistake: Mistake, seen: list[Seen]) -> list[Seen]:
    """The tests that may meet it: first those that certainly do, the quickest of them."""
    surely = [each for each in seen if mistake.lines & each.lines]
    perhaps = [each for each in seen if (mistake.is_wide or each.is_away) and each not in surely]
    return [each for some in (surely, perhaps) for each in sorted(some, key=lambda e: e.seconds)]


def _passes_with(mistake: Mistake, place: Path, name: str, chosen: list[Seen]) -> bool:
    module = place / name
    kept, times = module.read_bytes(), module.stat()
    module.write_text(mistake.source, encoding="utf-8")
    try:
        return passes(place, chosen)
    finally:
        module.write_bytes(kept)
        os.utime(module, ns=(times.st_atime_ns, times.st_mtime_ns))  # as it was compiled


@contextmanager
def _copies(pool: ThreadPoolExecutor) -> Iterator[Any]:
    """A function that gives each thread a copy of the checkout for its own."""
    own = threading.local()
    with tempfile.TemporaryDirectory(prefix="tagdrop-mutants-") as folder:

        def copy() -> Path:
            if not hasattr(own, "place"):
                own.place = Path(folder) / str(threading.get_ident())
                shutil.copytree(ROOT, own.place, ignore=shutil.ignore_patterns(*_LEFT_BEHIND))
            place: Path = own.place
            return place

        yield copy
        pool.shutdown()


if __name__ == "__main__":
    main()
