"""Label names in the person's language: shown and found; the stored key stays English."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType

_NONE: MappingProxyType[str, str] = MappingProxyType({})
_shown = _stored = _NONE
_language = "en"
_FOLDER = Path(__file__).parents[1] / "translations"


def use_language(code: str) -> None:
    """Show labels in this language ("de") from now on; without a table they stay English."""
    global _language, _shown, _stored  # noqa: PLW0603 - as Qt's own translators, it is one for the process
    table = names_in(code)
    _language = code
    _shown = table
    _stored = MappingProxyType({name.casefold(): label for label, name in table.items()})


def shown_name(label: str) -> str:
    """The label as it is shown; one that no table knows (a person's own, say) is shown as it is."""
    return _shown.get(label, label)


def other_names(label: str) -> tuple[str, ...]:
    """What a search finds the label by, besides its key: its names in every language."""
    return tuple(table[label] for table in _tables() if table.get(label, label) != label)


def language() -> str:
    """The language that labels are shown in."""
    return _language


def stored_name(typed: str) -> str:
    """The key of a label typed by its shown name; anything else stays as it was typed."""
    return _stored.get(typed.casefold(), typed)


@cache
def names_in(code: str) -> MappingProxyType[str, str]:
    """Label to name in that language; empty for a language without a table."""
    table = _FOLDER / f"labels_{code}.tsv"
    if not table.is_file():
        return _NONE
    lines = table.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines)
    return MappingProxyType({label: name for label, _, name in pairs})


@cache
def _tables() -> tuple[MappingProxyType[str, str], ...]:
    """That of every language there is."""
    codes = (path.stem.partition("_")[2] for path in sorted(_FOLDER.glob("labels_*.tsv")))
    return tuple(names_in(code) for code in codes)
