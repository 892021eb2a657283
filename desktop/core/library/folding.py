"""How names and words are compared: whatever their case, and however their accents are written."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """The same for "Übung" and "übung", typed or as macOS writes names: U and two dots.

    SQLite's own LIKE knows no case but that of A to Z.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
