"""Editor: carries out what a person decides, beside the window, and tells what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.core.library.catalog import Catalog, LabelCount
from desktop.core.library.edits import Edits, How, Rule, Step
from desktop.core.library.moves import Moved
from desktop.core.library.store import Store
from desktop.core.records import NOTHING_ELSE, Findings

from ..words.label_names import shown_name
from ..work import Work

T = TypeVar("T")
WORTH_A_RULE = 2
"""The same correction on so many images, in two steps at least: a rule for it is offered."""
FINISH_S = 12.0
"""How long closing waits for what was decided: longer than SQLite waits for other programs."""


@dataclass(frozen=True, slots=True)
class Title:
    """A step in words: `done` tells that it was done ("Added “Dog”"), `act` names it for what is
    undone or redone ("add “Dog”").
    """

    done: str
    act: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A step was done, undone or redone. `done` says so of one that was done for the first time.

    `offer` is a rule that would have spared it.
    """

    step: Step
    way: Literal["done", "undone", "redone"]
    done: str = ""
    offer: Rule | None = None


@dataclass(frozen=True, slots=True)
class Titles:
    """What can be undone and redone now."""

    undo: str | None
    redo: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """The labels of some selected images; `ticket` says for which question.

    `duplicates` and `findings` are those of a single image, `edited` is how many wait for a review,
    `favourites` how many are favourites.
    """

    ticket: int
    labels: list[LabelCount]
    duplicates: list[Path]
    edited: int
    findings: Findings
    favourites: int


