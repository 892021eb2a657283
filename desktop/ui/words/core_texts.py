"""Says what the core, the backends and `deploy` have to say, in the person's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.core.texts import Text, digits

CENT = 0.01


def say(text: Text | str) -> str:
    """A text with its values; numbers as the language writes them. Other people's words stay."""
    if isinstance(text, str):
        return text
    return text.said(_translate, amount)


def amount(number: float) -> str:
    """A number as the language writes it, what is not whole as money: 5, 0.31, 7.50, 0.001."""
    if isinstance(number, int):
        return QLocale().toString(number)
    return QLocale().toString(number, "f", digits(number))


def money(dollars: float) -> str:
    """What something has cost, in words where it rounds to nothing: $0.31, less than 1 cent."""
    if 0 < dollars < CENT:
        return QCoreApplication.translate("Amounts", "less than 1 cent")
    rounded = round(dollars, 2)
    said = amount(int(rounded) if rounded == int(rounded) else rounded)
    return QCoreApplication.translate("Amounts", "${0}").format(said)


def _translate(template: str) -> str:
    return QCoreApplication.translate("Core", template)
