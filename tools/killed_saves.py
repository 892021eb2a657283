"""Kill `tagdrop save` at random moments: is every photo whole, and does undo bring all back?

    python -m tools.killed_saves [--photos 500] [--kills 50] [--seed 1]

Each second time the undo of a whole save is killed. Ends with 1 at the first photo that is neither
as before nor as it was to be, or that does not come back byte for byte.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.rig.killed_save import KilledSave


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=500)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    halfway = 0
    with tempfile.TemporaryDirectory() as folder:
        trial = KilledSave(Path(folder), args.photos, args.seed)
        for number, (old, new) in enumerate(trial.kill(args.kills), start=1):
            halfway += bool(old and new)
            print(f"{number:3}: {old} old, {new} new; all restored", flush=True)
    print(f"{args.kills} kills, {halfway} of them amid the files: every photo whole, all restored")


if __name__ == "__main__":
    main()
