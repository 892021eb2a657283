"""Says what the core, the backends and `deploy` have to say, in the person's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.core.texts import Text, digits


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


def _translate(template: str) -> str:
    return QCoreApplication.translate("Core", template)
