"""Editing: what a person changes in the window, and the way back: undo, redo and the note line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence

from desktop.core.library.edits import How, Rule
from desktop.core.library.store import Store

from ..grid.grid import GridView
from ..notices.acts import Act
from ..notices.note_line import NoteLine
from ..photos.selection import Selection
from ..words.label_names import shown_name
from ..words.words import without_key
from ..work import Work
from .editor import Counted, Edited, Editor, Title, Titles
from .label_entries import rule_title
from .label_panel import LabelPanel

COUNT_AFTER_MS = 60
"""A selection rests so long before the labels of all its images are counted."""


class Editing(QObject):
    """Knows which images are selected; `editor` does the work and tells of it."""

    def __init__(
        self,
        store: Store,
        work: Work,
        grid: GridView,
        panel: LabelPanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._grid, self._panel = grid, panel
        self._model = model = panel.model
        self.editor = Editor(store, work, self)
        self.note = NoteLine()
        self._ticket = 0
        self._waits = self._is_stale = False
        self._count = QTimer(self)
        self._count.setSingleShot(True)
        self._count.setInterval(COUNT_AFTER_MS)
        self._count.timeout.connect(self._count_labels)
        self._make_actions()
        editor = self.editor
        editor.stepped.connect(self._on_stepped)
        editor.titles_changed.connect(self._show_titles)
        editor.counted.connect(self._on_counted)
        editor.failed.connect(self._on_failed)
        editor.text_made.connect(lambda text: QGuiApplication.clipboard().setText(text))
        editor.names_read.connect(panel.add_line.set_labels)
        panel.add_line.names_wanted.connect(editor.read_names)
        panel.change_asked.connect(self.change_label)
        panel.keep_all_asked.connect(self.keep_labels)
        panel.notes.reviewed.connect(self.review)
        grid.selectionModel().selectionChanged.connect(self._on_selection)
        model.dataChanged.connect(self._on_data_changed)

    def close(self) -> None:
        """Count nothing more; what was decided is written."""
        self._count.stop()

    # Actions

    def _make_actions(self) -> None:
        keys = QKeySequence
        self.undo = QAction(self)
        self.undo.setShortcut(keys.StandardKey.Undo)
        self.undo.triggered.connect(self.editor.undo)
        self.redo = QAction(self)
        self.redo.setShortcuts([keys("Ctrl+Shift+Z"), keys("Ctrl+Y")])
        self.redo.triggered.connect(self.editor.redo)
        for action in (self.undo, self.redo):
            # In the settings beside the window, too: rules are dropped there.
            action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        self.all_boxes = QAction(self.tr("Show all boxes"), self)
        self.all_boxes.setCheckable(True)
        self.all_boxes.setShortcut(keys("Ctrl+B"))
        self.all_boxes.toggled.connect(self._panel.show_all_boxes)
        self.compare = QAction(self.tr("Compare labels"), self)
        self.compare.setCheckable(True)
        self.compare.setShortcut(keys("Ctrl+Shift+C"))
        self.compare.toggled.connect(self._panel.compare)
        labels, foot = self._panel.list, self._panel.foot
        self.favourite = QAction(self.tr("Favourite"), self)
        self.favourite.setShortcut(keys("Ctrl+D"))
        self.favourite.triggered.connect(self.toggle_favourite)
        foot.favourite.clicked.connect(self.toggle_favourite)
        self.add_label = QAction(self.tr("Add a label…"), self)
        self.add_label.setShortcut(keys("Ctrl+L"))
        self.add_label.triggered.connect(self._panel.add_line.setFocus)
        self.keep_all = QAction(self.tr("Confirm all labels"), self)
        self.keep_all.setShortcut(keys("Ctrl+Return"))
        self.keep_all.triggered.connect(self._panel.keep_all)
        self.unfold = QAction(self.tr("Show or hide what it belongs to"), self)
        self.unfold.triggered.connect(labels.toggle_entry)
        self.keep = QAction(self.tr("Confirm or unconfirm"), self)
        self.keep.setShortcuts([keys("K"), keys("Space")])
        self.keep.triggered.connect(self._panel.keep)
        self.remove = QAction(self.tr("Remove this label"), self)
        self.remove.setShortcuts([keys("Del"), keys("Backspace")])
        self.remove.triggered.connect(self._panel.remove)
        self.add = QAction(self.tr("Add a label"), self)
        self.add.setShortcuts([keys("A"), keys("+")])
        self.add.triggered.connect(self._panel.add_line.setFocus)
        for action in (self.keep, self.remove, self.add, self.keep_all):
            # elsewhere the keys mean other things
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.never_show = QAction(self.tr("Never show this label"), self)
        self.never_show.triggered.connect(self._never_show)
        labels.addActions([self.keep, self.keep_all, self.remove, self.add, self.never_show])
        labels.addAction(self.unfold)
        labels.addActions([self.all_boxes, self.compare])
        labels.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._show_titles(Titles(None, None))

    @property
    def actions(self) -> list[QAction]:
        """What the window offers by key, and its menu by name."""
        return [
            self.undo,
            self.redo,
            self.add_label,
            self.favourite,
            self.all_boxes,
            self.compare,
        ]

    def _show_titles(self, titles: Titles) -> None:
        undo, redo = self.tr("Undo"), self.tr("Redo")
        for action, bare, named, title in (
            (self.undo, undo, self.tr("Undo: {0}"), titles.undo),
            (self.redo, redo, self.tr("Redo: {0}"), titles.redo),
        ):
            action.setIconText(bare)  # what it is called in the list of the keys
            action.setEnabled(title is not None)
            action.setText(named.format(without_key(title)) if title else bare)

    # What a person does

    def selected_files(self) -> list[int]:
        """The ids of the selected files, in their order."""
        return Selection(self._grid.selectionModel(), self._model).ids()

    def change_label(self, label: str, how: How, count: int) -> None:
        """Change a label on the selected images; `count` of them have it now."""
        files = self.selected_files()
        count = len(files) if how == "add" else count
        if files:
            title = self._title(shown_name(label), how, count)
            self.editor.change_label(title, files, label, how)

    def _title(self, label: str, how: How, count: int) -> Title:
        if count == 1:
            one = {
                "add": (self.tr("Added “{0}”"), self.tr("add “{0}”")),
                "remove": (self.tr("Removed “{0}”"), self.tr("remove “{0}”")),
                "keep": (self.tr("Confirmed “{0}”"), self.tr("confirm “{0}”")),
                "unkeep": (self.tr("Unconfirmed “{0}”"), self.tr("unconfirm “{0}”")),
            }
            return Title(*(words.format(label) for words in one[how]))
        many = {
            "add": (
                self.tr("Added “{0}” to %n photos", "", count),
                self.tr("add “{0}” to %n photos", "", count),
            ),
            "remove": (
                self.tr("Removed “{0}” from %n photos", "", count),
                self.tr("remove “{0}” from %n photos", "", count),
            ),
            "keep": (
                self.tr("Confirmed “{0}” on %n photos", "", count),
                self.tr("confirm “{0}” on %n photos", "", count),
            ),
            "unkeep": (
                self.tr("Unconfirmed “{0}” on %n photos", "", count),
                self.tr("unconfirm “{0}” on %n photos", "", count),
            ),
        }
        return Title(*(words.format(label) for words in many[how]))

    def keep_labels(self, labels: Sequence[str]) -> None:
        """Confirm these labels on the selected images that have them."""
        if files := self.selected_files():
            count = len(labels)
            done = self.tr("Confirmed %n labels", "", count)
            title = Title(done, self.tr("confirm %n labels", "", count))
            self.editor.keep_labels(title, files, labels)

    def toggle_favourite(self) -> None:
        """Count the selected images among the favourites; if all are, no longer."""
        if not (files := self.selected_files()):
            return
        count = len(files)
        if self._panel.is_favourite:
            title = Title(
                self.tr("Removed %n photos from favourites", "", count),
                self.tr("remove %n photos from favourites", "", count),
            )
        else:
            title = Title(
                self.tr("Added %n photos to favourites", "", count),
                self.tr("add %n photos to favourites", "", count),
            )
        self.editor.set_favourite(title, files, is_favourite=not self._panel.is_favourite)

    def review(self) -> None:
        """Say of the selected images that were edited that their labels are right."""
        files = self.selected_files()
        count = len(files)
        done = self.tr("Reviewed %n photos", "", count)
        self.editor.review(Title(done, self.tr("review %n photos", "", count)), files)

    def copy_labels(self) -> None:
        """Copy the labels of the selected images, a moment later: of many they are much to read."""
        if files := self.selected_files():
            self.editor.make_text(files, self._model.min_confidence)

    def _never_show(self) -> None:
        entry = self._panel.list.entry
        if entry is not None and not entry.is_yours:
            rule = Rule(entry.source or entry.label, None)
            self.editor.set_rule(rule_title(rule), rule)

    def rename_label(self, label: str, call_it: str | None) -> None:
        """Call a label something else wherever it is shown, or never show it (None)."""
        self.editor.rename_label(rule_title(Rule(label, call_it)), label, call_it)

    def remove_photos(self, file_ids: Sequence[int]) -> None:
        """Take images out of the library, not off the disk."""
        count = len(file_ids)
        done = self.tr("Removed %n photos from Tagdrop, not from the disk", "", count)
        act = self.tr("remove %n photos from Tagdrop", "", count)
        self.editor.remove_files(Title(done, act), file_ids)

    def remove_job_labels(self, job_id: int) -> None:
        """Take back all labels that a job brought."""
        title = Title(self.tr("Removed a job's labels"), self.tr("remove a job's labels"))
        self.editor.remove_job_labels(title, job_id)

    # What the editor tells

    def _on_stepped(self, edited: Edited) -> None:
        step = edited.step
        if not step.size:
            self.note.show_note(self.tr("Nothing to change"))
        elif edited.way == "undone":
            text = self.tr("Undid: {0}").format(step.title)
            self.note.show_note(text, Act(self.tr("Redo"), self.editor.redo))
        else:
            text = edited.done or self.tr("Redid: {0}").format(step.title)
            if step.duplicates:
                text += self.tr(" · also applies to %n duplicates", "", step.duplicates)
            offers = [self._act_for(edited.offer)] if edited.offer else []
            self.note.show_note(text, Act(self.tr("Undo"), self.editor.undo), *offers)

    def _act_for(self, rule: Rule) -> Act:
        """The button that makes a rule of what was done more than once."""
        label = shown_name(rule.label)
        if rule.call_it is None:
            text = self.tr("Never show “{0}”").format(label)
        else:
            text = self.tr("Rename “{0}” to “{1}”").format(label, shown_name(rule.call_it))
        return Act(text, lambda: self.editor.set_rule(rule_title(rule), rule))

    # Several images

    def _on_selection(self) -> None:
        if self._grid.selectionModel().hasSelection():
            self._count.start()

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """Count anew once the count before is shown: a fast job would put it off for ever."""
        selection = self._grid.selectionModel().selection()
        parts = (selection.at(place) for place in range(selection.count()))
        if any(part.top() <= last.row() and first.row() <= part.bottom() for part in parts):
            if self._waits:
                self._is_stale = True
            elif not self._count.isActive():
                self._count.start()

    def _count_labels(self) -> None:
        files = self.selected_files()
        self._is_stale, self._waits = False, bool(files)
        if self._waits:
            self._ticket = self.editor.count_labels(files, self._model.min_confidence)

    def _on_counted(self, counted: Counted) -> None:
        if counted.ticket == self._ticket:
            self._panel.show_counts(counted)
            self._waits = False
            if self._is_stale:
                self._count.start()

    def _on_failed(self) -> None:
        self._waits = False
