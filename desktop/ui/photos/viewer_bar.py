"""ViewerBar: what stands above the large photo: back, where one is, zoom, boxes, info, screen."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ..look.icons import ALONE, BEFORE_WORDS, dress, put_before_words
from ..look.theme import BUTTON, STEP
from ..words.words import percent

ROOMY_PX = 560


class ViewerBar(QWidget):
    """Tells what a person wants; the viewer carries it out."""

    back_asked = Signal()
    zoom_asked = Signal(int)
    """In (1) or out (-1)."""
    fit_asked = Signal()
    """Fit the window, or show 100 % where it fits already."""
    full_screen_asked = Signal()
    info_toggled = Signal(bool)
    """Whether labels are to be seen beside the photo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = QPushButton(self.tr("Back"))
        put_before_words(self.back, "chevron-left")
        self.back.setToolTip(self.tr("Back to all photos (Esc)"))
        self.back.clicked.connect(self.back_asked)
        self.position = QLabel()
        minus = self._button("minus", self.tr("Zoom out"), "-")
        minus.clicked.connect(lambda: self.zoom_asked.emit(-1))
        self.fit = QPushButton()
        self.fit.clicked.connect(self.fit_asked)
        plus = self._button("plus", self.tr("Zoom in"), "+")
        plus.clicked.connect(lambda: self.zoom_asked.emit(1))
        self.boxes = QPushButton()
        put_before_words(self.boxes, "square-dashed")
        self.boxes.setCheckable(True)
        self.info = self._button("info", self.tr("Show labels and information"), "I")
        self.info.setCheckable(True)
        self.info.setChecked(True)
        self.info.toggled.connect(self.info_toggled)
        self.screen_ = self._button("maximize", self.tr("Full screen"), "F11")
        self.screen_.clicked.connect(self.full_screen_asked)
        line = QHBoxLayout(self)
        line.setContentsMargins(STEP, STEP, STEP, STEP)
        line.setSpacing(STEP)
        line.addWidget(self.back)
        line.addWidget(self.position)
        line.addStretch(1)
        for button in (minus, self.fit, plus):
            line.addWidget(button)
        line.addSpacing(STEP)
        for button in (self.boxes, self.info, self.screen_):
            line.addWidget(button)
        self.show_zoom(1.0, 1.0)

    def _button(self, name: str, text: str, shortcut: str = "") -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setFixedSize(BUTTON, BUTTON)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        dress(button, name, text, shortcut)
        return button

    def follow(self, boxes: QAction) -> None:
        """Let the button for boxes do what this action does."""
        self.boxes.toggled.connect(boxes.setChecked)
        boxes.toggled.connect(self.boxes.setChecked)
        self.boxes.setAccessibleName(boxes.text())
        keys = boxes.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.boxes.setToolTip(f"{boxes.text()} ({keys})")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the picture on the button for boxes says enough."""
        super().resizeEvent(event)
        is_roomy = self.width() >= ROOMY_PX
        self.boxes.setText(self.tr("Boxes") if is_roomy else "")
        self.boxes.setIconSize(BEFORE_WORDS if is_roomy else ALONE)

    def show_position(self, place: int, count: int, note: str = "") -> None:
        """Say which of how many photos is shown, and a note on it; `place` counts from 0."""
        number = QLocale().toString
        text = self.tr("{0} of {1}").format(number(place + 1), number(count))
        self.position.setText(f"{text} · {note}" if note else text)

    def show_zoom(self, zoom: float, true_zoom: float) -> None:
        """Say how large the photo is shown: `zoom` times what fits; at `true_zoom` it is 100 %."""
        is_fitted = abs(zoom - 1) < 1e-6
        text = self.tr("Fit") if is_fitted else percent(100 * zoom / true_zoom, digits=0)
        self.fit.setText(text)
        said = self.tr("Show at 100 % (1)") if is_fitted else self.tr("Fit to window (0)")
        self.fit.setToolTip(said)
        self.fit.setAccessibleName(f"{text}, {said}")

    def show_full_screen(self, is_full: bool) -> None:
        """Offer the way back from it, or the way there."""
        text = self.tr("Leave full screen") if is_full else self.tr("Full screen")
        dress(self.screen_, "minimize" if is_full else "maximize", text, "F11")
