"""Says what the core, the backends and `deploy` have to say, in the person's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.core.texts import Text


def say(text: Text | str) -> str:
    """A text with its values; numbers as the language writes them. Other people's words stay."""
    if isinstance(text, str):
        return text
    return text.said(_translate, lambda number: QLocale().toString(number))


def _translate(template: str) -> str:
    return QCoreApplication.translate("Core", template)
