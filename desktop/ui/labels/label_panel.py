"""LabelPanel: the selected image with its preview, its state and all its labels, to be edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import AppError
from desktop.core.events import State
from desktop.core.library.rows import FileRow
from desktop.core.recognisers import Recognisers
from desktop.core.records import Instance

from ..grid.results_model import ResultsModel
from ..grid.thumbnails import PictureLoader
from ..notices.acts import Act
from ..photos.preview import BOX, Preview
from ..words.core_texts import say
from ..words.words import with_link
from ..work import Work
from .add_label import AddLabel
from .editor import Counted
from .label_entries import Entry, compared, entries_of_image, entries_of_images
from .label_list import LabelList
from .panel_foot import PanelFoot
from .photo_facts import PhotoFacts
from .picture_notes import PictureNotes

SIDE_PX = 16
BELOW_PREVIEW_PX = 340
"""What facts and labels take at least; where there is less, all of the panel scrolls."""


class LabelPanel(QScrollArea):
    """Shows one image, or the labels of several; told by the window which.

    It scrolls where there is no room for all of it, in a low window of large letters say.
    """

    retry_asked = Signal()
    change_asked = Signal(str, str, int)
    """A label, what to do with it on the selected images (a `How`), and how many have it."""
    keep_all_asked = Signal(list)
    """These labels are right on all selected images that have them."""

    def __init__(
        self,
        model: ResultsModel,
        recognisers: Recognisers,
        *,
        previews: PictureLoader,
        thumbnails: PictureLoader,
        work: Work,
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
        self._compares = self._shows_hidden = self._is_favourite = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.preview = Preview()
        self.facts = PhotoFacts(work)
        self._state = _text_line()
        self.notes = PictureNotes()
        self._retry = QPushButton(self.tr("Retry"))
        self._retry.clicked.connect(self.retry_asked)
        self.help_for: Callable[[AppError], list[Act]] = lambda _: []
        """What else helps when an image failed; the window knows the actions."""
        self._help_acts: list[Act] = []
        self._help = QPushButton()
        self._help.clicked.connect(self._on_help)
        self._make_labels()
        self._hint = QLabel(self.tr("Select a photo to see its labels"))
        self._hint.setWordWrap(True)
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self._lay_out())
        previews.set_box(BOX, self.devicePixelRatioF())
        previews.arrived.connect(self._on_arrived)
        thumbnails.arrived.connect(self._on_looked_at)
        self.setMinimumWidth(240)
        self.show_row(None)

    def _make_labels(self) -> None:
        self.list = LabelList()
        self.list.pointed.connect(self._show_boxes)
        self.list.keep_asked.connect(self.keep)
        self.list.remove_asked.connect(self.remove)
        self.hidden_line = _text_line()
        self.hidden_line.setTextFormat(Qt.TextFormat.RichText)
        self.hidden_line.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.hidden_line.linkActivated.connect(
            lambda _: self.show_hidden(shows=not self._shows_hidden)
        )
        self.add_line = AddLabel()
        self.add_line.setToolTip(self.tr("Add a label (Ctrl+L)"))
        self.add_line.typed.connect(lambda label: self.change_asked.emit(label, "add", 0))
        self.add_line.left.connect(self.list.setFocus)
        self.foot = PanelFoot(self)  # below what scrolls
        self.foot.keep_all.clicked.connect(self.keep_all)

    def _lay_out(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(SIDE_PX, SIDE_PX, SIDE_PX, SIDE_PX)
        column.setSpacing(8)
        above: list[QWidget] = [self.preview, self.facts, self._state, self.notes]
        for widget in above:
            column.addWidget(widget)
        column.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._help, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list, 1000)  # all the room that its lines need
        column.addWidget(self.hidden_line)
        column.addWidget(self.add_line)
        column.addWidget(self._hint, 1)
        column.addStretch(1)
        return whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview is three quarters as high as it is wide, and leaves room for the labels."""
        super().resizeEvent(event)
        self._place_foot()
        width_px, height_px = self.viewport().width() - 2 * SIDE_PX, self.viewport().height()
        rest_px = min(height_px * 2 // 5, height_px - BELOW_PREVIEW_PX)
        self.preview.setFixedHeight(max(80, min(width_px * 3 // 4, rest_px)))

    def _place_foot(self) -> None:
        """In sight however little room there is."""
        height_px = 0 if self.foot.isHidden() else self.foot.sizeHint().height() + SIDE_PX
        self.setViewportMargins(0, 0, 0, height_px)
        width_px = self.width() - 2 * SIDE_PX
        self.foot.setGeometry(SIDE_PX, self.height() - height_px, width_px, height_px - SIDE_PX)

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
            self.notes.show_notes(edited=0)
        for widget in (self.preview, self.facts, self._state, self._retry, self.list):
            widget.setVisible(row is not None)
        self._hint.setVisible(row is None)
        can_edit = is_several or (row is not None and _is_editable(row))
        self.add_line.setVisible(can_edit)
        self.foot.setVisible(row is not None)
        self._place_foot()
        self.foot.keep_all.setVisible(can_edit)
        is_failed = row is not None and row.state is State.FAILED and not is_several
        self._show_help(row.error if row and is_failed else None)
        if row is None:
            self.hidden_line.hide()
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
        self.facts.show_photo(row.path, is_other=is_other or was_several)
        self._show_favourite(is_favourite=row.is_favourite)
        self.list.setAccessibleName(self.tr("Labels of this photo"))
        self.list.show_entries(self._entries_of(row), keep_place=not is_other and not was_several)
        self._say_state(row)
        self._on_entries()

    def _entries_of(self, row: FileRow) -> list[Entry]:
        least = 0.0 if self._shows_hidden else None
        entries = entries_of_image(self.model.shown(row, least=least), self._recognisers)
        if self._compares:
            origin, records = self.model.second_opinion(row)
            if records:
                who = say(self._recognisers.who(origin))
                return compared(entries, who, records, self.model.min_confidence)
        return entries

    def _show_help(self, error: AppError | None) -> None:
        self._help_acts = self.help_for(error) if error else []
        self._help.setVisible(bool(self._help_acts))
        self._help.setText(self._help_acts[0].text if self._help_acts else "")

    def _on_help(self) -> None:
        self._help_acts[0].do()

    def _say_state(self, row: FileRow) -> None:
        self._state.setText(self._state_of(row))
        self._state.setVisible(bool(self._state.text()))
        hidden = len(self.model.records(row)) - len(self.model.shown(row))
        self.hidden_line.setVisible(hidden > 0 and _is_editable(row))
        said = (
            self.tr("%n less certain labels shown", "", hidden)
            if self._shows_hidden
            else self.tr("%n less certain labels hidden", "", hidden)
        )
        act = self.tr("Hide") if self._shows_hidden else self.tr("Show")
        self.hidden_line.setText(with_link(said, act))

    def show_hidden(self, *, shows: bool) -> None:
        """Show the labels of single photos that are less certain than the slider says, too."""
        self._shows_hidden = shows
        self.show_row(self._row, self._selected)

    def _show_several(self, selected: int, *, is_new: bool) -> None:
        if is_new:  # the counts come a moment later, by show_counts
            self.list.show_entries((), keep_place=False)
        self.facts.show_several(selected)
        self.hidden_line.hide()
        self._state.hide()
        self._state.clear()
        self.list.setAccessibleName(self.tr("Labels of the selected photos"))

    @property
    def is_favourite(self) -> bool:
        """Whether all selected photos are favourites."""
        return self._is_favourite

    def _show_favourite(self, *, is_favourite: bool) -> None:
        self._is_favourite = is_favourite
        self.foot.show_favourite(is_favourite=is_favourite)

    def show_counts(self, counted: Counted) -> None:
        """The labels of the selected images, the duplicates of a single one and what else was found
        in it, and how many were edited, once they are counted.
        """
        if self._row is not None:
            self.notes.show_notes(edited=counted.edited, findings=counted.findings)
        if self._selected == 1:
            self.facts.show_duplicates(counted.duplicates)
        if self._selected > 1:
            self._show_favourite(is_favourite=counted.favourites >= self._selected)
            entries = entries_of_images(counted.labels, self._selected)
            self.list.show_entries(entries, keep_place=True)
            self._on_entries()

    def _on_entries(self) -> None:
        self.foot.keep_all.setEnabled(bool(self.open_labels))

    def _state_of(self, row: FileRow) -> str:
        if row.state is State.FAILED and row.error:
            return say(row.error.text)
        status = self.model.status(row)
        lines = [status[:1].upper() + status[1:]] if status else []
        if row.is_partly_damaged:
            lines.append(
                self.tr(
                    "Partly damaged: some of this photo is missing or spoilt, so labels may be"
                    " missing or wrong. Look for another copy."
                )
            )
        if self.model.is_gone(row.path):
            lines.append(
                self.tr(
                    "The file is gone: moved, renamed or deleted, or its drive is not"
                    " connected. Add it from where it is now, and its labels come back."
                )
            )
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
            pairs = [(box, each.name) for each in self.list.labels.top for box in each.boxes]
            self.preview.show_boxes([box for box, _ in pairs], [name for _, name in pairs])
        else:
            self.preview.show_boxes(boxes)

    # Editing

    @property
    def open_labels(self) -> list[str]:
        """The labels that are shown and neither confirmed nor added by you, the surest first."""
        entries = self.list.labels.top
        return [each.label for each in entries if not each.is_kept and not each.is_other]

    def keep(self) -> None:
        """Confirm the chosen label; one that was confirmed is left to the machine again."""
        entry = self.list.entry
        if entry is not None and not entry.is_yours:
            how = "add" if entry.is_other else "unkeep" if entry.is_kept else "keep"
            self.change_asked.emit(entry.label, how, entry.count)

    def keep_all(self) -> None:
        """Confirm every label that is shown."""
        if labels := self.open_labels:
            self.keep_all_asked.emit(labels)

    def remove(self) -> None:
        """Remove the chosen label."""
        if (entry := self.list.entry) is not None and not entry.is_other:
            self.change_asked.emit(entry.label, "remove", entry.count)


def _is_editable(row: FileRow) -> bool:
    return row.state in (State.DONE, State.SKIPPED, State.CANCELLED)


def _text_line() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    # A long word without spaces must not widen the panel.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label
