"""NetworkBox: what search by meaning is, with the download of its network, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.core.errors import AppError

from ..look.page_parts import hint, scroll_to, sentence, title
from ..notices.acts import Act
from ..words.announcement import announce
from ..words.core_texts import say
from .side import MeaningSide

ActsFor = Callable[[AppError, Callable[[], object]], list[Act]]
"""The buttons that help against an error; the callable does once more what failed."""


class NetworkBox(QWidget):
    """Shows how the network of `side` stands, and does with it what a person asks for."""

    def __init__(self, side: MeaningSide, acts_for: ActsFor) -> None:
        super().__init__()
        self._side, self._acts_for = side, acts_for
        self._error: AppError | None = None
        self._act: Act | None = None
        network = side.network
        self._heading = title(self.tr("Search by meaning"))
        self._about = sentence(
            self.tr(
                "Find photos by what they show, even where no label says so: “kids at the beach”,"
                " “birthday cake with candles”. This runs on your computer: no photo is sent"
                " anywhere."
            )
        )
        size = QLocale().formattedDataSize(
            network.size_bytes, 0, QLocale.DataSizeFormat.DataSizeSIFormat
        )
        self._source = hint(
            self.tr(
                "This needs {0} by {1} ({2} licence), a download of {3} from {4}. It understands"
                " sentences in English only; labels can still be searched in your language."
            ).format(network.title, network.maker, network.licence, size, network.host)
        )
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Download"))
        self.bar.setTextVisible(False)
        self.state = sentence()
        self._problem, self._advice = title(""), sentence()
        self.get = QPushButton()
        self.get.clicked.connect(self._on_get)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(side.cancel)
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setToolTip(
            self.tr("Delete the download and what it found. Photos and labels stay as they are.")
        )
        self.remove.clicked.connect(side.remove)
        self.remove.setAutoDefault(False)  # no Enter too many deletes what has just come
        self.page = QPushButton(self.tr("About {0}").format(network.title))
        self.page.setToolTip(network.page)
        self.page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(network.page)))
        self._lay_out()
        side.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.get, self.cancel, self.remove, self.page):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        parts: tuple[QLabel | QProgressBar, ...] = (
            self._heading,
            self._about,
            self._source,
            self._problem,
            self._advice,
            self.bar,
            self.state,
        )
        for part in parts:
            column.addWidget(part)
        column.addLayout(buttons)

    @property
    def problem(self) -> str:
        """What went wrong, in words; empty when nothing has."""
        return "" if self._problem.isHidden() else self._problem.text()

    def showEvent(self, event: QShowEvent) -> None:
        """Count anew: photos may have come since."""
        super().showEvent(event)
        self._side.count()

    def show_whole(self) -> None:
        """Bring it into sight on its page, with the keyboard on what there is to press."""
        scroll_to(self)
        button = next((each for each in (self.get, self.cancel) if each.isVisible()), self.page)
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_get(self) -> None:
        if self._act is not None:
            self._act.do()
        else:
            self._side.download()

    def _show(self) -> None:
        side, focus = self._side, self.window().focusWidget()
        had_keys = focus is not None and self.isAncestorOf(focus)
        percent, shown_before = side.percent, self._shown_parts
        self.bar.setVisible(percent is not None)
        self.bar.setValue(percent or 0)
        self._show_error()
        is_resting = percent is None and not side.is_removing
        self.get.setVisible(is_resting and not side.is_there)
        self.get.setText(self._get_text())
        self.cancel.setVisible(percent is not None)
        self.remove.setVisible(is_resting and (side.is_there or side.is_begun))
        text = self._state_text()
        self.state.setText(text)
        self.state.setVisible(bool(text))
        self.get.setAccessibleDescription(f"{self._about.text()} {self._source.text()}")
        if had_keys and focus is not None and focus.isHidden():
            self.show_whole()
        elif had_keys and self._shown_parts != shown_before:
            scroll_to(self)

    @property
    def _shown_parts(self) -> list[bool]:
        parts = (self._problem, self._advice, self.bar, self.state, self.get, self.remove)
        return [part.isHidden() for part in parts]

    def _show_error(self) -> None:
        error = self._side.error
        again = self._side.remove if self._side.is_there else self._side.download
        acts = self._acts_for(error, again) if error is not None else []
        self._act = acts[0] if acts else None
        self._problem.setText("" if error is None else say(error.title_text))
        self._advice.setText("" if error is None else say(error.message_text))
        for label in (self._problem, self._advice):
            label.setVisible(bool(label.text()))
        if error is not None and error is not self._error:
            announce(self, say(error.text), is_urgent=True)
        self._error = error

    def _get_text(self) -> str:
        if self._act is not None:
            return self._act.text
        return self.tr("Resume") if self._side.is_begun else self.tr("Download")

    def _state_text(self) -> str:
        side, number = self._side, QLocale().toString
        if side.percent is not None:
            whole = side.network.size_bytes
            si = QLocale.DataSizeFormat.DataSizeSIFormat
            done, total = (
                QLocale().formattedDataSize(count, 0, si)
                for count in (whole * side.percent // 100, whole)
            )
            return self.tr("{0} of {1} downloaded").format(done, total)
        if side.counted is None:
            return ""
        done_photos, all_photos = side.counted
        if done_photos >= all_photos:
            return self.tr("Ready: all photos looked at.")
        return self.tr("{0} of {1} photos looked at").format(
            number(done_photos), number(all_photos)
        )
