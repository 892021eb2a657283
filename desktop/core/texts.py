"""Text: words of ours in English, with what only the moment knows beside them.

The core, the backends and `deploy` know no Qt and no language. They write a text literally, so that
`tools.translations` finds it, and the window says it in the person's language.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, Union

Value: TypeAlias = Union[str, int, float, "Text"]
"""What fills a field: a path or another's words as they are, a number, or words of ours.

A number that is not whole is an amount of money."""


def amount(number: float) -> str:
    """A number in English as money is written: 5, 0.31, 7.50, 0.001."""
    return f"{number:.{digits(number)}f}"


def digits(dollars: float) -> int:
    """How many digits behind the point an amount needs: one photo costs less than a cent."""
    if dollars == int(dollars):
        return 0
    return 2 if abs(dollars) >= 0.01 else 3


@dataclass(frozen=True, slots=True, init=False)
class Text:
    """`Text("The long side may be at most {times} times the short one.", times=125)`.

    Without values nothing is filled in, and braces are only braces.
    """

    template: str
    values: Mapping[str, Value]

    def __init__(self, template: str, /, **values: Value) -> None:
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "values", values)

    def __str__(self) -> str:
        return self.said()

    def said(
        self,
        translated: Callable[[str], str] = lambda template: template,
        number: Callable[[float], str] = amount,
    ) -> str:
        """The text with its values: in English, or as `translated` and `number` say it."""
        template = translated(self.template)
        if not self.values:
            return template
        filled = {name: _said(value, translated, number) for name, value in self.values.items()}
        return template.format(**filled)


def _said(value: Value, translated: Callable[[str], str], number: Callable[[float], str]) -> str:
    if isinstance(value, Text):
        return value.said(translated, number)
    return number(value) if isinstance(value, int | float) else value


def values_to_json(values: Mapping[str, Value]) -> str | None:
    """How the library keeps values; None where there are none."""
    return json.dumps(_to_plain(values)) if values else None


def values_from_json(data: str | None) -> dict[str, Value]:
    """The other way round."""
    return _from_plain(json.loads(data)) if data else {}


def _to_plain(values: Mapping[str, Value]) -> dict[str, Any]:
    return {
        name: {"text": value.template, "values": _to_plain(value.values)}
        if isinstance(value, Text)
        else value
        for name, value in values.items()
    }


def _from_plain(data: Mapping[str, Any]) -> dict[str, Value]:
    return {
        name: Text(value["text"], **_from_plain(value["values"]))
        if isinstance(value, dict)
        else value
        for name, value in data.items()
    }
