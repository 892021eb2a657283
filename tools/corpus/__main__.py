"""Read a folder of pictures by Tagdrop and its peers, and say where they differ.

    python -m tools.corpus FOLDER [--results build/corpus.jsonl] [--again tagdrop] [--jobs 2]
    python -m tools.corpus --compare BEFORE.jsonl AFTER.jsonl

The peers are Pillow and rawpy, and the commands of ImageMagick, libvips, libheif, dcraw and
exiftool where they are installed. A run that was stopped goes on; `--again` reads once more with
the readers named, as after a change of Tagdrop. A reader that crashes or takes over a minute loses
that file only.
"""

from __future__ import annotations

import argparse
import warnings
from pathlib import Path

from . import facts
from .peers import readers
from .report import compare, report
from .results import load
from .run import run


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tools.corpus",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--results", type=Path, default=Path("build/corpus.jsonl"))
    parser.add_argument("--again", nargs="*", default=[], metavar="READER")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", type=int, default=10, help="paths of each kind of finding")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("BEFORE", "AFTER"))
    args = parser.parse_args()
    warnings.filterwarnings("ignore", module=r"PIL\b")  # a file's kind is told by its tags
    if args.compare:
        before, after = (list(load(file).values()) for file in args.compare)
        lines = compare(before, after, args.show)
    elif args.folder is None or not args.folder.is_dir():
        parser.error("which folder? make corpus DIR=folder")
    else:
        results = run(args.folder, args.results, jobs=args.jobs, again=args.again)
        with readers() as peers:
            missing = [peer.name for peer in peers.values() if not peer.is_installed]
        if not facts.is_installed():
            missing.append("exiftool")
        lines = report(results, dict.fromkeys(missing), args.show)
    for line in lines:
        print(line)


if __name__ == "__main__":
    main()
