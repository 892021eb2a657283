"""The ways in which the window looks: colours, language, size of a pixel."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.settings import Appearance, Language


@dataclass(frozen=True)
class Look:
    """How the window looks; `language` None is one from right to left, in letters only.

    `contrast` is a theme of tools/high_contrast.py.
    """

    appearance: Appearance = "light"
    language: Language | None = "en"
    scale: str = "1"
    contrast: str = ""


LOOKS = {
    "light": Look(),
    "dark": Look("dark"),
    "german": Look(language="de"),
    "mirrored": Look(language=None),
    "twice": Look(scale="2"),
    "contrast": Look("dark", contrast="night sky"),
}
