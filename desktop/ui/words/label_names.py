"""Label names in the person's language: shown and found; the stored key stays English."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType

_NONE: MappingProxyType[str, str] = MappingProxyType({})
_shown = _stored = _NONE


def use_language(language: str) -> None:
    """Show labels in this language ("de") from now on; without a table they stay English."""
    global _shown, _stored  # noqa: PLW0603 - as Qt's own translators, it is one for the process
    table = names_in(language)
    _shown = table
    _stored = MappingProxyType({name.casefold(): label for label, name in table.items()})


def shown_name(label: str) -> str:
    """The label as it is shown; one that no table knows (a person's own, say) is shown as it is."""
    return _shown.get(label, label)


def other_names(label: str) -> tuple[str, ...]:
    """What a search finds the label by, besides its key."""
    name = _shown.get(label, label)
    return () if name == label else (name,)


def stored_name(typed: str) -> str:
    """The key of a label typed by its shown name; anything else stays as it was typed."""
    return _stored.get(typed.casefold(), typed)


@cache
def names_in(language: str) -> MappingProxyType[str, str]:
    """Label to name in that language; empty for a language without a table."""
    table = Path(__file__).parents[1] / "translations" / f"labels_{language}.tsv"
    if not table.is_file():
        return _NONE
    lines = table.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines)
    return MappingProxyType({label: name for label, _, name in pairs})
