"""Take pictures of the window in every state, from the real program: for looking at.

    python -m tools.screenshots OUTDIR [--only WORD] [--look NAME] [--size 1280x800]

Each look is a program of its own, and each tour has a window and a data folder of its own, which is
deleted afterwards. Without a screen it starts an Xvfb for itself.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.core.settings import Settings, change_settings
from desktop.ui.look.appearance import apply_appearance, wear
from desktop.ui.look.theme import contrast_colours
from desktop.ui.words.languages import speak
from tools.high_contrast import THEMES, system_palette
from tools.mirrored import speak_mirrored
from tools.screen import own_screen

from . import amazon, collection, dialogs, first, saving
from .looks import LOOKS
from .session import SIZES, Session

TOURS: dict[str, Callable[[Session], object]] = {
    "first": first.tour,
    "photos": collection.tour,
    "settings": dialogs.tour,
    "save": saving.tour,
    "amazon": amazon.tour,
}
"""By the beginning of their pictures' names."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--only", default="", help="take only pictures whose name holds this")
    parser.add_argument("--look", choices=LOOKS, help="take only this look")
    parser.add_argument("--size", choices=SIZES, help="take windows only as large as this")
    arguments = parser.parse_args()
    arguments.outdir.mkdir(parents=True, exist_ok=True)
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        with own_screen("3900x2300") as display:
            _run_again({"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"})
    elif "amazon" in _tours(arguments.only) and "AWS_ENDPOINT_URL" not in os.environ:
        with amazon.standing_in_for_it() as env:
            _run_again(env)
    elif arguments.look and "QT_SCALE_FACTOR" in os.environ:
        sizes = [arguments.size] if arguments.size else SIZES
        _take(arguments.outdir, arguments.only, arguments.look, sizes)
    else:
        for name in [arguments.look] if arguments.look else LOOKS:
            _run_again({"QT_SCALE_FACTOR": LOOKS[name].scale}, "--look", name)


def _tours(only: str) -> list[str]:
    """Those of which there may be pictures with this in their names."""
    one = only.split("-", maxsplit=1)[0]
    return [one] if one in TOURS else list(TOURS)


def _run_again(env: dict[str, str], *more: str) -> None:
    command = [sys.executable, "-m", "tools.screenshots", *sys.argv[1:], *more]
    subprocess.run(command, check=True, env={**os.environ, **env})


def _take(outdir: Path, only: str, name: str, sizes: Sequence[str]) -> None:
    look = LOOKS[name]
    application = QApplication(["tagdrop"])
    apply_appearance(look.appearance)
    if look.contrast:
        wear(application, contrast_colours(system_palette(*THEMES[look.contrast])))
    speak(application, look.language or "en")
    if look.language is None:
        speak_mirrored(application)
    settings = Settings(appearance=look.appearance, language=look.language or "en")
    for tour in _tours(only):
        with tempfile.TemporaryDirectory(prefix="tagdrop-pictures-") as folder:
            data = Path(folder)
            change_settings(data, lambda _: settings)  # else a set-up's would be the usual ones
            session = Session(
                application, outdir, only, name, sizes=sizes, folder=data, settings=settings
            )
            try:
                TOURS[tour](session)
            finally:
                session.close()


if __name__ == "__main__":
    main()
