"""`python -m tools.model`: fetch the packages, then build the model in a venv of its own."""

import argparse
import os
import subprocess
import sys
import venv
from pathlib import Path

from .fetch import fetch_all

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SAME_SUMS = {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "1"}
"""Let every x86-64 processor since 2013 add in the same order: the same weights come out."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.model", description=__doc__)
    parser.add_argument(
        "--work", type=Path, default=ROOT / "build" / "model", help="scratch folder"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "desktop" / "backends" / "models")
    args = parser.parse_args()
    work, out = args.work.resolve(), args.out.resolve()

    environment = work / "venv"
    python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(environment, with_pip=True, clear=True)
    requirements = str(HERE / "requirements.txt")
    subprocess.run([python, "-m", "pip", "install", "-q", "-r", requirements], check=True)
    fetch_all(work / "packages", python)
    build = [python, "-m", "tools.model.build", str(work / "packages"), str(out)]
    subprocess.run(build, cwd=ROOT, check=True, env={**os.environ, **SAME_SUMS})


if __name__ == "__main__":
    main()
