"""What the settings say of keywords, in the terms of the core."""

from __future__ import annotations

from collections.abc import Callable

from desktop.core.save.keywords import Choice
from desktop.core.settings import Settings

from ..words.label_names import names_in, shown_name


def choice_of(settings: Settings) -> Choice:
    """Which labels are written, and how."""
    return Choice(
        min_confidence=settings.keyword_min_confidence,
        confirmed_only=settings.keyword_confirmed_only,
        with_parents=settings.keyword_parents,
        prefix=settings.keyword_prefix,
        most_labels=settings.most_keywords or None,
    )


def names_of(settings: Settings) -> Callable[[str], str]:
    """What gives a label's name in the language that was chosen for keywords."""
    if settings.keyword_language == "system":  # as the window
        return shown_name
    names = names_in(settings.keyword_language)
    return lambda label: names.get(label, label)
