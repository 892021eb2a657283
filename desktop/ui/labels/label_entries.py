"""The entries of the label list: labels of one image, or of several with their counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop.core.library.catalog import LabelCount
from desktop.core.library.edits import Rule
from desktop.core.library.effective import FILE_ORIGIN, EffectiveLabel
from desktop.core.recognisers import RESERVED, Recognisers
from desktop.core.records import Instance, LabelRecord

from ..words.core_texts import say
from ..words.label_names import shown_name
from ..words.words import percent, spoken, spoken_label, sureness, way_to
from .editor import Title

ENTRY = Qt.ItemDataRole.UserRole + 1

AGREE_PERCENT = 15.0
"""Numbers this near to each other say the same."""

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list, as it is painted and said.

    `name` is the label in the language of the window. `share` is the length of the bar in percent,
    None without a bar. `is_kept`: there is nothing left to keep. `count`: on how many images it
    is; `record` is None for several images. `is_other`: found only by a recogniser
    whose labels do not count for this image; it counts only when it is added. `parents` are its
    general labels, nearest first; those of them that are shown within it are `inside`, and they
    are `is_inside`.
    """

    label: str
    name: str
    share: float | None
    number: str
    way: str
    hint: str
    said: str
    is_kept: bool
    is_yours: bool = False
    is_other: bool = False
    count: int = 1
    record: LabelRecord | None = None
    source: str = ""
    parents: tuple[str, ...] = ()
    inside: tuple[Entry, ...] = ()
    is_inside: bool = False

    @property
    def boxes(self) -> tuple[Instance, ...]:
        """Where the label was seen; where that is not known, what it belongs to: the dog of a
        Cocker Spaniel.
        """
        own = self.record.instances if self.record else ()
        return own or next((general.boxes for general in self.inside if general.boxes), ())


def rule_text(rule: Rule) -> str:
    """A rule in a plain sentence."""
    label = shown_name(rule.label)
    if rule.call_it is None:
        return QCoreApplication.translate("Words", "“{0}” is never shown").format(label)
    text = QCoreApplication.translate("Words", "“{0}” is shown as “{1}”")
    return text.format(label, shown_name(rule.call_it))


def rule_title(rule: Rule) -> Title:
    """The step that makes a rule."""
    label = shown_name(rule.label)
    if rule.call_it is None:
        act = QCoreApplication.translate("Words", "never show “{0}”").format(label)
    else:
        act = QCoreApplication.translate("Words", "rename “{0}” to “{1}”")
        act = act.format(label, shown_name(rule.call_it))
    return Title(rule_text(rule), act)


def entries_of_image(labels: Iterable[EffectiveLabel], recognisers: Recognisers) -> list[Entry]:
    """The labels of one image, with their confidence; keywords in its files apart, at the end."""
    in_order = sorted(labels, key=lambda label: label.origin == FILE_ORIGIN)
    return fold([_entry(label, say(recognisers.where(label.origin))) for label in in_order])


def fold(entries: Sequence[Entry]) -> list[Entry]:
    """One entry for a path: what a label belongs to stands within it where their numbers agree.

    A photo with Animal, Mammal and Dog, all of them about as sure, has one line, Dog's. A Cocker
    Spaniel that is much less sure than the Dog has a line of its own: that says more.
    """
    by_name = {name: entry for entry in entries for name in (entry.source, entry.label) if name}
    specific_first = sorted(entries, key=lambda entry: (-len(entry.parents), -(entry.share or 0)))
    homes: dict[str, str] = {}  # label -> the one within whose line it stands
    for entry in specific_first:
        for parent in entry.parents:
            general = by_name.get(parent)
            if general is not None and _agree(general, entry):
                homes.setdefault(general.label, homes.get(entry.label, entry.label))
    inside: dict[str, list[Entry]] = {}
    for entry in specific_first:
        if entry.label in homes:
            inside.setdefault(homes[entry.label], []).append(replace(entry, is_inside=True))
    return [
        replace(entry, inside=tuple(inside.get(entry.label, ())))
        for entry in entries
        if entry.label not in homes
    ]


def _agree(general: Entry, specific: Entry) -> bool:
    if general.share is None or specific.share is None or general.label == specific.label:
        return False
    return abs(general.share - specific.share) <= AGREE_PERCENT


