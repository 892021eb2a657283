"""A language for looking only: every text of the window in Hebrew letters, from right to left.

No one can read it, but it is as long as the English, and Qt lays the window out as it would for
Arabic or Hebrew. `python -m tools.screenshots` and the tests of the layout use it.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QTranslator

_LETTERS = {
    ord(latin): chr(0x05D0 + place % 27) for place, latin in enumerate("abcdefghijklmnopqrstuvwxyz")
}
_KEPT = re.compile(r"(\{\w*\}|%L?[n\d]|&\w)")
"""Fields stay; so does the letter of a key, which a menu underlines."""


class Mirrored(QTranslator):
    """Translates whatever it is asked."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """The text in other letters; and that the language runs from right to left."""
        if source == "QT_LAYOUT_DIRECTION":
            return "RTL"
        if "MMM" in source:  # how a date is written is no text
            return source
        parts = _KEPT.split(source)
        return "".join(
            part if place % 2 else part.lower().translate(_LETTERS)
            for place, part in enumerate(parts)
        )

    def isEmpty(self) -> bool:
        """Never, or Qt would not ask."""
        return False


def speak_mirrored(application: QCoreApplication) -> None:
    """Speak it from now on; `desktop.ui.words.languages.speak` ends it."""
    application.installTranslator(Mirrored(application))
