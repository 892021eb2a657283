"""Take the pictures of the documents anew, and note which sources of the window each shows.

    python -m tools.doc_pictures          (make pictures)

`docs/pictures/shown.json` keeps a fingerprint of each source as it was when the pictures were
taken, so that a test can tell that the window has changed since, without git and without a screen.
Comments, docstrings and white space do not count. Only what is older than its sources is taken; a
picture that looks the same stays the file it is. For all of them anew, delete shown.json.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import tokenize
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
NOTES = FOLDER / "shown.json"
PICTURES = {  # in the documents -> as tools.screenshots names it
    "window": "first-05-panel-light-1280x800",
    "empty": "first-01-empty-light-900x600",
    "labelling": "first-03-labelling-light-900x600",
    "viewer": "first-07-viewer-light-900x600",
    "corrected": "first-06-corrected-light-900x600",
    "several": "first-09-several-light-900x600",
    "cost": "first-11-sheet-light-900x600",
    "failed": "first-13-failed-light-900x600",
    "amazon-start": "amazon-01-start-720-light",
    "amazon-sign-in": "amazon-02-sign-in-720-light",
    "amazon-other-ways": "amazon-05-other-ways-720-light",
    "amazon-account": "amazon-07-account-720-light",
    "amazon-progress": "amazon-09-progress-720-light",
    "amazon-ready": "amazon-10-ready-720-light",
    "amazon-connected": "amazon-11-connected-720-light",
    "amazon-doctor": "amazon-12-doctor-720-light",
    "amazon-removal": "amazon-16-removal-720-light",
    "amazon-removed": "amazon-17-removed-720-light",
}
COLOURS = 256


def main() -> None:
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    before = json.loads(NOTES.read_text(encoding="utf-8")) if NOTES.is_file() else {}
    shown = {f"{n}.png": before["pictures"][f"{n}.png"]["shows"] for n in fresh(before)}
    old = {name: taken for name, taken in PICTURES.items() if f"{name}.png" not in shown}
    if old:
        shown |= _take(old)
    NOTES.write_text(json.dumps(notes(shown), indent=1) + "\n", encoding="utf-8")
    for stranger in set(FOLDER.glob("*.png")) - {FOLDER / name for name in shown}:
        stranger.unlink()


def fresh(noted: dict[str, Any]) -> list[str]:
    """The names of the pictures that are as new as the window they show."""
    pictures, sources = noted.get("pictures", {}), noted.get("sources", {})
    changed = {name for name, mark in sources.items() if fingerprint(source(name)) != mark}
    return [
        name
        for name in PICTURES
        if (note := pictures.get(f"{name}.png"))
        and (FOLDER / f"{name}.png").is_file()
        and digest(FOLDER / f"{name}.png") == note["sha256"]
        and changed.isdisjoint(note["shows"])
    ]


def _take(pictures: dict[str, str]) -> dict[str, list[str]]:
    """Take these pictures; which sources each of them shows."""
    shown = {}
    with tempfile.TemporaryDirectory(prefix="tagdrop-pictures-") as folder:
        command = [sys.executable, "-m", "tools.screenshots", folder, "--look", "light", "--only"]
        for tour in sorted({taken.split("-")[0] for taken in pictures.values()}):
            subprocess.run([*command, tour], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        for name, taken in pictures.items():
            with Image.open(Path(folder) / f"{taken}.png") as picture:
                _keep(picture.convert("RGB"), FOLDER / f"{name}.png")
                shown[f"{name}.png"] = str(picture.info["shows"]).split()
    return shown


def notes(shown: dict[str, list[str]]) -> dict[str, object]:
    """What `shown.json` holds of these pictures: each one's digest and sources, as they are now."""
    sources = {module for modules in shown.values() for module in modules}
    return {
        "sources": {name: fingerprint(source(name)) for name in sorted(sources)},
        "pictures": {
            name: {"sha256": digest(FOLDER / name), "shows": modules}
            for name, modules in sorted(shown.items())
        },
    }


def digest(picture: Path) -> str:
    """The SHA-256 of a picture's file."""
    return hashlib.sha256(picture.read_bytes()).hexdigest()


def source(module: str) -> str:
    """The text of a module; empty where there is none any more."""
    path = ROOT / (module.replace(".", "/") + ".py")
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def fingerprint(text: str) -> str:
    """A digest of what a source does, whatever it says about it; the same in every Python."""
    lines = text.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            end = node.end_lineno or node.lineno
            lines[node.lineno - 1 : end] = [""] * (end - node.lineno + 1)
    return hashlib.sha256("".join("".join(lines).split()).encode()).hexdigest()[:16]


def _keep(picture: Image.Image, path: Path) -> None:
    """Write a picture small, unless the file shows the very same."""
    small = picture.quantize(COLOURS, kmeans=2)
    if path.is_file():
        with Image.open(path) as before:
            same_size = before.size == small.size
            if same_size and not ImageChops.difference(*map(_rgb, (before, small))).getbbox():
                return
    small.save(path, optimize=True)
    print(path.relative_to(ROOT))


def _rgb(picture: Image.Image) -> Image.Image:
    return picture.convert("RGB")


if __name__ == "__main__":
    main()