def _entry(shown: EffectiveLabel, where: str) -> Entry:
    translate = QCoreApplication.translate
    record = shown.record
    if shown.origin in RESERVED:
        is_yours = shown.origin != FILE_ORIGIN
        return Entry(
            label=record.label,
            name=shown_name(record.label),
            share=None,
            number=translate("Words", "yours") if is_yours else translate("Words", "in the file"),
            way="",
            hint=translate("Words", "You added this label")
            if is_yours
            else translate("Words", "A keyword that another program wrote into the photo"),
            said=spoken_label(shown),
            is_kept=is_yours or shown.is_kept,
            is_yours=is_yours,
            record=record,
        )
    hints = [translate("Words", "{0} ({1})").format(sureness(record.confidence), where)]
    if shown.source != record.label:
        hints.append(translate("Words", "You renamed “{0}”").format(shown_name(shown.source)))
    if shown.is_kept:
        hints.append(translate("Words", "You confirmed this label"))
    return Entry(
        label=record.label,
        name=shown_name(record.label),
        share=record.confidence,
        number=percent(record.confidence),
        way=way_to(record.parents),
        hint="\n".join(hints),
        said=spoken_label(shown),
        is_kept=shown.is_kept,
        record=record,
        source=shown.source,
        parents=record.parents,
    )


def compared(
    entries: Iterable[Entry], who: str, records: Sequence[LabelRecord], least: float
) -> list[Entry]:
    """The labels that count, each with what `who` says of it, then what only that one found."""
    translate = QCoreApplication.translate
    said = {record.label: record for record in records}
    found: list[Entry] = []
    for entry in entries:
        record = said.pop(entry.source or entry.label, None)
        if record is not None:
            way = translate("Words", "{0}: {1}").format(who, percent(record.confidence))
        else:
            way = translate("Words", "{0}: not found").format(who)
        found.append(replace(entry, way=way))
    only = translate("Words", "{0} only").format(who)
    found += [
        Entry(
            label=record.label,
            name=shown_name(record.label),
            share=record.confidence,
            number=percent(record.confidence),
            way=only,
            hint=only,
            said=spoken(record),
            is_kept=False,
            is_other=True,
            count=0,
            record=record,
        )
        for record in said.values()
        if record.confidence >= least
    ]
    return found


def entries_of_images(counts: Iterable[LabelCount], images: int) -> list[Entry]:
    """The labels of several images, with the number of images that have them."""
    text = QCoreApplication.translate("Words", "{0} of {1}")
    number = QLocale().toString
    found = [
        Entry(
            label=each.label,
            name=shown_name(each.label),
            share=100 * each.count / max(1, images),
            number=(said := text.format(number(each.count), number(images))),
            way=way_to(each.parents),
            hint=QCoreApplication.translate("Words", "{0} of the selected photos").format(said),
            said=f"{shown_name(each.label)}, {said}",
            is_kept=each.kept == each.count,
            count=each.count,
            parents=each.parents,
        )
        for each in counts
    ]
    return fold(found)


class EntriesModel(QAbstractListModel):
    """What the label list shows now: a line for each entry, and for what is inside of open ones."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._top: list[Entry] = []
        self._entries: list[Entry] = []
        self._open: set[str] = set()
        self._answers: dict[int, Callable[[Entry], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda entry: entry.name,
            Qt.ItemDataRole.ToolTipRole: lambda entry: entry.hint,
            Qt.ItemDataRole.AccessibleTextRole: lambda entry: entry.said,
            Qt.ItemDataRole.AccessibleDescriptionRole: lambda entry: entry.way,
            ENTRY: lambda entry: entry,
        }

    @property
    def entries(self) -> Sequence[Entry]:
        """What is shown now."""
        return self._entries

    @property
    def top(self) -> Sequence[Entry]:
        """The same without what stands inside of others."""
        return self._top

    @property
    def records(self) -> tuple[LabelRecord, ...]:
        """The labels of the one image that is shown."""
        return tuple(entry.record for entry in self._entries if entry.record)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; what was open stays open."""
        self.beginResetModel()
        self._top = list(entries)
        self._lay_out()
        self.endResetModel()

    def is_open(self, entry: Entry) -> bool:
        """Whether what is inside of it is shown below it."""
        return bool(entry.inside) and entry.label in self._open

    def set_open(self, entry: Entry, *, is_open: bool) -> None:
        """Show what is inside of it, or hide that."""
        if entry.inside and is_open != self.is_open(entry):
            self.beginResetModel()
            self._open ^= {entry.label}
            self._lay_out()
            self.endResetModel()

    def _lay_out(self) -> None:
        self._entries = []
        for entry in self._top:
            self._entries += [entry, *(entry.inside if self.is_open(entry) else ())]

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        answer = self._answers.get(role)
        return answer(self._entries[index.row()]) if answer else None
