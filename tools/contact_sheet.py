"""Put the window's states side by side: a row for each state, a column for each look.

    python -m tools.contact_sheet SCREENSHOTS [TARGET]

SCREENSHOTS is what `tools.screenshots` has filled.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

TARGET = Path(__file__).parents[1] / "docs" / "pictures" / "states.jpg"
USUAL = "1280x800"
COLUMNS = (  # a look, and the size of the window
    *((look, USUAL) for look in ("light", "dark", "german", "mirrored", "twice", "contrast")),
    *(("light", size) for size in ("900x600", "1920x1080")),
)
TOURS = ("first", "photos", "save", "settings", "amazon")
THUMB, GAP, HEAD = (240, 150), 8, 24
GROUND, INK, DIM = "#d8d9de", "#1d1f24", "#55585f"
MOST_BYTES = 2_000_000
_LOOKS = "|".join({look for look, _ in COLUMNS})
NAME = re.compile(rf"(?P<state>.+)-(?P<look>{_LOOKS})(?:-(?P<size>\d+x\d+))?")
"""What is no window of its own but a dialog or a menu has no size in its name."""


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
        (match["state"], (match["look"], match["size"] or USUAL)): path
        for path in folder.glob("*.png")
        if (match := NAME.fullmatch(path.stem))
    }
    if not found:
        raise LookupError(f"no screenshots in {folder}: make screenshots")
    states = sorted({state for state, _ in found}, key=_place)
    columns = [each for each in COLUMNS if any(each == column for _, column in found)]
    width, height = THUMB[0] + GAP, THUMB[1] + GAP + HEAD
    sheet = Image.new("RGB", (width * len(columns) + GAP, height * len(states) + HEAD), GROUND)
    pen = ImageDraw.Draw(sheet)
    names, looks = ImageFont.load_default(15), ImageFont.load_default(11)
    for row, state in enumerate(states):
        top = GAP + row * height
        pen.text((GAP, top), state.replace("-", " "), fill=INK, font=names)
        for column, (look, size) in enumerate(columns):
            if (path := found.get((state, (look, size)))) is None:
                continue
            left = GAP + column * width
            said = look if size == USUAL else size.replace("x", " x ")
            pen.text((left + THUMB[0], top + 4), said, fill=DIM, font=looks, anchor="ra")
            with Image.open(path) as picture:
                small = picture.convert("RGB")
                small.thumbnail(THUMB, Image.Resampling.LANCZOS)
                sheet.paste(small, (left, top + HEAD - 2))
    return sheet


def _place(state: str) -> tuple[int, str]:
    """In the order in which a person comes upon them."""
    tour = state.split("-", maxsplit=1)[0]
    return TOURS.index(tour) if tour in TOURS else len(TOURS), state


def save_small(sheet: Image.Image, target: Path) -> None:
    """Save a sheet as a JPEG of at most 2 MB, as good as that allows."""
    for quality in range(85, 15, -5):
        sheet.save(target, quality=quality, optimize=True)
        if target.stat().st_size <= MOST_BYTES:
            return


if __name__ == "__main__":
    main()
