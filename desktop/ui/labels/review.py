"""Review: walks the photos that are to be reviewed, a key for each label, the next by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent

from desktop.core.library.catalog import Query
from desktop.core.library.edits import How
from desktop.core.library.rows import FileRow

from ..photos.gallery import Gallery
from .editing import Editing
from .label_panel import LabelPanel
from .review_line import ReviewLine

_Key = Qt.Key


class Review(QObject):
    """Begins with `start` and ends with the large photo.

    A decision is written while the next one is made, so what was decided of a photo is remembered
    here until the list says so, too.
    """

    def __init__(
        self, gallery: Gallery, panel: LabelPanel, editing: Editing, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._gallery, self._panel, self._editing = gallery, panel, editing
        self._is_on = self._waits = False
        self._file_id = 0
        self._decided: set[str] = set()
        self.line = ReviewLine()
        self.line.hide()
        gallery.viewer.add_line(self.line)
        self._keys: dict[int, Callable[[], None]] = {
            _Key.Key_Return: self.confirm,
            _Key.Key_Enter: self.confirm,
            _Key.Key_Space: self.confirm_all,
            _Key.Key_Delete: self.remove,
            _Key.Key_Backspace: self.remove,
            _Key.Key_A: panel.add_line.setFocus,
        }
        self.line.connect_to(
            self.confirm, self.confirm_all, self.remove, panel.add_line.setFocus, self.next
        )
        self.action = QAction(self.tr("Review photos"), self)
        self.action.setShortcut("F7")
        self.action.triggered.connect(self.start)
        gallery.view_bar.review_asked.connect(self.start)
        gallery.browse.shown.connect(self._on_shown)
        gallery.enlarged.connect(self._on_enlarged)
        gallery.selected.connect(self._on_selected)
        panel.add_line.typed.connect(self._on_typed)
        for widget in (gallery.viewer.canvas, panel.list):
            widget.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        """Whether photos are being reviewed."""
        return self._is_on

    def start(self) -> None:
        """Show the first photo to review, or the chosen one if it is to be."""
        if self._gallery.browse.shown_query == Query(place="review"):
            self._begin()
        else:
            self._waits = True
            self._gallery.show_only(Query(place="review"))

    def _on_shown(self) -> None:
        if self._waits and self._gallery.browse.shown_query == Query(place="review"):
            self._begin()

    def _begin(self) -> None:
        self._waits = False
        self._gallery.focus_photos()
        if self._is_on or not self._gallery.grid.currentIndex().isValid():
            return
        self._is_on = True
        self._file_id = 0
        self._panel.show_hidden(shows=True)
        self._gallery.open()
        self._gallery.viewer.canvas.setFocus()
        self.line.show()
        self._choose()

    def _on_enlarged(self, is_large: bool) -> None:
        if self._is_on and not is_large:
            self._is_on = False
            self.line.hide()
            self._panel.show_hidden(shows=False)

    def _on_selected(self, row: FileRow | None, _: int) -> None:
        if self._is_on and row is not None and row.file_id != self._file_id:
            self._file_id = row.file_id
            self._decided.clear()
            self._choose()

    # What the keys do

    def confirm(self) -> None:
        """The chosen label is right."""
        self._decide("keep")

    def remove(self) -> None:
        """The chosen label is wrong."""
        self._decide("remove")

    def confirm_all(self) -> None:
        """Every label of the photo that was not decided is right."""
        if left := self._left():
            self._editing.keep_labels(left)
        self.next()

    def next(self) -> None:
        """Leave the photo as it is now."""
        if not self._gallery.step(1):
            self._gallery.close_viewer()
            self._gallery.grid.clearSelection()  # a chosen photo stays, reviewed or not
            self._gallery.browse.refresh()

    def _decide(self, how: How) -> None:
        entry = self._panel.list.entry
        left = self._left()
        if entry is not None and entry.label in left:
            self._editing.change_label(entry.label, how, 1)
            self._decided.add(entry.label)
            left.remove(entry.label)
        if left:
            self._choose()
        else:
            self.next()

    def _left(self) -> list[str]:
        return [label for label in self._panel.open_labels if label not in self._decided]

    def _choose(self) -> None:
        """Let the keys act on the surest label that is not decided."""
        if left := self._left():
            self._panel.list.choose(left[0])

    def _on_typed(self) -> None:
        if self._is_on:
            self._gallery.viewer.canvas.setFocus()

    # Qt's own events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys count where the photo or its labels have the keyboard; buttons keep theirs."""
        if self._is_on and isinstance(event, QKeyEvent) and not event.modifiers():
            act = self._keys.get(event.key())
            if act is not None and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if act is not None and event.type() == QEvent.Type.KeyPress:
                act()
                return True
        return super().eventFilter(watched, event)
