"""Files that a person names one by one: which of them are photos, and what the others are."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ..photo.discover import is_named_as_photo
from .kinds import is_companion, look, may_hold_photo
from .other_programs import is_hidden_name
from .passed_over import PassedOver


def is_photo(path: Path) -> bool:
    """Whether a file is one by its name, or by its content where its name says nothing."""
    if is_named_as_photo(path.name):
        return True
    try:
        return may_hold_photo(path.name) and look(path) == ""
    except OSError:
        return False


def is_other_file(path: Path) -> bool:
    """Whether a file is no photo, neither by its name nor by its content: a letter, say.

    False for what cannot be read: why is told when it is labelled.
    """
    if is_named_as_photo(path.name) and not is_hidden_name(path.name):
        return False
    try:
        return path.is_file() and look(path) != ""
    except (OSError, ValueError):
        return False


def count_other_file(path: Path, dropped: Collection[Path], passed_over: PassedOver) -> None:
    """Count a file that was dropped and is no photo, unless it belongs to one of the others."""
    try:
        kind = look(path)
    except (OSError, ValueError):
        kind = None
    if kind:
        passed_over.kinds[kind] += 1
    elif not is_companion(path.name, (p.name for p in dropped if is_named_as_photo(p.name))):
        passed_over.not_photos += 1
