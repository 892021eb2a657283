"""How names and words are compared: whatever their case, and however their accents are written."""

from __future__ import annotations

import re
import unicodedata


def folded(text: str) -> str:
    """The same for "Übung" and "übung", typed or as macOS writes names: U and two dots.

    SQLite's own LIKE knows no case but that of A to Z.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def as_words(text: str) -> str:
    """The words of a text, folded, each with a space before and behind it; "" where it has none.

    So `" cat" in as_words(text)` says whether a word begins with cat.
    """
    words = re.findall(r"\w+", folded(text))
    return f" {' '.join(words)} " if words else ""
