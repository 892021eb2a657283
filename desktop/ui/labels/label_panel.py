"""LabelPanel: the selected image with its preview, its state and all its labels, to be edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import AppError
from desktop.core.events import State
from desktop.core.library.catalog import LabelCount
from desktop.core.library.rows import FileRow
from desktop.core.recognisers import Recognisers
from desktop.core.records import Findings, Instance

from ..grid.results_model import ResultsModel
from ..grid.thumbnails import PictureLoader
from ..notices.acts import Act
from ..photos.preview import BOX, Preview
from ..words.core_texts import say
from ..words.words import breakable
from .add_label import AddLabel
from .label_entries import Entry, compared, entries_of_image, entries_of_images
from .label_list import LabelList
from .picture_notes import PictureNotes

SIDE_PX = 16


class LabelPanel(QScrollArea):
    """Shows one image, or the labels of several; told by the window which.

    It scrolls where there is no room for all of it, in a low window of large letters say.
    """

    retry_asked = Signal()
    change_asked = Signal(str, str, int)
    """A label, what to do with it on the selected images (a `How`), and how many have it."""

    def __init__(
        self,
        model: ResultsModel,
        recognisers: Recognisers,
        previews: PictureLoader,
        thumbnails: PictureLoader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._recognisers = recognisers
        self._previews = previews
        self._thumbnails = thumbnails
        self._row: FileRow | None = None
        self._selected = 0
        self._shows_all_boxes = False
        self._compares = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.preview = Preview()
        self._name = _text_line(bold=True)
        # A file's name runs from left to right, whatever the window does; it begins where all does.
        self._name.setAlignment(
            QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
            | Qt.AlignmentFlag.AlignAbsolute
        )
        self._state = _text_line()
        self.notes = PictureNotes()
        self._retry = QPushButton(self.tr("Retry"))
        self._retry.clicked.connect(self.retry_asked)
        self.help_for: Callable[[AppError], list[Act]] = lambda _: []
        """What else helps when an image failed; the window knows the actions."""
        self._help_acts: list[Act] = []
        self._help = QPushButton()
        self._help.clicked.connect(self._on_help)
        self.list = LabelList()
        self.list.pointed.connect(self._show_boxes)
        self.list.chosen.connect(self._on_chosen)
        self._edit_line = self._make_edit_line()
        self._hint = QLabel(self.tr("Select a photo to see its labels"))
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(SIDE_PX, SIDE_PX, SIDE_PX, SIDE_PX // 2)
        column.setSpacing(8)
        for widget in (self.preview, self._name, self._state, self.notes):
            column.addWidget(widget)
        column.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._help, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list, 1)
        column.addWidget(self._edit_line)
        column.addWidget(self._hint, 1)
        self.setWidget(whole)
        previews.set_box(BOX, self.devicePixelRatioF())
        previews.arrived.connect(self._on_arrived)
        thumbnails.arrived.connect(self._on_looked_at)
        self.setMinimumWidth(240)
        self.show_row(None)

    def _make_edit_line(self) -> QWidget:
        self.keep_button = QPushButton(self.tr("✓ Confirm"))
        self.keep_button.setToolTip(self.tr("Confirm this label (K)"))
        self.keep_button.clicked.connect(self.keep)
        self.remove_button = QPushButton(self.tr("✕ Remove"))
        self.remove_button.setToolTip(self.tr("Remove this label (Delete)"))
        self.remove_button.clicked.connect(self.remove)
        self.add_line = AddLabel()
        self.add_line.setToolTip(self.tr("Add a label (A)"))
        self.add_line.typed.connect(lambda label: self.change_asked.emit(label, "add", 0))
        self.add_line.left.connect(self.list.setFocus)
        whole = QWidget()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.keep_button, 1)
        buttons.addWidget(self.remove_button, 1)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(buttons)
        column.addWidget(self.add_line)
        return whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview is three quarters as high as it is wide, and leaves room for the labels."""
        super().resizeEvent(event)
        width_px, height_px = self.viewport().width() - 2 * SIDE_PX, self.viewport().height()
        self.preview.setFixedHeight(max(80, min(width_px * 3 // 4, height_px * 2 // 5)))

    @property
    def state_text(self) -> str:
        """What is said below the name."""
        return self._state.text()

    # What is shown

    def show_row(self, row: FileRow | None, selected: int = 1) -> None:
        """Show an image (None: none is selected), one of `selected` images."""
        is_other = row is None or self._row is None or row.file_id != self._row.file_id
        was_several, is_several = self._selected > 1, row is not None and selected > 1
        self._row, self._selected = row, selected if row is not None else 0
        if is_other or was_several or is_several:  # what there is to say comes by show_counts
            self.notes.show_notes((), edited=0)
        for widget in (self.preview, self._name, self._state, self._retry, self.list):
            widget.setVisible(row is not None)
        self._hint.setVisible(row is None)
        self._edit_line.setVisible(is_several or (row is not None and _is_editable(row)))
        is_failed = row is not None and row.state is State.FAILED and not is_several
        self._show_help(row.error if row and is_failed else None)
        if row is None:
            self.list.show_entries((), keep_place=False)
            return
        if not is_other and row.state in (State.DONE, State.SKIPPED):
            self._previews.try_again([row.path])  # it may have come back
        if is_other or self._previews.get(row.path) is None:
            self._show_picture(row)
        self._retry.setVisible(row.state in (State.FAILED, State.CANCELLED))
        if is_several:
            self._show_several(selected, is_new=not was_several)
            return
        shown = self.model.shown(row)
        is_same = not is_other and not was_several
        self.list.setAccessibleName(self.tr("Labels of this photo"))
        entries = entries_of_image(shown, self._recognisers)
        if self._compares:
            origin, records = self.model.second_opinion(row)
            if records:
                who = say(self._recognisers.who(origin))
                entries = compared(entries, who, records, self.model.min_confidence)
        self.list.show_entries(entries, keep_place=is_same)
        self._say_name(row.path)
        self._say_state(row)

    def _show_help(self, error: AppError | None) -> None:
        self._help_acts = self.help_for(error) if error else []
        self._help.setVisible(bool(self._help_acts))
        self._help.setText(self._help_acts[0].text if self._help_acts else "")

    def _on_help(self) -> None:
        self._help_acts[0].do()

    def _say_state(self, row: FileRow) -> None:
        hidden = len(self.model.records(row)) - len(self.model.shown(row))
        self._state.setText(self._state_of(row, hidden=hidden))
        self._state.setVisible(bool(self._state.text()))

    def _say_name(self, path: Path) -> None:
        name = breakable(path.name)
        # What is copied must be the name itself, so one that needs breaks cannot be selected.
        can_copy = name == path.name
        flags = Qt.TextInteractionFlag
        self._name.setTextInteractionFlags(
            flags.TextSelectableByMouse if can_copy else flags.NoTextInteraction
        )
        self._name.setText(name)
        self._name.setToolTip(str(path))

    def _show_several(self, selected: int, *, is_new: bool) -> None:
        if is_new:  # the counts come a moment later, by show_counts
            self.list.show_entries((), keep_place=False)
        number = QLocale().toString(selected)
        self._name.setText(self.tr("{0} photos selected").format(number))
        self._name.setToolTip("")
        self._state.hide()
        self._state.clear()
        self.list.setAccessibleName(self.tr("Labels of the selected photos"))

    def show_counts(
        self,
        counts: Sequence[LabelCount],
        duplicates: Sequence[Path],
        edited: int,
        findings: Findings,
    ) -> None:
        """The labels of the selected images, the duplicates of a single one and what else was found
        in it, and how many were edited, once they are counted.
        """
        if self._row is not None:
            self.notes.show_notes(duplicates, edited=edited, findings=findings)
        if self._selected > 1:
            self.list.show_entries(entries_of_images(counts, self._selected), keep_place=True)

    def _state_of(self, row: FileRow, *, hidden: int) -> str:
        if row.state is State.FAILED and row.error:
            return say(row.error.text)
        status = self.model.status(row)
        lines = [status[:1].upper() + status[1:]] if status else []
        if self.model.is_gone(row.path):
            lines.append(
                self.tr(
                    "The file is gone: moved, renamed or deleted, or its drive is not"
                    " connected. Add it from where it is now, and its labels come back."
                )
            )
        if hidden and row.state.is_final:
            lines.append(self.tr("%n less certain labels hidden", "", hidden))
        return "\n".join(lines)

    def _show_picture(self, row: FileRow) -> None:
        picture = self._previews.get(row.path)
        if picture is None:
            self._previews.want([row.path])
            picture = self._thumbnails.get(row.path)  # a smaller one until it comes
        self.preview.show_picture(picture)

    def _on_arrived(self, paths: Sequence[object]) -> None:
        if self._row is not None and self._row.path in paths:
            picture: QImage | None = self._previews.get(self._row.path)
            self.preview.show_picture(picture)

    def _on_looked_at(self, paths: Sequence[object]) -> None:
        """Whether a file is there is known once its thumbnail was wanted."""
        if self._row is not None and self._row.path in paths and self._selected == 1:
            self._say_state(self._row)

    def compare(self, compares: bool) -> None:
        """Show what another recogniser found beside the labels that count, where there is one."""
        self._compares = compares
        self.show_row(self._row, self._selected)

    # Boxes

    def show_all_boxes(self, shows: bool) -> None:
        """Draw the boxes of all labels, each with its name, or of the chosen label alone."""
        self._shows_all_boxes = shows
        entry = self.list.entry
        self._show_boxes(entry.boxes if entry else ())

    def _show_boxes(self, boxes: Sequence[Instance]) -> None:
        if self._shows_all_boxes:
            pairs = [(box, each.name) for each in self.list.labels.entries for box in each.boxes]
            self.preview.show_boxes([box for box, _ in pairs], [name for _, name in pairs])
        else:
            self.preview.show_boxes(boxes)

    # Editing

    def keep(self) -> None:
        """Confirm the chosen label; one that was confirmed is left to the machine again."""
        entry = self.list.entry
        if entry is not None and not entry.is_yours:
            how = "add" if entry.is_other else "unkeep" if entry.is_kept else "keep"
            self.change_asked.emit(entry.label, how, entry.count)

    def remove(self) -> None:
        """Remove the chosen label."""
        if (entry := self.list.entry) is not None and not entry.is_other:
            self.change_asked.emit(entry.label, "remove", entry.count)

    def _on_chosen(self, entry: Entry | None) -> None:
        self.keep_button.setEnabled(entry is not None and not entry.is_yours)
        is_kept = entry is not None and entry.is_kept
        self.keep_button.setText(self.tr("Unconfirm") if is_kept else self.tr("✓ Confirm"))
        self.remove_button.setEnabled(entry is not None and not entry.is_other)


def _is_editable(row: FileRow) -> bool:
    return row.state in (State.DONE, State.SKIPPED, State.CANCELLED)


def _text_line(*, bold: bool = False) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    # A long file name without spaces must not widen the panel.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    font = label.font()
    font.setBold(bold)
    label.setFont(font)
    return label
