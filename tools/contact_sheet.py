"""Put the window's states side by side: a row for each state, a column for each look.

    python -m tools.contact_sheet SCREENSHOTS [TARGET]

SCREENSHOTS is what `tools.screenshots` has filled; of it are taken the windows of 1280 x 800.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from PIL import Image, ImageDraw

TARGET = Path(__file__).parents[1] / "docs" / "pictures" / "states.jpg"
LOOKS = ("light", "dark", "german", "mirrored", "twice")
THUMB, GAP, HEAD = (256, 160), 8, 16
MOST_BYTES = 400_000
NAME = re.compile(rf"(?P<state>.+)-(?P<look>{'|'.join(LOOKS)})-1280x800")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("target", type=Path, nargs="?", default=TARGET)
    arguments = parser.parse_args()
    save_small(make_sheet(arguments.folder), arguments.target)


def make_sheet(folder: Path) -> Image.Image:
    """The pictures of a folder on one sheet. Raises LookupError when there is none."""
    found = {
        (match["state"], match["look"]): path
        for path in folder.glob("*.png")
        if (match := NAME.fullmatch(path.stem))
    }
    if not found:
        raise LookupError(f"no screenshots in {folder}: make screenshots")
    states = sorted({state for state, _ in found})
    looks = [look for look in LOOKS if any(look == each for _, each in found)]
    width, height = THUMB[0] + GAP, THUMB[1] + GAP + HEAD
    sheet = Image.new("RGB", (width * len(looks) + GAP, height * len(states) + GAP), "#d8d9de")
    pen = ImageDraw.Draw(sheet)
    for row, state in enumerate(states):
        for column, look in enumerate(looks):
            if (path := found.get((state, look))) is not None:
                place = (GAP + column * width, GAP + row * height)
                pen.text(place, f"{state}, {look}", fill="#1d1f24")
                with Image.open(path) as picture:
                    small = picture.convert("RGB").resize(THUMB, Image.Resampling.LANCZOS)
                    sheet.paste(small, (place[0], place[1] + HEAD))
    return sheet


def save_small(sheet: Image.Image, target: Path) -> None:
    """Save a sheet as a JPEG of at most 400 kB, as good as that allows."""
    for quality in range(85, 20, -5):
        sheet.save(target, quality=quality, optimize=True)
        if target.stat().st_size <= MOST_BYTES:
            return


if __name__ == "__main__":
    main()
