"""Make each mistake in a copy of the checkout, and see whether the module's tests fail.

    python -m tools.mutants [MODULE ...]    all modules of modules.toml, or these

At least 90 % must be found in each module, and every other one must be explained there.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .mistakes import Mistake, mistakes

ROOT = Path(__file__).parents[2]
MODULES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("modules.toml").read_text(encoding="utf-8")
)
WANTED = 0.9
PATIENCE, PATIENCE_S = 4, 20
"""A mistake may hang: tests have failed that take so many times as long as without it, and this."""
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
        began = time.monotonic()
        if not _pass(copy(), tests, None):
            sys.exit(f"{name}: its tests fail without any mistake")
        limit_s = PATIENCE * (time.monotonic() - began) + PATIENCE_S

        def survives(mistake: Mistake) -> bool:
            place = copy()
            module = place / name
            kept = module.read_bytes()
            module.write_text(mistake.source, encoding="utf-8")
            try:
                return _pass(place, tests, limit_s)
            finally:
                module.write_bytes(kept)

        survivors = [
            m.name for m, lives in zip(made, pool.map(survives, made), strict=True) if lives
        ]
    found = len(made) - len(survivors)
    print(f"{name}: {found} of {len(made)} mistakes found, {found / len(made):.1%}", flush=True)
    unexplained = [survivor for survivor in survivors if survivor not in explained]
    idle = [one for one in explained if one not in survivors]
    for line in [f"  no test fails for   {one}" for one in unexplained] + [
        f"  explained for nothing   {one}" for one in idle
    ]:
        print(line, flush=True)
    return found >= WANTED * len(made) and not unexplained and not idle


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


def _pass(place: Path, tests: list[str], limit_s: float | None) -> bool:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
    ]
    tried = subprocess.Popen(
        [*command, *tests],
        cwd=place,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return tried.wait(limit_s) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if tried.poll() is None:
            os.killpg(tried.pid, signal.SIGKILL)
            tried.wait()


if __name__ == "__main__":
    main()