class Editor(QObject):
    """Lives in the GUI thread; its methods return at once. Writing waits for the disk elsewhere.

    What is asked for is done in that order, in one lane: a count that is asked for after an
    edit counts it.
    """

    edited = Signal()
    """Labels, or which photos there are, have changed."""
    files_changed = Signal()
    """Files have left the library, or come back."""
    folder_moved = Signal(object, object)
    """Where a folder (Path) was known to be, and where it is known to be from now on."""
    stepped = Signal(object)
    """An Edited."""
    titles_changed = Signal(object)
    counted = Signal(object)
    text_made = Signal(str)
    """The labels of some images; a line for each, with its name when there are several."""
    names_read = Signal(object)
    """Every label in use."""
    rules_read = Signal(object)
    """All rules, by label."""
    failed = Signal(object)
    """An AppError: the library cannot be read or written; nothing was changed."""

    def __init__(self, store: Store, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edits = Edits(store)
        self._catalog = Catalog(store)
        self._ticket = 0
        self._offered: set[str] = set()
        self._removed: tuple[str, frozenset[int]] = ("", frozenset())
        self._lane = work.lane("editor", finish_s=FINISH_S)
        self._ask(self._titles, self.titles_changed.emit)

    # What a person does

    def change_label(self, title: Title, file_ids: Sequence[int], label: str, how: How) -> None:
        """Keep, remove or add a label on these images."""

        def do() -> Edited:
            step = self._edits.change_label(title.act, file_ids, label, how)
            return Edited(step, "done", title.done, self._rule_for(step, label, how))

        self._do(do)

    def keep_labels(self, title: Title, file_ids: Sequence[int], labels: Sequence[str]) -> None:
        """Confirm these labels on the images that have them."""

        def do() -> Edited:
            step = self._edits.change_labels(title.act, file_ids, labels, "keep")
            return Edited(step, "done", title.done)

        self._do(do)

    def set_favourite(self, title: Title, file_ids: Sequence[int], *, is_favourite: bool) -> None:
        """Count these images among the favourites, or no longer."""
        edits = self._edits

        def do() -> Edited:
            step = edits.set_favourite(title.act, file_ids, is_favourite=is_favourite)
            return Edited(step, "done", title.done)

        self._do(do)

    def review(self, title: Title, file_ids: Sequence[int]) -> None:
        """Note that the labels of these edited images are right."""
        self._do(lambda: Edited(self._edits.review(title.act, file_ids), "done", title.done))

    def remove_files(self, title: Title, file_ids: Sequence[int]) -> None:
        """Take images out of the library, not off the disk."""
        self._do(lambda: Edited(self._edits.remove_files(title.act, file_ids), "done", title.done))

    def remove_job_labels(self, title: Title, job_id: int) -> None:
        """Take back every label that a job brought."""
        edits = self._edits
        self._do(lambda: Edited(edits.remove_job_labels(title.act, job_id), "done", title.done))

    def set_rule(self, title: Title, rule: Rule) -> None:
        """From now on call a machine's label something else, or never show it."""
        self._do(lambda: Edited(self._edits.set_rule(title.act, rule), "done", title.done))

    def rename_label(self, title: Title, label: str, call_it: str | None) -> None:
        """Call a label something else wherever it is shown, or never show it (None)."""
        edits = self._edits
        self._do(lambda: Edited(edits.rename_label(title.act, label, call_it), "done", title.done))

    def move_folder(self, title: Title, before: Path, after: Path, moved: Sequence[Moved]) -> None:
        """Know a folder's photos by the paths where they lie now."""
        edits = self._edits

        def do() -> Edited:
            return Edited(edits.move_folder(title.act, before, after, moved), "done", title.done)

        self._do(do)

    def drop_rule(self, title: Title, label: str) -> None:
        """Show a machine's label again as it is."""
        self._do(lambda: Edited(self._edits.drop_rule(title.act, label), "done", title.done))

    def undo(self) -> None:
        """Take the newest step back."""
        self._do(lambda: _edited(self._edits.undo(), "undone"))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._do(lambda: _edited(self._edits.redo(), "redone"))

    # What the window asks

    def count_labels(self, file_ids: Sequence[int], least: float) -> int:
        """Ask for the labels of these images: the ticket of the Counted that will be told."""
        self._ticket = ticket = self._ticket + 1
        self._lane.run(
            lambda _: self._count(ticket, file_ids, least),
            self.counted.emit,
            self.failed.emit,
            newest="count",
            about=ticket,
        )
        return ticket

    def make_text(self, file_ids: Sequence[int], least: float) -> None:
        """Ask for the labels of these images as a text."""
        self._ask(lambda: self._text(file_ids, least), self.text_made.emit)

    def read_names(self) -> None:
        """Ask for every label in use."""
        self._ask(self._catalog.labels, self.names_read.emit)

    def read_rules(self) -> None:
        """Ask for the rules."""
        self._ask(self._edits.rules, self.rules_read.emit)

    def _do(self, do: Callable[[], Edited | None]) -> None:
        self._lane.run(lambda _: do(), self._on_done, self.failed.emit, writes=True)
        self._ask(self._titles, self.titles_changed.emit)

    def _ask(self, ask: Callable[[], T], tell: Callable[[T], object]) -> None:
        self._lane.run(lambda _: ask(), tell, self.failed.emit)

    # In the lane

    def _titles(self) -> Titles:
        return Titles(self._edits.undo_title(), self._edits.redo_title())

    def _count(self, ticket: int, file_ids: Sequence[int], least: float) -> Counted:
        catalog = self._catalog
        is_single = len(file_ids) == 1
        duplicates = catalog.duplicates(file_ids[0]) if is_single else []
        findings = catalog.findings(file_ids[0]) if is_single else NOTHING_ELSE
        labels, edited = catalog.labels_of(file_ids, least), catalog.count_edited(file_ids)
        favourites = catalog.count_favourites(file_ids)
        return Counted(ticket, labels, duplicates, edited, findings, favourites)

    def _text(self, file_ids: Sequence[int], least: float) -> str:
        files = self._catalog.labels_by_file(file_ids, least)
        lines = [(name, ", ".join(map(shown_name, labels))) for name, labels in files]
        return "\n".join(f"{name}: {line}" if len(lines) > 1 else line for name, line in lines)

    def _rule_for(self, step: Step, label: str, how: How) -> Rule | None:
        """The rule that the same correction, made often enough, asks for; each offered once."""
        rule, times = None, 0
        if how == "remove":
            self._removed = (label, step.image_ids)
            rule, times = Rule(label, None), self._edits.count_removed(label)
        elif how == "add" and step.image_ids and step.image_ids <= self._removed[1]:
            gone = self._removed[0]
            rule, times = Rule(gone, label), self._edits.count_replaced(gone, label)
        key = f"{rule.label}\0{rule.call_it}" if rule else ""
        if rule is None or not step.image_ids or key in self._offered:
            return None
        if times < WORTH_A_RULE or times <= len(step.image_ids):  # all of them in this one step
            return None
        if any(known.label == rule.label for known in self._edits.rules()):
            return None
        self._offered.add(key)
        return rule

    # In the GUI thread

    def _on_done(self, edited: Edited | None) -> None:
        if edited is not None:
            if edited.step.file_ids:
                self.files_changed.emit()
            if edited.step.moved is not None:
                self.folder_moved.emit(*edited.step.moved)
            if edited.step.size:
                self.edited.emit()
            self.stepped.emit(edited)


def _edited(step: Step | None, way: Literal["undone", "redone"]) -> Edited | None:
    return None if step is None else Edited(step, way)
