"""PhotoFacts: what a photo is called, when, with what and how large it was taken, where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.photo.date_taken import Taken
from desktop.core.photo.details import Details, read_details
from desktop.core.save.sidecar import Sidecars

from ..look.direction import isolated
from ..look.page_parts import begin_at_start
from ..look.theme import STEP
from ..words.words import breakable, with_link
from ..work import Work

MOST_FOLDERS = 10
"""In the tool tip, which has to fit on the screen."""


class PhotoFacts(QWidget):
    """Reads them from the file when it is shown, in a lane of its own: disks may be far away."""

    folder_asked = Signal(object)
    """The photos of this folder (Path) are to be shown."""
    duplicates_asked = Signal()
    """The photos with the same picture are to be shown."""
    measured = Signal(object, QSize)
    """How many pixels the file (Path) has."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lane = work.lane("details")
        self._path: Path | None = None
        self._said = [""]
        self.name = _line(can_be_copied=True)
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        self.details = _line()
        self.duplicates = _line()
        self.details.linkActivated.connect(self._on_folder)
        self.duplicates.linkActivated.connect(lambda _: self.duplicates_asked.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 4)
        for label in (self.name, self.details, self.duplicates):
            column.addWidget(label)

    def show_photo(self, path: Path, *, is_other: bool) -> None:
        """Say what is known of a photo; the rest follows when its file was read."""
        name = breakable(path.name)
        # What is copied must be the name itself, so one that needs breaks cannot be selected.
        flags = Qt.TextInteractionFlag
        self.name.setTextInteractionFlags(
            flags.TextSelectableByMouse if name == path.name else flags.NoTextInteraction
        )
        self.name.setText(name)
        self.name.setAccessibleName(path.name)  # without the places to break
        self.name.setToolTip(str(path))
        if is_other or path != self._path:
            self._path = path
            self.show_duplicates(())
            self._say(Details())
            self._lane.run(lambda _: _read(path), self._on_read, newest="details", about=path)

    def show_several(self, count: int) -> None:
        """Say how many photos are selected."""
        self._path = None
        number = QLocale().toString(count)
        self.name.setText(self.tr("{0} photos selected").format(number))
        self.name.setAccessibleName("")
        self.name.setToolTip("")
        self.details.hide()
        self.duplicates.hide()

    def show_duplicates(self, paths: Sequence[Path]) -> None:
        """Say where else the same picture lies."""
        count = len(paths)
        text = self.tr("%n duplicates", "", count)
        self.duplicates.setText(with_link(text, self.tr("Show")))
        folders = [str(folder) for folder in dict.fromkeys(path.parent for path in paths)]
        more = ["…"] if len(folders) > MOST_FOLDERS else []
        about = self.tr("Duplicates share their labels: changes apply to all of them.")
        self.duplicates.setToolTip("\n".join([about, *folders[:MOST_FOLDERS], *more]))
        self.duplicates.setVisible(count > 0)

    def _on_read(self, details: Details) -> None:
        if self._path is not None:
            self._say(details)
            self.measured.emit(self._path, QSize(details.width, details.height))

    def _say(self, details: Details) -> None:
        folder = self._path.parent if self._path else Path()
        said = []
        if details.taken:
            said.append(self._when(details.taken))
        if details.width:
            said.append(isolated(self.tr("{0} × {1}").format(details.width, details.height)))
        said.append(details.camera)
        self._said = [*filter(None, said), folder.name or str(folder)]
        self._fit()
        self.details.setToolTip(self.tr("Show the photos in {0}").format(folder))
        self.details.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let no line end or begin with what parts the facts from each other."""
        metrics, dot = self.details.fontMetrics(), " · "
        lines: list[list[str]] = [[]]
        for fact in self._said:
            line = dot.join([*lines[-1], fact])
            if lines[-1] and metrics.horizontalAdvance(line) > self.width():
                lines.append([])
            lines[-1].append(fact)
        *above, (*before, folder) = lines
        rows = [escape(dot.join(line)) for line in above]
        rows.append(with_link(dot.join(before), breakable(folder)))
        self.details.setText("<br>".join(rows))

    def _when(self, taken: Taken) -> str:
        when = QDateTime.fromString(taken.at, Qt.DateFormat.ISODate)
        is_day = "T" not in taken.at
        form = self.tr("d MMM yyyy") if is_day else self.tr("d MMM yyyy, hh:mm")
        said = QLocale().toString(when, form)
        return self.tr("{0}, from the file name").format(said) if taken.is_from_name else said

    def _on_folder(self) -> None:
        if self._path is not None:
            self.folder_asked.emit(self._path.parent)


def _read(path: Path) -> Details:
    return read_details(path, Sidecars("stem").content(path))


def _line(*, can_be_copied: bool = False) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    begin_at_start(label)
    if can_be_copied:
        label.setTextFormat(Qt.TextFormat.PlainText)
    else:
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    # A long file name without spaces must not widen the panel.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label
