"""Says states and confidences in words, for the eye and for the screen reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.core.events import State
from desktop.core.library.effective import FILE_ORIGIN, EffectiveLabel
from desktop.core.library.rows import FileRow
from desktop.core.records import LabelRecord

from .core_texts import say
from .label_names import shown_name

_LONG = re.compile(r"\S{25,}")
_PIECE = re.compile(r"\.?[^-_./\\]{1,12}[-_/\\]?|.")


def breakable(text: str) -> str:
    """The text with places to break in what has none: a path, a name of 60 letters.

    Between the words of a name, and within them where they are long.
    """
    return _LONG.sub(lambda found: "\N{ZERO WIDTH SPACE}".join(_PIECE.findall(found[0])), text)


def with_link(text: str, link: str) -> str:
    """Plain `text` and a `link` to be clicked, as rich text for a QLabel."""
    to_click = f'<a href="{escape(link)}">{escape(link)}</a>'
    return " · ".join(filter(None, (escape(text), to_click)))


def without_key(text: str) -> str:
    """The text for a button or a menu, where Qt takes a single & for the sign of a key."""
    return text.replace("&", "&&")


def shortened(text: str, most_letters: int) -> str:
    """The text, or its beginning where it is longer."""
    return text if len(text) <= most_letters else text[: most_letters - 1] + "…"


def percent(confidence: float, *, digits: int = 1) -> str:
    """A confidence as people write it: 98.7 %, always in one line."""
    number = QLocale().toString(float(confidence), "f", digits)
    return QCoreApplication.translate("Words", "{0} %").format(number).replace(" ", "\u00a0")


def spoken(record: LabelRecord) -> str:
    """A label as a screen reader says it: Dog, 98.7 per cent."""
    number = QLocale().toString(float(record.confidence), "f", 1)
    text = QCoreApplication.translate("Words", "{label}, {number} per cent")
    return text.format(label=shown_name(record.label), number=number)


def spoken_label(shown: EffectiveLabel) -> str:
    """The same with what you did about it: Puppies, added by you; Dog, 98.7 per cent, confirmed."""
    if shown.origin == "you":
        added = QCoreApplication.translate("Words", "{0}, added by you")
        return added.format(shown_name(shown.record.label))
    if shown.origin == FILE_ORIGIN:
        in_file = QCoreApplication.translate("Words", "{0}, a keyword in the file")
        return in_file.format(shown_name(shown.record.label))
    said = spoken(shown.record)
    if not shown.is_kept:
        return said
    return QCoreApplication.translate("Words", "{0}, confirmed").format(said)


def sureness(confidence: float) -> str:
    """The word for a confidence."""
    if confidence >= 90:
        return QCoreApplication.translate("Words", "Very sure")
    if confidence >= 70:
        return QCoreApplication.translate("Words", "Likely")
    return QCoreApplication.translate("Words", "Maybe")


def way_to(parents: Sequence[str]) -> str:
    """What a label belongs to: Animal › Mammal. `parents` are given from the nearest on."""
    return " › ".join(map(shown_name, reversed(parents)))


def state_text(row: FileRow) -> str:
    """What the grid says of an image that shows no labels because of its state."""
    translate = QCoreApplication.translate
    if row.state is State.FAILED:
        return say(row.error.title_text) if row.error else translate("Words", "failed")
    said = {
        State.QUEUED: translate("Words", "in the queue"),
        State.PREPARING: translate("Words", "preparing…"),
        State.UPLOADING: translate("Words", "labelling…"),
        State.WAITING: translate("Words", "waiting…"),
        State.CANCELLED: translate("Words", "cancelled"),
    }
    return said.get(row.state, "")


def gone_text() -> str:
    """What is said of a photo whose file is not where it was."""
    return QCoreApplication.translate("Words", "file is gone")


def damaged_text() -> str:
    """What is said of a photo of which a part is missing or spoilt."""
    return QCoreApplication.translate("Words", "partly damaged")


def no_labels_text(records: Sequence[LabelRecord]) -> str:
    """What is said of a labelled image that has nothing to show; `records` are all it has."""
    if records:
        return QCoreApplication.translate("Words", "only uncertain labels")
    return QCoreApplication.translate("Words", "no labels")
